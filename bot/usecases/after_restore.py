"""After restore: find out what went out since a backup was made, so that nothing of it is said again.

A restored database does not know what happened later. Slack does: each note carries the marks of what it says. So the
conversations are read, from the last sign of life in the records on, and what stands there is never said again.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.notes import Later, Unreadable
from bot.domain.people import Person
from bot.usecases.ports import Workspace
from bot.usecases.world import World

EARLIER = timedelta(hours=1)  # what was under way when the backup was made
BEGINNING = datetime(2013, 8, 1, tzinfo=UTC)  # before there was a Slack


@dataclass(slots=True)
class Heard:
    """What the conversations told: how many were read, how many marks were found, and whose cannot be read."""

    read: int = 0
    marks: int = 0
    unreadable: list[Person] = field(default_factory=list)
    later: list[Person] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Tell whether everything that can be read was read; else it is to be done once more."""
        return not self.later


async def after_restore(world: World) -> Heard:
    """Read all conversations and remember what was said; then let the workspaces be sent to. Safe to call again.

    As long as a conversation may yet be read (`later`), nothing is sent to its workspace.
    """
    heard = Heard()
    async with world.store.begin() as records:
        workspaces = await records.workspaces()
    for workspace in workspaces:
        await _hear(world, workspace, heard)
    return heard


async def _hear(world: World, workspace: Workspace, heard: Heard) -> None:
    async with world.store.begin() as records:
        since = (await records.last_sign(workspace.id) or BEGINNING) - EARLIER
        people = await records.people(workspace.id)
    waiting = len(heard.later)
    for person in people:
        if person.slack_id:
            await _hear_one(world, workspace, person, since, heard)
    if len(heard.later) == waiting:
        async with world.store.begin() as records:
            await records.start_workspace(workspace.id)


async def _hear_one(world: World, workspace: Workspace, person: Person, since: datetime, heard: Heard) -> None:
    found = await world.courier.marks_since(str(person.slack_id), person.channel, since)
    match found:
        case Unreadable():
            heard.unreadable.append(person)
        case Later():
            heard.later.append(person)
        case _:
            heard.read += 1
            heard.marks += len(found)
            async with world.store.begin() as records:
                await records.put_heard(workspace.id, person.id, found, world.now())
