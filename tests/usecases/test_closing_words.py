"""The words at the end of a pair's time: golden, and never more than somebody may see."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.evidence import Evidence
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Means, Meeting
from bot.domain.nudges import Rule
from bot.domain.people import Pair
from bot.domain.program import PairTerms
from bot.domain.replies import Question, Reply
from bot.usecases.wording import Background
from tests.domain.cast import MAYA, PAIR, TOM, mentee, mentor, met, of_program
from tests.usecases.test_compose_note import COMPOSER, golden, nudge

NOW = datetime(2018, 4, 24, 16, tzinfo=UTC)
MET = met(PAIR, date(2017, 6, 12), date(2017, 9, 4), date(2018, 4, 3))
HELD = [
    Meeting(PAIR.id, day, minutes, means, MAYA.id, NOW)
    for day, minutes, means in (
        (date(2017, 6, 12), 45, Means.PHONE),
        (date(2017, 9, 4), 60, Means.VIDEO),
        (date(2018, 4, 3), 50, Means.VIDEO),
    )
]
GOALS = [
    Goal(PAIR.id, "Speak up in meetings", "", GoalState.DONE),
    Goal(PAIR.id, "Publish a paper", "", GoalState.MOVING),
]
SAID = [
    Reply(PAIR.id, MAYA.id, Question.THANKS, "written", NOW, "For your patience.\nAnd the bad jokes."),
    Reply(PAIR.id, MAYA.id, Question.GROWTH, "written", NOW, "I ask for help sooner."),
    Reply(PAIR.id, MAYA.id, Question.WHAT_NEXT, "go on", NOW),
]


def after(*choices: tuple[str, str], pair: Pair = MET) -> Pair:
    """Return the pair after each of the two (by id) chose what comes next."""
    return replace(pair, evidence=Evidence(replies=frozenset((Question.WHAT_NEXT, "", *one) for one in choices)))


def test_the_words_about_the_last_conversation_and_the_form() -> None:
    for step in ("talk", "form-1", "form-2"):
        note = COMPOSER.compose("n", mentee(MET), [nudge(Rule.CLOSING, step, MET, step=step)], Background(), NOW)
        assert note is not None
        golden(f"closing_{step}", note)


def test_the_words_for_a_pair_that_ends_early() -> None:
    pair = replace(MET, ends=date(2017, 12, 15))
    for step in ("talk", "form-1"):
        note = COMPOSER.compose("n", mentee(pair), [nudge(Rule.CLOSING, step, pair, step=step)], Background(), NOW)
        assert note is not None
        golden(f"closing_{step}_early", note)


def test_the_look_back() -> None:
    pair = after((MAYA.id, "go on"), (TOM.id, "in touch"))
    background = Background(goals={PAIR.id: GOALS}, replies={PAIR.id: SAID}, logs={PAIR.id: HELD})
    nudges = [nudge(Rule.CELEBRATION, step, pair, step=step) for step in ("next", "thanks", "year")]

    note = COMPOSER.compose("n", mentor(pair), nudges, background, NOW)

    assert note is not None
    golden("celebration", note)


def test_a_pair_that_never_met_is_not_thanked_for_hours() -> None:
    note = COMPOSER.compose("n", mentor(PAIR), [nudge(Rule.CELEBRATION, "1", PAIR, step="year")], Background(), NOW)

    assert note is not None
    assert "Thank you for having been part of it." in str(note)
    assert "hour" not in str(note)


def test_the_writer_gets_nothing_of_the_partner_s_who_wrote_nothing() -> None:
    background = Background(goals={PAIR.id: GOALS}, replies={PAIR.id: SAID}, logs={PAIR.id: HELD})

    note = COMPOSER.compose("n", mentee(MET), [nudge(Rule.CELEBRATION, "1", MET, step="thanks")], background, NOW)

    assert note is None


def test_the_farewell_says_what_both_chose_and_nothing_of_a_choice_that_stands_alone() -> None:
    both = after((MAYA.id, "finish"), (TOM.id, "finish"))
    alone = after((TOM.id, "finish"))

    told = [
        COMPOSER.compose("n", mentee(p), [nudge(Rule.FAREWELL, part="pair")], Background(), NOW) for p in (both, alone)
    ]

    assert told[0] is not None
    assert told[1] is not None
    assert "You both chose to finish here." in told[0].text
    assert "chose" not in told[1].text
    golden("farewell_pair_chosen", told[0])


def test_the_one_question() -> None:
    pair = replace(MET, program=of_program(pairs=PairTerms(follow_up_months=3)))

    note = COMPOSER.compose("n", mentee(pair), [nudge(Rule.FOLLOW_UP, "once", pair, step="once")], Background(), NOW)

    assert note is not None
    golden("follow_up", note)
