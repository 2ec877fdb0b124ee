"""The most that a pair can have, in the longest words and names, is shown whole on Home and in the status."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.content.prompts import load_prompts
from bot.content.words import load_words
from bot.domain.appointments import Appointment, Promise
from bot.domain.goals import Goal, GoalState
from bot.domain.program import Role
from bot.playground.block_kit.checks import blocks_of_message, view_problems
from bot.slack import blocks as b
from bot.slack.home_view import build_home
from bot.slack.screens import hello, status
from bot.usecases.compose_note import Composer
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome
from tests.slack.people import MAYA_AND_TOM, NOON, TOM, member

WORDS = load_words()
LONG_NAME = "Maximiliana-Konstantinopoulou-Featherstonehaugh " * 2
PLACE = "https://meet.example/" + "r" * 270


def crowded(number: int) -> PairAtHome:
    """Return a pair with three goals and ten next steps, each as long as they may be."""
    mentee = replace(MAYA_AND_TOM.mentee, id=f"m{number}", name=f"{LONG_NAME}{number}")
    planned = Appointment(f"p{number}", datetime(2017, 6, 17, 17, tzinfo=UTC), 60, "tom", NOON, PLACE, id=f"a{number}")
    pair = replace(MAYA_AND_TOM, id=f"p{number}", key=f"p{number}", mentee=mentee, appointment=planned)
    goals = tuple(
        Goal(pair.id, f"goal {number}.{n} " + "&" * 280, "<" * 300, GoalState.MOVING, NOON, id=f"g{n}")
        for n in range(3)
    )
    steps = tuple(
        Promise(pair.id, f"step {n} " + "&" * 280, "tom", "tom", NOON, date(2017, 6, 20), id=f"s{n}") for n in range(10)
    )
    return PairAtHome(pair, goals, (), (), steps)


def home_of(pairs: int) -> Home:
    found = tuple(crowded(number) for number in range(pairs))
    mentor = member(TOM, Role.MENTOR, pairs=tuple(one.pair for one in found))
    return Home(NOON, TOM, (MemberAtHome(mentor, found),))


@pytest.mark.parametrize("pairs", [1, 2])
def test_three_goals_and_ten_steps_are_shown_whole_on_home_and_in_the_status(pairs: int) -> None:
    home = home_of(pairs)
    view = build_home(Composer(WORDS, load_prompts()), home)
    shown = status.build(WORDS, TOM, home)

    assert view_problems(view) == []
    assert blocks_of_message(shown) == []
    assert blocks_of_message(hello.build_menu(WORDS, home)) == []
    for blocks in (view["blocks"], shown):
        said = b.spoken(blocks)
        assert all(f"goal {number}.{n} " in said for number in range(pairs) for n in range(3))
        assert "step 7 " in said
        assert "and 2 more" in said
        assert blocks[-1]["type"] == "actions" or blocks[-2]["type"] == "actions"  # nothing was cut off at the end
