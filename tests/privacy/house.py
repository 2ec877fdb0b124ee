"""A program year on a file: who is in it, what they do, what they see, and a process that may end at any moment."""

import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.content.prompts import load_prompts
from bot.content.words import load_words
from bot.domain.errors import RuleBroken
from bot.domain.people import Member, Pair, Person
from bot.slack.post import SlackCourier
from bot.slack.progress import progress_blocks
from bot.slack.visit import Visit
from bot.store import SqlStore, make_engine
from bot.store.migrate import upgrade
from bot.store.tables import notes, nudges
from bot.usecases.compose_note import Composer
from bot.usecases.load_program import load_program
from bot.usecases.plan_nudges import plan_nudges
from bot.usecases.send_notes import send_notes
from bot.usecases.world import World
from tests.privacy.canaries import EVERYBODY, PAIRS, Cage
from tests.privacy.ears import Ears, Seen
from tests.privacy.knocking import Knocking
from tests.small_program import DESIGN, ROSTER, small_program

TEAM = "T0TANDEM"
BEGINS = datetime(2017, 6, 16, 15, tzinfo=UTC)  # a Friday, 10:00 in Chicago
THE_DESIGN = f"""{DESIGN}
[pairs]
follow_up_months = 3

[[key_dates]]
key = "annual"
name = "Annual Meeting"
from = 2017-07-10
to = 2017-07-14
meet = true
"""
THE_ROSTER = f"{ROSTER}person,lou,Lou Keller,U0LOU,,America/Chicago,liaison coordinator,,,,,,\n"
COMPOSER = Composer(load_words(), load_prompts())
KNOCKING = Knocking()
TYPED = ("/goal", "/goal story 1", "/goal story 2", "/checkin list", "/agreement")
WITHOUT_EFFECT = frozenset(KNOCKING.words) - {"resume", "together", "find"}
# What only shows something; who sees these buttons presses them, and reads what comes.
LOOKS = frozenset(
    {
        *("open_goals", "goal_story", "change_goal", "goal_word", "open_steps", "change_step"),
        *("open_meeting", "edit_meeting", "correct_meeting", "plan_meeting"),
        *("open_agreement", "agreement_version", "change_agreement"),
        *("open_ending", "open_rematch", "open_rematches", "open_closing", "open_handover", "move_phase"),
        *("caseload", "why_note", "open_ideas"),
    }
)


async def build_house(file: Path) -> None:
    """Write the program into a new file of records."""
    engine = make_engine(f"sqlite:///{file}")
    await upgrade(engine)
    program, roster = small_program(THE_DESIGN, THE_ROSTER)
    async with SqlStore(engine).begin() as records:
        workspace = await records.workspace(TEAM)
        await load_program(records, workspace.id, program, roster, BEGINS)
    await engine.dispose()


