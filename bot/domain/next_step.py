"""What would help a pair most now, as one of the two sees it: the first thing on their Home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.goals import Goal
from bot.domain.people import Pair
from bot.domain.rules.agreement import whose_turn
from bot.domain.rules.checkin_reminder import overdue_since
from bot.domain.rules.closing import may_round_off
from bot.domain.tasks import Task, is_done


class Step(StrEnum):
    """The steps that there can be; exactly one is next."""

    OWN_PAUSE = "own_pause"
    OUT_OF_REACH = "out_of_reach"
    PARTNERS_PAUSE = "partners_pause"
    DID_YOU_MEET = "did_you_meet"
    APPOINTMENT = "appointment"
    ENDING = "ending"
    FIRST_HELLO = "first_hello"
    SIGN = "sign"
    ROUND_OFF = "round_off"
    NOT_YET = "not_yet"
    OVERDUE = "overdue"
    AGREE = "agree"
    FIRST_GOAL = "first_goal"
    NEXT_GOAL = "next_goal"
    ON_RHYTHM = "on_rhythm"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step.

    `day` is when a pause ends, a meeting is planned or expected, or when to be asked again; of a partner out of reach,
    since when they are.
    """

    step: Step
    day: date


def next_step(pair: Pair, person_id: str, goals: Sequence[Goal], today: date) -> NextStep:
    """Say what is next for `person_id`, who is one of the two, on `today`."""
    own = pair.mentor if person_id == pair.mentor.id else pair.mentee
    if pause := own.pause_on(today):
        return NextStep(Step.OWN_PAUSE, pause.last)
    partner = pair.partner_of(person_id)
    if partner.unreachable:
        return NextStep(Step.OUT_OF_REACH, own.today(partner.unreachable_at) if partner.unreachable_at else today)
    if pause := partner.pause_on(today):
        return NextStep(Step.PARTNERS_PAUSE, pause.last)
    if pair.appointment is not None and pair.planned_day is not None:
        day = pair.appointment.day_in(own.zone)
        return NextStep(Step.APPOINTMENT if day >= today else Step.DID_YOU_MEET, day)
    if pair.ending is not None:
        return NextStep(_at_its_end(pair, person_id, today), pair.span.last)
    if (ask_on := _asked_again_on(pair, today)) is not None:
        return NextStep(Step.NOT_YET, ask_on)
    expected = expected_by(pair)
    if not pair.meetings:
        return NextStep(Step.FIRST_HELLO, expected)
    if today > expected:
        return NextStep(Step.OVERDUE, expected)
    if (turn := whose_turn(pair)) is not None and turn.id == person_id:
        return NextStep(Step.SIGN, expected)
    if may_round_off(pair, today) and not is_done(Task.CLOSING_TALK, pair, person_id):
        return NextStep(Step.ROUND_OFF, pair.span.last)
    return NextStep(_something_to_begin(pair, goals, today), expected)


def _something_to_begin(pair: Pair, goals: Sequence[Goal], today: date) -> Step:
    """Say what a pair on its rhythm could begin: what has never been, or, while there is time left, one goal more."""
    has_time = not may_round_off(pair, today)
    if has_time and not pair.evidence.draft and not pair.evidence.in_force:
        return Step.AGREE
    if not goals:
        return Step.FIRST_GOAL
    return Step.NEXT_GOAL if has_time and not any(goal.is_open for goal in goals) else Step.ON_RHYTHM


def _at_its_end(pair: Pair, person_id: str, today: date) -> Step:
    """Say what is next while an ending stands: nothing is expected, but a pair that has met may round off."""
    rounds_off = pair.meetings > 0 and may_round_off(pair, today)
    return Step.ROUND_OFF if rounds_off and not is_done(Task.CLOSING_TALK, pair, person_id) else Step.ENDING


def expected_by(pair: Pair) -> date:
    """Return the day by which the pair's own rhythm expects its next meeting; never after its last day."""
    return min(overdue_since(pair) - timedelta(days=1), pair.span.last)


def _asked_again_on(pair: Pair, today: date) -> date | None:
    """Return the coming day that somebody chose with "not yet", unless the pair has met since."""
    answer = pair.answer
    if answer is None or answer.remind_on is None or not pair.still_holds(answer):
        return None
    return answer.remind_on if answer.remind_on > today else None
