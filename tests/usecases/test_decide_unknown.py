"""A message that may not have arrived: a coordinator decides, once, whether it is sent again."""

import asyncio

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.notes import Unknown, Unreadable
from bot.usecases.decide_unknown import decide_unknown
from bot.usecases.ports import Unclear
from tests.usecases.stage import A_DAY, Stage, at


@pytest.fixture
async def in_doubt(stage: Stage) -> Stage:
    """Tom's first message may or may not have arrived, and his conversation cannot be read."""
    stage.desk.answers["tom"] = [Unknown("TimeoutError")]
    stage.desk.findings = [Unreadable("missing_scope")]
    await stage.walk(at(6, 1, 12))
    stage.forget()
    return stage


async def doubts(stage: Stage) -> list[Unclear]:
    ada = await stage.member("ada")
    async with stage.store.begin() as records:
        return await records.unknown_notes(ada.program.id)


async def decides(stage: Stage, key: str, note_id: str, *, again: bool) -> bool:
    return await decide_unknown(stage.world, (await stage.member(key),), note_id, say_again=again)


async def test_it_is_listed_with_whom_it_was_for_and_what_it_said(in_doubt: Stage) -> None:
    (unclear,) = await doubts(in_doubt)

    assert (unclear.person.key, unclear.rules) == ("tom", ("first_move",))


async def test_sent_again_it_says_that_it_may_have_come_before(in_doubt: Stage) -> None:
    (unclear,) = await doubts(in_doubt)

    assert await decides(in_doubt, "ada", unclear.note_id, again=True)
    await in_doubt.walk(in_doubt.now + A_DAY)

    (text,) = in_doubt.texts("tom")
    assert text.startswith("_You may have had this before; if so, once is enough._\n")
    assert await doubts(in_doubt) == []


async def test_let_be_it_is_never_sent_again(in_doubt: Stage) -> None:
    (unclear,) = await doubts(in_doubt)

    assert await decides(in_doubt, "ada", unclear.note_id, again=False)
    await in_doubt.walk(in_doubt.now + A_DAY)

    assert in_doubt.texts("tom") == []
    assert await doubts(in_doubt) == []


async def test_pressed_twice_is_once(in_doubt: Stage) -> None:
    (unclear,) = await doubts(in_doubt)

    pressed = await asyncio.gather(*(decides(in_doubt, "ada", unclear.note_id, again=True) for _ in range(3)))
    await in_doubt.walk(in_doubt.now + A_DAY)

    assert sorted(pressed) == [False, False, True]
    assert len(in_doubt.texts("tom")) == 1


async def test_of_two_words_the_first_counts(in_doubt: Stage) -> None:
    (unclear,) = await doubts(in_doubt)
    await decides(in_doubt, "ada", unclear.note_id, again=False)

    assert not await decides(in_doubt, "ada", unclear.note_id, again=True)
    await in_doubt.walk(in_doubt.now + A_DAY)

    assert in_doubt.texts("tom") == []


@pytest.mark.parametrize("key", ["tom", "maya", "lena", "charlie"])
async def test_only_a_coordinator_decides(in_doubt: Stage, key: str) -> None:
    (unclear,) = await doubts(in_doubt)

    with pytest.raises(RuleBroken, match="Only the coordinators"):
        await decides(in_doubt, key, unclear.note_id, again=True)

    assert await doubts(in_doubt) == [unclear]


async def test_a_message_that_nobody_knows_is_decided_by_nobody(in_doubt: Stage) -> None:
    assert not await decides(in_doubt, "ada", "no such note", again=True)
