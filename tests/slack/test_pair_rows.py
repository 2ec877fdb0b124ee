"""What can be typed can be pressed: on Home, in the status and in the menu, for as long as it applies."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.content.prompts import load_prompts
from bot.content.words import load_words
from bot.domain.appointments import Appointment
from bot.domain.endings import Ending, Rematch, RematchState
from bot.domain.people import Pair, Person
from bot.domain.program import Role
from bot.slack.home_view import build_home
from bot.slack.screens import hello, status
from bot.usecases.compose_note import Composer
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome
from tests.slack.people import ADA, GOALS, LENA, MAYA, MAYA_AND_TOM, NOON, TOM, member

WORDS = load_words()
COMPOSER = Composer(WORDS, load_prompts())
MARCH, MAY = datetime(2018, 3, 20, 17, tzinfo=UTC), datetime(2018, 5, 20, 17, tzinfo=UTC)
SURFACES = ("home", "status", "menu")


def pressable(surface: str, home: Home) -> list[str]:
    """Return the action ids of all that can be pressed on one of the three."""
    person = home.person
    assert person is not None
    shown: list[dict[str, Any]]
    match surface:
        case "home":
            shown = build_home(COMPOSER, home)["blocks"]
        case "status":
            shown = status.build(WORDS, person, home)
        case _:
            shown = hello.build_menu(WORDS, home)
    elements = [one for block in shown for one in (*block.get("elements", ()), block.get("accessory"))]
    return [element["action_id"] for element in elements if element and "action_id" in element]


def of_pair(pair: Pair, me: Person = MAYA, now: datetime = NOON) -> Home:
    role = Role.MENTOR if me is TOM else Role.MENTEE
    active = (PairAtHome(pair, GOALS),) if pair.active_on(me.today(now)) else ()
    return Home(now, me, (MemberAtHome(member(me, role, pairs=(pair,)), active),))


def of_role(person: Person, role: Role, now: datetime) -> Home:
    return Home(now, person, (MemberAtHome(member(person, role)),))


PLANNED = replace(
    MAYA_AND_TOM, appointment=Appointment("pair1", datetime(2017, 6, 17, 17, tzinfo=UTC), 60, "tom", NOON, id="a1")
)


@pytest.mark.parametrize("surface", SURFACES)
def test_what_a_pair_shares_can_be_opened_from_everywhere(surface: str) -> None:
    always = {"log_meeting", "plan_meeting", "open_goals", "open_steps", "open_agreement", "open_ideas", "in_the_way"}

    found = pressable(surface, of_pair(MAYA_AND_TOM))

    assert always | {"open_meetings", "open_together"} <= set(found)
    assert not {"open_closing", "call_off", "add_to_calendar", "open_rematch"} & set(found)


@pytest.mark.parametrize("surface", SURFACES)
def test_beside_a_meeting_that_is_planned_are_the_calendar_and_the_way_to_call_it_off(surface: str) -> None:
    found = pressable(surface, of_pair(PLANNED))
    later = pressable(surface, of_pair(PLANNED, now=datetime(2017, 6, 17, 18, 30, tzinfo=UTC)))

    assert found[:4] == ["log_meeting", "plan_meeting", "add_to_calendar", "call_off"]
    assert not {"call_off", "add_to_calendar"} & set(later)


@pytest.mark.parametrize("surface", SURFACES)
def test_in_march_a_pair_rounds_off_and_still_talks_together(surface: str) -> None:
    met = replace(MAYA_AND_TOM, last_meeting=date(2018, 3, 19))

    assert pressable(surface, of_pair(met, now=MARCH))[0] == "open_closing"
    assert "open_together" in pressable(surface, of_pair(met, now=MARCH))
    overdue = pressable(surface, of_pair(MAYA_AND_TOM, now=MARCH))
    assert overdue.count("open_closing") == 1
    assert overdue[0] == "log_meeting"


@pytest.mark.parametrize("surface", SURFACES)
def test_a_pair_that_has_its_conversation_is_not_offered_another(surface: str) -> None:
    assert "open_together" not in pressable(surface, of_pair(replace(MAYA_AND_TOM, channel="G01")))


def test_a_pair_that_ends_early_is_not_told_to_round_off_before_the_form_opens() -> None:
    april = datetime(2018, 4, 2, 17, tzinfo=UTC)
    ending = Ending("pair1", "maya", NOON, date(2018, 4, 20))
    early = replace(MAYA_AND_TOM, ends=date(2018, 4, 20), ending=ending, last_meeting=date(2018, 4, 1))

    assert "open_closing" not in pressable("home", of_pair(early, now=april))
    assert "open_closing" in pressable("home", of_pair(early, now=april.replace(day=7)))
    assert "open_rematch" in pressable("status", of_pair(early, now=april))


def test_after_a_pair_that_ended_early_a_new_partner_can_be_asked_for_from_home() -> None:
    ending = Ending("pair1", "maya", NOON, date(2017, 6, 30))
    over = replace(MAYA_AND_TOM, ends=date(2017, 6, 30), ending=ending)
    july = datetime(2017, 7, 10, 17, tzinfo=UTC)
    home = of_pair(over, now=july)
    asked = Rematch("p1", "maya", "pair1", july)

    assert "open_rematch" in pressable("home", home)
    assert "open_rematch" in pressable("status", home)
    wished = replace(home.programs[0], rematches=((over, asked),))
    assert "take_back_rematch" in pressable("home", replace(home, programs=(wished,)))
    found = replace(wished, rematches=((over, replace(asked, state=RematchState.MATCHED)),))
    assert "open_rematch" not in pressable("home", replace(home, programs=(found,)))


@pytest.mark.parametrize("surface", SURFACES)
def test_who_coordinates_can_look_at_who_would_mentor_again_once_people_are_asked(surface: str) -> None:
    assert "open_outlook" not in pressable(surface, of_role(ADA, Role.COORDINATOR, NOON))
    assert "open_outlook" in pressable(surface, of_role(ADA, Role.COORDINATOR, MARCH))
    assert "open_outlook" not in pressable(surface, of_role(LENA, Role.LIAISON, MARCH))


@pytest.mark.parametrize("surface", ["home", "menu"])
def test_after_the_end_the_answers_can_still_be_looked_at_by_who_coordinated(surface: str) -> None:
    assert pressable(surface, of_role(ADA, Role.COORDINATOR, MAY)) == ["open_outlook", "open_why"]
    assert pressable(surface, of_role(LENA, Role.LIAISON, MAY)) == ["open_why"]


def test_a_liaison_whose_pairs_are_on_home_is_not_offered_them_once_more() -> None:
    lena = of_role(LENA, Role.LIAISON, NOON)

    assert "caseload" not in pressable("home", lena)
    assert "caseload" in pressable("status", lena)
    assert "caseload" in pressable("menu", lena)
