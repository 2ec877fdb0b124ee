"""The form of a correction and the list of meetings, which are read as they were built."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.content.words import load_words
from bot.domain.meetings import Confirmed, Correction, Means, Words
from bot.slack.meeting_form import MeetingForm, build, on_record
from bot.slack.meeting_list import SHORT, Page, build_list
from bot.slack.screens.answer_meeting import Correcting, Typed, read
from bot.slack.screens.answer_meeting import build as build_correction
from bot.slack.visit import Inputs, read_memory
from tests.golden import check, drawn
from tests.slack.people import GOALS, MAYA, MAYA_AND_TOM, MEETINGS, TOM
from tests.slack.test_meeting_form import state_of

PUT_RIGHT = Correction(
    "m2", "tom", datetime(2017, 6, 20, 15, tzinfo=UTC), "Monday, June 12, 30 minutes by phone", "Late"
)
PAGE = Page(
    [(MAYA_AND_TOM, MEETINGS[0]), (MAYA_AND_TOM, replace(MEETINGS[1], confirmed=Confirmed.DENIED))], 1, more=True
)


def test_a_correction_is_read_as_it_was_built() -> None:
    view = build_correction(load_words(), Correcting(MAYA_AND_TOM, TOM, MEETINGS[0], {"ts": "1.2"}))

    assert read(Inputs(state_of(view))) == Typed(date(2017, 6, 12), "45", Means.VIDEO, True, "")
    assert read_memory(view["private_metadata"]) == {"pair": "pair1", "meeting": "m2", "ts": "1.2"}


def test_that_a_meeting_did_not_take_place_is_ticked_where_it_is_on_record() -> None:
    denied = replace(MEETINGS[0], confirmed=Confirmed.DENIED)

    view = build_correction(load_words(), Correcting(MAYA_AND_TOM, TOM, denied))

    assert read(Inputs(state_of(view))).took_place is False


def test_the_form_of_a_correction() -> None:
    view = build_correction(load_words(), Correcting(MAYA_AND_TOM, TOM, MEETINGS[0]))

    check("correct_meeting_form.txt", drawn(view["blocks"]))


def test_the_form_of_a_meeting_that_was_logged_long_ago_and_put_right() -> None:
    form = MeetingForm(
        MAYA_AND_TOM,
        MAYA,
        on_record(MEETINGS[0], MAYA),
        GOALS[:2],
        meeting=replace(MEETINGS[0], confirmed=Confirmed.DENIED),
        settled=True,
        history=[PUT_RIGHT, replace(PUT_RIGHT, person_id="maya", words="")],
    )

    check("meeting_form_settled.txt", drawn(build(load_words(), form)["blocks"]))


def test_the_list_shows_facts_and_the_readers_own_words() -> None:
    check("meetings_list.txt", drawn(build_list(load_words(), "maya", PAGE)))


def test_the_list_shows_nobody_elses_words_and_no_private_ones() -> None:
    words = (Words("maya", "", "x" * 500, "PRIVATE"), Words("tom", "TOMS", "TOMS", "TOMS"))
    shown = drawn(build_list(load_words(), "maya", Page([(MAYA_AND_TOM, replace(MEETINGS[0], words=words))])))

    assert "TOMS" not in shown
    assert "PRIVATE" not in shown
    assert "x" * (SHORT - 1) + "…" in shown


def test_an_empty_list_says_how_to_begin() -> None:
    check("meetings_list_empty.txt", drawn(build_list(load_words(), "maya", Page([]))))
