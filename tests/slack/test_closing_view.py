"""The closing form: what it looks like, and that it is read as it was built."""

from dataclasses import replace

from bot.content.words import load_words
from bot.domain.goals import Goal
from bot.domain.program import PairTerms
from bot.domain.replies import Question
from bot.slack.screens.closing import build, read
from bot.slack.visit import Inputs
from bot.usecases.close_pair import Closing
from tests.domain.cast import MAYA, PAIR, of_program
from tests.golden import check, drawn
from tests.slack.state import state_of

WORDS = load_words()
LATER = replace(PAIR, program=of_program(pairs=PairTerms(follow_up_months=3)))
ALL = Closing(
    {
        Question.TALKED: "planned",
        Question.GROWTH: "I ask sooner.",
        Question.THANKS: "For <b>all</b> of it & more",
        Question.WHAT_NEXT: "in touch",
        Question.MENTOR_AGAIN: "maybe",
        Question.MAY_ASK_LATER: "yes",
    }
)


def test_the_form() -> None:
    view = build(WORDS, MAYA.id, LATER, [Goal(PAIR.id, "Speak up", "")], Closing(), {})

    check("closing_form.txt", drawn(view["blocks"]))


def test_it_is_read_as_it_was_built() -> None:
    assert read(Inputs(state_of(build(WORDS, MAYA.id, LATER, [], ALL, {})))) == ALL
    assert read(Inputs(state_of(build(WORDS, MAYA.id, LATER, [], Closing(), {})))) == Closing()


def test_a_program_that_asks_nothing_later_does_not_ask_whether_it_may() -> None:
    names = [block["block_id"] for block in build(WORDS, MAYA.id, PAIR, [], Closing(), {})["blocks"][1:]]

    assert names == ["talked", "growth", "thanks", "what_next", "mentor_again"]
