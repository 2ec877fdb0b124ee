"""`tandem demo`: the sample program in a Slack of our own, with the real bot, scheduler and database."""

import asyncio
import json
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from platformdirs import user_data_path
from pydantic import SecretStr

from bot.content.designs import read_program
from bot.content.rosters import Roster, read_roster
from bot.content.shipped import shipped_program
from bot.domain.days import wall
from bot.domain.program import Program, Role
from bot.logs import set_up_logs
from bot.manifest import read_manifest
from bot.playground import Hooks, Member, Playground, Room
from bot.playground.alone import until_told
from bot.rehearsal.year import with_addresses
from bot.settings import Settings
from bot.usecases.load_program import load_program
from bot.wiring import Tandem, open_tandem, serve
from scheduler.__main__ import tick_until_told
from scheduler.jobs import tick

SAMPLE = "alcts-2017"
OPENS_AT = time(8, 55)  # five minutes before the first message: a newcomer sees it arrive
TICK_SECONDS = 0.5
ANEW = "Tandem keeps records of its own beside these conversations. To begin anew, stop the demo and add --fresh."
BROKEN_SPEED = 60.0  # so that the two minutes after which a message is looked up pass while one watches
STRANGER = Member("U17STRANGER", "robin", "Robin Visitor", title="not in the program", tz="America/Chicago")


async def run_demo(
    port: int, day: date | None, *, open_page: bool, fresh: bool, faults: float = 0.0, seed: int = 0
) -> None:
    """Run the demo until it is told to stop (Ctrl-C); the next one on the same port goes on from there.

    With a `day`, or `fresh`, it begins anew. With `faults`, about that part of all calls and deliveries goes wrong, as
    `seed` throws the dice, and the clock runs. Raises OSError when the port is taken.
    """
    set_up_logs("WARNING", "text")
    program, roster = sample()
    playground = playground_for(program, roster, day, port)
    anew = fresh or day is not None
    async with (
        playground,
        kept_between(playground, port, anew=anew) as database,
        running(playground, program, roster, database),
        broken(playground, faults, seed),
    ):
        typer.echo(f"Tandem's demo is at {playground.url}  (Ctrl-C ends it)")
        if open_page:
            webbrowser.open(playground.url)
        await until_told()


@asynccontextmanager
async def broken(playground: Playground, faults: float, seed: int) -> AsyncIterator[None]:
    """Let this Slack break on purpose, once all is set up, until the block ends."""
    if faults:
        typer.echo(
            f"This Slack breaks on purpose: about {faults:.1%} of all calls and deliveries (seed {seed}). Its "
            "clock runs, a minute a second; the inspector (</>) shows each fault, and how Tandem recovers."
        )
        playground.storm(faults, seed)
        playground.run_clock(BROKEN_SPEED)
    try:
        yield
    finally:
        playground.faults.clear()


def sample() -> tuple[Program, Roster]:
    """Read the sample program and its roster."""
    program_file, roster_file = shipped_program(SAMPLE)
    program = read_program(program_file)
    return program, with_addresses(read_roster(roster_file, None, program))


def playground_for(program: Program, roster: Roster, day: date | None = None, port: int = 0) -> Playground:
    """Lay out a Slack for the people of a program, early on `day` (its first, if none is named); it has not started."""
    everybody = [*members_of(roster, program), STRANGER]
    return Playground(
        dict(read_manifest().raw),
        everybody,
        rooms=[Room("C17LOUNGE", "lounge", tuple(one.id for one in everybody), topic="Anything but the program")],
        now=wall(day or program.span.first, OPENS_AT, program.zone),
        port=port,
        team_name=program.name,
        zone=program.zone.key,
    )


@asynccontextmanager
async def kept_between(playground: Playground, port: int, *, anew: bool) -> AsyncIterator[Path]:
    """Take up conversations and records where the last demo on this port put them down; give the records' file.

    Whatever ends a demo uncleanly makes the next one begin anew: records and conversations would not fit together.
    """
    with TemporaryDirectory() as nowhere:
        folder = user_data_path("tandem", appauthor=False) / f"demo-{port}" if port else Path(nowhere)
        folder.mkdir(parents=True, exist_ok=True)
        conversations, database = folder / "conversations.json", folder / "tandem.sqlite3"
        if not anew and _taken_up(playground, conversations):
            typer.echo(f"Going on from {playground.clock.now():%B %d, %Y}; --fresh begins anew.")
        else:
            for old in folder.glob("tandem.sqlite3*"):
                old.unlink()
        conversations.unlink(missing_ok=True)
        yield database
        conversations.write_text(json.dumps(playground.save()), encoding="utf8")


def _taken_up(playground: Playground, conversations: Path) -> bool:
    """Take up what an earlier demo kept; say whether there was anything, and anything that this release can read."""
    if not conversations.exists():
        return False
    try:
        playground.restore(json.loads(conversations.read_text(encoding="utf8")))
    except ValueError:
        typer.echo("The last demo was kept by another release, so this one begins anew.")
        return False
    return True


@asynccontextmanager
async def running(
    playground: Playground, program: Program, roster: Roster, database: Path, *, ticking: bool = True
) -> AsyncIterator[Tandem]:
    """Run bot and scheduler against `playground`, by its clock, with the program loaded.

    Not `ticking`: only when the clock is moved is there a look at what is due.
    """
    settings = Settings(
        _env_file=None,  # a real workspace's settings have no say here
        slack_signing_secret=None,
        slack_bot_token=SecretStr(playground.bot_token),
        slack_app_token=SecretStr(playground.app_token),
        slack_api_url=playground.api_url,
        database_url=f"sqlite:///{database}",
    )
    stop = asyncio.Event()
    async with open_tandem(settings, playground.clock.now) as tandem:
        await load_sample(tandem, playground, program, roster)
        playground.hooks = Hooks(lambda: next_due(tandem), lambda: tick(tandem), often_silent=True, anew=ANEW)
        async with serve(tandem, settings):
            beat = settings.model_copy(update={"tandem_tick_seconds": TICK_SECONDS})
            beating = asyncio.create_task(tick_until_told(tandem, beat, stop)) if ticking else None
            try:
                yield tandem
            finally:
                playground.hooks = None  # a clock that runs must not ask a bot that has gone
                stop.set()
                if beating:
                    await beating


async def load_sample(tandem: Tandem, playground: Playground, program: Program, roster: Roster) -> None:
    """Write the sample into the records, as `tandem load` would."""
    async with tandem.store.begin() as records:
        workspace = await records.workspace(playground.team_id)
        await load_program(records, workspace.id, program, roster, playground.clock.now())


async def next_due(tandem: Tandem) -> datetime | None:
    """Return when Tandem has something to look at or to send next."""
    async with tandem.store.begin() as records:
        return await records.next_due()


def members_of(roster: Roster, program: Program) -> list[Member]:
    """Give everybody of the roster an account, with their part in the program under their name."""
    watching = {pair.liaison for pair in roster.pairs}
    return [
        Member(
            id=str(person.slack_id),
            name=person.key,
            real_name=person.name,
            email=person.email,
            tz=(person.zone or program.zone).key,
            title=", ".join(role.value for role in Role if role in person.roles),
            is_admin=Role.COORDINATOR in person.roles and person.key not in watching,
        )
        for person in roster.people
    ]
