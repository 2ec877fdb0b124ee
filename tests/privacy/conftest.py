"""Two pairs that share Noor, when much has been written: what every test of this folder begins with."""

import asyncio
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.privacy import deeds
from tests.privacy.deeds import does
from tests.privacy.doing import Doing, Ledger
from tests.privacy.house import House, build_house, copied, running

Act = tuple[deeds.Deed, str, str, int, bool]
IN_JUNE: tuple[Act, ...] = (
    (deeds.saves_terms, "noor", "noor-ben", 1, True),
    (deeds.signs, "noor", "noor-ben", 0, True),
    (deeds.signs, "ben", "noor-ben", 0, True),
    (deeds.saves_terms, "noor", "ines-noor", 2, True),
    (deeds.saves_terms, "ines", "ines-noor", 3, True),
    (deeds.signs, "ines", "ines-noor", 0, True),
    (deeds.types_terms, "ben", "noor-ben", 0, True),
    (deeds.types_terms, "ines", "ines-noor", 0, True),
    (deeds.sets_a_goal, "ben", "noor-ben", 0, False),
    (deeds.sets_a_goal, "noor", "noor-ben", 0, True),
    (deeds.sets_a_goal, "ines", "ines-noor", 0, False),
    (deeds.moves_a_goal, "noor", "noor-ben", 1, True),
    (deeds.logs, "ben", "noor-ben", 1, True),
    (deeds.logs, "noor", "noor-ben", 1, True),
    (deeds.logs, "noor", "noor-ben", 2, True),
    (deeds.logs, "noor", "ines-noor", 1, True),
    (deeds.logs, "ines", "ines-noor", 3, True),
    (deeds.corrects, "ben", "noor-ben", 3, True),
    (deeds.plans, "ben", "noor-ben", 3, True),
    (deeds.plans, "ines", "ines-noor", 4, False),
    (deeds.promises, "noor", "noor-ben", 3, False),
    (deeds.promises, "ines", "ines-noor", 3, True),
    (deeds.confides, "ben", "noor-ben", 0, False),
    (deeds.confides, "noor", "noor-ben", 0, True),
    (deeds.confides, "ines", "ines-noor", 0, True),
    (deeds.confides, "noor", "ines-noor", 0, False),
    (deeds.ends, "ines", "ines-noor", 0, False),
    (deeds.wants_another, "noor", "ines-noor", 1, True),
)


@dataclass(frozen=True)
class Template:
    """A house to make copies of, with what is known of it."""

    house: House
    ledger: Ledger

    def copied(self, folder: Path, name: str = "year") -> tuple[House, Ledger]:
        """Return a house of one's own."""
        return copied(self.house, folder / f"{name}.sqlite3"), deepcopy(self.ledger)


async def all_done(house: House, ledger: Ledger, acts: tuple[Act, ...]) -> None:
    """Do all of it; each must be possible."""
    for deed, who, pair, n, yes in acts:
        assert await does(Doing(house, ledger, who, pair, n, yes), deed), (deed, who, pair)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Return June of the two pairs."""
    house, ledger = House(tmp_path_factory.mktemp("privacy") / "template.sqlite3"), Ledger()

    async def june() -> None:
        await build_house(house.file)
        async with running(house):
            await all_done(house, ledger, IN_JUNE)
            await house.judge()

    asyncio.run(june())
    return Template(house, ledger)
