"""How an agreement looks: its form in pages, the summary, the versions; and what notes say of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content.prompts import Prompts
from bot.content.words import load_words
from bot.domain.agreements import Agreement, Arranges, Terms
from bot.domain.evidence import Evidence
from bot.domain.meetings import Means
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Pair
from bot.domain.program import Minimum
from bot.domain.rhythm import Rhythm, Unit
from bot.domain.terms import FIELDS, TEXTS, Keep, fields_of
from bot.playground.block_kit.checks import view_problems
from bot.slack import blocks as b
from bot.slack.agreement_form import (
    FIRST,
    FIRST_FIELDS,
    SECOND,
    AgreementForm,
    build,
    build_clash,
    read,
    read_clash,
)
from bot.slack.agreement_view import as_view, build_choice, build_summary, build_version
from bot.slack.post import blocks_of
from bot.slack.visit import Inputs
from bot.usecases.agreement_sheet import Sheet
from bot.usecases.compose_note import Composer
from bot.usecases.wording import NOTHING
from bot.usecases.wording.agreement import agreement_line
from bot.usecases.write_agreement import Clash
from tests.domain.cast import MAYA, MONTHLY, PAIR, TOM, mentee, mentor, of_program
from tests.golden import check, drawn
from tests.slack.state import state_of

WORDS = load_words()
NOW = datetime(2017, 6, 26, 15, tzinfo=UTC)
ASKING = replace(PAIR, program=of_program(minimum=Minimum(2, "hours a month")))
TERMS = Terms(
    MONTHLY,
    120,
    means=(Means.VIDEO, Means.EMAIL),
    arranges=Arranges.MENTEE,
    reply_days=2,
    notice_days=1,
    confidential="What we say about colleagues & <bosses>.",
    off_limits="Salary.",
    ending="Either may stop without giving reasons; we tell Lena.",
    expectations="One honest answer each time.\nA draft read within a week.",
)
OLD = Agreement("q", 1, replace(TERMS, rhythm=Rhythm(2, Unit.WEEK), minutes=60), TOM.id, NOW, NOW, NOW)
NEW = Agreement("q", 2, TERMS, MAYA.id, NOW, mentee_signed=NOW)


def sheet(terms: Terms) -> Sheet:
    return Sheet("q", MAYA.id, NOW, shown=fields_of(terms), step=3)


def page(number: str, terms: Terms = TERMS, *, resumed: bool = False) -> b.View:
    return build(WORDS, AgreementForm(ASKING, MAYA, sheet(terms), resumed=resumed), number)


def golden(name: str, view: b.View) -> None:
    assert view_problems(view) == []
    check(f"{name}.txt", f"{view['title']['text']}\n\n{drawn(view['blocks'])}")


@pytest.mark.parametrize(("name", "number"), [("first", FIRST), ("second", SECOND)])
def test_a_page_of_the_form(name: str, number: str) -> None:
    golden(f"agreement_page_{name}", page(number))
    golden(f"agreement_page_{name}_new", page(number, Terms()))


def test_who_comes_back_is_told_that_this_is_where_they_were() -> None:
    assert "You are back where you were" in b.spoken(page(SECOND, resumed=True)["blocks"])
    assert "You are back where you were" not in b.spoken(page(SECOND)["blocks"])


def test_each_page_says_who_sees_it_and_has_seven_fields_at_most() -> None:
    for number in (FIRST, SECOND):
        view = page(number)
        assert sum(block["type"] == "input" for block in view["blocks"]) <= 7
        assert "Only you and Tom see this." in b.spoken(view["blocks"])
        assert view["notify_on_close"] is True


def test_what_a_page_shows_is_what_is_read() -> None:
    fields = fields_of(TERMS)

    first = read(Inputs(state_of(page(FIRST))), FIRST_FIELDS)
    second = read(Inputs(state_of(page(SECOND))), TEXTS)

    assert {**first, **second} == fields
    assert set(fields) == set(FIELDS)


def test_each_letter_is_told() -> None:
    for number in (FIRST, SECOND):
        inputs = [block for block in page(number)["blocks"] if block["type"] == "input"]
        assert all(block["dispatch_action"] for block in inputs)


def test_both_words_of_what_both_have_changed() -> None:
    mine, theirs = fields_of(TERMS), fields_of(replace(TERMS, minutes=90, ending="Just say so."))
    view = build_clash(WORDS, AgreementForm(PAIR, MAYA, sheet(TERMS)), Clash(("minutes", "ending"), mine, theirs, "x"))

    golden("agreement_clash", view)
    chosen = {"keep-minutes": {"keep": {"selected_option": {"value": "theirs"}}}}
    assert read_clash(Inputs(chosen)) == {"minutes": Keep.THEIRS}


def test_the_summary_of_what_waits_and_of_what_holds() -> None:
    waits = replace(PAIR, evidence=Evidence(1, 2, MAYA.id, frozenset({MAYA.id}), NOW))
    holds = replace(PAIR, rhythm=MONTHLY, evidence=Evidence(in_force=1))

    golden("agreement_to_sign", as_view(build_summary(WORDS, waits, TOM, [OLD, NEW])))
    golden("agreement_of_mine_waits", as_view(build_summary(WORDS, waits, MAYA, [OLD, NEW])))
    golden("agreement_taken_back", as_view(build_summary(WORDS, holds, MAYA, [OLD], taken_back=True)))
    golden("agreement_in_force", as_view(build_summary(WORDS, holds, MAYA, [OLD])))


def test_what_says_too_little_has_no_button_to_sign() -> None:
    begun = Agreement("q", 1, Terms(MONTHLY), TOM.id, NOW)
    pair = replace(PAIR, evidence=Evidence(0, 1, TOM.id, frozenset(), NOW, begun.lacks))

    golden("agreement_begun", as_view(build_summary(WORDS, pair, MAYA, [begun], answer="Saved.", unsaved=True)))


def test_an_earlier_version() -> None:
    golden("agreement_version", as_view(build_version(WORDS, PAIR, MAYA, [OLD, NEW], 1)))


def test_who_is_in_two_pairs_chooses() -> None:
    other = replace(PAIR, id="q2", mentor=MAYA, mentee=replace(TOM, id="p-ben", name="Ben Castillo"))

    golden("agreement_choice", as_view(build_choice(WORDS, [PAIR, other], MAYA.id)))


def at(in_force: int, draft: int, drafted: str, *signed: str) -> Pair:
    return replace(PAIR, rhythm=MONTHLY, evidence=Evidence(in_force, draft, drafted, frozenset(signed), NOW))


@pytest.mark.parametrize(
    ("pair", "line"),
    [
        (PAIR, "Nothing is agreed yet. Either of you can begin, and the other completes it."),
        (at(0, 1, TOM.id), "Tom has filled it in. It is yours to complete or to sign."),
        (at(0, 1, MAYA.id, TOM.id), "Tom has signed. It holds once you sign, too."),
        (at(0, 1, TOM.id, MAYA.id), "You have signed. It holds once Tom signs, too."),
        (at(1, 0, ""), "Signed by both of you: you meet every month."),
        (
            at(1, 2, MAYA.id),
            "A change waits: Tom is told. The version that you both signed holds until both have signed this one.",
        ),
    ],
)
def test_how_far_it_is_in_a_line(pair: Pair, line: str) -> None:
    assert agreement_line(WORDS, pair, MAYA.id) == line


def note(pair: Pair, rule: Rule, **facts: str) -> str:
    nudge = Nudge(Slot(rule, pair.key, "1", "maya"), "g", MAYA.id, Lane.REMINDER, NOW, NOW, pair.id, facts)
    made = Composer(WORDS, Prompts((), {})).compose("n", mentee(pair), [nudge], NOTHING, NOW)
    assert made is not None
    return f"{made.text}\n\n{'=' * 20}\n\n{drawn(blocks_of(made))}"


@pytest.mark.parametrize(
    ("name", "pair", "step"),
    [
        ("begin", PAIR, "first"),
        ("complete", at(0, 1, TOM.id), "first"),
        ("sign", at(0, 1, TOM.id, TOM.id), "second"),
    ],
)
def test_a_reminder(name: str, pair: Pair, step: str) -> None:
    check(f"notes/agreement_{name}.txt", note(pair, Rule.AGREEMENT, step=step))


@pytest.mark.parametrize("step", ["begun", "changed"])
def test_the_news_of_what_cannot_be_signed_yet_say_what_it_lacks(step: str) -> None:
    begun = at(0, 1, TOM.id)
    pair = replace(begun, evidence=replace(begun.evidence, lacks=("minutes", "means")))

    said = note(pair, Rule.AGREEMENT_NEWS, step=step, version="1")

    assert "it can be signed once it says how long and by which means." in said
    assert "sign as it stands" not in said
    assert "yours to sign" not in said


def test_a_reminder_of_what_cannot_be_signed_yet_says_what_it_lacks() -> None:
    begun = at(0, 1, TOM.id)
    pair = replace(begun, evidence=replace(begun.evidence, lacks=("rhythm",)))

    said = note(pair, Rule.AGREEMENT, step="first")

    assert "complete it. It can be signed once it says how often you meet." in said


@pytest.mark.parametrize("step", ["begun", "changed", "amended", "withdrawn", "sign", "in_force"])
def test_the_news(step: str) -> None:
    pair = at(0, 1, TOM.id, TOM.id) if step == "sign" else at(1, 0, "")

    check(f"notes/agreement_news_{step}.txt", note(pair, Rule.AGREEMENT_NEWS, step=step, version="1"))


def test_who_has_signed_before_is_told_that_it_is_a_change_that_they_are_to_sign() -> None:
    pair = at(1, 2, TOM.id, TOM.id)

    check("notes/agreement_news_sign_change.txt", note(pair, Rule.AGREEMENT_NEWS, step="sign", version="2"))


def test_of_several_news_of_a_pair_the_newest_is_told() -> None:
    pair = at(1, 0, "")
    nudges = [
        Nudge(
            Slot(Rule.AGREEMENT_NEWS, pair.key, step, "tom"),
            "g",
            TOM.id,
            Lane.REMINDER,
            NOW,
            NOW,
            pair.id,
            {"version": version, "step": step},
        )
        for version, step in (("1", "in_force"), ("2", "amended"), ("1", "begun"))
    ]
    made = Composer(WORDS, Prompts((), {})).compose("n", mentor(pair), nudges, NOTHING, NOW)

    assert made is not None
    assert len(made.parts) == 1
    assert made.parts[0].text.startswith("Maya suggests a change to your agreement.")


def test_the_question_halfway() -> None:
    check("notes/midpoint.txt", note(at(1, 0, ""), Rule.MIDPOINT))
