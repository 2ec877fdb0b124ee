"""A message that may not have arrived: the coordinator finds it on Home and in the status, and decides."""

from datetime import timedelta

import pytest

from bot.slack import blocks as b
from tests.stories.conftest import Stage
from tests.stories.people import Desk

AGAIN = "You may have had this before; if so, once is enough."


def shown(desk: Desk) -> str:
    assert desk.home is not None
    return b.spoken(desk.home["blocks"])


@pytest.fixture
async def in_doubt(stage: Stage) -> Stage:
    """Inês's reminder was taken, but its answer was lost, and Slack does not say where to look."""
    stage.playground.fail("chat.postMessage", how="drop_after", when=lambda args: args.get("channel") == "U0INES")
    stage.playground.fail("conversations.open", how={"error": "missing_scope"}, times=None)
    await stage.tick()
    await stage.tick(stage.now + timedelta(minutes=10))
    return stage


async def test_it_stands_on_the_coordinators_home_until_it_is_decided(in_doubt: Stage, ada: Desk, ines: Desk) -> None:
    await ada.opens_home()
    assert "May not have arrived" in shown(ada)
    assert "*Inês Duarte*" in shown(ada)

    await ada.clicks("say_again")
    await in_doubt.tick(in_doubt.now + timedelta(hours=5))

    assert "May not have arrived" not in shown(ada)
    assert [AGAIN in message["text"] for message in ines.messages].count(True) == 1


async def test_the_status_shows_it_too_and_says_what_was_decided(in_doubt: Stage, ada: Desk, ines: Desk) -> None:
    await ada.types("/mentoring")
    (row,) = [block for block in ada.messages[-1]["blocks"] if str(block.get("block_id")).startswith("unclear-")]
    await ada.clicks("say_again", block_id=row["block_id"])
    assert "It goes out again at their next good hour" in ada.reading

    await ada.opens_home()
    await in_doubt.tick(in_doubt.now + timedelta(hours=5))

    assert [AGAIN in message["text"] for message in ines.messages].count(True) == 1


async def test_let_be_it_is_left_alone(in_doubt: Stage, ada: Desk, ines: Desk) -> None:
    await ada.opens_home()

    await ada.clicks("let_be")
    await in_doubt.tick(in_doubt.now + timedelta(hours=5))

    assert "May not have arrived" not in shown(ada)
    assert all(AGAIN not in message["text"] for message in ines.messages)


async def test_nobody_else_sees_it(in_doubt: Stage, tom: Desk, ines: Desk, charlie: Desk) -> None:
    for desk in (tom, ines, charlie):
        await desk.opens_home()
        assert "May not have arrived" not in shown(desk)
