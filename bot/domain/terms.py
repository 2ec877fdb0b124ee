"""The terms of an agreement as fields of a form: written, read, put together from two people's changes, and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from bot.domain.agreements import Arranges, Terms
from bot.domain.meetings import LONGEST, SHORTEST, Means
from bot.domain.rhythm import Rhythm, read_rhythm

Fields = Mapping[str, str]
NUMBERS = ("minutes", "reply_days", "notice_days")
TEXTS = ("confidential", "off_limits", "ending", "expectations")
FIELDS = ("rhythm", "minutes", "hours_a_month", "means", "arranges", "reply_days", "notice_days", *TEXTS)
LONGEST_TEXT = 1000
MOST_HOURS, MOST_DAYS = 100, 60


class NotTerms(ValueError):
    """A field that cannot be read as it stands: `field` is its name, `why` a short name for what is wrong."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field, self.why = field, why


def fields_of(terms: Terms) -> dict[str, str]:
    """Return terms as the fields of a form hold them; what nobody has said is ""."""
    return {
        "rhythm": str(terms.rhythm or ""),
        "minutes": _number(terms.minutes),
        "hours_a_month": _number(terms.hours_a_month),
        "means": joined(terms.means),
        "arranges": terms.arranges.value if terms.arranges else "",
        "reply_days": _number(terms.reply_days),
        "notice_days": _number(terms.notice_days),
        **{name: str(getattr(terms, name)) for name in TEXTS},
    }


def joined(means: tuple[str, ...]) -> str:
    """Write several means in one field, in their usual order whatever the order of the ticks."""
    return ",".join(one.value for one in Means if one.value in means)


def terms_of(fields: Fields) -> Terms:
    """Read the fields of a form: the inverse of `fields_of`. Raises NotTerms for what cannot be."""
    return Terms(
        rhythm=_rhythm(fields["rhythm"]),
        minutes=_whole(fields, "minutes", SHORTEST, LONGEST),
        hours_a_month=_hours(fields["hours_a_month"]),
        means=tuple(one for one in Means if one.value in fields["means"].split(",")),
        arranges=Arranges(fields["arranges"]) if fields["arranges"] in set(Arranges) else None,
        reply_days=_whole(fields, "reply_days", 1, MOST_DAYS),
        notice_days=_whole(fields, "notice_days", 0, MOST_DAYS),
        **{name: fields[name].strip()[:LONGEST_TEXT] for name in TEXTS},
    )


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _rhythm(text: str) -> Rhythm | None:
    try:
        return read_rhythm(text) if text else None
    except ValueError:
        raise NotTerms("rhythm", "rhythm") from None


def _whole(fields: Fields, name: str, least: int, most: int) -> int | None:
    if not fields[name]:
        return None
    try:
        number = int(fields[name][:9])
    except ValueError:
        raise NotTerms(name, name) from None
    if not least <= number <= most:
        raise NotTerms(name, name)
    return number


def _hours(text: str) -> float | None:
    if not text:
        return None
    try:
        hours = float(text[:9])
    except ValueError:
        raise NotTerms("hours_a_month", "hours_a_month") from None
    if not 0 < hours <= MOST_HOURS:
        raise NotTerms("hours_a_month", "hours_a_month")
    return hours


# -- two people's changes ---------------------------------------------------------------------------------------------


class Keep(StrEnum):
    """Whose words stay where both have changed the same field; both, for words in plain text only."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of two people's changes. In `clashes`, the fields that both changed in different ways."""

    fields: dict[str, str]
    clashes: tuple[str, ...] = ()


def merged(shown: Fields | None, mine: Fields, theirs: Fields) -> Merged:
    """Put what one person wrote together with what stands on record now.

    `shown` is what their form showed at first: only what differs from it is their change. None: nobody knows, so
    whatever differs has to be asked about. A field that is not in `mine` was not touched.
    """
    fields, clashes = dict(theirs), list[str]()
    for name in FIELDS:
        own = mine.get(name, "").strip() if name in mine else None
        if own is None or own == theirs[name] or (shown is not None and own == shown[name]):
            continue
        fields[name] = own
        if shown is None or theirs[name] != shown[name]:
            clashes.append(name)
    return Merged(fields, tuple(clashes))


def settled(name: str, mine: str, theirs: str, keep: Keep) -> str:
    """Return what stays of a field that both have changed."""
    if keep is Keep.BOTH and name in TEXTS and theirs and mine:
        return f"{theirs}\n{mine}"[:LONGEST_TEXT]
    return theirs if keep is Keep.THEIRS else mine


# -- what it comes to -------------------------------------------------------------------------------------------------


def print_of(terms: Terms) -> str:
    """Return what tells these terms from any others: nobody signs what they have not seen."""
    return blake2b(repr(sorted(fields_of(terms).items())).encode(), digest_size=8).hexdigest()
