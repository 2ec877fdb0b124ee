"""`tandem`: what a coordinator or an operator types."""

import asyncio
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.exc import DBAPIError

from bot.content.designs import read_program
from bot.content.problems import FilesRefused, Problem
from bot.content.rosters import Roster, read_roster
from bot.content.shipped import names, shipped_program
from bot.domain.days import Span
from bot.domain.errors import RuleBroken
from bot.domain.program import Program, usual_windows
from bot.process import run_process
from bot.rehearsal.behaviors import Behavior
from bot.rehearsal.output import Form, printed
from bot.rehearsal.year import rehearse as play_year
from bot.settings import Settings, SettingsWrong, read_settings
from bot.store.backup import NoCopy
from bot.usecases.ports import RecordsAway

FAILED, WRONG_USE = 1, 2

app = typer.Typer(
    help="Tandem carries a formal mentoring program in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ProgramFile = Annotated[Path, typer.Argument(help="The program's design (TOML), or the name of one that is shipped.")]
RosterFile = Annotated[
    Path | None,
    typer.Argument(help="People and pairs (CSV). May be left out for a shipped design.", show_default=False),
]


def main() -> None:
    """Run the command line; what goes wrong is one line that says what to do."""
    try:
        app()
    except FilesRefused as refused:
        raise _stop(str(refused), FAILED) from None
    except (SettingsWrong, RuleBroken) as wrong:
        raise _stop(str(wrong)) from None
    except NoCopy as none:
        raise _stop(str(none), FAILED) from None
    except (DBAPIError, RecordsAway) as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).partition("\n")[0]
        raise _stop(f"The database cannot be used ({reason}): check DATABASE_URL", FAILED) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is; 0 takes any free port.")] = 8017,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Begin anew on this day."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew instead of where the last demo ended.")] = False,
    faults: Annotated[
        float, typer.Option(min=0, max=0.5, help="Break Slack on purpose: this part of all calls and deliveries fails.")
    ] = 0.0,
    seed: Annotated[int, typer.Option(min=0, help="The throw of the dice that says which of them fail.")] = 0,
) -> None:
    """Try Tandem in your browser: no Slack account, nothing leaves this machine."""
    from bot.demo import run_demo  # the playground is only needed here

    try:
        asyncio.run(
            run_demo(port, day.date() if day else None, open_page=browser, fresh=fresh, faults=faults, seed=seed)
        )
    except OSError as error:
        raise _stop(f"The demo cannot listen on port {port} ({error.strerror}): try --port 0", FAILED) from None


