"""A liaison whom messages do not reach: what was for them goes to those who coordinate, who stand in until they are
back."""

import pytest

from bot.domain.notes import Refused
from bot.usecases.answer_reminder import something_in_the_way
from bot.usecases.end_pair import EndingDraft, end_pair
from bot.usecases.follow_account import follow_account
from bot.usecases.hand_over import hand_over
from tests.small_program import ROSTER
from tests.usecases.stage import A_DAY, TEAM, Stage, at

FRIDAY_NOON = at(6, 2, 12)
FRIDAY_NIGHT = at(6, 2, 23)
WEDNESDAY = at(6, 7, 12)


@pytest.fixture
async def begun(stage: Stage) -> Stage:
    """The program has begun, and its first messages are out."""
    await stage.walk(FRIDAY_NOON)
    stage.forget()
    return stage


async def leaves(stage: Stage, slack_id: str = "U0LENA", *, gone: bool = True) -> None:
    async with stage.store.begin() as records:
        workspace = (await records.workspace(TEAM)).id
    await follow_account(stage.world, workspace, slack_id, gone=gone)


def said_to(stage: Stage, key: str, words: str) -> list[str]:
    return [text for text in stage.texts(key) if words in text]


async def asks_for_a_word(stage: Stage, words: str = "He cancels.", *, past: bool = False) -> None:
    pair = await stage.pair("tom-maya")
    await something_in_the_way(stage.world, pair, pair.mentee, words, past_liaison=past)


async def test_those_who_coordinate_hear_once_that_they_stand_in(begun: Stage) -> None:
    await leaves(begun)

    await begun.walk(at(6, 28, 12))

    (text,) = said_to(begun, "ada", "Tandem cannot reach *Lena Brandt*")
    assert "who follows 3 pairs, in Slack any more: the account is closed." in text
    for key in ("maya", "tom", "noor", "ben", "ines", "lena", "charlie"):
        assert said_to(begun, key, "cannot reach *Lena") == []


async def test_they_do_not_hear_of_a_liaison_who_is_back_by_then(begun: Stage) -> None:
    begun.now = FRIDAY_NIGHT
    await leaves(begun)
    await leaves(begun, gone=False)

    await begun.walk(WEDNESDAY)

    assert begun.heard("ada") == []


async def test_of_a_liaison_without_pairs_nobody_is_told(begun: Stage) -> None:
    for key in ("tom-maya", "noor-ben", "ines-noor"):
        pair = await begun.pair(key)
        await end_pair(begun.world, pair, pair.mentor, EndingDraft(FRIDAY_NOON.date()))
    await begun.walk(WEDNESDAY)
    begun.forget()

    await leaves(begun)
    await begun.walk(WEDNESDAY + 3 * A_DAY)

    assert said_to(begun, "ada", "cannot reach") == []


async def test_a_word_said_while_the_liaison_is_away_reaches_those_who_coordinate(begun: Stage) -> None:
    await leaves(begun)
    await asks_for_a_word(begun)

    await begun.walk(WEDNESDAY)

    (text,) = said_to(begun, "ada", "He cancels.")
    assert "It is meant for Lena, whom messages do not reach at the moment, so it comes to you." in text
    for key in ("tom", "lena", "charlie"):
        assert said_to(begun, key, "He cancels.") == []


async def test_a_word_that_waits_for_the_liaison_goes_on_to_those_who_coordinate(begun: Stage) -> None:
    begun.now = FRIDAY_NIGHT
    await asks_for_a_word(begun)
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    (text,) = said_to(begun, "ada", "He cancels.")
    assert "It is meant for Lena, whom messages do not reach" in text
    assert said_to(begun, "lena", "He cancels.") == []


async def test_a_word_that_slack_refuses_to_bring_goes_on_as_well(begun: Stage) -> None:
    await asks_for_a_word(begun)
    begun.desk.answers["lena"] = [Refused("user_disabled", whose="person")]

    await begun.walk(WEDNESDAY)

    assert len(said_to(begun, "ada", "He cancels.")) == 1


async def test_so_does_the_reason_of_an_ending(begun: Stage) -> None:
    pair = await begun.pair("tom-maya")
    begun.now = FRIDAY_NIGHT
    draft = EndingDraft(at(6, 16, 12).date(), "We want different things.")
    await end_pair(begun.world, pair, pair.mentee, draft)
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    (text,) = said_to(begun, "ada", "different things")
    assert "end as a pair on Friday, June 16" in text
    assert said_to(begun, "tom", "different things") == []


async def test_what_went_past_the_liaison_is_said_as_such(begun: Stage) -> None:
    await leaves(begun)
    await asks_for_a_word(begun, past=True)

    await begun.walk(WEDNESDAY)

    (text,) = said_to(begun, "ada", "He cancels.")
    assert "would rather not ask Lena, and asks you" in text


async def test_a_liaison_who_is_back_in_time_hears_what_was_meant_for_them(begun: Stage) -> None:
    begun.now = FRIDAY_NIGHT
    await asks_for_a_word(begun)
    await leaves(begun)
    await leaves(begun, gone=False)

    await begun.walk(WEDNESDAY)

    assert len(said_to(begun, "lena", "He cancels.")) == 1
    assert said_to(begun, "ada", "He cancels.") == []


async def test_that_a_partner_cannot_be_reached_goes_on_too(begun: Stage) -> None:
    begun.now = FRIDAY_NIGHT
    await leaves(begun, "U0MAYA")
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    assert len(said_to(begun, "ada", "Tandem cannot reach *Maya Okafor*")) == 1
    (told,) = said_to(begun, "tom", "Messages do not reach Maya")
    assert "Those who coordinate the program know" in told


async def test_they_get_the_last_rung_of_the_first_move_and_the_digest(begun: Stage) -> None:
    await leaves(begun)

    await begun.walk(at(6, 13, 12))

    rules = {rule for rules in begun.heard("ada") for rule in rules}
    assert {"unreachable", "digest", "first_move"} <= rules
    assert begun.heard("lena") == []


async def test_a_liaison_who_is_back_gets_the_digest_and_they_do_not(begun: Stage) -> None:
    await leaves(begun)
    await begun.walk(WEDNESDAY)
    begun.forget()
    await leaves(begun, gone=False)

    await begun.walk(at(6, 20, 12))

    assert ["digest"] in begun.heard("lena")
    assert begun.heard("ada") == []


async def test_a_new_liaison_hears_what_waits_for_those_who_stood_in(begun: Stage) -> None:
    await begun.load(roster=f"{ROSTER}person,lou,Lou Reyes,U0LOU,,America/Chicago,liaison,,,,,,\n")
    begun.now = FRIDAY_NIGHT
    await asks_for_a_word(begun)
    await leaves(begun)
    pair, ada, lou = await begun.pair("tom-maya"), await begun.member("ada"), await begun.member("lou")

    await hand_over(begun.world, ada, pair.id, lou.person.id)
    await begun.walk(WEDNESDAY)

    assert len(said_to(begun, "lou", "He cancels.")) == 1
    assert said_to(begun, "ada", "He cancels.") == []
    for key in ("tom", "maya"):
        assert len(said_to(begun, key, "From now on Lou Reyes is the liaison of you and")) == 1
