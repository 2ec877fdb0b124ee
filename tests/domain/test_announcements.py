"""Whom an announcement is for, and when each would hear it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.announcements import Progress, about, audience_of, reach_of
from bot.domain.days import Span
from bot.domain.people import Member, Person
from bot.domain.program import Role
from tests.domain.cast import ADA, GUAM, LENA, MAYA, PROGRAM, TOM

TUESDAY_NOON = datetime(2017, 6, 6, 17, tzinfo=UTC)


def member(person: Person, *roles: Role) -> Member:
    return Member(PROGRAM, person, frozenset(roles))


EVERYBODY = [
    member(TOM, Role.MENTOR),
    member(MAYA, Role.MENTEE),
    member(LENA, Role.LIAISON, Role.MENTOR),
    member(ADA, Role.COORDINATOR),
]


def test_the_audience_has_each_person_once_by_name() -> None:
    audience = audience_of([*EVERYBODY, *EVERYBODY], frozenset({Role.MENTOR, Role.LIAISON}))

    assert [one.person.name for one in audience] == ["Lena Brandt", "Tom Lindqvist"]


def test_no_role_is_no_audience() -> None:
    assert audience_of(EVERYBODY, frozenset()) == []


@pytest.mark.parametrize(
    ("maya", "when"),
    [
        (MAYA, "now"),
        (replace(MAYA, zone=GUAM), "later"),  # three in the morning
        (replace(MAYA, pauses=(Span(date(2017, 6, 1), date(2017, 6, 9)),)), "later"),
        (replace(MAYA, pauses=(Span(date(2017, 6, 1), date(2017, 6, 30)),)), "never"),
        (replace(MAYA, slack_id=None), "never"),
        (replace(MAYA, unreachable="user_disabled"), "never"),
    ],
)
def test_when_a_person_would_hear(maya: Person, when: str) -> None:
    reach = reach_of([member(maya, Role.MENTEE)], TUESDAY_NOON)

    found = {name for name in ("now", "later", "never") if getattr(reach, name)}
    assert found == {when}


def test_a_program_that_has_ended_reaches_nobody() -> None:
    reach = reach_of(EVERYBODY, datetime(2018, 5, 2, 17, tzinfo=UTC))

    assert (reach.now, reach.later, len(reach.never)) == ((), (), 4)


def test_progress_is_finished_when_nobody_waits() -> None:
    assert not Progress(waiting=1, sent=3).finished
    assert Progress(sent=3, failed=1, stopped=2).finished
    assert Progress(waiting=1, sent=3, failed=1, stopped=2).total == 7


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, 0), (9.9, 0), (10, 10), (24, 20), (26, 30), (89, 90), (90, 120), (100, 120), (200, 180)]
)
def test_a_length_of_time_is_said_in_round_figures(seconds: float, said: int) -> None:
    assert about(timedelta(seconds=seconds)) == timedelta(seconds=said)
