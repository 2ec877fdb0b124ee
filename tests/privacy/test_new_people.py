"""A pair in which anything was ever written never becomes the pair of somebody else: the words would be theirs."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.errors import RuleBroken
from bot.usecases.load_program import load_program
from tests.privacy import deeds
from tests.privacy.conftest import Act, all_done
from tests.privacy.doing import Ledger
from tests.privacy.house import KNOCKING, THE_DESIGN, THE_ROSTER, House, build_house, copied, running
from tests.small_program import small_program

WRITTEN: dict[str, tuple[Act, ...]] = {
    "a next step": ((deeds.promises, "noor", "noor-ben", 0, True),),
    "a meeting that was denied": (
        (deeds.logs, "noor", "noor-ben", 0, True),
        (deeds.answers, "ben", "noor-ben", 1, True),
    ),
    "an appointment that was called off": (
        (deeds.plans, "noor", "noor-ben", 1, True),
        (deeds.plans, "ben", "noor-ben", 0, True),
    ),
    "an ending that was taken back": (
        (deeds.ends, "ben", "noor-ben", 0, True),
        (deeds.ends, "ben", "noor-ben", 1, True),
    ),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Return the pairs before anything was written."""
    house = House(tmp_path_factory.mktemp("empty") / "empty.sqlite3")
    asyncio.run(build_house(house.file))
    return house


@pytest.fixture
def house(empty: House, tmp_path: Path) -> House:
    return copied(empty, tmp_path / "year.sqlite3")


async def gives_noor_to_maya(house: House) -> None:
    """Load the roster with Maya in Ben's place."""
    design, roster = small_program(THE_DESIGN, THE_ROSTER.replace(",noor,ben,lena", ",noor,maya,lena"))
    async with house.world.store.begin() as records:
        await load_program(records, house.workspace_id, design, roster, house.now)


@pytest.mark.parametrize("what", WRITTEN)
async def test_a_pair_with_anything_written_keeps_its_two(house: House, what: str) -> None:
    async with running(house):
        await all_done(house, Ledger(), WRITTEN[what])

        with pytest.raises(RuleBroken, match="have already used"):
            await gives_noor_to_maya(house)


async def test_so_does_a_pair_that_has_a_conversation(house: House) -> None:
    async with running(house):
        await house.comes(KNOCKING.words["together"].screen, "ben", text="")

        with pytest.raises(RuleBroken, match="have already used"):
            await gives_noor_to_maya(house)


async def test_a_pair_in_which_nothing_was_written_may_get_somebody_else(house: House) -> None:
    async with running(house):
        await gives_noor_to_maya(house)

        assert (await house.pair("noor-ben")).mentee.key == "maya"