@dataclass
class House:
    """Where it all happens. `cage` judges all that anybody sees."""

    file: Path
    now: datetime = BEGINS
    cage: Cage = field(default_factory=Cage)
    ears: Ears = field(default_factory=Ears)
    engine: AsyncEngine = field(init=False)
    world: World = field(init=False)
    workspace_id: str = ""
    judged: int = 0
    logged: list[Any] = field(default_factory=list)
    looking: dict[str, tuple[Member, ...]] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=count)

    # -- the process ----------------------------------------------------------------------------------------------

    async def opens(self) -> None:
        """Begin a process on what is on record."""
        self.engine = make_engine(f"sqlite:///{self.file}")
        store = SqlStore(self.engine)
        courier = SlackCourier(self.ears, lambda: self.now, progress_blocks, self.steady)
        self.world = World(store, courier, COMPOSER, lambda: self.now, self.new_id, self.steady, chance=lambda: 0.5)
        async with store.begin() as records:
            self.workspace_id = (await records.workspace(TEAM)).id

    async def closes(self) -> None:
        """End the process: nothing is left but the file."""
        await self.engine.dispose()

    async def restarts(self) -> None:
        """End the process and begin another one."""
        await self.closes()
        await self.opens()

    def steady(self) -> float:
        """A clock that goes forward with the other one."""
        return self.now.timestamp()

    def new_id(self) -> str:
        """Return the id of the next note."""
        return f"note-{next(self.ids)}"

    async def tick(self) -> None:
        """Plan and send until nothing is due; then hold all that was said against the table."""
        for _ in range(40):
            planned = await plan_nudges(self.world.store, COMPOSER.prompts.all, self.now)
            if not planned and not await send_notes(self.world):
                break
        else:
            raise AssertionError("a busy loop")
        await self.judge()

    async def lives(self, days: int) -> None:
        """Let days pass: each has a morning in Chicago, and one in Guam."""
        for _ in range(days):
            self.now = self.now.replace(hour=16) + timedelta(days=1)
            await self.tick()
            self.now = self.now.replace(hour=23)
            await self.tick()

    async def goes_to(self, moment: datetime) -> None:
        """Let time pass while the scheduler is down; then tick."""
        self.now = moment
        await self.tick()

    # -- who is here ----------------------------------------------------------------------------------------------

    async def members(self, key: str) -> tuple[Member, ...]:
        """Return what somebody is, as a door looks them up; while they only look, once."""
        if self.looking and key in self.looking:
            return self.looking[key]
        async with self.world.store.begin() as records:
            return await records.members_of_slack_user(self.workspace_id, slack_id(key))

    async def person(self, key: str) -> Person:
        """Return somebody."""
        return (await self.members(key))[0].person

    async def pair(self, key: str) -> Pair:
        """Return a pair."""
        (member,) = await self.members(PAIRS[key][0])
        return next(pair for pair in member.pairs if pair.key == key)

    def today(self) -> date:
        """The date in Chicago, or nearly."""
        return (self.now - timedelta(hours=6)).date()

    # -- what they see --------------------------------------------------------------------------------------------

    async def visit(self, key: str, **body: Any) -> Visit:
        """Let somebody come to a door."""
        self.ears.looking = slack_id(key)
        whole = {"trigger_id": "1.2", "user": {"id": slack_id(key)}, **body}
        members = await self.members(key)
        notice = body.get("event") or {}
        return Visit(self.world, self.ears, whole, self.workspace_id, slack_id(key), members, None, notice)

    async def comes(self, screen: Any, key: str, **body: Any) -> None:
        """Let somebody use a door; what they are refused with, they read as well."""
        visit = await self.visit(key, **body)
        try:
            view = await screen(visit)
            for call in visit.later:
                await call()
        except RuleBroken as refused:
            self.ears.seen.append(Seen(frozenset({slack_id(key)}), "refused", {"text": str(refused)}))
        else:
            if isinstance(view, dict):
                self.ears.seen.append(Seen(frozenset({slack_id(key)}), "view", {"view": view}))

    async def types(self, key: str, line: str) -> None:
        """Type a slash command."""
        command, _, text = line.partition(" ")
        word = KNOCKING.words.get(text.split()[0]) if command == "/mentoring" and text else None
        screen = word.screen if word else KNOCKING.commands[command]
        await self.comes(screen, key, command=command, text=text)

    async def presses(self, key: str, element: dict[str, Any], seen: Seen) -> None:
        """Press a button, or choose in a menu, that stands in `seen`: one's own, or somebody else's."""
        screen = KNOCKING.for_action(element["action_id"])
        if screen is None or element["type"] == "plain_text_input":
            return
        for action in _actions(element):
            await self.comes(screen, key, actions=[action], **_around(seen))

    async def looks_around(self, key: str) -> list[Seen]:
        """Let somebody open all that there is for them, and each thing that a button of it opens."""
        begun = len(self.ears.seen)
        self.looking = {key: await self.members(key)}
        await self.comes(KNOCKING.events["app_home_opened"], key, event={"type": "app_home_opened", "tab": "home"})
        hello = {"type": "message", "channel_type": "im", "text": "hello"}
        await self.comes(KNOCKING.events["message"], key, event=hello)
        for line in (*TYPED, *(f"/mentoring {word}" for word in WITHOUT_EFFECT)):
            await self.types(key, line)
        pressed = set[tuple[str, str]]()
        for _ in range(2):
            for seen in [one for one in self.ears.seen[begun:] if slack_id(key) in one.slack_ids]:
                for element in seen.elements():
                    name = (element["action_id"], str(element.get("value", "")))
                    if name[0].partition(":")[0] in LOOKS and name not in pressed:
                        pressed.add(name)
                        await self.presses(key, element, seen)
        self.looking = {}
        return self.ears.seen[begun:]

    async def knocks(self, key: str, others: Sequence[Seen]) -> None:
        """Let somebody press each button, and send each form, that only others were shown."""
        for seen, element in _different(others):
            await self.presses(key, element, seen)
        for callback, seen in {str(one.surface.get("callback_id")): one for one in others}.items():
            if callback in KNOCKING.forms:
                view = {**seen.surface, "id": "V1", "hash": "h", "state": {"values": _filled(seen)}}
                await self.comes(KNOCKING.forms[callback], key, view=view)

    async def judge(self) -> None:
        """Hold all that was seen since against the table, and what lies on the way against it, too."""
        names = {slack_id(key): key for key in EVERYBODY}
        for seen in self.ears.seen[self.judged :]:
            for one in seen.slack_ids:
                self.cage.check(names[one], seen.text, f"{seen.method} {seen.text[:600]}")
        self.judged = len(self.ears.seen)
        async with self.engine.connect() as connection:
            for table in (nudges, notes):
                rows = (await connection.execute(select(table))).all()
                self.cage.check_nobody(map(str, rows), table.name)
        self.cage.check_nobody(map(str, self.logged), "the log")
        assert not [line for line in self.logged if line["log_level"] == "error"], self.logged
        self.logged.clear()
        assert len(self.ears.marks) == len(set(self.ears.marks)), "somebody was told the same twice"


