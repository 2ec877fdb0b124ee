"""The App Home of each role, held against files that a person has read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.content.prompts import load_prompts
from bot.content.words import load_words
from bot.domain.days import Span
from bot.domain.endings import Ending
from bot.domain.evidence import Evidence
from bot.domain.glance import Glance
from bot.domain.people import Answer, AnswerKind, Person
from bot.domain.program import Role
from bot.domain.rhythm import Rhythm, Unit
from bot.playground.block_kit.checks import view_problems
from bot.slack import blocks as b
from bot.slack.home_view import build_home
from bot.slack.screens import status
from bot.usecases.compose_note import Composer
from bot.usecases.ports import Unclear
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome, WhomToAsk
from tests.golden import check, drawn
from tests.slack.people import (
    ADA,
    CANARY,
    GOALS,
    LENA,
    MAYA,
    MAYA_AND_TOM,
    MEETINGS,
    NOON,
    ROSA,
    TOM,
    member,
    pair,
)

COMPOSER = Composer(load_words(), load_prompts())
IN_JULY = NOON + timedelta(days=30)
TOLD = PairAtHome(MAYA_AND_TOM, GOALS, MEETINGS)


def at_home(person: Person, *programs: MemberAtHome, now: datetime = NOON) -> Home:
    return Home(now, person, programs)


def text_of(home: Home) -> str:
    return drawn(build_home(COMPOSER, home)["blocks"])


MENTEE = at_home(MAYA, MemberAtHome(member(MAYA, Role.MENTEE, pairs=(MAYA_AND_TOM,)), (TOLD,)))
MENTOR = at_home(TOM, MemberAtHome(member(TOM, Role.MENTOR, pairs=(MAYA_AND_TOM,)), (TOLD,)))

# Tom is Maya's mentor, and learns from Lena: nobody has met there.
LENA_AND_TOM = pair(2, mentor=LENA, mentee=TOM, liaison=ADA)
BOTH = at_home(
    TOM,
    MemberAtHome(
        member(TOM, Role.MENTOR, Role.MENTEE, pairs=(MAYA_AND_TOM, LENA_AND_TOM)), (TOLD, PairAtHome(LENA_AND_TOM))
    ),
)

# Lena follows Maya and Tom, a pair that asked for a word, a monthly one, one on a break, and one of which she is part.
ASKED = Answer("other4", "mentee4", AnswerKind.IN_THE_WAY, date(2017, 6, 13), NOON, words=CANARY)
ON_A_BREAK = Person("m6", "m6", "Mia Quiet", LENA.zone, pauses=(Span(date(2017, 6, 10), date(2017, 6, 30)),))
CASELOAD = (
    MAYA_AND_TOM,
    pair(3),
    pair(4, help_asked=ASKED, answer=ASKED, meetings=1, last_meeting=date(2017, 6, 9)),
    pair(5, rhythm=Rhythm(1, Unit.WEEK), meetings=1, last_meeting=date(2017, 6, 2)),
    pair(6, mentee=ON_A_BREAK),
    pair(7, mentor=LENA),
)
LIAISON = at_home(LENA, MemberAtHome(member(LENA, Role.LIAISON, watched=CASELOAD)))
COORDINATOR = at_home(ADA, MemberAtHome(member(ADA, Role.COORDINATOR), glance=Glance(6, 3, 2, 1, met=4, meetings=1)))
DOUBTS = (
    Unclear("note1", MAYA, datetime(2017, 6, 13, 2, tzinfo=UTC), ("checkin_reminder", "training")),
    Unclear("note2", LENA, datetime(2017, 6, 13, 7, tzinfo=UTC), ("announcement",)),
)
UNCLEAR = at_home(ADA, MemberAtHome(member(ADA, Role.COORDINATOR), glance=Glance(6, 3, 2, 1), unclear=DOUBTS))
READER = at_home(ROSA, MemberAtHome(member(ROSA, Role.READER), glance=Glance(6, 3, 2, 1, met=4, meetings=9)))

RESTING = replace(MAYA, pauses=(Span(date(2017, 6, 13), date(2017, 6, 30)),))
RESTING_PAIR = replace(MAYA_AND_TOM, mentee=RESTING)
PAUSED = at_home(
    RESTING,
    MemberAtHome(member(RESTING, Role.MENTEE, pairs=(RESTING_PAIR,)), (PairAtHome(RESTING_PAIR, GOALS, MEETINGS),)),
)
STRANGER = Home(NOON, ask=(WhomToAsk("Seed Mentoring 2017–18", ("Ada Lind", "Bo Ek")), WhomToAsk("Nobody's", ())))
BEFORE = at_home(MAYA, MemberAtHome(member(MAYA, Role.MENTEE)), now=datetime(2017, 5, 20, 12, tzinfo=UTC))
AFTER = at_home(MAYA, MemberAtHome(member(MAYA, Role.MENTEE)), now=datetime(2018, 5, 1, 12, tzinfo=UTC))

HOMES = {
    "mentee": MENTEE,
    "mentor": MENTOR,
    "both": BOTH,
    "liaison": LIAISON,
    "coordinator": COORDINATOR,
    "coordinator_in_doubt": UNCLEAR,
    "reader": READER,
    "paused": PAUSED,
    "stranger": STRANGER,
    "before": BEFORE,
    "after": AFTER,
}


@pytest.mark.parametrize("name", HOMES)
def test_each_role_sees_its_own_home(name: str) -> None:
    check(f"home_{name}.txt", text_of(HOMES[name]))


@pytest.mark.parametrize("name", HOMES)
def test_slack_would_take_each_home(name: str) -> None:
    assert view_problems(build_home(COMPOSER, HOMES[name])) == []


@pytest.mark.parametrize("name", ["mentee", "mentor", "both", "paused"])
def test_the_two_read_what_they_wrote(name: str) -> None:
    assert CANARY in text_of(HOMES[name])


@pytest.mark.parametrize("name", ["liaison", "coordinator", "reader", "stranger"])
def test_nobody_else_reads_what_the_two_wrote(name: str) -> None:
    assert CANARY not in text_of(HOMES[name])


def test_the_liaisons_own_pair_is_not_in_their_caseload() -> None:
    assert "Mentee No. 7" not in text_of(LIAISON)
    assert "Mentee No. 3" in text_of(LIAISON)


def test_a_reader_of_very_few_pairs_sees_no_figures_but_the_coordinator_does() -> None:
    few = Glance(4, 3, 1, 0, met=4, meetings=9)

    reader = text_of(at_home(ROSA, MemberAtHome(member(ROSA, Role.READER), glance=few)))
    coordinator = text_of(at_home(ADA, MemberAtHome(member(ADA, Role.COORDINATOR), glance=few)))

    assert "9 meetings" not in reader
    assert "9 meetings" in coordinator


def test_a_home_with_forty_one_pairs_and_long_names_keeps_within_slacks_limits() -> None:
    long = "Maximiliana Konstantinopoulou-Featherstonehaugh " * 2
    many = tuple(pair(n, mentor=replace(TOM, id=f"t{n}", name=f"{long}{n}")) for n in range(41))

    view = build_home(COMPOSER, at_home(LENA, MemberAtHome(member(LENA, Role.LIAISON, watched=many))))

    assert view_problems(view) == []
    assert view["blocks"][-2]["type"] == "actions"  # nothing was cut off at the end
    assert "Mentee No. 40" in drawn(view["blocks"])


def test_five_doubtful_messages_are_shown_and_the_others_counted() -> None:
    many = tuple(replace(DOUBTS[0], note_id=f"note{n}") for n in range(40))

    text = text_of(at_home(ADA, MemberAtHome(member(ADA, Role.COORDINATOR), unclear=many)))

    assert text.count("Maya Okafor") == 5
    assert "And 35 more" in text


def test_without_doubt_nothing_is_said_of_it() -> None:
    assert "May not have arrived" not in text_of(COORDINATOR)


def test_what_people_typed_pings_nobody() -> None:
    loud = (replace(GOALS[0], what="<!here> <@U0TOM> & more"),)

    text = text_of(at_home(MAYA, MemberAtHome(member(MAYA, Role.MENTEE), (PairAtHome(MAYA_AND_TOM, loud),))))

    assert "&lt;!here&gt; &lt;@U0TOM&gt; &amp; more" in text
    assert "<!here>" not in text


def test_a_partner_who_cannot_be_reached_is_shown_so_and_who_takes_care_of_it() -> None:
    gone = replace(MAYA_AND_TOM, mentor=replace(TOM, unreachable="user_disabled"))
    mine = MemberAtHome(member(MAYA, Role.MENTEE, pairs=(gone,)), (PairAtHome(gone, GOALS, MEETINGS),))
    alone = replace(gone, liaison=None)

    said = text_of(at_home(MAYA, mine))

    assert "Messages do not reach Tom in Slack at the moment. Lena, your liaison, knows and will be in touch" in said
    assert "Next one by" not in said
    shown = b.spoken(status.build(load_words(), MAYA, at_home(MAYA, mine)))
    assert "Messages do not reach Tom in Slack at the moment." in shown
    assert "Next meeting" not in shown
    lonely = MemberAtHome(member(MAYA, Role.MENTEE, pairs=(alone,)), (PairAtHome(alone, GOALS),))
    assert "Those who coordinate the program know" in text_of(at_home(MAYA, lonely))


def test_while_messages_do_not_reach_the_liaison_the_two_read_who_looks_after_them() -> None:
    away = replace(MAYA_AND_TOM, liaison=replace(LENA, unreachable="user_disabled"))
    mine = MemberAtHome(member(MAYA, Role.MENTEE, pairs=(away,)), (PairAtHome(away, GOALS, MEETINGS),))
    said = "Messages do not reach Lena, your liaison, at the moment. Those who coordinate the program look after"

    assert said in text_of(at_home(MAYA, mine))
    assert said in b.spoken(status.build(load_words(), MAYA, at_home(MAYA, mine)))
    assert "Messages do not reach" not in text_of(MENTEE)
    assert "Messages do not reach" not in b.spoken(status.build(load_words(), MAYA, MENTEE))


def test_before_an_ending_nothing_is_shown_as_expected() -> None:
    ending = replace(MAYA_AND_TOM, ends=date(2017, 6, 30), ending=Ending("pair1", "maya", NOON, date(2017, 6, 30)))
    mine = MemberAtHome(member(MAYA, Role.MENTEE, pairs=(ending,)), (PairAtHome(ending, GOALS, MEETINGS),))

    said = text_of(at_home(MAYA, mine))

    assert "Nothing more is expected of the two of you" in said
    assert "Next one" not in said
    assert "✓ first meeting   ◦ last conversation\n" in said
    assert "◦ halfway" in text_of(MENTEE)
    assert "Next one by" in text_of(MENTEE)


def test_a_day_that_has_passed_is_not_held_against_anybody() -> None:
    never = at_home(MAYA, MemberAtHome(member(MAYA, Role.MENTEE), (PairAtHome(pair(2, mentee=MAYA)),)), now=IN_JULY)

    said = text_of(never)

    assert "*First one* any day is a good one" in said
    assert "○ first meeting, any day   ○ agreement, any day   ○ goals, any day" in said
    assert " by June" not in said


def test_an_overdue_pair_is_told_by_its_own_rhythm() -> None:
    later = at_home(MAYA, *MENTEE.programs, now=NOON + timedelta(days=14))

    assert "It has been 16 days since the last meeting on June 12, and your rhythm is every two weeks." in text_of(
        later
    )
    signed = replace(MAYA_AND_TOM, evidence=Evidence(in_force=1))
    on_time = at_home(MAYA, MemberAtHome(member(MAYA, Role.MENTEE), (PairAtHome(signed, goals=GOALS),)))
    assert "You are on your rhythm. The next meeting is expected by Monday, June 26." in text_of(on_time)


def test_an_agreement_that_nobody_has_begun_is_the_first_thing_to_press() -> None:
    assert "[Begin the agreement! → open_agreement pair1]" in drawn(build_home(COMPOSER, MENTEE)["blocks"])


def test_a_mention_is_made_of_a_slack_id_only() -> None:
    odd = replace(MAYA_AND_TOM, mentor=replace(TOM, slack_id="!here"))

    text = text_of(at_home(MAYA, MemberAtHome(member(MAYA, Role.MENTEE), (PairAtHome(odd),))))

    assert "<!here>" not in text
    assert "| *Your mentor* Tom Baker" in text
    assert "| *Your mentor* Tom Baker · <@U0TOM>" in text_of(MENTEE)
