"""Breaks: what is typed, the form, and the answer."""

from datetime import date

import pytest

from bot.content.words import load_words
from bot.domain.days import Span
from bot.slack.screens.pause import build_answer, build_form, build_resumed, read_form, read_typed
from bot.slack.visit import Inputs
from bot.usecases.reading import NotUnderstood
from tests.golden import check, drawn
from tests.slack.state import state_of

WORDS = load_words()
TODAY, LAST = date(2017, 6, 16), date(2018, 4, 30)  # a Friday
IN_TWO_WEEKS = Span(TODAY, date(2017, 6, 30))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("pause", None),
        ("Pause ", None),
        ("pause until", None),
        ("pause tomorrow", date(2017, 6, 17)),
        ("pause today", TODAY),
        ("pause to October 15", date(2017, 10, 15)),
        ("pause until 15 October", date(2017, 10, 15)),
        ("pause till 2017-10-15", date(2017, 10, 15)),
        ("pause until next friday", date(2017, 6, 23)),
        ("pause until in 2 weeks", date(2017, 6, 30)),
        ("pause for three days", date(2017, 6, 19)),
        ("pause until the day after tomorrow", date(2017, 6, 18)),
    ],
)
def test_what_is_typed_is_read(typed: str, day: date | None) -> None:
    assert read_typed(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["pause until someday", "pause 6/12", "pause for ever", "pause until 31 June"])
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read_typed(typed, TODAY)


@pytest.mark.parametrize(("running", "day"), [(None, date(2017, 6, 30)), (Span(TODAY, LAST), LAST)])
def test_a_form_is_read_as_it_was_built(running: Span | None, day: date) -> None:
    assert read_form(Inputs(state_of(build_form(WORDS, ["Tom"], TODAY, LAST, running)))) == day


def test_near_the_end_the_last_day_is_suggested() -> None:
    view = build_form(WORDS, [], date(2018, 4, 25), LAST, None)

    assert read_form(Inputs(state_of(view))) == LAST


def test_the_form_says_what_will_happen() -> None:
    check("pause_form.txt", drawn(build_form(WORDS, ["Tom", "Inês"], TODAY, LAST, IN_TWO_WEEKS)["blocks"]))


def test_the_answers() -> None:
    shown = [*build_answer(WORDS, IN_TWO_WEEKS, ["Tom"]), *build_resumed(WORDS, had=True)]

    check("pause_answers.txt", drawn([*shown, *build_resumed(WORDS, had=False)]))


def test_who_has_no_partner_is_told_of_none() -> None:
    assert "will be told" not in drawn(build_answer(WORDS, IN_TWO_WEEKS, []))
