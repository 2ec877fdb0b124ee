"""The oracle: counts what must never happen, from what lies in Slack, the script, the log of faults and the calendar.

It knows nothing of how Tandem plans or sends. What it expects comes from the calm play of the same seed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from math import ceil
from types import UnionType

from bot.domain.program import Role
from tests.simulation.calendar import Listener, Stretch, days_between, less, moment_of, monday
from tests.simulation.calm import Expected
from tests.simulation.deeds_of_year import AnswerMeeting, AskToEnd, CallOff, Plan, Sign, Snooze, TakeBack
from tests.simulation.fate import DATABASE_AWAY, EVERYBODY_AWAY, LEAP, RESTORED, SLACK_AWAY
from tests.simulation.listeners import listeners_of
from tests.simulation.play import Done, Told
from tests.simulation.script import Help, Leave, LogMeeting, NotYet, Pause, Resume, Return, Undo
from tests.simulation.second_thoughts import OfAChange, OfAMeeting, TakeAnswerBack
from tests.simulation.slack import Message
from tests.simulation.slots import BACK, Slot, withdrawn_by
from tests.simulation.touches import FOR_A_LIAISON, OF_REACH, pairs_of, touches

NOTICE = "Notice "
KNOWINGLY = "may have had this before"
GRACE = timedelta(seconds=60)  # what was on its way when somebody changed their mind
AN_HOUR = timedelta(hours=1)
STILL_FELT = timedelta(days=30)  # what somebody asked for with a date, and could not have
AFTER_AN_OUTAGE = timedelta(minutes=20)  # the longest rest when Slack cannot be reached, and a doubt after it
SAME_WORDS = timedelta(hours=20)
MOST_A_WEEK = 3
PLANNING_BEGINS = date(2017, 5, 12)  # as the sample's program.toml says: [phases]
BEFORE_THE_FIRST_DAY = ("phase_prompt", "training")
AMBIGUOUS = ("cut", "500", "fatal_error", "taken late", "refused by an outage")
DATE_MATTERS = Help | NotYet | Pause | Resume | Plan | CallOff | Sign | AskToEnd | TakeBack | OfAChange
OF_AN_ANSWER = OfAMeeting | AnswerMeeting | LogMeeting  # the news of it is named by its day
A_PLAN_IS_FELT = timedelta(days=60)  # two reminders count from a day that was planned
ENDINGS = AskToEnd | TakeBack
URGING = ("first_move", "checkin_reminder", "agreement", "goals", "midpoint", "phase_prompt")  # rest while a pair ends
ASLEEP = timedelta(days=16)  # a kind sleeps for two weeks of its person's days
SAID_ANEW_AFTER = {"agreement": Sign | OfAChange}
COUNTED_FROM_THE_START = ("first_move", "agreement", "goals")  # in days that are no break's
PUT_OFF_BY_QUIET_DAYS = (*COUNTED_FROM_THE_START, "midpoint", "agreement_news")
NAMED_BY_EACH_ACT = ("in_the_way", "agreement_news", "meeting_answered", *OF_REACH)  # not by the last one only

# How long each kind may be said, in days from its first: the second witness beside the calm play's own "too late".
WORTH_DAYS = {
    "first_move": 7,
    "phase_prompt": 7,
    "meet_there": 7,
    "training": 14,
    "digest": 2,
    "farewell": 7,
    "meeting_logged": 7,
    "pause": 7,
    "in_the_way": 61,
    "unreachable": 31,
    "announcement": 14,
    "goals": 7,
    "agreement": 7,
    "midpoint": 7,
    "appointment": 7,
    "appointment_set": 7,
    "next_step": 7,
    "agreement_news": 7,
    "meeting_answered": 7,
    "idea_sent": 7,
    "partner_unreachable": 31,
    "ending": 31,
    "rematch": 31,
    "handover": 31,
    "closing": 33,
    "celebration": 14,
    "checkin_reminder": 200,
}


@dataclass(slots=True)
class Verdict:
    """What the oracle counted. `details` has a line for each thing that must not be; `expired` are declared."""

    expected: int = 0
    lost: int = 0
    twice: int = 0
    late: int = 0
    night: int = 0
    after_end: int = 0
    over_budget: int = 0
    knowingly: int = 0
    unjudged: int = 0
    messages: int = 0
    expired: Counter[str] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Tell whether nothing happened that must not."""
        return not self.details


