"""Whatever people do, in whatever order, and whenever the process ends: no word is read by whom it does not belong."""

import asyncio
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.privacy import deeds
from tests.privacy.canaries import EVERYBODY, PAIRS
from tests.privacy.conftest import Act, Template, all_done
from tests.privacy.deeds import DEEDS, does
from tests.privacy.doing import Doing, Ledger
from tests.privacy.ears import Seen
from tests.privacy.house import House, copied, running, slack_id

ACTORS = (("noor", "noor-ben"), ("ben", "noor-ben"), ("noor", "ines-noor"), ("ines", "ines-noor"))
ACT = st.tuples(st.sampled_from(DEEDS), st.sampled_from(ACTORS), st.integers(0, 7), st.booleans(), st.booleans())
OUTSIDE = {
    "ben": ("ines", "maya", "lena", "ada", "lou", "charlie", "robin"),
    "ines": ("ben", "maya", "lena", "ada", "lou", "charlie", "robin"),
    "noor": ("maya", "tom", "lena", "ada", "lou", "charlie", "robin"),
    "lena": ("noor", "ben", "ines", "ada", "charlie", "robin"),
    "ada": ("noor", "ben", "ines", "lena", "charlie", "robin"),
}

EACH_WAY = (("noor", "ben"), ("ben", "noor"), ("noor", "ines"), ("ines", "noor"))
TEXTS = ("confidential", "off limits", "ending", "expectations")
ANOTHER_LIAISON: tuple[Act, ...] = (
    (deeds.is_handed_over, "noor", "noor-ben", 0, True),
    (deeds.confides, "ben", "noor-ben", 0, False),
    (deeds.ends, "ines", "ines-noor", 1, False),
    (deeds.ends, "noor", "ines-noor", 0, True),
)

Drawn = tuple[deeds.Deed, tuple[str, str], int, bool, bool]


async def everybody_looks(house: House) -> dict[str, list[Seen]]:
    """Let everybody open all that there is for them."""
    seen = {key: await house.looks_around(key) for key in EVERYBODY}
    await house.judge()
    return seen


def test_no_word_strays_nothing_counts_twice_and_the_rhythm_is_that_of_the_newest_agreement(
    template: Template, tmp_path: Path
) -> None:
    examples = count()

    async def lived(acts: list[Drawn]) -> None:
        house, ledger = template.copied(tmp_path, str(next(examples)))
        async with running(house):
            for deed, (who, pair), n, yes, restarts in acts:
                if restarts:
                    await house.restarts()
                await does(Doing(house, ledger, who, pair, n, yes), deed)
                await house.tick()
                await counted(house, ledger)
            await everybody_looks(house)

    @settings(max_examples=9)
    @given(st.lists(ACT, min_size=12, max_size=30))
    def holds(acts: list[Drawn]) -> None:
        asyncio.run(lived(acts))

    holds()


async def counted(house: House, ledger: Ledger) -> None:
    """Hold what is on record against the ledger."""
    for key in PAIRS:
        pair = await house.pair(key)
        assert pair.meetings == ledger.meetings(key)
        if key in ledger.rhythm:
            assert str(pair.rhythm) == ledger.rhythm[key]


READ_IN_JUNE = {
    *((f"agreement: {words}", "noor", "ben") for words in TEXTS),
    *((f"agreement: {words}", "ines", "noor") for words in TEXTS),
    *((f"goal: {words}", "ben", "noor") for words in ("what", "why", "measure")),
    ("goal: help", "noor", "ben"),
    ("goal: help", "ines", "noor"),
    *((f"goal: {words}", "ines", "noor") for words in ("what", "why", "measure")),
    ("goal: a word", "noor", "ben"),
    ("meeting: correction", "ben", "noor"),
    *((f"meeting: {words}", *two) for words in ("notes", "next step") for two in EACH_WAY),
    ("appointment: place", "ben", "noor"),
    ("appointment: place", "ines", "noor"),
    ("next step", "noor", "ben"),
    ("next step", "ines", "noor"),
    ("something is in the way", "ben", "lena"),
    ("something is in the way", "noor", "lena"),
    *(("something is in the way, past the liaison", by, to) for by in ("noor", "ines") for to in ("ada", "lou")),
    ("why it ends", "ines", "lena"),
    *(("a new partner", "noor", to) for to in ("lena", "ada", "lou")),
}
READ_WITH_ANOTHER_LIAISON = {
    ("something is in the way", "ben", "lou"),
    ("why it ends, past the liaison", "noor", "ada"),
    ("why it ends, past the liaison", "noor", "lou"),
}
READ_AT_THE_END = {(words, *two) for words in ("growth", "thanks") for two in (("ben", "noor"), ("noor", "ben"))}
READ_IN_AUGUST = {("later", by, "ada") for by in ("ben", "noor")}  # Lou is their liaison by now


