"""`tandem doctor --after-restore`: find out what went out since a backup was made, and let Tandem send again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime

from rich.console import Console
from rich.progress import Progress

from bot.domain.notes import Later
from bot.domain.people import Person
from bot.settings import Settings, SettingsWrong
from bot.usecases.after_restore import Heard, after_restore
from bot.wiring import open_tandem, team_of

MOST_TRIES, LONGEST_WAIT_SECONDS = 5, 120.0
NO_TOKEN = (
    "SLACK_BOT_TOKEN: missing. What went out since the backup stands in Slack only, and Tandem has to read it there; "
    "nothing is sent until then."
)

Sleep = Callable[[float], Awaitable[None]]


async def recover(
    settings: Settings, console: Console, *, now: Callable[[], datetime] | None = None, sleep: Sleep = asyncio.sleep
) -> Heard:
    """Read the conversations, and show how far it is. Raises SettingsWrong without a token that Slack takes.

    `now` is somebody else's clock, and `sleep` how to wait for a Slack that is busy.
    """
    if not settings.bot_token:
        raise SettingsWrong(NO_TOKEN)
    async with open_tandem(settings, now) as tandem:
        await team_of(tandem.client, settings)
        with Progress(console=console, transient=True) as bar:
            reading = Reading(bar, tandem.world.now, sleep)
            return await after_restore(tandem.world, reading.wait, reading.show)


class Reading:
    """The bar that shows how far the reading is, and the patience with a Slack that is busy."""

    def __init__(self, bar: Progress, now: Callable[[], datetime], sleep: Sleep) -> None:
        self.bar = bar
        self.now = now
        self.sleep = sleep
        self._task = bar.add_task("Reading what went out", total=None)

    def show(self, done: int, of: int) -> None:
        """Show how many conversations of how many are read."""
        self.bar.update(self._task, completed=done, total=of)

    async def wait(self, later: Later, tries: int) -> bool:
        """Wait as long as Slack asks, a few times."""
        if tries >= MOST_TRIES:
            return False
        seconds = min(max((later.until - self.now()).total_seconds(), 1.0), LONGEST_WAIT_SECONDS)
        self.bar.console.print(f"Slack asks for {seconds:.0f} seconds of patience ({later.reason}).")
        await self.sleep(seconds)
        return True


def sentences(heard: Heard) -> Iterator[str]:
    """Say what was found, and what is to be done."""
    yield f"Read {_conversations(heard.read)}: {heard.marks} things that were said there are not said again."
    if heard.unreadable:
        yield (
            f"Can never be read: {_names(heard.unreadable)}. Slack shows Tandem no conversation with them "
            "(im:history or im:write is missing, or the account is closed); what they were told since the backup may "
            "come once more."
        )
    if heard.whole:
        yield "Tandem sends again."
    else:
        yield (
            f"Not read yet: {_names(heard.later)}. Slack is busy or cannot be reached. Nothing is sent until they are "
            "read: run `tandem doctor --after-restore` once more in a few minutes."
        )


def _conversations(count: int) -> str:
    return "1 conversation" if count == 1 else f"{count} conversations"


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.name for person in people)