def judge(told: Told) -> Verdict:
    """Judge a year."""
    return Oracle(told).judge()


class Oracle:
    """Judges one year."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._program = told.script.program
        self._listeners = dict(listeners_of(told, lambda done: done.at))
        self._sooner = dict(listeners_of(told, lambda done: done.since))
        self._by_key = {listener.key: listener for listener in self._listeners.values()}
        self._pairs = pairs_of(told.script)
        self._coordinators = {one.key for one in told.script.roster.people if Role.COORDINATOR in one.roles}
        self._verdict = Verdict()
        self._due = {expected.slot: expected for expected in told.expected}
        self._notes = [message for message in told.messages if message.metadata.get("event_type") == "tandem_note"]

    def judge(self) -> Verdict:
        """Count everything."""
        self._verdict.messages = len(self._notes)
        for message in self._notes:
            self._judge_hour(message)
            self._judge_last_day(message)
            self._judge_rest(message)
        self._judge_twice()
        self._judge_budget()
        self._judge_lost()
        return self._verdict

    # -- time ---------------------------------------------------------------------------------------------------------

    def _moment(self, seconds: float) -> datetime:
        return self._told.start + timedelta(seconds=seconds)

    def _bad(self, kind: str, message: str) -> None:
        setattr(self._verdict, kind, getattr(self._verdict, kind) + 1)
        self._verdict.details.append(f"{kind}: {message}")

    def _say(self, message: Message) -> str:
        names = ", ".join(str(slot) for slot in self._slots(message))
        who = self._listeners[message.user]
        local = self._moment(message.called).astimezone(who.zone)
        return f"{local:%a %Y-%m-%d %H:%M:%S} {who.zone.key} to {who.key} by {message.caller}: {names}"

    def _slots(self, message: Message) -> list[Slot]:
        return [self._told.slots[mark].slot for mark in message.marks if mark in self._told.slots]

    # -- hours and days -----------------------------------------------------------------------------------------------

    def _judge_hour(self, message: Message) -> None:
        """Nobody is spoken to at night, on a quiet day, on a break; nobody after the last day."""
        who, moment = self._listeners[message.user], self._moment(message.called)
        day = who.day(moment)
        if day > self._program.span.last:
            self._bad("after_end", self._say(message))
        elif day < self._program.span.first and not self._is_of_planning(message, day):
            self._bad("night", f"before the first day, {self._say(message)}")
        elif any(day in quiet for quiet in self._program.quiet):
            self._bad("night", f"on a quiet day, {self._say(message)}")
        elif not (who.hears_at(moment) or who.hears_at(moment - GRACE) or self._sooner[message.user].hears_at(moment)):
            self._bad("night", self._say(message))

    def _is_of_planning(self, message: Message, day: date) -> bool:
        """Tell whether planning has begun, and nothing is said but what may be said then."""
        rules = {slot.rule for slot in self._slots(message)}
        return day >= PLANNING_BEGINS and bool(rules) and rules <= set(BEFORE_THE_FIRST_DAY)

    def _judge_last_day(self, message: Message) -> None:
        moment = self._moment(message.called)
        for mark in message.marks:
            kept = self._told.slots.get(mark)
            if kept is None:
                continue
            expected = self._due.get(kept.slot)
            last = datetime.fromisoformat(kept.too_late)
            if expected is not None and not self._comes_in_pieces(expected):
                last = self._allowed_until(expected)
            if moment >= last:
                self._bad("late", f"{kept.slot} ended at {last:%Y-%m-%d %H:%M}; {self._say(message)}")

    def _judge_rest(self, message: Message) -> None:
        """While an early ending stands, nobody is urged to anything."""
        for slot in self._slots(message):
            moments = (message.called - GRACE.total_seconds(), message.called)
            if slot.rule in URGING and all(self._ends(slot.subject, moment) for moment in moments):
                self._bad("after_end", f"{slot} while the pair ends; {self._say(message)}")

    def _ends(self, pair: str, moment: float) -> bool:
        """Tell whether an ending of a pair stood; not where a backup had lost it and it was asked for again later."""
        acts = [done for done in self._told.acts if done.act.pair == pair and isinstance(done.act.deed, ENDINGS)]
        asked = [d for d in acts if d.kept and isinstance(d.act.deed, AskToEnd) and d.at <= moment]
        newest = max(asked, key=lambda d: d.act.at, default=None)
        back = [d for d in acts if isinstance(d.act.deed, TakeBack) and d.since <= moment]
        if newest is None or any(d.act.at > newest.act.at for d in back):
            return False  # one to take it back may be done at once, though it is refused when done once more
        return not any(done.again and done.since > moment for done in acts)

    def _comes_in_pieces(self, expected: Expected) -> bool:
        """Tell whether a slot may be said at more than one time: before and after a break, or anew after a deed.

        Who is to sign what the other has signed is reminded a week from then: who has not been told before, as the calm
        year's people were, is told then. The records know until when.
        """
        anew = SAID_ANEW_AFTER.get(expected.slot.rule, ())
        return any(
            isinstance(done.act.deed, Pause | Resume)
            or (isinstance(done.act.deed, anew) and done.kept and done.act.at > expected.at)
            for done in self._about(expected.slot)
        )

    def _allowed_until(self, expected: Expected) -> datetime:
        """Return when it is too late: as in the calm play, and as many days later as the act it comes from was."""
        slack = expected.too_late - expected.at
        worth = WORTH_DAYS[expected.slot.rule] + 1 + self._quiet_days(expected)
        assert slack <= timedelta(days=worth), f"{expected} is worth saying too long"
        delays = [
            done.at - self._seconds(done.act.at) for done in self._about(expected.slot) if done.act.at <= expected.at
        ]
        days = ceil(max(delays, default=0.0) / 86400) if max(delays, default=0.0) > 3600 else 0
        return expected.too_late + timedelta(days=days)

    def _quiet_days(self, expected: Expected) -> int:
        """Count the quiet days that do not count among those on which something may be said."""
        if expected.slot.rule not in PUT_OFF_BY_QUIET_DAYS:
            return 0
        days = days_between(expected.at.date(), expected.too_late.date())
        return sum(any(day in quiet for quiet in self._program.quiet) for day in days)

    def _seconds(self, moment: datetime) -> float:
        return (moment - self._told.start).total_seconds()

    # -- twice, and too much -----------------------------------------------------------------------------------------

    def _judge_twice(self) -> None:
        seen: dict[tuple[str, str], Message] = {}
        words: dict[tuple[str, str], Message] = {}
        for message in self._notes:
            again = [mark for mark in message.marks if (message.user, mark) in seen]
            same = words.get((message.user, message.text))
            if again and KNOWINGLY in message.text:
                self._verdict.knowingly += 1
            elif again:
                self._bad("twice", f"{self._say(message)}; first {self._say(seen[message.user, again[0]])}")
            elif same and message.called - same.called < SAME_WORDS.total_seconds():
                self._bad("twice", f"the same words, {self._say(message)}; first {self._say(same)}")
            seen.update({(message.user, mark): message for mark in message.marks})
            words[message.user, message.text] = message

    @cached_property
    def _arrivals(self) -> dict[str, list[tuple[datetime, date]]]:
        """The automatic notes that each person got: when, and on which day of theirs."""
        found: dict[str, list[tuple[datetime, date]]] = defaultdict(list)
        for message in sorted(self._notes, key=lambda message: message.at):
            if not self._is_announcement(message):
                who, moment = self._listeners[message.user], self._moment(message.at)
                found[who.key].append((moment, who.day(moment)))
        return found

    def _is_announcement(self, message: Message) -> bool:
        return any(slot.rule == "announcement" for slot in self._slots(message)) or f"{NOTICE}" in message.text

    def _judge_budget(self) -> None:
        """At most one automatic note a day, three a week."""
        for key, arrived in self._arrivals.items():
            days = Counter(day for _, day in arrived)
            weeks = Counter(monday(day) for day in days)
            for day, count in sorted(days.items()):
                if count > 1:
                    self._bad("over_budget", f"{count} notes to {key} on {day}")
            for week, count in sorted(weeks.items()):
                if count > MOST_A_WEEK:
                    self._bad("over_budget", f"{count} notes to {key} in the week of {week}")

    # -- lost ---------------------------------------------------------------------------------------------------------

    def _judge_lost(self) -> None:
        arrived = {slot for message in self._notes for slot in self._slots(message)}
        for expected in self._told.expected:
            if self._is_unsure(expected) or self._answers_what_was_not_heard(expected, arrived):
                self._verdict.unjudged += 1
                continue
            self._verdict.expected += 1
            if expected.slot not in arrived and not self._is_said_to_another(expected.slot, arrived):
                self._judge_missing(expected)

    def _is_said_to_another(self, slot: Slot, arrived: set[Slot]) -> bool:
        """Tell whether a liaison, or who stood in, heard it in place of the other: one of them left or came back."""
        if slot.rule not in FOR_A_LIAISON or slot.subject not in self._pairs:
            return False
        looks_after = {self._pairs[slot.subject][2], *self._coordinators}
        others = (replace(slot, person=who) for who in looks_after - {slot.person})
        came_or_went = any(isinstance(done.act.deed, Leave | Return) for done in self._about(slot))
        return slot.person in looks_after and came_or_went and any(other in arrived for other in others)

    def _judge_missing(self, expected: Expected) -> None:
        free = self._free_time(expected, self._outages, spent=True)
        if free >= AN_HOUR:
            state = next((k.state for k in self._told.slots.values() if k.slot == expected.slot), "never planned")
            self._bad("lost", f"{expected.slot}, due {expected.at:%Y-%m-%d %H:%M} UTC, {free} free; records: {state}")
        elif self._free_time(expected, (), spent=True) >= AN_HOUR:
            self._verdict.expired["by an outage"] += 1
        elif self._free_time(expected, (), spent=False) >= AN_HOUR:
            self._verdict.expired["by the budget"] += 1
        else:
            self._verdict.expired["by what people did"] += 1

    @cached_property
    def _outages(self) -> tuple[Stretch, ...]:
        kinds = (DATABASE_AWAY, EVERYBODY_AWAY, RESTORED, SLACK_AWAY, LEAP)  # by a wrong clock a morning is an hour off
        return tuple(
            (self._moment(fault.at), self._moment(fault.until) + AFTER_AN_OUTAGE)
            for fault in self._told.faults
            if fault.kind in kinds
        )

    def _free_time(self, expected: Expected, outages: Iterable[Stretch], *, spent: bool) -> timedelta:
        """Return how long the person could have been told, until it was too late or something made it untrue."""
        who = self._by_key[expected.slot.person]
        about = self._about(expected.slot)
        begins = max([expected.at, *(self._moment(d.at) for d in about if d.act.at <= expected.at)])
        ends = min([expected.too_late, *(self._moment(d.since) for d in about if d.act.at > expected.at)])
        free = timedelta(0)
        for day in days_between(who.day(begins), who.day(ends)):
            for stretch in self._open_stretch(who, day, (begins, ends), expected.slot, spent=spent):
                free += sum((b - a for a, b in less(stretch, outages)), timedelta(0))
        return free

    def _open_stretch(self, who: Listener, day: date, window: Stretch, slot: Slot, *, spent: bool) -> Iterator[Stretch]:
        """Yield when, on one day, somebody could have been told of `slot`."""
        noon = moment_of(day, who.hours[0].start, who.zone)
        hours = who.hours_at(max(noon, window[0]))
        begins_with = PLANNING_BEGINS if slot.rule in BEFORE_THE_FIRST_DAY else self._program.span.first
        within = begins_with <= day <= self._program.span.last
        closed = any(day in quiet for quiet in self._program.quiet) or not within
        if closed or day.weekday() not in hours.days:
            return
        begins = max(moment_of(day, hours.start, who.zone), window[0])
        ends = min(moment_of(day, hours.end, who.zone), window[1])
        if spent and slot.rule != "announcement":
            ends = min(ends, self._spent_from(who, day, slot))
        if begins < ends and not who.on_a_break(begins):
            yield begins, ends

    def _spent_from(self, who: Listener, day: date, slot: Slot) -> datetime:
        """Return the moment on `day` from which nothing more may be said that day."""
        end = moment_of(day + timedelta(days=1), who.hours[0].start, who.zone)
        said = self._arrivals.get(who.key, [])
        most = MOST_A_WEEK - (slot.rule != "farewell" and monday(day) == monday(self._last_working_day))
        this_week = {other for _, other in said if monday(other) == monday(day) and other < day}
        if len(this_week) >= most:
            return moment_of(day, who.hours[0].start, who.zone) - timedelta(days=1)
        on_day = [moment for moment, other in said if other == day]
        return min([end, *on_day, *(at for at in self._doubts.get(who.key, []) if who.day(at) == day)])

    @cached_property
    def _last_working_day(self) -> date:
        day = self._program.span.last
        while day.weekday() > 4 or any(day in quiet for quiet in self._program.quiet):
            day -= timedelta(days=1)
        return day

    @cached_property
    def _doubts(self) -> dict[str, list[datetime]]:
        """When a call to somebody ended so that nobody could know whether it was taken: that day counts as spent."""
        found: dict[str, list[datetime]] = defaultdict(list)
        for fault in self._told.faults:
            if fault.kind.startswith(AMBIGUOUS) and fault.who in self._listeners:
                found[self._listeners[fault.who].key].append(self._moment(fault.at))
        return found

    # -- what makes a slot true or untrue -----------------------------------------------------------------------------

    def _is_unsure(self, expected: Expected) -> bool:
        """Tell whether an act on another day than in the calm play may have given this slot another name.

        Or whether one was refused then: "ask me on Sunday", said after a fortnight's outage, names a day that is past.
        """
        before = [done for done in self._about(expected.slot) if done.act.at <= expected.at]
        named_by_all = expected.slot.rule in NAMED_BY_EACH_ACT or expected.slot.occurrence.endswith(BACK)
        last = before if named_by_all else before[-1:]
        matters = _matters(expected.slot)
        moved = any(isinstance(done.act.deed, matters) and self._moved(done) for done in last)
        lately = [done for done in before if expected.at - done.act.at < _felt(done)]
        renamed = expected.slot.rule == "checkin_reminder" and self._is_renamed(before)
        return (
            moved
            or renamed
            or self._is_counted_otherwise(expected.slot, before)
            or self._may_sleep_on(before, expected.at)
            or any(isinstance(done.act.deed, matters) and not done.kept for done in lately)
            or any(isinstance(done.act.deed, TakeBack) and not done.kept for done in before)  # the pair has ended
        )

    def _is_counted_otherwise(self, slot: Slot, before: Iterable[Done]) -> bool:
        """Tell whether a break was begun or ended on another day, though not last: then a due day is another one."""
        breaks = [done for done in before if isinstance(done.act.deed, Pause | Resume)]
        return slot.rule in COUNTED_FROM_THE_START and any(self._moved(done) for done in breaks)

    def _may_sleep_on(self, before: Iterable[Done], moment: datetime) -> bool:
        """Tell whether a kind that was put to sleep later than in the calm year may still be asleep."""
        slept = [done for done in before if isinstance(done.act.deed, Snooze) and self._moved(done)]
        return any(moment - self._told.start - timedelta(seconds=done.at) < ASLEEP for done in slept)

    def _moved(self, done: Done) -> bool:
        return done.again or self._is_on_another_day(done)

    def _is_on_another_day(self, done: Done) -> bool:
        who = self._by_key[done.act.who]
        return who.day(self._moment(done.at)) != who.day(done.act.at)

    def _is_renamed(self, before: list[Done]) -> bool:
        """Tell whether the word that a pair's reminders are named by was said on another day, and names it itself.

        What was done after it about hours, breaks or accounts leaves the name as it is, and so does a meeting that was
        taken back.
        """
        word = _last_word(before)
        return word is not None and isinstance(word.act.deed, Help) and self._is_on_another_day(word)

    def _answers_what_was_not_heard(self, expected: Expected, arrived: set[Slot]) -> bool:
        """Tell whether it says that something is not so any more to who has not heard that it was."""
        before = [other.slot for other in self._told.expected if other.at < expected.at]
        earlier = withdrawn_by(expected.slot, before)
        if expected.slot.rule == "appointment_set":  # a plan that was moved is news, whatever was heard of it before
            acts = [done.act for done in self._about(expected.slot) if done.act.at <= expected.at]
            plans = [act.deed for act in acts if isinstance(act.deed, Plan | CallOff)]
            if not plans or isinstance(plans[-1], Plan):
                return False
        return bool(earlier) and not arrived.intersection(earlier)

    def _about(self, slot: Slot) -> list[Done]:
        """Return the acts that may make this slot true or untrue, in their order."""
        return [done for done in self._told.acts if touches(done.act, slot, self._pairs)]


def _matters(slot: Slot) -> UnionType | type:
    """Return the deeds of which it matters on which day they were done."""
    if slot.rule in OF_REACH:
        return DATE_MATTERS | Leave | Return
    return DATE_MATTERS | OF_AN_ANSWER if slot.rule == "meeting_answered" else DATE_MATTERS


def _felt(done: Done) -> timedelta:
    """Return for how long it matters that an act could not be done."""
    return A_PLAN_IS_FELT if isinstance(done.act.deed, Plan) else STILL_FELT


def _last_word(acts: list[Done]) -> Done | None:
    """Return the act that a pair's reminders are counted from, if any: no meeting that is gone, or did not take place.

    A meeting that the partner has denied counts no more than one that was taken back.
    """
    gone = {(done.act.pair, day) for done in acts for day in _unmet(done, acts)}
    words = [
        done
        for done in acts
        if isinstance(done.act.deed, Help | NotYet)
        or (isinstance(done.act.deed, LogMeeting) and (done.act.pair, done.act.deed.day) not in gone)
    ]
    return words[-1] if words else None


def _unmet(done: Done, acts: list[Done]) -> Iterator[date]:
    """Yield the day of a meeting that this act makes none."""
    match done.act.deed:
        case Undo(day=day):
            yield day
        case AnswerMeeting(day=day, met=False) if done.kept and not _was_taken_back(done, acts):
            yield day
        case _:
            pass


def _was_taken_back(answer: Done, acts: list[Done]) -> bool:
    back = TakeAnswerBack(answer.act.deed.day) if isinstance(answer.act.deed, AnswerMeeting) else None
    return any(done.kept and done.act.deed == back and done.act.pair == answer.act.pair for done in acts)
