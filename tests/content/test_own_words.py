"""Tandem's own sentences: all of them there, with the right places, short, and kind."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import bot
import bot.content

FOLDER = Path(bot.content.__file__).parent / "words"
SENTENCES: dict[str, str] = {
    f"{table}.{key}": sentence
    for file in sorted(FOLDER.glob("*.toml"))
    for table, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items()
    for key, sentence in sentences.items()
}
RULES = [
    "phase_prompt",
    "checkin_reminder",
    "first_move",
    "meeting_logged",
    "in_the_way",
    "pause",
    "unreachable",
    "digest",
    "training",
    "farewell",
    "announcement",
    "appointment",
    "agreement",
    "goals",
    "midpoint",
    "meet_there",
    "closing",
    "celebration",
    "follow_up",
    "meeting_answered",
    "appointment_set",
    "next_step",
    "agreement_news",
    "partner_unreachable",
    "ending",
    "rematch",
    "handover",
    "idea_sent",
]
# What each sentence is given. It may leave a place out, and must not have any other.
PLACES = {
    "first_move.mentor": "partner",
    "first_move.mentee": "partner",
    "first_move.liaison": "pair days",
    "first_move.liaison_many": "count pairs",
    "checkin_reminder.first": "partner since rhythm liaison",
    "checkin_reminder.second": "partner since rhythm liaison",
    "checkin_reminder.snoozed": "partner since rhythm liaison",
    "checkin_reminder.since_met": "days day",
    "checkin_reminder.since_start": "days",
    "checkin_reminder.but_breaks": "since",
    "meeting_logged.one": "partner day minutes means",
    "meeting_logged.next": "what",
    "in_the_way.plain": "person partner",
    "in_the_way.words": "words",
    "digest.opening_some": "count total",
    "digest.opening_all_well": "count total",
    "digest.opening_none": "",
    "digest.line": "pair reason",
    "digest.more": "count",
    "digest.reason_help_asked": "person day days since rhythm",
    "digest.reason_not_started": "days since rhythm",
    "digest.reason_unanswered": "days since rhythm",
    "digest.reason_overdue": "days since rhythm",
    "digest.reason_paused": "day days since rhythm",
    "digest.reason_ending": "day days since rhythm",
    "training.session": "title when minutes",
    "training.session_many": "title sessions",
    "training.today": "title when",
    "training.recording": "title",
    "farewell.pair": "program partner meetings",
    "farewell.liaison": "program count",
    "farewell.coordinator": "program",
    "pause.partner": "person day",
    "unreachable.plain": "person partner why",
    "unreachable.why_gone": "",
    "unreachable.why_closed": "",
    "announcement.message": "author text",
    "unclear.line": "person day kinds",
    "unclear.more": "count",
    "unclear.confirm": "person",
    "kind_errors.not_in_program": "",
    "kind_errors.coordinators_only": "",
    "kind_errors.stale_button": "",
    "kind_errors.program_over": "program day",
    "kind_errors.not_started": "program day",
    "kind_errors.unknown_input": "command",
    "kind_errors.bug": "id",
    "kind_errors.no_pair": "",
    "reminder_answers.not_yet": "day",
    "reminder_answers.logged": "day",
    "check_errors.date_future": "",
    "check_errors.date_before": "first_day",
    "check_errors.date_after": "last_day",
    "check_errors.date_unreadable": "text",
    "check_errors.minutes_range": "",
    "check_errors.minutes_unreadable": "text",
    **{f"{table}.{rule}": "" for table in ("why", "kinds") for rule in RULES},
}
BLAME = re.compile(r"\b(you forgot|you failed|you did not|you have not|invalid|illegal|error|oops)\b", re.IGNORECASE)


def said_by_the_code() -> Iterator[str]:
    """Yield the names of sentences that the code asks for in so many letters."""
    for path in sorted(Path(bot.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="say"), args=[ast.Constant(value=str(key)), *_]):
                    yield key
                case ast.Call(func=ast.Attribute(attr="broken"), args=[ast.Constant(value=str(key)), *_]):
                    yield f"check_errors.{key}"


@pytest.mark.parametrize("key", PLACES)
def test_a_sentence_is_there_and_has_only_places_that_are_filled(key: str) -> None:
    found = {name for _, name, _, _ in Formatter().parse(SENTENCES[key]) if name is not None}

    assert found <= set(PLACES[key].split())


def test_every_sentence_that_the_code_says_is_there() -> None:
    asked = set(said_by_the_code())

    assert asked
    assert asked <= SENTENCES.keys()


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_has_no_stray_space_and_blames_nobody(key: str) -> None:
    sentence = SENTENCES[key]

    assert sentence
    assert sentence == sentence.strip()
    assert "  " not in sentence
    assert not BLAME.search(sentence)


@pytest.mark.parametrize("key", [key for key in SENTENCES if key.startswith("buttons.") and "confirm" not in key])
def test_a_button_is_short_enough_for_slack(key: str) -> None:
    assert len(SENTENCES[key]) <= 75


def test_the_last_reminder_says_that_it_is_the_last_and_who_may_look_in() -> None:
    said = SENTENCES["checkin_reminder.second"].format(
        partner="Tom", since="30 days since the last meeting on June 12", rhythm="every two weeks", liaison="Lena"
    )

    assert said == (
        "This is the last reminder for now: it has been 30 days since the last meeting on June 12, and your rhythm "
        "with Tom is every two weeks. Log a meeting, pick a later day, or say that something is in the way. If you "
        "leave it, that is fine too: you will hear no more about it, and Lena, who is there for your pair, may look in."
    )


@pytest.mark.parametrize("count", ["1", "3"])
def test_a_count_reads_well_for_one_as_for_many(count: str) -> None:
    assert SENTENCES["digest.opening_some"].format(count=count, total="7") == (
        f"{count} of your 7 pairs could use a look this week:"
    )
    assert SENTENCES["digest.more"].format(count=count) == f"{count} more on their own rhythm: nothing to do there."


def test_the_farewell_is_kind_to_a_pair_that_has_logged_nothing() -> None:
    said = SENTENCES["farewell.pair"].format(program="The program", partner="Tom", meetings="0 meetings")

    assert "Your log with Tom shows 0 meetings, and surely more happened than a log can show." in said


def test_a_liaison_is_told_facts_about_a_meeting_and_never_its_words() -> None:
    for key in SENTENCES:
        if key.startswith(("digest.", "first_move.liaison")):
            assert not re.search(r"\{(words|notes|what|text)\}", SENTENCES[key])
