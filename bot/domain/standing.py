"""How a pair stands, in facts: dates and counts, never what they wrote. What a liaison's digest is made of."""

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from bot.domain.days import stopped_days
from bot.domain.people import Answer, Pair
from bot.domain.rules.agreement import NEWS_DAYS, unsigned_since
from bot.domain.rules.checkin_reminder import overdue_since, reminders_of
from bot.domain.rules.first_move import LIAISON_AFTER

HELP_IS_FRESH_DAYS = 14


class Stands(IntEnum):
    """How a pair stands, worst first."""

    HELP_ASKED = 1
    OUT_OF_REACH = 2
    NOT_STARTED = 3
    UNANSWERED = 4
    OVERDUE = 5
    PAUSED = 6
    ENDING = 7
    ON_RHYTHM = 8
    ENDED = 9

    @property
    def needs_a_look(self) -> bool:
        """Tell whether a person should look at the pair."""
        return self <= Stands.OVERDUE


@dataclass(frozen=True, slots=True)
class Standing:
    """How one pair stands. `days` since the last meeting (or the start); `day` belongs to the reason, if it has one.

    `unsigned`: no agreement is signed though it is due and both were reminded; `unsigned_news`: since a few weeks only,
    so that a digest says it even of a pair that needs no look.
    """

    pair: Pair
    stands: Stands
    days: int
    day: date | None = None
    unsigned: bool = False
    unsigned_news: bool = False


def standing(pair: Pair, today: date) -> Standing:
    """Say how `pair` stands on `today`."""
    found = _standing(pair, today)
    since = unsigned_since(pair) if found.stands not in (Stands.ENDED, Stands.PAUSED, Stands.ENDING) else None
    if since is None or today < since:
        return found
    return replace(found, unsigned=True, unsigned_news=today < since + NEWS_DAYS)


def _standing(pair: Pair, today: date) -> Standing:
    days = max((today - (pair.last_meeting or pair.span.first)).days, 0)
    if not pair.active_on(today):
        return Standing(pair, Stands.ENDED, days)
    if (asked := _fresh_help(pair, today)) is not None:
        return Standing(pair, Stands.HELP_ASKED, days, asked)
    if pair.out_of_reach:
        return Standing(pair, Stands.OUT_OF_REACH, days)
    if pause := pair.paused_on(today):
        return Standing(pair, Stands.PAUSED, days, pause.last)
    if pair.ending is not None:
        return Standing(pair, Stands.ENDING, days, pair.span.last)
    start = pair.span.first
    running = (today - start).days - stopped_days(pair.stops, start, today)
    if not pair.meetings and running >= LIAISON_AFTER.days:
        return Standing(pair, Stands.NOT_STARTED, days)
    if today < overdue_since(pair):
        return Standing(pair, Stands.ON_RHYTHM, days)
    if today > pair.program.working_day_from(reminders_of(pair).second):
        return Standing(pair, Stands.UNANSWERED, days)
    return Standing(pair, Stands.OVERDUE, days)


def worst_first(standings: list[Standing]) -> list[Standing]:
    """Order by how badly a look is needed, then by how long ago the pair met, then by name."""
    return sorted(standings, key=lambda s: (s.stands, -s.days, s.pair.name))


def asked_past_liaison(pair: Pair, today: date) -> Answer | None:
    """Return that one of the two has lately asked for a word past the liaison: for those who coordinate only."""
    return pair.help_past if _fresh(pair, pair.help_past, today) else None


def _fresh_help(pair: Pair, today: date) -> date | None:
    return _fresh(pair, pair.help_asked, today)


def _fresh(pair: Pair, asked: Answer | None, today: date) -> date | None:
    if asked is None or (pair.last_meeting and pair.last_meeting > asked.day):
        return None
    return asked.day if (today - asked.day).days < HELP_IS_FRESH_DAYS else None
