"""The agreement of a pair: what the two expect of each other, signed by both, and its versions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.meetings import Means
from bot.domain.rhythm import Rhythm


class Arranges(StrEnum):
    """Who arranges the meetings."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    IN_TURN = "in turn"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed; whatever nobody has said yet is None or empty.

    `minutes` are those of one meeting, `hours_a_month` what somebody would rather promise instead. `reply_days` and
    `notice_days` are working days. The texts are the pair's own words.
    """

    rhythm: Rhythm | None = None
    minutes: int | None = None
    hours_a_month: float | None = None
    means: tuple[Means, ...] = ()
    arranges: Arranges | None = None
    reply_days: int | None = None
    notice_days: int | None = None
    confidential: str = ""
    off_limits: str = ""
    ending: str = ""
    expectations: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What has to be said before they can be signed: how often, how long, by which means."""
        return lacking(
            rhythm=self.rhythm is not None,
            minutes=self.minutes is not None or self.hours_a_month is not None,
            means=bool(self.means),
        )


def lacking(*, rhythm: bool, minutes: bool, means: bool) -> tuple[str, ...]:
    """Return the names of what is not said."""
    said = {"rhythm": rhythm, "minutes": minutes, "means": means}
    return tuple(name for name, there in said.items() if not there)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of a pair's agreement, counted from 1: a draft until both have signed, then in force and kept."""

    pair_id: str
    version: int
    terms: Terms
    edited_by: str
    edited_at: datetime
    mentor_signed: datetime | None = None
    mentee_signed: datetime | None = None
    id: str = ""

    @property
    def in_force(self) -> bool:
        """Tell whether both have signed."""
        return self.mentor_signed is not None and self.mentee_signed is not None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What it has to say yet before it can be signed."""
        return self.terms.lacks