def slack_id(key: str) -> str:
    """Return somebody's Slack id."""
    return f"U0{key.upper()}"


def _actions(element: dict[str, Any]) -> list[dict[str, Any]]:
    named: dict[str, Any] = {name: element[name] for name in ("action_id", "block_id", "type") if name in element}
    if element["type"] == "button":
        return [{**named, "value": element.get("value", "")}]
    if element["type"] == "datepicker":
        return [{**named, "selected_date": "2017-09-01"}]
    return [{**named, "selected_option": option} for option in element.get("options", [])[:2]]


def _different(others: Sequence[Seen]) -> list[tuple[Seen, dict[str, Any]]]:
    found: dict[tuple[str, str], tuple[Seen, dict[str, Any]]] = {}
    for seen in others:
        for element in seen.elements():
            named = (element["action_id"], str(element.get("value", element.get("options"))))
            found[named] = (seen, element)
    return list(found.values())


def _filled(seen: Seen) -> dict[str, Any]:
    """Fill in a form: words of one's own, and the first of each choice."""
    values: dict[str, Any] = {}
    for element in seen.elements():
        options = element.get("options") or [None]
        filled = {"value": "words", "selected_option": options[0], "selected_date": "2017-09-01"}
        values[element["block_id"]] = {element["action_id"]: filled}
    return values


def _around(seen: Seen) -> dict[str, Any]:
    if seen.surface:
        return {"view": {"id": "V1", "hash": "h", "state": {}, **seen.surface}}
    container = {"type": "message", "channel_id": next(iter(seen.slack_ids)), "message_ts": "1.0"}
    return {"container": container, "message": {"blocks": seen.shown.get("blocks", [])}}


@asynccontextmanager
async def running(house: House) -> AsyncIterator[None]:
    """Let a process run, and keep all that is logged meanwhile, at every level."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(0))
    with structlog.testing.capture_logs() as logged:
        house.logged = logged
        await house.opens()
        try:
            yield
        finally:
            await house.closes()
            structlog.configure(wrapper_class=before)


def copied(house: House, file: Path) -> House:
    """Return another house that stands as this one does, on a copy of its records in `file`."""
    shutil.copy(house.file, file)
    return House(file, house.now, deepcopy(house.cage), ids=count(next(house.ids) + 1000))
