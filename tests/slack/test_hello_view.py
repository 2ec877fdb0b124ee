"""The menu for who writes to Tandem: all that they can do, and nothing that they cannot."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.content.words import load_words
from bot.domain.days import Span
from bot.domain.evidence import Evidence
from bot.domain.people import Member
from bot.domain.program import Role
from bot.slack.screens.hello import build_menu
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome, WhomToAsk
from tests.golden import check, drawn
from tests.slack.people import ADA, LENA, MAYA, MAYA_AND_TOM, NOON, ROSA, TOM, member, pair

WORDS = load_words()
OF_A_PAIR = [
    "log_meeting",
    "plan_meeting",
    "open_goals",
    "open_steps",
    "open_agreement",
    "open_ideas",
    "open_meetings",
    "open_together",
    "in_the_way",
]
OWN = ["open_status", "open_pause", "open_settings", "open_why"]


def home_of(somebody: Member, now: datetime = NOON) -> Home:
    pairs = tuple(PairAtHome(one) for one in somebody.pairs)
    return Home(now, somebody.person, (MemberAtHome(somebody, pairs),))


def actions_in(blocks: list[dict[str, Any]]) -> list[str]:
    rows = (block["elements"] for block in blocks if block["type"] == "actions")
    return [element["action_id"] for row in rows for element in row]


def test_a_mentee_can_do_everything_from_the_menu() -> None:
    signed = replace(MAYA_AND_TOM, evidence=Evidence(in_force=1, goals=1, open_goals=1))
    menu = build_menu(WORDS, home_of(member(MAYA, Role.MENTEE, pairs=(signed,))))

    assert [action for action in actions_in(menu) if action != "set_goal"] == [*OF_A_PAIR, *OWN]
    check("hello_mentee.txt", drawn(menu))


def test_who_is_in_two_pairs_chooses_by_the_partners_names() -> None:
    pairs = (MAYA_AND_TOM, pair(2, mentor=LENA, mentee=TOM))
    menu = build_menu(WORDS, home_of(member(TOM, Role.MENTOR, Role.MENTEE, pairs=pairs)))

    assert "*You and Maya Okafor*\n\n[Begin the agreement! → open_agreement pair1]" in drawn(menu)
    assert "*You and Lena Fischer*\n\n[Log a meeting! → log_meeting other2]" in drawn(menu)


def test_each_role_is_offered_its_own_and_no_other() -> None:
    liaison = actions_in(build_menu(WORDS, home_of(member(LENA, Role.LIAISON))))
    coordinator = actions_in(build_menu(WORDS, home_of(member(ADA, Role.COORDINATOR))))

    assert liaison == ["caseload", "move_phase", "open_handover", *OWN]
    assert coordinator == ["open_announce", "open_rematches", "open_handover", *OWN]
    assert actions_in(build_menu(WORDS, home_of(member(ROSA, Role.READER)))) == OWN


def test_who_takes_a_break_can_come_back() -> None:
    resting = replace(MAYA, pauses=(Span(date(2017, 6, 14), date(2017, 6, 20)),))

    menu = build_menu(WORDS, home_of(member(resting, Role.MENTEE)))

    assert actions_in(menu) == ["open_status", "resume", "open_settings", "open_why"]


def test_a_stranger_is_told_whom_to_ask() -> None:
    menu = build_menu(WORDS, Home(NOON, ask=(WhomToAsk("Seed Mentoring", ("Ada Lind",)),)))

    assert actions_in(menu) == []
    assert "Questions about Seed Mentoring? Write to Ada Lind." in drawn(menu)


def test_before_planning_and_after_the_last_day_there_is_nothing_to_do() -> None:
    maya = member(MAYA, Role.MENTEE)

    before = drawn(build_menu(WORDS, home_of(maya, datetime(2017, 5, 10, 12, tzinfo=UTC))))
    after = drawn(build_menu(WORDS, home_of(maya, datetime(2018, 5, 1, 12, tzinfo=UTC))))

    assert "begins on Thursday, June 1, and planning on Monday, May 15; until then there is nothing" in before
    assert "ended on Monday, April 30, and Tandem is silent now." in after
