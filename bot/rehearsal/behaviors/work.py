"""What a pair does beside meeting: its agreement, its goals, its answers, its end."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.goals import GoalDraft, GoalState
from bot.domain.people import Pair, Person
from bot.domain.program import Minimum
from bot.domain.replies import Question
from bot.domain.rules.agreement import midpoint_of
from bot.domain.rules.closing import GOES_ON, IN_TOUCH, closing_days
from bot.domain.rules.meet_there import Going, asking_day, occasion
from bot.domain.terms import Fields
from bot.rehearsal.behaviors.calendar import IN_THE_MORNING, LATER, act, day_number, working_day
from bot.rehearsal.behaviors.deeds import (
    Act,
    AnswerGoing,
    AnswerMidpoint,
    MoveGoal,
    RoundOff,
    SetGoal,
    SignAgreement,
    WriteAgreement,
)
from bot.usecases.answer_midpoint import KEEP

A_DAY = timedelta(days=1)
GOALS = (
    GoalDraft("Lead a meeting of the department", "Listens to the agenda before", "It is expected of me next year"),
    GoalDraft("Publish a short article", "Reads the drafts", "To be known beyond my own library"),
    GoalDraft("Know ten colleagues elsewhere", "Introduces me", "To have somebody to ask"),
)


def agreement(pair: Pair, written: int, signed: int) -> Iterator[Act]:
    """The mentee writes and signs on the day with that number, the mentor signs on a later one."""
    yield act(pair, pair.mentee, day_number(pair, written), WriteAgreement(terms(pair)))
    yield act(pair, pair.mentor, day_number(pair, signed), SignAgreement())


def terms(pair: Pair) -> Fields:
    """Return what pairs agree on in a rehearsal: their rhythm, and as many hours as the program asks for."""
    return {
        "rhythm": str(pair.agreed_rhythm),
        "hours_a_month": f"{_hours(pair.program.minimum):g}",
        "means": "video,phone,email",
        "arranges": "mentee",
        "reply_days": "2",
        "notice_days": "1",
        "confidential": "What we say about people we work with",
        "ending": "One of us says so",
    }


def _hours(minimum: Minimum | None) -> float:
    if minimum is None:
        return 2
    return minimum.amount * (5 if "week" in minimum.unit else 1)


def goals(pair: Pair, first: int, third: int) -> Iterator[Act]:
    """Two goals on one day, a third one later; the first is reached in winter, the second moves."""
    for draft in GOALS[:2]:
        yield act(pair, pair.mentee, day_number(pair, first), SetGoal(draft))
    yield act(pair, pair.mentee, day_number(pair, third), SetGoal(GOALS[2]))
    moves = ((90, 0, GoalState.MOVING), (140, 1, GoalState.MOVING), (200, 0, GoalState.DONE), (280, 2, GoalState.DONE))
    for days, number, state in moves:
        if days > third:
            yield act(pair, pair.mentee, day_number(pair, days), MoveGoal(number, state))


def midpoint(pair: Pair, *people: Person) -> Iterator[Act]:
    """Who is asked halfway keeps the agreement, the day after."""
    for person in people:
        day = working_day(pair, midpoint_of(pair) + A_DAY)
        yield act(pair, person, day, AnswerMidpoint(KEEP), IN_THE_MORNING)


def conferences(pair: Pair) -> Iterator[Act]:
    """To the first meeting in the calendar the mentee goes alone; to the others both go."""
    meetings = [one for one in pair.program.key_dates if one.meet]
    for number, meeting in enumerate(meetings):
        day = working_day(pair, asking_day(pair, meeting) + A_DAY)
        if day in pair.span and day < meeting.span.first:
            yield act(pair, pair.mentee, day, AnswerGoing(occasion(meeting), Going.YES), LATER)
            answer = Going.YES if number else Going.NO
            yield act(pair, pair.mentor, day, AnswerGoing(occasion(meeting), answer), LATER)


def round_off(pair: Pair, mentee_after: int, mentor_after: int) -> Iterator[Act]:
    """Both send their closing form, so many days after it was asked for, and may be asked once more much later."""
    said = {
        Question.TALKED: "yes",
        Question.GROWTH: "More than I had thought.",
        Question.THANKS: "Thank you for your time.",
        Question.MAY_ASK_LATER: "yes",
    }
    of_mentee = {**said, Question.WHAT_NEXT: IN_TOUCH, Question.MENTOR_AGAIN: "maybe"}
    of_mentor = {**said, Question.WHAT_NEXT: GOES_ON, Question.MENTOR_AGAIN: "yes"}
    asked = closing_days(pair).form[0]
    for person, days, form in ((pair.mentee, mentee_after, of_mentee), (pair.mentor, mentor_after, of_mentor)):
        yield act(pair, person, _day_after(pair, asked, days), RoundOff(tuple(form.items())), IN_THE_MORNING)


def _day_after(pair: Pair, day: date, days: int) -> date:
    return min(working_day(pair, day + timedelta(days=days)), pair.span.last)