async def test_each_word_is_read_by_those_for_whom_it_is_meant(template: Template, tmp_path: Path) -> None:
    house, ledger = template.copied(tmp_path)
    known = set[tuple[str, str, str]]()

    async def newly_read(*acts: Act, days: int) -> set[tuple[str, str, str]]:
        await all_done(house, ledger, acts)
        await house.lives(days)
        await everybody_looks(house)
        new = house.cage.read - known
        known.update(new)
        return new

    async with running(house):
        assert await newly_read(days=4) == READ_IN_JUNE
        assert await newly_read(*ANOTHER_LIAISON, days=4) == READ_WITH_ANOTHER_LIAISON
        await house.goes_to(datetime(2018, 4, 18, 16, tzinfo=UTC))
        one, other = ((deeds.rounds_off, who, "noor-ben", 1, True) for who in ("noor", "ben"))
        assert await newly_read(one, days=0) == set()
        assert await newly_read(other, days=12) == READ_AT_THE_END
        await house.goes_to(datetime(2018, 8, 3, 16, tzinfo=UTC))
        later = ((deeds.looks_back, who, "noor-ben", 0, True) for who in ("ben", "noor"))
        assert await newly_read(*later, days=0) == READ_IN_AUGUST


async def test_what_was_said_past_the_liaison_is_not_read_by_a_coordinator_who_becomes_the_liaison_meanwhile(
    template: Template, tmp_path: Path
) -> None:
    house, ledger = template.copied(tmp_path)
    handed_over = [(deeds.is_handed_over, "noor", pair, 0, True) for pair in ("noor-ben", "ines-noor")]

    async with running(house):
        await all_done(house, ledger, tuple(handed_over))  # before anybody has heard what was said in June
        await house.lives(6)
        await everybody_looks(house)

    read = {(what, reader) for what, _, reader in house.cage.read}
    assert ("something is in the way, past the liaison", "ada") in read
    assert ("something is in the way, past the liaison", "lou") not in read
    assert {("something is in the way", "lou"), ("why it ends", "lou")} <= read


async def test_what_a_liaison_has_not_heard_yet_goes_along_with_the_pair_and_comes_back_with_it(
    template: Template, tmp_path: Path
) -> None:
    house, ledger = template.copied(tmp_path)
    there_and_back = [(deeds.is_handed_over, "noor", "noor-ben", 0, to_lou) for to_lou in (True, False)]

    async with running(house):
        await all_done(house, ledger, tuple(there_and_back))
        await house.lives(6)

    read = {(what, reader) for what, writer, reader in house.cage.read if writer == "ben"}
    assert ("something is in the way", "lena") in read
    assert ("something is in the way", "lou") not in read


async def test_nobody_gets_anywhere_by_a_button_or_a_form_that_only_others_were_shown(
    template: Template, tmp_path: Path
) -> None:
    house, _ = template.copied(tmp_path)
    async with running(house):
        await house.lives(3)
        shown = await everybody_looks(house)

    for key, others in OUTSIDE.items():
        messages = [one for one in house.ears.seen if slack_id(key) in one.slack_ids]
        entered = copied(house, tmp_path / f"{key}.sqlite3")
        async with running(entered):
            for other in others:
                await entered.knocks(other, [*messages, *shown[key]])
                await entered.judge()
