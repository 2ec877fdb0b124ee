"""What is near is said as people say it: today, yesterday, tomorrow."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.content.prompts import load_prompts
from bot.content.words import load_words
from bot.domain.appointments import Appointment, Promise
from bot.domain.people import Pair
from bot.domain.program import Role
from bot.domain.standing import standing
from bot.slack import blocks as b
from bot.slack.pair_view import pair_blocks
from bot.slack.screens import status
from bot.usecases.compose_note import Composer
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome
from tests.slack.people import GOALS, MAYA, MAYA_AND_TOM, NOON, member, pair

WORDS = load_words()
COMPOSER = Composer(WORDS, load_prompts())
TODAY, YESTERDAY = date(2017, 6, 14), date(2017, 6, 13)
TOMORROW = Appointment("pair1", datetime(2017, 6, 15, 18, tzinfo=UTC), 60, "tom", NOON, id="a1")
PROMISE = Promise("pair1", "Read the draft", "maya", "maya", NOON, date(2017, 6, 20), id="s1")


def home_of(pair: Pair) -> str:
    return b.spoken(pair_blocks(COMPOSER, MAYA, PairAtHome(pair, GOALS, (), (), (PROMISE,)), NOON))


def status_of(pair: Pair) -> str:
    mentee = MemberAtHome(member(MAYA, Role.MENTEE, pairs=(pair,)), (PairAtHome(pair, GOALS, (), (), (PROMISE,)),))
    return b.spoken(status.build(WORDS, MAYA, Home(NOON, MAYA, (mentee,))))


def line_of(pair: Pair) -> str:
    return COMPOSER.standing_line(standing(pair, TODAY), TODAY)


def test_a_meeting_of_today_or_yesterday_is_said_so() -> None:
    today, yesterday = (replace(MAYA_AND_TOM, last_meeting=day) for day in (TODAY, YESTERDAY))

    assert "Last meeting: today\n" in status_of(today)
    assert "Last meeting: yesterday\n" in status_of(yesterday)
    assert "*Last meeting*\nyesterday" in home_of(yesterday)
    assert line_of(today) == "• *Tom Baker and Maya Okafor*: met today; within their rhythm, every two weeks"
    assert ": met yesterday; within" in line_of(yesterday)
    assert ": 2 days since the last meeting on June 12; within" in line_of(MAYA_AND_TOM)


def test_a_pair_that_begins_today_has_not_waited_for_zero_days() -> None:
    assert ": began today; within" in line_of(pair(1, starts=TODAY))


def test_a_meeting_of_tomorrow_is_said_with_its_hour() -> None:
    planned = replace(MAYA_AND_TOM, appointment=TOMORROW)

    assert "Your next meeting with Tom: tomorrow, 1:00 PM your time." in home_of(planned)
    assert "*Next meeting*\ntomorrow, 1:00 PM your time" in home_of(planned)
    assert "Next meeting: tomorrow, 1:00 PM your time" in status_of(planned)


def test_a_next_step_has_one_bullet() -> None:
    for said in (home_of(MAYA_AND_TOM), status_of(MAYA_AND_TOM)):
        assert "\n• You: Read the draft (by June 20)\n" in said
        assert "• •" not in said
