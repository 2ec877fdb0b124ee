"""After a backup was put back: what was said since spends people's days, though the records know nothing of it."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from tests.usecases.stage import STORES, Stage, at, opened

TOM_HEARD_IT = at(6, 1, 9)
NOON = at(6, 1, 12)


@pytest.fixture(params=STORES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with opened(request.param) as store:
        stage = Stage(store)
        await stage.load()
        yield stage


async def hears(stage: Stage, key: str, spoken_at: datetime | None) -> None:
    person = (await stage.member(key)).person
    async with stage.store.begin() as records:
        workspace = await records.workspace("T0TANDEM")
        await records.put_heard(workspace.id, person.id, {"the mark of another slot": spoken_at}, NOON)


async def test_who_had_a_note_today_gets_the_next_one_tomorrow(stage: Stage) -> None:
    await hears(stage, "tom", TOM_HEARD_IT)

    await stage.sleep(NOON)
    assert stage.heard("tom") == []

    await stage.walk(at(6, 2, 12))
    assert stage.heard("tom") == [["first_move"]]


async def test_an_announcement_spends_nothing(stage: Stage) -> None:
    await hears(stage, "tom", None)

    await stage.sleep(NOON)

    assert stage.heard("tom") == [["first_move"]]
