"""People, pairs, and what is known of them at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.appointments import Appointment
from bot.domain.days import Span, SpeakingHours, running_day, stopped_days
from bot.domain.endings import Ending, PhaseMove
from bot.domain.evidence import NOTHING_YET, Evidence
from bot.domain.program import Program, Role
from bot.domain.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person chose: kinds that they do not want, hours of their own, a digest only when needed.

    `snoozed` are kinds that they do not want until after a day of theirs.
    """

    muted: frozenset[str] = frozenset()
    hours: SpeakingHours | None = None
    digest_only_when_needed: bool = False
    snoozed: tuple[tuple[str, date], ...] = ()

    def wants(self, rule: str, day: date) -> bool:
        """Tell whether the kind is wanted on `day`: neither switched off nor asleep."""
        return rule not in self.muted and not any(rule == kind and day <= until for kind, until in self.snoozed)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a workspace. `key` is their name in the roster; `slack_id` is None until Slack has told it.

    `pauses` are all of theirs, past ones too, in their own calendar. `unreachable` is Slack's reason, or "". `channel`
    is their conversation with Tandem, "" until a message was sent.
    """

    id: str
    key: str
    name: str
    zone: ZoneInfo
    slack_id: str | None = None
    email: str = ""
    preferences: Preferences = Preferences()
    pauses: tuple[Span, ...] = ()
    unreachable: str = ""
    channel: str = ""

    @property
    def can_be_reached(self) -> bool:
        """Tell whether messages reach this person: there is an account, and Slack brings them to it."""
        return bool(self.slack_id) and not self.unreachable

    def today(self, now: datetime) -> date:
        """Return the date on this person's calendar at `now` (aware)."""
        return now.astimezone(self.zone).date()

    def pause_on(self, day: date) -> Span | None:
        """Return the pause that `day` lies in."""
        return next((pause for pause in self.pauses if day in pause), None)

    def hours_in(self, program: Program) -> SpeakingHours:
        """Return when `program` may speak to this person: at hours of their own, or else at the program's."""
        return self.preferences.hours or program.hours

    def hears_on(self, program: Program, day: date) -> bool:
        """Tell whether `day` is one on which `program` speaks to this person, pauses aside."""
        return program.speaks_on(day, self.hours_in(program))


class AnswerKind(StrEnum):
    """What can be said to a reminder, other than logging a meeting."""

    NOT_YET = "not_yet"
    IN_THE_WAY = "in_the_way"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said to a reminder on a day of theirs. `words` are for the liaison only.

    `past_liaison`: it is for those who coordinate, and the liaison neither hears nor sees of it.
    """

    pair_id: str
    person_id: str
    kind: AnswerKind
    day: date
    at: datetime
    remind_on: date | None = None
    words: str = ""
    past_liaison: bool = False
    id: str = ""


class Newest(NamedTuple):
    """Of all that a pair has answered, what still matters; see Pair."""

    answer: Answer | None
    help_asked: Answer | None
    snoozes: tuple[Answer, ...]
    help_past: Answer | None = None


NOTHING_SAID = Newest(None, None, ())


def newest_of(said: Iterable[Answer]) -> Newest:
    """Pick what matters of a pair's answers, in whatever order they come."""
    said = list(said)
    if not said:  # as for most pairs at most times
        return NOTHING_SAID
    newest_first = sorted(said, key=lambda answer: answer.at, reverse=True)
    asked = [answer for answer in newest_first if answer.kind is AnswerKind.IN_THE_WAY]
    by_person: dict[str, Answer] = {}
    for answer in newest_first:
        by_person.setdefault(answer.person_id, answer)
    snoozes = tuple(answer for answer in by_person.values() if answer.kind is AnswerKind.NOT_YET)
    to_liaison = next((answer for answer in asked if not answer.past_liaison), None)
    past = next((answer for answer in asked if answer.past_liaison), None)
    return Newest(next(iter(newest_first), None), to_liaison, snoozes, past)


