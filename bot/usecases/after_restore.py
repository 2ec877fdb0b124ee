"""After restore: find out what went out since a backup was made, so that nothing of it is said again.

A restored database does not know what happened later. Slack does: each note carries the marks of what it says. So the
conversations are read, from the last sign of life in the records on, and what stands there is never said again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.notes import Later, Unreadable
from bot.domain.people import Person
from bot.usecases.ports import Store, Workspace
from bot.usecases.wake_workspaces import RESTORED
from bot.usecases.world import World

EARLIER = timedelta(hours=1)  # what was under way when the backup was made
BEGINNING = datetime(2013, 8, 1, tzinfo=UTC)  # before there was a Slack


Patience = Callable[[Later, int], Awaitable[bool]]
Tell = Callable[[int, int], None]


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


async def no_patience(later: Later, tries: int) -> bool:
    """Do not wait for a Slack that has no time."""
    return False


async def mark_restored(store: Store, now: datetime) -> None:
    """Say of all workspaces that their records are a restored backup's: nothing is sent until `after_restore`."""
    async with store.begin() as records:
        for workspace in await records.workspaces():
            await records.stop_workspace(workspace.id, RESTORED, now)


async def after_restore(world: World, patience: Patience = no_patience, tell: Tell = lambda done, of: None) -> Heard:
    """Read all conversations and remember what was said; then let the workspaces be sent to. Safe to call again.

    As long as a conversation may yet be read (`later`), nothing is sent to its workspace. `patience` is asked, with
    what Slack said and how often it was tried, whether to try once more, and waits before it says yes; `tell` hears
    how many people of how many are done.
    """
    heard = Heard()
    await mark_restored(world.store, world.now())
    async with world.store.begin() as records:
        workspaces = await records.workspaces()
    for workspace in workspaces:
        await _hear(world, workspace, heard, patience, tell)
    return heard


async def _hear(world: World, workspace: Workspace, heard: Heard, patience: Patience, tell: Tell) -> None:
    async with world.store.begin() as records:
        since = (await records.last_sign(workspace.id) or BEGINNING) - EARLIER
        people = [person for person in await records.people(workspace.id) if person.slack_id]
    waiting = len(heard.later)
    for number, person in enumerate(people):
        tell(number, len(people))
        later = await _hear_one(world, workspace, person, since, heard, patience)
        if later is not None and later.cause != "answer":  # it is about Slack, not about this one conversation
            heard.later += people[number:]
            return
        heard.later += [person] if later is not None else []
    tell(len(people), len(people))
    if len(heard.later) == waiting:
        async with world.store.begin() as records:
            await records.start_workspace(workspace.id)


async def _hear_one(
    world: World, workspace: Workspace, person: Person, since: datetime, heard: Heard, patience: Patience
) -> Later | None:
    """Read one conversation; return what Slack said if it has to be read another time."""
    tries = 0
    while isinstance(found := await world.courier.marks_since(str(person.slack_id), person.channel, since), Later):
        tries += 1
        if not await patience(found, tries):
            return found
    if isinstance(found, Unreadable):
        heard.unreadable.append(person)
        return None
    heard.read += 1
    heard.marks += len(found)
    async with world.store.begin() as records:
        await records.put_heard(workspace.id, person.id, found, world.now())
    return None
