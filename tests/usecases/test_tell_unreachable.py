"""Somebody cannot be reached: who looks after their pairs is told once for a spell, in facts only."""

from datetime import date, timedelta

import pytest

from bot.domain.meetings import Means
from bot.domain.notes import Refused
from bot.domain.nudges import Rule
from bot.usecases.follow_account import follow_account
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from tests.small_program import ROSTER
from tests.usecases.stage import A_DAY, TEAM, Stage, at

FRIDAY_NOON = at(6, 2, 12)
WEDNESDAY = at(6, 7, 12)


@pytest.fixture
async def begun(stage: Stage) -> Stage:
    """The program has begun, and its first messages are out."""
    await stage.walk(FRIDAY_NOON)
    stage.forget()
    return stage


async def leaves(stage: Stage, slack_id: str = "U0MAYA", *, gone: bool = True) -> None:
    async with stage.store.begin() as records:
        workspace = (await records.workspace(TEAM)).id
    await follow_account(stage.world, workspace, slack_id, gone=gone)


def told_of_somebody_gone(stage: Stage, key: str) -> list[str]:
    return [text for text in stage.texts(key) if "cannot reach" in text]


async def test_the_liaison_is_told_whom_and_whom_to_ask(begun: Stage) -> None:
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    (text,) = told_of_somebody_gone(begun, "lena")
    assert "Tandem cannot reach *Maya Okafor* in Slack any more: the account is closed." in text
    assert "*Tom Lindqvist*" in text


async def test_nobody_else_is_told(begun: Stage) -> None:
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    for key in ("maya", "tom", "noor", "ben", "ines", "ada", "charlie"):
        assert told_of_somebody_gone(begun, key) == []


async def test_for_each_of_their_pairs_there_is_a_word(begun: Stage) -> None:
    await leaves(begun, "U0NOOR")

    await begun.walk(WEDNESDAY)

    (text,) = told_of_somebody_gone(begun, "lena")  # one message with two parts
    assert text.count("cannot reach *Noor Haddad*") == 2
    assert "*Ben Castillo*" in text
    assert "*Inês Duarte*" in text


async def test_a_refused_message_tells_the_liaison_just_as_well(stage: Stage) -> None:
    stage.desk.answers["tom"] = [Refused("cannot_dm_bot", whose="person")]

    await stage.walk(WEDNESDAY)

    (text,) = told_of_somebody_gone(stage, "lena")
    assert "cannot reach *Tom Lindqvist*" in text
    assert "Slack does not bring messages of the app to this account" in text
    assert "cannot_dm_bot" not in text


async def test_one_spell_is_told_once_though_both_ways_report_it(stage: Stage) -> None:
    stage.desk.answers["tom"] = [Refused("user_disabled", whose="person")]
    await stage.walk(at(6, 1, 10))
    await leaves(stage, "U0TOM")
    await stage.walk(at(6, 2, 10))
    await leaves(stage, "U0TOM")

    await stage.walk(at(6, 20, 12))

    assert len(told_of_somebody_gone(stage, "lena")) == 1


async def test_who_is_back_before_it_goes_out_is_not_spoken_of(begun: Stage) -> None:
    begun.now = at(6, 2, 23)  # nobody is written to at this hour
    await leaves(begun)
    begun.now += timedelta(hours=1)
    await leaves(begun, gone=False)

    await begun.walk(WEDNESDAY)

    assert told_of_somebody_gone(begun, "lena") == []


async def test_who_leaves_again_weeks_later_is_spoken_of_again(begun: Stage) -> None:
    await leaves(begun)
    await begun.walk(WEDNESDAY)
    await leaves(begun, gone=False)
    await begun.walk(at(6, 20, 12))
    await leaves(begun)

    await begun.walk(at(6, 23, 12))

    assert len(told_of_somebody_gone(begun, "lena")) == 2


async def test_of_a_pair_without_a_liaison_the_coordinators_are_told(begun: Stage) -> None:
    await begun.load(roster=ROSTER.replace("tom,maya,lena", "tom,maya,"))
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    assert len(told_of_somebody_gone(begun, "ada")) == 1
    assert told_of_somebody_gone(begun, "lena") == []


async def test_the_coordinators_are_not_told_of_who_is_back(begun: Stage) -> None:
    await begun.load(roster=ROSTER.replace("tom,maya,lena", "tom,maya,"))
    begun.now = at(6, 2, 23)
    await leaves(begun)
    await leaves(begun, gone=False)

    await begun.walk(WEDNESDAY)

    assert told_of_somebody_gone(begun, "ada") == []


async def test_where_the_liaison_cannot_be_reached_either_the_coordinators_are_told(begun: Stage) -> None:
    await leaves(begun, "U0LENA")
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    assert len(told_of_somebody_gone(begun, "ada")) == 1


async def test_nothing_that_the_two_wrote_is_in_it(begun: Stage) -> None:
    pair = await begun.pair("tom-maya")
    draft = MeetingDraft(date(2017, 6, 2), 45, Means.VIDEO, notes="a secret", next_step="another secret")
    await log_meeting(begun.world, pair, pair.mentee, draft)
    await leaves(begun)

    await begun.walk(WEDNESDAY)

    assert "secret" not in "".join(told_of_somebody_gone(begun, "lena"))


async def test_of_somebody_without_a_pair_nobody_is_told(begun: Stage) -> None:
    await leaves(begun, "U0CHARLIE")

    await begun.walk(begun.now + 5 * A_DAY)

    for key in ("lena", "ada", "tom"):
        assert told_of_somebody_gone(begun, key) == []


async def test_a_partner_who_heard_of_it_before_a_backup_was_restored_hears_that_messages_arrive_again(
    begun: Stage,
) -> None:
    tom = await begun.member("tom")
    await leaves(begun)
    async with begun.store.begin() as records:
        waiting = await records.open_nudges([(tom.person.id, tom.program.id)], begun.now + 8 * A_DAY)
        (told,) = [nudge for nudge in waiting if nudge.slot.rule == Rule.PARTNER_UNREACHABLE]
        workspace = await records.workspace(TEAM)
        await records.put_heard(workspace.id, tom.person.id, {told.mark: None}, begun.now)  # as `after_restore` does
    await begun.walk(WEDNESDAY)
    begun.forget()

    await leaves(begun, gone=False)
    await begun.walk(WEDNESDAY + 2 * A_DAY)

    assert ["partner_unreachable"] in begun.heard("tom")
