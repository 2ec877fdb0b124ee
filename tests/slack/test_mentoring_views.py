"""Status, help and why: what they look like, and that the most there can be stays within what Slack takes."""

from dataclasses import replace
from datetime import date, timedelta

from bot.content.words import load_words
from bot.domain.days import Span
from bot.domain.glance import Glance
from bot.domain.nudges import Rule
from bot.domain.people import Answer, AnswerKind
from bot.domain.program import Role
from bot.slack import blocks as b
from bot.slack.doors import Word
from bot.slack.screens import mentoring, status, why
from bot.slack.visit import Visit
from bot.usecases.explain_notes import Explained, Reason
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome
from tests.golden import check, drawn
from tests.slack.people import ADA, CANARY, GOALS, LENA, MAYA, MAYA_AND_TOM, MEETINGS, NOON, PROGRAM, TOM, member, pair

WORDS = load_words()
AT_HOME = PairAtHome(MAYA_AND_TOM, GOALS, MEETINGS)


async def nothing(visit: Visit) -> None:
    """A screen that does nothing."""


def mentee(at_home: PairAtHome = AT_HOME) -> MemberAtHome:
    return MemberAtHome(member(MAYA, Role.MENTEE, pairs=(at_home.pair,)), (at_home,))


# -- help -------------------------------------------------------------------------------------------------------------


def test_the_help_is_made_of_the_words_that_are_registered() -> None:
    known = [Word("status", "status", "status.help", nothing), Word("pause", "pause until DATE", "why.pause", nothing)]

    said = b.spoken(mentoring.build_help(WORDS, known))

    assert "`/mentoring status` shows your pair" in said
    assert "`/mentoring pause until DATE` Your partner is taking a break" in said


def test_what_was_not_understood_is_cut_and_escaped() -> None:
    said = b.spoken(mentoring.build_help(WORDS, [Word("x", "x", "whys.help", nothing)], "<!here> " + "a" * 500))

    assert said.startswith("“/mentoring &lt;!here&gt; aaa")
    assert "a" * 80 not in said


# -- status -----------------------------------------------------------------------------------------------------------


def test_a_mentees_status() -> None:
    check("status_mentee.txt", drawn(status.build(WORDS, MAYA, Home(NOON, MAYA, (mentee(),)))))


def test_the_status_of_a_mentor_who_is_on_a_break() -> None:
    tom = replace(TOM, pauses=(Span(date(2017, 6, 14), date(2017, 6, 30)),))
    at_home = replace(AT_HOME, pair=replace(MAYA_AND_TOM, mentor=tom))
    mentor = MemberAtHome(member(tom, Role.MENTOR, pairs=(at_home.pair,)), (at_home,))

    check("status_mentor_on_a_break.txt", drawn(status.build(WORDS, tom, Home(NOON, tom, (mentor,)))))


def test_a_liaisons_status_has_counts_only() -> None:
    liaison = MemberAtHome(member(LENA, Role.LIAISON, watched=(MAYA_AND_TOM, pair(2))))

    shown = drawn(status.build(WORDS, LENA, Home(NOON, LENA, (liaison,))))

    check("status_liaison.txt", shown)
    assert CANARY not in shown


def test_a_coordinators_status_has_the_figures_of_the_program() -> None:
    coordinator = MemberAtHome(member(ADA, Role.COORDINATOR), (), Glance(41, 30, 8, 3, 35, 212))

    check("status_coordinator.txt", drawn(status.build(WORDS, ADA, Home(NOON, ADA, (coordinator,)))))


def test_what_is_next_is_said_as_it_is() -> None:
    long_ago = replace(MAYA_AND_TOM, last_meeting=date(2017, 5, 20), starts=date(2017, 5, 1))
    answer = Answer("pair1", "maya", AnswerKind.NOT_YET, date(2017, 6, 14), NOON, remind_on=date(2017, 6, 20))
    never = replace(MAYA_AND_TOM, meetings=0, last_meeting=None)
    today = replace(MAYA_AND_TOM, last_meeting=date(2017, 6, 14))

    said = [
        b.spoken(status.build(WORDS, MAYA, Home(NOON, MAYA, (mentee(PairAtHome(one)),))))
        for one in (long_ago, replace(MAYA_AND_TOM, answer=answer), never, today)
    ]

    assert "Next meeting was expected by Saturday, June 3; any day is a good one" in said[0]
    assert "You will be asked again on Tuesday, June 20" in said[1]
    assert "No meeting on record yet\nNext meeting expected by Thursday, June 15" in said[2]
    assert "Last meeting: today\nNext meeting expected by Wednesday, June 28" in said[3]


def test_a_program_that_has_not_begun_says_when_it_does() -> None:
    early = NOON - timedelta(days=40)

    said = b.spoken(status.build(WORDS, MAYA, Home(early, MAYA, (mentee(),))))

    assert "Seed Mentoring 2017–18 begins on Thursday, June 1, and planning on Monday, May 15" in said
    assert "You and Tom" not in said


def test_sixty_pairs_stay_within_what_slack_shows() -> None:
    pairs = tuple(PairAtHome(pair(number, mentee=MAYA)) for number in range(60))
    home = Home(NOON, MAYA, (MemberAtHome(member(MAYA), pairs), MemberAtHome(member(MAYA), pairs)))

    shown = status.build(WORDS, MAYA, home)

    assert len(shown) <= 50
    assert shown[-1]["block_id"] == "status"
    ids = [block["block_id"] for block in shown if "block_id" in block]
    assert len(set(ids[:-1])) >= 10


# -- why --------------------------------------------------------------------------------------------------------------

REMINDER = Reason(Rule.CHECKIN_REMINDER, TOM, date(2017, 7, 8), when_it_happens=False, muted=False)
LOGGED = Reason(Rule.MEETING_LOGGED, TOM, None, when_it_happens=True, muted=False)
PROMPT = Reason(Rule.PHASE_PROMPT, None, None, when_it_happens=False, muted=True)
FAREWELL = Reason(Rule.FAREWELL, None, None, when_it_happens=False, muted=False)


def test_why_names_day_kind_rule_and_what_comes_next() -> None:
    notes = [
        Explained(date(2017, 7, 3), "sent", (REMINDER, LOGGED)),
        Explained(date(2017, 6, 20), "unknown", (PROMPT,)),
        Explained(date(2017, 6, 19), "refused", (FAREWELL,)),
    ]

    check("why.txt", drawn(why.build(WORDS, notes)))


def test_before_the_first_note_why_says_so() -> None:
    check("why_nothing_yet.txt", drawn(why.build(WORDS, [])))


def test_every_rule_has_its_sentence_and_its_name() -> None:
    notes = [Explained(date(2017, 7, 3), "sent", (replace(REMINDER, rule=rule),)) for rule in Rule]

    assert b.spoken(why.build(WORDS, notes))


def test_five_notes_with_everything_in_them_stay_within_what_slack_shows() -> None:
    reasons = tuple(replace(REMINDER, partner=replace(TOM, name=f"P{n}")) for n in range(30))

    shown = why.build(WORDS, [Explained(date(2017, 7, 3), "unknown", reasons)] * 5)

    assert len(shown) <= 50


def test_the_program_of_the_tests_has_a_training_to_come() -> None:
    assert any(session.date() > NOON.date() for course in PROGRAM.trainings for session in course.sessions)
