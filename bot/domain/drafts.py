"""Drafts: what somebody has typed into a form and not sent yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

ANY_PAIR = ""  # what a form is about in which the pair is still to be chosen
SHOWN, STAMP, OFFER, PLACE = "shown.", "kept.stamp", "kept.offer", "kept.place"
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in one person's form, by the names of its fields: for who typed it, and for nobody else.

    `form` is the form's name, `subject` what it is about, such as a pair's id.
    """

    person_id: str
    form: str
    subject: str
    fields: Fields
    at: datetime


@dataclass(frozen=True, slots=True)
class HalfFilled:
    """A form as its writer left it, field by field.

    `shown` is what it showed when they began, so that only what differs is theirs; `stamp` is when Slack heard of the
    newest change; `offer` is the message (channel/ts) that offers to go on, `place` what opened the form before that.
    """

    shown: Fields = field(default_factory=dict)
    typed: Fields = field(default_factory=dict)
    stamp: str = ""
    offer: str = ""
    place: str = ""

    @property
    def own(self) -> dict[str, str]:
        """What they changed, of what the form asks: this would be lost."""
        return {name: text for name, text in self.typed.items() if self.shown.get(name, text).strip() != text.strip()}

    def with_typed(self, values: Fields, stamp: str) -> "HalfFilled":
        """Return the form with all that stood in it at `stamp`; what comes late is older, and changes nothing."""
        if _moment(stamp) < _moment(self.stamp):
            return self
        return replace(self, typed={**self.typed, **values}, stamp=stamp)

    def on(self, shown: Fields) -> "HalfFilled":
        """Return it on what the form shows now: what they have not touched follows what is on record."""
        touched = {name: text for name, text in self.typed.items() if text.strip() != self.shown.get(name, "").strip()}
        return replace(self, shown=shown, typed=touched)

    @property
    def fields(self) -> dict[str, str]:
        """What a draft keeps: the inverse of `half_filled`."""
        told = {STAMP: self.stamp, OFFER: self.offer, PLACE: self.place}
        return {**{name: text for name, text in told.items() if text}, **_prefixed(self.shown), **self.typed}


def half_filled(fields: Fields) -> HalfFilled:
    """Read the fields of a draft."""
    shown = {name.removeprefix(SHOWN): text for name, text in fields.items() if name.startswith(SHOWN)}
    typed = {name: text for name, text in fields.items() if not name.startswith((SHOWN, "kept."))}
    return HalfFilled(shown, typed, fields.get(STAMP, ""), fields.get(OFFER, ""), fields.get(PLACE, ""))


def _prefixed(shown: Fields) -> dict[str, str]:
    return {f"{SHOWN}{name}": text for name, text in shown.items()}


def _moment(stamp: str) -> float:
    try:
        return float(stamp or 0)
    except ValueError:
        return 0.0
