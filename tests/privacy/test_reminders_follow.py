"""Reminders follow the newest agreement that both have signed, whatever else is drafted, signed or restarted."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.privacy import deeds
from tests.privacy.deeds import does
from tests.privacy.doing import Doing, Ledger
from tests.privacy.house import House, build_house, copied, running, slack_id

FRIDAY = date(2017, 6, 16)
# The day after the rhythm has run, from a meeting on that Friday.
FIRST_DAY = (date(2017, 6, 24), date(2017, 7, 1), date(2017, 7, 8), date(2017, 7, 17))
PROGRAMS_OWN = date(2017, 7, 17)  # once a month, where nobody has signed anything
NEVER_LATER_THAN = timedelta(days=6)  # weekends, and two messages a week at most
VERSION = st.tuples(st.integers(0, 3), st.sampled_from(("nobody", "noor", "ben", "both")), st.booleans())


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Return the two pairs before anything was written."""
    house = House(tmp_path_factory.mktemp("reminders") / "empty.sqlite3")
    asyncio.run(build_house(house.file))
    return house


def test_the_first_reminder_comes_by_the_newest_agreement_that_both_have_signed(empty: House, tmp_path: Path) -> None:
    examples = count()

    @settings(max_examples=12)
    @example([(0, "both", False), (3, "noor", True)])
    @example([(3, "both", False), (1, "both", True), (0, "nobody", False)])
    @given(st.lists(VERSION, max_size=4))
    def holds(versions: list[tuple[int, str, bool]]) -> None:
        house = copied(empty, tmp_path / f"{next(examples)}.sqlite3")
        signed = [n for n, by, _ in versions if by == "both"]
        expected = FIRST_DAY[signed[-1]] if signed else PROGRAMS_OWN

        came = asyncio.run(first_reminder(house, versions, expected))

        assert expected <= came <= expected + NEVER_LATER_THAN

    holds()


async def first_reminder(house: House, versions: list[tuple[int, str, bool]], expected: date) -> date:
    """Let the two meet, agree, and wait; return the day of the first reminder to Noor, in Chicago."""
    ledger = Ledger()

    async def act(deed: deeds.Deed, who: str, n: int = 0) -> None:
        assert await does(Doing(house, ledger, who, "noor-ben", n, yes=False), deed)

    async with running(house):
        await act(deeds.logs, "noor")
        for n, by, restarts in versions:
            await act(deeds.saves_terms, "ben", n)
            for who in ("noor", "ben"):
                if by in (who, "both"):
                    await act(deeds.signs, who)
            if restarts:
                await house.restarts()
            await house.tick()
        pair = await house.pair("noor-ben")
        for day in days_around(expected):
            await house.goes_to(datetime(day.year, day.month, day.day, 16, tzinfo=UTC))
            if any(f"not_yet:{pair.id}" in seen.text for seen in house.ears.seen if slack_id("noor") in seen.slack_ids):
                return day
    return date.max


def days_around(expected: date) -> list[date]:
    """Every second day before it, and every day from the eve on."""
    before = (expected - FRIDAY).days
    return [FRIDAY + timedelta(days=n) for n in range(3, before + 10) if n % 2 or n >= before - 1]
