"""What is still true when a note is about to go out: the timetables are asked again, and so is what people did."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import chain

from bot.domain.appointments import News
from bot.domain.endings import RematchState
from bot.domain.meetings import Confirmed
from bot.domain.nudges import Nudge, Rule, Slot, decide
from bot.domain.people import Member, Pair
from bot.domain.rules import Prompt, member_timetable, pair_timetable
from bot.domain.rules.agreement import whose_turn
from bot.usecases.wording import Background

# What timetables hold; all other rules speak of what somebody has just done.
PLANNED = frozenset(
    {
        Rule.FIRST_MOVE,
        Rule.CHECKIN_REMINDER,
        Rule.APPOINTMENT,
        Rule.PHASE_PROMPT,
        Rule.AGREEMENT,
        Rule.GOALS,
        Rule.MIDPOINT,
        Rule.MEET_THERE,
        Rule.TRAINING,
        Rule.DIGEST,
        Rule.CLOSING,
        Rule.CELEBRATION,
        Rule.FAREWELL,
        Rule.FOLLOW_UP,
    }
)

# What may still be said of a pair whose last day is over.
AFTER_THE_LAST_DAY = frozenset({Rule.ENDING, Rule.REMATCH, Rule.UNREACHABLE})


def slots_still_true(
    member: Member, nudges: list[Nudge], background: Background, prompts: tuple[Prompt, ...], now: datetime
) -> frozenset[Slot]:
    """Return the slots that hold at `now`: what the timetables say, and what people did that is still so."""
    today: date = member.person.today(now)
    pairs = (pair_timetable(pair) for pair in (*member.pairs, *member.watched))
    entries = chain(member_timetable(member, prompts, today), *pairs)
    planned = {entry.slot for entry in decide(entries, now).due}
    told = {n.slot for n in nudges if n.slot.rule not in PLANNED and _is_still_so(n, member, background, today)}
    return frozenset(planned | told)


def told_of(nudges: Iterable[Nudge]) -> set[tuple[str, str]]:
    """Return the members of whom somebody is to be told that they cannot be reached."""
    return {(n.facts["person"], n.program_id) for n in nudges if n.slot.rule == Rule.UNREACHABLE}


def not_undone(nudges: Iterable[Nudge], members: Mapping[tuple[str, str], Member]) -> list[Nudge]:
    """Leave out that somebody cannot be reached who is back by now."""

    def is_back(nudge: Nudge) -> bool:
        member = members.get((nudge.facts["person"], nudge.program_id))
        return member is None or not member.person.unreachable

    return [nudge for nudge in nudges if nudge.slot.rule != Rule.UNREACHABLE or not is_back(nudge)]


def _is_still_so(nudge: Nudge, member: Member, background: Background, today: date) -> bool:
    """Tell whether what was done still holds: a meeting may be gone or answered, a break over, a pair given away."""
    if nudge.pair_id is None:
        return True
    pair = next((pair for pair in (*member.pairs, *member.watched) if pair.id == nudge.pair_id), None)
    if pair is None or (today > pair.span.last and nudge.slot.rule not in AFTER_THE_LAST_DAY):
        return False
    still = STILL_SO.get(Rule(nudge.slot.rule))
    return still is None or still(nudge, member, pair, background, today)


StillSo = Callable[[Nudge, Member, Pair, Background, date], bool]


def _meeting_asks(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    meeting = background.meetings.get(nudge.facts["meeting"])
    return meeting is not None and meeting.confirmed is Confirmed.NOT_YET and meeting.logged_by != member.person.id


def _answer_is_the_same(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    meeting, facts = background.meetings.get(nudge.facts["meeting"]), nudge.facts
    if meeting is None:
        return False
    return meeting.state == facts["state"] if "state" in facts else meeting.confirmed.value == facts["said"]


def _pause_is_the_same(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    until = date.fromisoformat(nudge.facts["until"])
    pause = pair.partner_of(member.person.id).pause_on(today)
    return pause is not None and pause.last == until


def _agreement_is_there_yet(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    """Tell whether it is still the reader's turn, or the version that is told of still the one that holds."""
    evidence, version = pair.evidence, int(nudge.facts["version"])
    if nudge.facts["step"] == "in_force":
        return evidence.in_force == version
    if nudge.facts["step"] == "withdrawn":
        return not evidence.draft and evidence.in_force < version
    turn, asked_to_sign = whose_turn(pair), nudge.facts["step"] == "sign"
    is_theirs = turn is not None and turn.id == member.person.id
    return is_theirs and evidence.draft == version and asked_to_sign == bool(evidence.signed)


def _plan_is_the_same(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    planned, facts = pair.appointment, nudge.facts
    is_planned = planned is not None and planned.id == facts["appointment"]
    if facts["news"] == News.OFF:
        return not is_planned
    return is_planned and planned is not None and str(planned.sequence) == facts["sequence"]


def _step_is_theirs(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    """Tell whether it is still to be done by the reader, and says what they are to be told."""
    kept = (one for one in background.promises.get(pair.id, ()) if one.id == nudge.facts["promise"])
    return any(
        one.done_at is None and one.owner_id == member.person.id and one.mark == nudge.facts["mark"] for one in kept
    )


def _ending_is_the_same(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    if nudge.slot.occurrence.endswith("/off"):
        return pair.ending is None
    return pair.ending is not None and pair.ending.id == nudge.facts["ending"]


def _wish_is_as_far(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    asked = [one for one in background.rematches.get(pair.id, ()) if one.person_id == nudge.facts["person"]]
    news = nudge.slot.occurrence.rpartition("/")[2]
    if news in (RematchState.SEEN, RematchState.CLOSED):
        return any(one.state == news for one in asked)
    return any(one.state.is_open for one in asked) is not (news == "off")


def _partner_is_as_far(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    away = bool(pair.partner_of(member.person.id).unreachable)
    return away is not nudge.slot.occurrence.endswith("/back")


def _liaison_is_the_same(nudge: Nudge, member: Member, pair: Pair, background: Background, today: date) -> bool:
    return (pair.liaison.id if pair.liaison else "") == nudge.facts["to"]


# For each rule that speaks of what somebody did: whether it is still so.
STILL_SO: dict[Rule, StillSo] = {
    Rule.MEETING_LOGGED: _meeting_asks,
    Rule.MEETING_ANSWERED: _answer_is_the_same,
    Rule.PAUSE: _pause_is_the_same,
    Rule.AGREEMENT_NEWS: _agreement_is_there_yet,
    Rule.APPOINTMENT_SET: _plan_is_the_same,
    Rule.NEXT_STEP: _step_is_theirs,
    Rule.ENDING: _ending_is_the_same,
    Rule.REMATCH: _wish_is_as_far,
    Rule.PARTNER_UNREACHABLE: _partner_is_as_far,
    Rule.HANDOVER: _liaison_is_the_same,
}
