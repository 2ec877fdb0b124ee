"""The tasks of a pair's year: done by what is on record, open when their time has come."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.days import Span
from bot.domain.evidence import Evidence
from bot.domain.people import Pair
from bot.domain.replies import Question
from bot.domain.tasks import Doing, Task, is_done, tasks_of
from tests.domain.cast import MAYA, PAIR, TOM, met, pausing

JULY = date(2017, 7, 1)


def replied(question: Question, *said: tuple[str, str]) -> Pair:
    replies = frozenset((question.value, "", who, choice) for who, choice in said)
    return replace(PAIR, evidence=Evidence(replies=replies))


def doing(pair: Pair, task: Task, today: date = JULY) -> Doing:
    return next(state.doing for state in tasks_of(pair, today) if state.task is task)


def test_the_tasks_stand_in_the_order_of_the_year_each_with_its_day() -> None:
    assert [(state.task, state.opens, state.due) for state in tasks_of(PAIR, JULY)] == [
        (Task.FIRST_MEETING, date(2017, 6, 1), date(2017, 6, 15)),
        (Task.AGREEMENT, date(2017, 6, 1), date(2017, 7, 1)),
        (Task.GOALS, date(2017, 6, 1), date(2017, 7, 1)),
        (Task.MIDPOINT, date(2017, 11, 15), date(2017, 11, 30)),  # Thanksgiving does not count
        (Task.CLOSING_TALK, date(2018, 3, 1), date(2018, 4, 30)),
    ]


@pytest.mark.parametrize(
    ("task", "pair"),
    [
        (Task.FIRST_MEETING, met(PAIR, date(2017, 6, 8))),
        (Task.AGREEMENT, replace(PAIR, evidence=Evidence(in_force=1))),
        (Task.GOALS, replace(PAIR, evidence=Evidence(goals=1))),
        (Task.MIDPOINT, replied(Question.MIDPOINT, (MAYA.id, "keep"), (TOM.id, "change"))),
        (Task.CLOSING_TALK, replied(Question.TALKED, (TOM.id, "yes"))),
    ],
)
def test_a_task_is_done_by_what_is_on_record(task: Task, pair: Pair) -> None:
    assert doing(PAIR, task, date(2018, 4, 1)) is Doing.OPEN
    assert doing(pair, task, date(2018, 4, 1)) is Doing.DONE


def test_a_task_whose_time_has_not_come_is_not_open() -> None:
    assert doing(PAIR, Task.MIDPOINT, date(2017, 11, 14)) is Doing.NOT_YET
    assert doing(PAIR, Task.MIDPOINT, date(2017, 11, 15)) is Doing.OPEN
    assert doing(PAIR, Task.CLOSING_TALK, date(2018, 2, 28)) is Doing.NOT_YET


def test_a_draft_that_one_has_signed_is_no_agreement() -> None:
    assert doing(replace(PAIR, evidence=Evidence(draft=1, signed=frozenset({MAYA.id}))), Task.AGREEMENT) is Doing.OPEN


def test_the_midpoint_is_each_one_s_own_answer() -> None:
    half = replied(Question.MIDPOINT, (MAYA.id, "keep"))

    assert not is_done(Task.MIDPOINT, half)
    assert is_done(Task.MIDPOINT, half, MAYA.id)
    assert not is_done(Task.MIDPOINT, half, TOM.id)


def test_a_talk_that_is_still_to_come_is_not_held() -> None:
    assert not is_done(Task.CLOSING_TALK, replied(Question.TALKED, (TOM.id, "planned")))


def test_a_break_puts_the_day_off() -> None:
    pair = pausing(PAIR, mentee=Span(date(2017, 6, 5), date(2017, 6, 14)))

    assert next(state.due for state in tasks_of(pair, JULY)) == date(2017, 6, 25)


def test_no_task_is_due_after_the_last_day() -> None:
    short = replace(PAIR, ends=date(2017, 6, 20))

    assert max(state.due for state in tasks_of(short, JULY) if state.task is not Task.CLOSING_TALK) == date(2017, 6, 20)
