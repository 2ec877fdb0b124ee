"""A process that is about to end begins nothing new; another one goes on where it stopped."""

from datetime import UTC, datetime

from tests.stories.conftest import Stage

MONDAY = datetime(2017, 6, 26, 20, tzinfo=UTC)


async def test_nothing_is_claimed_once_the_end_has_begun(stage: Stage) -> None:
    stage.tandem.stopping.begin()

    await stage.tick(MONDAY)

    assert stage.calls("chat.postMessage") == []


async def test_with_the_same_records_it_would_have_spoken(stage: Stage) -> None:
    await stage.tick(MONDAY)

    assert stage.calls("chat.postMessage") != []
