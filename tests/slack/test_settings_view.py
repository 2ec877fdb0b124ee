"""Settings: the form is read as it was built, and what holds is said."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.content.words import load_words
from bot.domain.choices import rules_of
from bot.domain.days import Span, SpeakingHours
from bot.domain.people import Preferences
from bot.domain.program import Role
from bot.slack.screens.settings import (
    Choices,
    TimeMissing,
    build,
    build_saved,
    choices_of,
    days_words,
    read,
    span_words,
)
from bot.slack.visit import Inputs
from tests.golden import check, drawn
from tests.slack.people import LENA, MAYA, TOM, member
from tests.slack.state import state_of

WORDS = load_words()
MENTOR_AND_LIAISON = choices_of(TOM, [member(TOM, Role.MENTOR, Role.LIAISON)])
TODAY = date(2017, 6, 14)


def having(preferences: Preferences) -> Choices:
    return replace(MENTOR_AND_LIAISON, person=replace(TOM, preferences=preferences))


@pytest.mark.parametrize(
    "chosen",
    [
        Preferences(),
        Preferences(muted=rules_of(["phase_prompt", "training"])),
        Preferences(muted=rules_of(MENTOR_AND_LIAISON.kinds)),
        Preferences(hours=SpeakingHours(time(7, 30), time(12), frozenset({0, 2, 6}))),
        Preferences(digest_only_when_needed=True),
        Preferences(frozenset({"pause"}), SpeakingHours(time(0), time(23, 59), frozenset(range(7))), True),
    ],
)
def test_a_form_is_read_as_it_was_built(chosen: Preferences) -> None:
    choices = having(chosen)

    assert read(Inputs(state_of(build(WORDS, choices))), choices) == chosen


def test_what_was_not_asked_stays_as_it_was() -> None:
    chosen = Preferences(muted=frozenset({"first_move", "digest"}), digest_only_when_needed=True)
    reader = choices_of(replace(MAYA, preferences=chosen), [member(MAYA, Role.READER)])

    assert read(Inputs(state_of(build(WORDS, reader))), reader) == chosen


@pytest.mark.parametrize("missing", ["start", "end"])
def test_hours_of_ones_own_need_both_times(missing: str) -> None:
    choices = having(Preferences(hours=SpeakingHours()))
    state: dict[str, Any] = state_of(build(WORDS, choices))
    state[missing][missing]["selected_time"] = None

    with pytest.raises(TimeMissing) as missed:
        read(Inputs(state), choices)

    assert missed.value.field == missing


def test_a_tampered_kind_or_day_is_left_out() -> None:
    choices = having(Preferences(hours=SpeakingHours()))
    state: dict[str, Any] = state_of(build(WORDS, choices))
    state["kinds"]["kinds"]["selected_options"] = [{"value": "announcement"}]
    state["days"]["days"]["selected_options"] = [{"value": "9"}, {"value": "x"}, {"value": "1"}]

    found = read(Inputs(state), choices)

    assert found.muted == rules_of(choices.kinds)
    assert found.hours is not None
    assert found.hours.days == frozenset({1})


def test_each_role_is_asked_what_concerns_it() -> None:
    kinds = {
        role: [str(kind) for kind in choices_of(MAYA, [member(MAYA, role)]).kinds]
        for role in (Role.MENTOR, Role.MENTEE, Role.LIAISON, Role.COORDINATOR, Role.READER)
    }

    of_a_pair = [
        "first_move",
        "checkin_reminder",
        "phase_prompt",
        "meeting_logged",
        "agreement",
        "pause",
        "training",
        "closing",
    ]
    assert kinds == {
        Role.MENTOR: of_a_pair,
        Role.MENTEE: of_a_pair,
        Role.LIAISON: ["first_move"],
        Role.COORDINATOR: [],
        Role.READER: [],
    }


def test_the_form_of_a_mentor_who_is_a_liaison_too() -> None:
    check("settings_form.txt", drawn(build(WORDS, MENTOR_AND_LIAISON)["blocks"]))


def test_what_holds_is_said_wholly() -> None:
    chosen = Preferences(
        frozenset({"pause", "training"}), SpeakingHours(time(7, 30), time(12), frozenset({0, 6})), True
    )
    tom = replace(TOM, preferences=chosen, pauses=(Span(TODAY, date(2017, 6, 30)),))

    check("settings_saved.txt", drawn(build_saved(WORDS, replace(MENTOR_AND_LIAISON, person=tom), TODAY)["blocks"]))


def test_a_liaison_who_is_nothing_else_reads_of_the_digest() -> None:
    shown = drawn(build_saved(WORDS, choices_of(LENA, [member(LENA, Role.LIAISON)]), TODAY)["blocks"])

    assert "*Weekly digest*: every Monday" in shown
    assert "*You get*: First hello" in shown


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({0, 1, 2, 3, 4}, "Monday to Friday"),
        ({1, 3}, "Tuesday and Thursday"),
        ({5, 6}, "Saturday and Sunday"),
        ({0, 1, 2, 6}, "Monday, Tuesday, Wednesday and Sunday"),
        ({2}, "Wednesday"),
    ],
)
def test_days_are_said_as_people_say_them(days: set[int], said: str) -> None:
    assert days_words(SpeakingHours(days=frozenset(days))) == said


def test_noon_and_midnight_are_said_as_people_say_them() -> None:
    assert span_words(SpeakingHours(time(0), time(12))) == "12:00 AM to 12:00 PM"
