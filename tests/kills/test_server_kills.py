"""PostgreSQL itself is killed by kill -9 while messages go out, and started again: nothing lost, nothing twice."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.announcements import Announcement
from bot.domain.program import Role
from bot.usecases.announce import announce
from bot.usecases.load_program import load_program
from bot.wiring import Tandem, open_tandem
from tests.kills.nursery import live
from tests.kills.postmaster import Postmaster, postmaster
from tests.kills.program import BEFORE, MONDAY, TEAM, settings_for
from tests.kills.shelves import PostgresqlShelf
from tests.kills.slack import LeanSlack
from tests.kills.stubborn import work_on
from tests.kills.worker import Order
from tests.small_program import DESIGN, ROSTER, small_program

pytestmark = pytest.mark.slow

READERS = 50
ANNOUNCEMENTS = 4
CROWD = "".join(f"person,r{n},Reader {n},U0R{n},,America/Chicago,reader,,,,,,\n" for n in range(READERS))
# While the first copies of each announcement go out, in the middle, and at the end of all.
KILLED_AT = (3, 70, 125, 180, 200)


@pytest.fixture
def server_to_kill() -> Iterator[Postmaster]:
    """A PostgreSQL of this test's own."""
    with postmaster() as started:
        yield started


async def announce_to_crowd(tandem: Tandem) -> None:
    """Load a program with a crowd of readers, and let Ada announce several times."""
    program, roster = small_program(DESIGN, ROSTER + CROWD)
    async with tandem.store.begin() as records:
        workspace = await records.workspace(TEAM)
        await load_program(records, workspace.id, program, roster, BEFORE)
        (program,) = await records.programs(workspace.id)
        members = await records.members(program.id)
    ada = next(member for member in members if member.person.key == "ada")
    words = Announcement(program.id, ada.person.id, "", frozenset({Role.READER}), "", BEFORE)
    for number in range(ANNOUNCEMENTS):
        await announce(tandem.world, ada, replace(words, text=f"Number {number} of all.", token=str(number)))


async def test_when_the_database_server_is_killed_under_load_nothing_is_lost_and_nothing_said_twice(
    server_to_kill: Postmaster, slack: LeanSlack
) -> None:
    url = server_to_kill.url
    async with open_tandem(settings_for(url, slack.url), now=lambda: BEFORE) as tandem:
        await announce_to_crowd(tandem)
    restarts: list[asyncio.Task[None]] = []

    def kill_now_and_then(messages: int) -> None:
        if messages in KILLED_AT:
            server_to_kill.kill()
            restarts.append(asyncio.create_task(asyncio.to_thread(server_to_kill.start)))

    slack.when_taken = kill_now_and_then
    await live(Order(url, slack.url, (MONDAY,)), slack, None, work_on)
    await asyncio.gather(*restarts)

    copies = Counter(
        (person, next(number for number in range(ANNOUNCEMENTS) if f"Number {number} of all." in message["text"]))
        for person, messages in slack.messages.items()
        for message in messages
        if "of all." in message["text"]
    )
    charlie_and_crowd = {"U0CHARLIE", *(f"U0R{n}" for n in range(READERS))}
    assert copies == {(person, number): 1 for person in charlie_and_crowd for number in range(ANNOUNCEMENTS)}
    assert len(restarts) == len(KILLED_AT)
    assert in_slack(slack) == in_records(PostgresqlShelf(url))


def in_slack(slack: LeanSlack) -> set[str]:
    """The ids of all notes that arrived."""
    return {message["metadata"]["event_payload"]["id"] for all_ in slack.messages.values() for message in all_}


def in_records(shelf: PostgresqlShelf) -> set[str]:
    """The ids of all notes that are recorded as sent; none is in doubt."""
    assert shelf.rows("SELECT id FROM notes WHERE state IN ('sending', 'unknown')") == []
    return {note_id for (note_id,) in shelf.rows("SELECT id FROM notes WHERE state = 'sent'")}
