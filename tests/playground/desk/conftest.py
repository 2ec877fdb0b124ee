"""The desks of the aviary."""

from collections.abc import AsyncIterator

import pytest

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import RealTime
from tests.playground.desk.aviary import aviary


@pytest.fixture
async def playground(seconds: RealTime) -> AsyncIterator[Playground]:
    async with aviary(seconds) as made:
        yield made


@pytest.fixture
def vic(playground: Playground) -> PersonDriver:
    """Somebody of another organization."""
    return playground.person("U0VIC")
