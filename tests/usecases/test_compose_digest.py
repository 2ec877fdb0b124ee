"""Composing a digest: which pairs need a look, and why, in as few words as can be."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.days import Span
from bot.domain.evidence import Evidence
from bot.domain.notes import Note
from bot.domain.nudges import Lane, Rule
from bot.domain.people import Pair, Person, Preferences
from bot.slack import blocks as b
from bot.slack.post import blocks_of
from bot.usecases.wording import NOTHING
from tests.domain.cast import (
    LENA,
    MAYA,
    PAIR,
    in_the_way,
    liaison,
    met,
    pausing,
)
from tests.usecases.test_compose_note import AWKWARD, COMPOSER, NOW, composed, fits, golden, nudge


def digest_of(*pairs: Pair, person: Person = LENA) -> Note | None:
    digest = nudge(Rule.DIGEST, "2017-W26", None, Lane.DIGEST)
    return COMPOSER.compose("note-1", liaison(*pairs, person=person), [digest], NOTHING, NOW)


def named(number: int, pair: Pair, mentor_name: str = "Tom Lindqvist") -> Pair:
    mentor = replace(pair.mentor, name=mentor_name)
    return replace(pair, id=f"q{number}", key=f"pair-{number}", mentor=mentor)


def test_a_digest_has_the_worst_first_and_its_reasons() -> None:
    just_met = met(PAIR, date(2017, 6, 22))
    note = digest_of(
        named(1, just_met, "Zoë Well"),
        named(2, met(PAIR, date(2017, 6, 9)), "Olu Overdue"),
        named(3, met(PAIR, date(2017, 6, 1)), "Una Nswered"),
        named(4, PAIR, "Nora Start"),
        named(5, in_the_way(just_met, MAYA, date(2017, 6, 23), "Secret words."), "Hal Help"),
        named(6, pausing(just_met, mentee=Span(date(2017, 6, 24), date(2017, 7, 9))), "Pia Paused"),
        named(7, replace(just_met, ends=date(2017, 6, 24)), "Ed Ended"),
    )

    assert note is not None
    golden("digest_some", note)
    assert "Secret words" not in note.text


def test_a_digest_is_short_when_all_is_well() -> None:
    just_met = met(PAIR, date(2017, 6, 22))
    note = digest_of(just_met, named(2, just_met))

    assert note is not None
    golden("digest_all_well", note)


def test_who_follows_one_pair_reads_of_a_pair_and_not_of_one_of_one() -> None:
    well, late = digest_of(met(PAIR, date(2017, 6, 22))), digest_of(PAIR)

    assert well is not None
    assert late is not None
    assert well.text.startswith("A good week: your pair needs no look.")
    assert late.text.startswith("Your pair could use a look this week:\n• *Tom Lindqvist and Maya Okafor*: ")


def test_a_digest_says_where_nothing_is_signed_after_both_reminders() -> None:
    late = datetime(2017, 7, 17, 15, tzinfo=UTC)
    unsigned = met(PAIR, date(2017, 7, 13))
    signed = replace(unsigned, id="q2", key="signed", evidence=Evidence(in_force=1))
    person = replace(LENA, preferences=Preferences(digest_only_when_needed=True))

    note = composed(liaison(unsigned, signed, person=person), nudge(Rule.DIGEST, pair=None), now=late)

    golden("digest_unsigned", note)


def test_who_hears_only_when_needed_gets_no_note_when_all_is_well() -> None:
    lena = replace(LENA, preferences=Preferences(digest_only_when_needed=True))

    assert digest_of(met(PAIR, date(2017, 6, 22)), person=lena) is None
    assert digest_of(PAIR, person=lena) is not None


def test_a_digest_never_tells_of_the_liaison_s_own_pair() -> None:
    own = replace(named(2, PAIR, "Lena Brandt"), mentor=LENA)

    note = digest_of(met(PAIR, date(2017, 6, 22)), own)

    assert note is not None
    assert "Lena Brandt and" not in note.text


def test_forty_one_pairs_with_long_names_fit_into_one_digest() -> None:
    long = AWKWARD[3] + " & <Sons>"

    note = digest_of(*(named(number, PAIR, f"{long} {number}") for number in range(41)))

    assert note is not None
    fits(note)
    assert all(f"{long} {number} and" in note.text for number in range(41))
    assert sum(block["type"] == "section" for block in blocks_of(note)) > 1
    everything = "".join(block["text"]["text"] for block in blocks_of(note) if block["type"] == "section")
    assert everything.count(b.escape(long)) == 41
