"""What a coordinator says to many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.days import Span
from bot.domain.people import Member, Person
from bot.domain.program import Program, Role
from bot.domain.release import speaking_for

LONGEST_TEXT, LONGEST_LINK = 2000, 500
WORTH_SAYING = timedelta(days=13)
SHORT, LONG = timedelta(seconds=10), timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Announcement:
    """A coordinator's words to an audience. `token` makes pressing twice one announcement.

    `channel` and `ts` name the message with the progress line; `done` is True when that line is final.
    """

    program_id: str
    author_id: str
    text: str
    audience: frozenset[Role]
    token: str
    at: datetime
    link: str = ""
    channel: str = ""
    ts: str = ""
    done: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many copies are where, and the names of those who could not be reached. `stopped` ones were taken back.

    `to_go` is about how long it takes until all have it who are in their hours now; zero where that is soon.
    """

    waiting: int = 0
    sent: int = 0
    failed: int = 0
    unreached: tuple[str, ...] = ()
    stopped: int = 0
    to_go: timedelta = timedelta(0)

    @property
    def total(self) -> int:
        """How many people it is for."""
        return self.waiting + self.sent + self.failed + self.stopped

    @property
    def finished(self) -> bool:
        """Tell whether nothing is waiting any more."""
        return self.waiting == 0


def about(duration: timedelta) -> timedelta:
    """Return a length of time as one says it: nothing for a few seconds, then in tens of them, then in minutes."""
    if duration < SHORT:
        return timedelta(0)
    step = SHORT if duration < LONG else timedelta(minutes=1)
    return step * round(duration / step)


def audience_of(members: Iterable[Member], roles: frozenset[Role]) -> list[Member]:
    """Return the members with any of the roles, each once, by name."""
    chosen = {member.person.id: member for member in members if member.roles & roles}
    return sorted(chosen.values(), key=lambda member: (member.person.name, member.person.id))


def worth_saying(person: Person, program: Program, now: datetime) -> Span:
    """Return the days, on the person's calendar, on which they may still hear what is announced at `now`."""
    first = max(person.today(now), program.span.first)
    return Span(first, min(first + WORTH_SAYING, program.span.last))


@dataclass(frozen=True, slots=True)
class Reach:
    """Who of an audience would hear at once, who later, and who not at all as things stand."""

    now: tuple[Member, ...] = ()
    later: tuple[Member, ...] = ()
    never: tuple[Member, ...] = ()


def reach_of(audience: Iterable[Member], now: datetime) -> Reach:
    """Sort an audience by when each would hear what is said at `now` (aware): at a decent hour of their own.

    Not at all: those whom Slack does not know or will not reach, and those who have no such hour in time.
    """
    sorted_out: dict[str, list[Member]] = {"now": [], "later": [], "never": []}
    for member in audience:
        sorted_out[_when(member, now)].append(member)
    return Reach(**{when: tuple(members) for when, members in sorted_out.items()})


def _when(member: Member, now: datetime) -> str:
    person = member.person
    if person.unreachable or not person.slack_id:
        return "never"
    moment = speaking_for(person, member.program).next_moment(now)
    if moment is None or moment.astimezone(person.zone).date() > worth_saying(person, member.program, now).last:
        return "never"
    return "now" if moment <= now else "later"
