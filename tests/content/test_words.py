"""The sentences that people read."""

import pytest

from bot.content.problems import FilesRefused
from bot.content.words import Words, load_words, places, read_words, united
from bot.domain.choices import kind_of
from bot.domain.nudges import Rule

TEXT = """
[first_move]
mentor = "Say hello to {partner}, {partner} is waiting."
plain = "No places, and {{braces}} that are meant."
"""


@pytest.fixture
def words() -> Words:
    return read_words(TEXT, "words.toml")


def test_a_sentence_is_said_with_its_places_filled(words: Words) -> None:
    assert words.say("first_move.mentor", partner="Maya") == "Say hello to Maya, Maya is waiting."


def test_what_a_person_typed_is_never_read_as_a_place(words: Words) -> None:
    assert words.say("first_move.mentor", partner="{key}") == "Say hello to {key}, {key} is waiting."


def test_a_value_without_a_place_does_no_harm(words: Words) -> None:
    assert words.say("first_move.plain", partner="Maya") == "No places, and {braces} that are meant."


def test_an_unknown_sentence_is_a_mistake_that_names_it(words: Words) -> None:
    with pytest.raises(KeyError) as missing:
        words.say("first_move.liaison")

    assert str(missing.value) == 'there are no words called "first_move.liaison"'


def test_a_missing_value_is_a_mistake_that_names_it(words: Words) -> None:
    with pytest.raises(KeyError) as missing:
        words.say("first_move.mentor", pair="Maya and Tom")

    assert str(missing.value) == "the words called \"first_move.mentor\" need a value for 'partner'"


def test_words_know_what_they_have(words: Words) -> None:
    assert words.has("first_move.mentor")
    assert not words.has("first_move")
    assert not words.has("first_move.liaison")


def test_bad_sentences_are_refused_all_at_once() -> None:
    text = (
        '[a]\nopen = "Hello {partner"\ndeep = "{partner.name}"\nspec = "{days:>9}"\ncount = 3\nempty = " "\nnone = "{}"'
    )

    with pytest.raises(FilesRefused) as refused:
        read_words(text, "words.toml")

    assert [str(problem)[:17] for problem in refused.value.problems] == [
        "words.toml:2:8: T",
        "words.toml:3:8: B",
        "words.toml:4:8: B",
        "words.toml:5:9: W",
        "words.toml:6:9: W",
        "words.toml:7:8: B",
    ]
    assert str(refused.value.problems[1]).endswith(
        'Braces hold a name and nothing else, such as {partner}, not "partner.name".'
    )


def test_the_places_of_a_sentence_are_told_in_their_order() -> None:
    assert places("{pair} last met {days} days ago; write to {pair}.") == ("pair", "days", "pair")


def test_tandems_own_words_are_right_and_read_once() -> None:
    assert load_words() is load_words()
    assert load_words().has("first_move.mentor")


def test_a_table_may_go_on_in_another_file_and_a_sentence_stands_in_one() -> None:
    here, there = read_words('[pair]\nhello = "Hello"', "a.toml"), read_words('[pair]\nbye = "Bye"', "b.toml")

    assert united([here, there]).say("pair.bye") == "Bye"

    with pytest.raises(ValueError, match=r"these words stand in two files: pair\.bye"):
        united([here, there, there])


@pytest.mark.parametrize("rule", Rule)
def test_the_why_of_each_kind_tells_the_truth_about_its_off_switch(rule: Rule) -> None:
    why = load_words().say(f"why.{rule}")

    can_be_switched_off = "`/mentoring settings` switches" in why
    assert can_be_switched_off is (kind_of(rule) is not None)
    if not can_be_switched_off:
        assert "cannot be switched off" in why or rule in (Rule.DIGEST, Rule.FAREWELL)