@dataclass(frozen=True, slots=True)
class Pair:
    """One mentor and one mentee, and what is known of them. `rhythm` is None while nothing is agreed.

    `logged_at` is when a meeting was logged last. `answer` is the newest one, `help_asked` the newest "something is in
    the way" that is for the liaison, `help_past` the newest that goes past the liaison, `snoozes` the
    newest answer of each partner whose newest is "not yet". `appointment` is the next one that
    is planned, `ending` the early end that somebody has asked for, `channel` the conversation of the two with Tandem,
    "" while there is none. `cover` are those who coordinate, while they look after the pair because messages do not
    reach its liaison; else nobody. `span` are the pair's days within its program: worked out once, since the rules ask
    for it all the time. A meeting that the partner denies counts nowhere.
    """

    id: str
    key: str
    program: Program
    mentor: Person
    mentee: Person
    liaison: Person | None
    starts: date
    rhythm: Rhythm | None = None
    ends: date | None = None
    meetings: int = 0
    last_meeting: date | None = None
    logged_at: datetime | None = None
    answer: Answer | None = None
    help_asked: Answer | None = None
    help_past: Answer | None = None
    snoozes: tuple[Answer, ...] = ()
    evidence: Evidence = NOTHING_YET
    appointment: Appointment | None = None
    phase_moves: tuple[PhaseMove, ...] = ()
    ending: Ending | None = None
    channel: str = ""
    cover: tuple[Person, ...] = ()
    span: Span = field(init=False, compare=False, repr=False)

    @property
    def name(self) -> str:
        """The two names, the mentor's first."""
        return f"{self.mentor.name} and {self.mentee.name}"

    @property
    def agreed_rhythm(self) -> Rhythm:
        """The pair's own rhythm, or the program's where they have agreed none."""
        return self.rhythm or self.program.rhythm

    def __post_init__(self) -> None:
        whole = self.program.span
        span = Span(max(self.starts, whole.first), min(self.ends or whole.last, whole.last))
        object.__setattr__(self, "span", span)

    @property
    def stops(self) -> tuple[Span, ...]:
        """The spans in which this pair's clocks stand: quiet dates, and pauses of either."""
        return (*self.program.quiet, *self.mentor.pauses, *self.mentee.pauses)

    def running_day(self, since: date, days: int) -> date:
        """Return the day on which this pair's clocks have run for `days` days since `since`."""
        if self.mentor.pauses or self.mentee.pauses:
            return running_day(self.stops, since, days)
        return _running_day(self.program, since, days)

    def days_run(self, since: date, until: date) -> int:
        """Count the days in (since, until] on which this pair's clocks ran."""
        return max((until - since).days - stopped_days(self.stops, since, until), 0)

    def worth(self, day: date, days: int) -> Span:
        """Return the days on which something may be said from `day` on: as many as `days` on which the clocks run.

        So nothing that the pair is to hear lapses within a break of theirs or the program's.
        """
        return Span(day, self.running_day(day - timedelta(days=1), days))

    @property
    def hears(self) -> Span:
        """The days on which the two may hear of ideas and trainings: planning may begin before their first day."""
        begins = self.program.opens if self.starts <= self.program.span.first else self.span.first
        return Span(begins, self.span.last)

    def active_on(self, day: date) -> bool:
        """Tell whether the pair is under way on `day`."""
        return day in self.span

    def has(self, person_id: str) -> bool:
        """Tell whether the person is one of the two."""
        return person_id in (self.mentor.id, self.mentee.id)

    @property
    def confidant(self) -> Person | None:
        """Who may hear what the partner must not: the liaison, if it is somebody else than the two, and in reach."""
        found = self.liaison_beside
        return found if found is not None and found.can_be_reached else None

    @property
    def liaison_beside(self) -> Person | None:
        """The liaison, where that is somebody else than the two, whether in reach or not."""
        return self.liaison if self.liaison is not None and not self.has(self.liaison.id) else None

    @property
    def needs_cover(self) -> bool:
        """Tell whether messages do not reach the one who follows the pair beside the two."""
        return self.liaison_beside is not None and self.confidant is None

    @property
    def followers(self) -> tuple[Person, ...]:
        """Who looks after the pair now: the liaison, or who stands in while messages do not reach the liaison."""
        return (self.confidant,) if self.confidant is not None else self.cover

    @property
    def out_of_reach(self) -> bool:
        """Tell whether messages do not reach one of the two."""
        return bool(self.mentor.unreachable or self.mentee.unreachable)

    def one(self, person_id: str) -> Person:
        """Return the one of the two who has this id."""
        return self.mentor if person_id == self.mentor.id else self.mentee

    def still_holds(self, answer: Answer) -> bool:
        """Tell whether an answer still counts: no meeting has been logged since."""
        return self.logged_at is None or self.logged_at < answer.at

    @property
    def planned_day(self) -> date | None:
        """The day of the appointment, ahead or past, as it comes first to one of the two; None once they have met."""
        if self.appointment is None:
            return None
        day = min(self.appointment.day_in(person.zone) for person in (self.mentor, self.mentee))
        return day if self.last_meeting is None or self.last_meeting < day else None

    def partner_of(self, person_id: str) -> Person:
        """Return the other one."""
        return self.mentee if person_id == self.mentor.id else self.mentor

    def paused_on(self, day: date) -> Span | None:
        """Return the pause of either that `day` lies in; of two, the one that ends later."""
        pauses = filter(None, (self.mentor.pause_on(day), self.mentee.pause_on(day)))
        return max(pauses, key=lambda pause: pause.last, default=None)


def cover_of(pair: Pair, coordinators: Iterable[Person]) -> tuple[Person, ...]:
    """Return who, of those who coordinate, stands in for a pair's liaison: neither of the two, and in reach."""
    if not pair.needs_cover:
        return ()
    fit = (one for one in coordinators if one.can_be_reached and not pair.has(one.id))
    return tuple(sorted(fit, key=lambda person: (person.name, person.key)))


@lru_cache(maxsize=16384)
def _running_day(program: Program, since: date, days: int) -> date:
    """Return that day for all pairs of a program of which neither has ever taken a break: most of them."""
    return running_day(program.quiet, since, days)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in one program: their roles, their own pairs, and the pairs that they follow as a liaison."""

    program: Program
    person: Person
    roles: frozenset[Role]
    pairs: tuple[Pair, ...] = ()
    watched: tuple[Pair, ...] = field(default=())

    def active_pairs(self, day: date) -> tuple[Pair, ...]:
        """Return the own pairs that are under way on `day`."""
        return tuple(pair for pair in self.pairs if pair.active_on(day))

    def hearing_pairs(self, day: date) -> tuple[Pair, ...]:
        """Return the own pairs that may hear of ideas on `day`: those under way, and those that are about to begin."""
        return tuple(pair for pair in self.pairs if day in pair.hears)

    @property
    def covered(self) -> tuple[Pair, ...]:
        """The followed pairs in which this person stands in for a liaison whom messages do not reach."""
        return tuple(pair for pair in self.watched if any(one.id == self.person.id for one in pair.cover))

    def caseload(self, day: date) -> tuple[Pair, ...]:
        """Return the followed pairs under way on `day`, without those of which this person is one."""
        return tuple(pair for pair in self.watched if pair.active_on(day) and not pair.has(self.person.id))