@app.command()
def playground(
    manifest: Annotated[Path, typer.Option(help="The app's manifest (YAML or JSON).", show_default=False)],
    people: Annotated[
        Path | None, typer.Option(help="People and channels (TOML); a few are made up without it.", show_default=False)
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is; 0 takes any free port.")] = 8018,
    request_url: Annotated[
        str | None, typer.Option(help="Reach the app by HTTP, on this machine, instead of Socket Mode.")
    ] = None,
    day: Annotated[
        datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Begin on this day, not now.")
    ] = None,
    speed: Annotated[float, typer.Option(min=0, max=86_400, help="Seconds of its clock to each real one.")] = 1.0,
    stand: Annotated[bool, typer.Option("--stand", help="Let the clock stand until somebody moves it.")] = False,
    limits: Annotated[bool, typer.Option(help="Answer 429 where Slack would.")] = True,
    browser: Annotated[bool, typer.Option(help="Open the page.")] = True,
    state: Annotated[Path | None, typer.Option(help="Go on from this file, and keep everything there.")] = None,
) -> None:
    """Try any Bolt app in a Slack of our own: prints the tokens and the environment for it."""
    from bot.manifest import parse_manifest
    from bot.playground.alone import Plan, run_alone
    from bot.playground.people_file import Cast, read_people

    try:
        plan = Plan(
            manifest=parse_manifest(manifest),
            cast=read_people(people) if people else Cast(),
            port=port,
            request_url=request_url,
            day=day.date() if day else None,
            speed=0 if stand else speed,
            limits=limits,
            open_page=browser,
            state=state,
        )
        asyncio.run(run_alone(plan, typer.echo))
    except ValueError as wrong:  # a file or an address that cannot be used: the sentence says why
        raise _stop(str(wrong)) from None
    except OSError as error:
        raise _stop(f"The playground cannot listen on port {port} ({error.strerror}): try --port 0", FAILED) from None


@app.command()
def run() -> None:
    """Serve a workspace: bot and scheduler in one process. Reads the settings from the environment."""
    from scheduler.together import serve_and_tick

    raise SystemExit(run_process(serve_and_tick))


@app.command()
def load(program: ProgramFile, roster: RosterFile = None) -> None:
    """Check a program and its roster wholly, then load them; loading again changes only what changed."""
    design, people = _read_files(program, roster)
    for sentence in asyncio.run(_load(read_settings(), design, people)):
        typer.echo(sentence)


@app.command()
def rehearse(
    program: ProgramFile,
    roster: RosterFile = None,
    behavior: Annotated[
        Behavior, typer.Option(help="Nobody acts, all do what is asked, begin slowly or pause, or as in life.")
    ] = (Behavior.SILENT),
    form: Annotated[Form, typer.Option("--format", help="To read, or one JSON object a line.")] = Form.TEXT,
    person: Annotated[str, typer.Option("--for", help="Only what this person (key or name) would get.")] = "",
    content: Annotated[
        Path | None, typer.Option(help="A folder with prompts or activities of your own.", show_default=False)
    ] = None,
) -> None:
    """Show every message of the year before it begins, without Slack and without the database."""
    from bot.wiring import make_composer

    design, people = _read_files(program, roster)
    messages = play_year(design, people, behavior, make_composer(content))
    if person:
        key = _person_key(people, person)
        messages = [message for message in messages if message.to == key]
    _print(printed(form, messages, {one.key: one.name for one in people.people}))


@app.command()
def check_content(
    folder: Annotated[Path, typer.Argument(help="It has prompts/<phase>.toml or activities.toml, or both.")],
) -> None:
    """Check prompts and activities of your own, for TANDEM_CONTENT; every mistake with its file, line and reason."""
    from bot.content.own_content import load_content, own_files

    content = load_content(folder)
    prompts, activities = len(content.prompts.all), len(content.activities)
    typer.echo(f"Read: {', '.join(own_files(folder))}.")
    typer.echo(f"All is well: {prompts} prompts, {activities} activities. What {folder} does not have is Tandem's own.")


@app.command()
def migrate() -> None:
    """Bring the database up to this release; safe to run again."""
    from bot.wiring import open_store

    async def bring_up() -> None:
        async with open_store(read_settings().database_url):
            pass

    asyncio.run(bring_up())
    typer.echo("The database is up to date.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The copy; a new file.", show_default=False)],
) -> None:
    """Copy the records into a file, while Tandem runs (SQLite)."""
    from bot.store.backup import back_up, records_file

    records = records_file(read_settings().database_url, f'pg_dump --format=custom --file={file} "$DATABASE_URL"')
    back_up(records, file)
    typer.echo(f"{file} holds the records as they were at this moment. Keep it as private as the records themselves.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `tandem backup` has made.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a copy in the place of the records, while Tandem does not run (SQLite)."""
    from bot.clock import wall_clock
    from bot.store.backup import look_at, put_back, records_file
    from bot.usecases.after_restore import mark_restored
    from bot.wiring import open_store

    async def bring_up(copy: Path) -> None:
        async with open_store(f"sqlite:///{copy}") as (_, store):
            await mark_restored(store, wall_clock())

    records = records_file(read_settings().database_url, f'pg_restore --clean --dbname="$DATABASE_URL" {file}')
    look_at(file)
    if not yes:
        typer.confirm(f"Put {file} in the place of {records}? What is there now is set aside", abort=True)
    aside = put_back(file, records, wall_clock(), lambda copy: asyncio.run(bring_up(copy)))
    typer.echo(f"{records} holds the records of {file} now." + (f" The replaced ones are in {aside}." if aside else ""))
    typer.echo("Before you start Tandem, run `tandem doctor --after-restore`: what went out since is not sent again.")


@app.command()
def doctor(
    after_restore: Annotated[
        bool,
        typer.Option(
            "--after-restore",
            help="Read in Slack what went out since the backup that was restored, so that nothing is said twice.",
        ),
    ] = False,
) -> None:
    """Look at settings, database, Slack and messages; exit with 1 when something needs a person.

    After a backup was restored, nothing is sent until --after-restore has read every conversation that can be read.
    It may be run again, and exits with 1 while some are still to be read.
    """
    from bot.doctor import examine

    if after_restore:
        _recover(read_settings())
        return
    findings = asyncio.run(examine(read_settings()))
    for finding in findings:
        typer.echo(str(finding))
    if any(finding.needs_a_person for finding in findings):
        raise SystemExit(FAILED)


def _recover(settings: Settings) -> None:
    from rich.console import Console

    from bot.recovery import recover, sentences

    heard = asyncio.run(recover(settings, Console()))
    for sentence in sentences(heard):
        typer.echo(sentence)
    if not heard.whole:
        raise SystemExit(FAILED)


# -- files -------------------------------------------------------------------------------------------------------------


def _read_files(program: Path, roster: Path | None) -> tuple[Program, Roster]:
    """Read both files; every mistake in both is told at once."""
    program, roster = _paths(program, roster)
    try:
        design = read_program(program)
    except FilesRefused as refused:
        raise FilesRefused([*refused.problems, *_mistakes_in(roster)]) from None
    return design, read_roster(roster, None, design)


def _mistakes_in(roster: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a roster whatever its program is, whose dates cannot be told yet."""
    any_time = Span(date(1900, 1, 1), date(2999, 12, 31))
    stand_in = Program("", "", "", ZoneInfo("UTC"), any_time, usual_windows(any_time))
    try:
        read_roster(roster, None, stand_in)
    except FilesRefused as refused:
        return refused.problems
    return ()


def _paths(program: Path, roster: Path | None) -> tuple[Path, Path]:
    if roster is None and str(program) in names():
        return shipped_program(str(program))
    if roster is None:
        raise _stop(
            f"Name the roster as well: {program} ROSTER.csv, or one of the shipped designs: {', '.join(names())}"
        )
    for path in (program, roster):
        if not path.is_file():
            raise _stop(f"{path}: no such file")
    return program, roster


def _person_key(roster: Roster, wanted: str) -> str:
    for person in roster.people:
        if wanted.casefold() in (person.key.casefold(), person.name.casefold()):
            return person.key
    raise _stop(f'"{wanted}" is not in the roster: give a key such as {roster.people[0].key}')


async def _load(settings: Settings, program: Program, roster: Roster) -> tuple[str, ...]:
    from bot.clock import wall_clock
    from bot.slack.directory import SlackDirectory
    from bot.usecases.find_people import address
    from bot.usecases.load_program import load_program
    from bot.wiring import open_client, open_store, team_of

    team_id = ""
    async with open_store(settings.database_url) as (_, store):
        if settings.bot_token:
            async with open_client(settings) as client:
                team_id = await team_of(client, settings)
                roster = await address(roster, SlackDirectory(client))
        async with store.begin() as records:
            workspace = await records.workspace(team_id)
            loaded = await load_program(records, workspace.id, program, roster, wall_clock())
    return loaded.sentences


# -- small things ------------------------------------------------------------------------------------------------------


def _print(lines: Iterable[str]) -> None:
    """Write lines; a reader who has seen enough (`| head`) is no error."""
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()


def _stop(sentence: str, code: int = WRONG_USE) -> SystemExit:
    """Say what to do, and return what ends the command."""
    typer.echo(sentence, err=True)
    return SystemExit(code)


if __name__ == "__main__":
    main()
