"""The desks of the aviary."""

from collections.abc import AsyncIterator

import pytest

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import RealTime
from tests.playground.desk.aviary import PEOPLE, RICH, ROOMS
from tests.playground.parrot import MORNING, PATIENCE


@pytest.fixture
async def playground(seconds: RealTime) -> AsyncIterator[Playground]:
    made = Playground(RICH, PEOPLE, rooms=ROOMS, now=MORNING, seconds=seconds, ack_seconds=PATIENCE, event_tries=())
    async with made:
        yield made


@pytest.fixture
def vic(playground: Playground) -> PersonDriver:
    """Somebody of another organization."""
    return playground.person("U0VIC")
