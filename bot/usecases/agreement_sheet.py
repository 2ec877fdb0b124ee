"""A sheet: what one person has typed into the form of an agreement and not saved yet. For them alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.drafts import Draft
from bot.domain.terms import FIELDS, Fields

FORM = "agreement"
SHOWN, STAMP = "shown.", "stamp."


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a person's form, field by field as it was typed.

    `shown` is what the form showed when they began, so that only what differs is their change; None where nobody knows
    any more. `stamps` tell when Slack heard of each field, `view` and `step` which page was left last: what Slack
    brings late is older. `offer` is the message (channel/ts) that offers to go on.
    """

    pair_id: str
    person_id: str
    at: datetime
    shown: Fields | None = None
    typed: Fields = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    view: str = ""
    step: int = 0
    offer: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """What the form shows: what was typed, else what stood there."""
        return {name: self.typed.get(name, (self.shown or {}).get(name, "")) for name in FIELDS}

    @property
    def is_changed(self) -> bool:
        """Tell whether anything was typed that would be lost."""
        before = self.shown or {}
        return any(value.strip() != before.get(name, "") for name, value in self.typed.items())

    def is_late(self, view: str, step: int) -> bool:
        """Tell whether something comes from a page that has been left since."""
        return view == self.view and step < self.step

    def with_typed(self, values: Fields, stamp: str) -> "Sheet":
        """Return the sheet with what Slack heard at `stamp`; of two, the newer one stays, whichever comes first."""
        newer = {name: value for name, value in values.items() if _moment(stamp) >= _moment(self.stamps.get(name, ""))}
        stamps = {**self.stamps, **dict.fromkeys(newer, stamp)}
        return replace(self, typed={**self.typed, **newer}, stamps=stamps)

    def with_unheard(self, values: Fields) -> "Sheet":
        """Return the sheet with fields of which nothing was heard so far."""
        return replace(self, typed={**values, **self.typed})

    def on(self, theirs: Fields) -> "Sheet":
        """Return the sheet on what stands on record now: what this person has not touched shows the other's words."""
        if self.shown is None:
            return self
        touched = {name: value for name, value in self.typed.items() if value.strip() != self.shown[name]}
        shown = {name: self.shown[name] if name in touched else theirs[name] for name in FIELDS}
        return replace(self, shown=shown, typed=touched)


def _moment(stamp: str) -> float:
    try:
        return float(stamp or 0)
    except ValueError:
        return 0.0


def draft_of(sheet: Sheet) -> Draft:
    """Write a sheet as a draft."""
    told = {"page": sheet.page, "view": sheet.view, "step": str(sheet.step), "offer": sheet.offer}
    shown = {f"{SHOWN}{name}": value for name, value in (sheet.shown or {}).items()}
    stamps = {f"{STAMP}{name}": stamp for name, stamp in sheet.stamps.items()}
    return Draft(sheet.person_id, FORM, sheet.pair_id, {**told, **shown, **stamps, **sheet.typed}, sheet.at)


def sheet_of(draft: Draft) -> Sheet:
    """Read a sheet: the inverse of `draft_of`."""
    kept = draft.fields
    shown = {name: kept[f"{SHOWN}{name}"] for name in FIELDS if f"{SHOWN}{name}" in kept}
    return Sheet(
        draft.subject,
        draft.person_id,
        draft.at,
        shown=shown or None,
        typed={name: kept[name] for name in FIELDS if name in kept},
        stamps={name: kept[f"{STAMP}{name}"] for name in FIELDS if f"{STAMP}{name}" in kept},
        page=kept.get("page", ""),
        view=kept.get("view", ""),
        step=int(kept.get("step") or 0),
        offer=kept.get("offer", ""),
    )
