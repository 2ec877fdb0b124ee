"""The rehearsal tells the truth: the same year, lived in Slack, brings the same messages to the same people.

Everything real: people type and click in the playground, and what takes a form of its own goes to its use case; Bolt
answers, the scheduler's tick plans and sends, SQLite keeps the records, and the clock is moved. Then each message is
held against the rehearsal's.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from bot.content.designs import read_program
from bot.content.rosters import Roster, read_roster
from bot.content.shipped import shipped_program
from bot.demo import members_of, running
from bot.domain.days import wall
from bot.domain.program import Program
from bot.manifest import read_manifest
from bot.playground import Playground
from bot.rehearsal.behaviors import Behavior, acts_of
from bot.rehearsal.behaviors.deeds import Act, AskForHelp, LogMeeting, NewPair, Pause
from bot.rehearsal.doing import Doing
from bot.rehearsal.year import play, with_addresses, with_new_pair
from bot.usecases.load_program import load_program
from bot.wiring import Tandem, make_composer
from scheduler.jobs import tick

Heard = tuple[datetime, str, str]
AFTER_THE_END = timedelta(days=110)  # with the one question of later


@cache
def files() -> tuple[Program, Roster]:
    program_file, roster_file = shipped_program("alcts-2017")
    program = read_program(program_file)
    return program, with_addresses(read_roster(roster_file, None, program))


def only(pairs: int) -> Roster:
    """Return the sample with its first pairs alone, and everybody else on the roster without one."""
    roster = files()[1]
    return replace(roster, pairs=roster.pairs[:pairs])


class Life:
    """The year as people live it in Slack."""

    def __init__(self, playground: Playground, tandem: Tandem, program: Program, roster: Roster) -> None:
        self._playground = playground
        self._tandem = tandem
        self._program = program
        self._roster = roster
        self._people = {person.key: person for person in roster.people}

    async def live(self, behavior: Behavior) -> list[Heard]:
        """Let everybody act as `behavior` says, until all is said; return what was heard."""
        for moment, acts in groupby(acts_of(behavior, await self._pairs()), key=lambda act: act.at):
            await self._until(moment)
            for act in acts:
                await self._perform(act)
            if moment >= self._playground.clock.now():
                await tick(self._tandem)
        end = wall(self._program.span.last, time(23), self._program.zone) + AFTER_THE_END
        await self._playground.move_clock(end)
        return sorted(heard for person in self._people.values() for heard in self._heard_by(str(person.slack_id)))

    async def _until(self, moment: datetime) -> None:
        """Let everything happen that is due before `moment`, and stand there."""
        if moment > self._playground.clock.now():
            await self._playground.move_clock(moment - timedelta(microseconds=1))
            self._playground.clock.set(moment)

    async def _pairs(self) -> Any:
        async with self._tandem.store.begin() as records:
            workspace = await records.workspace(self._playground.team_id)
            (program,) = await records.programs(workspace.id)
            return await records.pairs(program.id)

    async def _perform(self, act: Act) -> None:
        desk = self._playground.person(str(self._people[act.person_key].slack_id))
        match act.deed:
            case LogMeeting(minutes=minutes, means=means):
                pair = next(pair for pair in self._roster.pairs if pair.key == act.pair_key)
                partner = pair.mentee if act.person_key == pair.mentor else pair.mentor
                await desk.types(f"/checkin @{partner} today {minutes} {means.value}")
            case AskForHelp(words=words):
                await desk.clicks("in_the_way")
                await desk.waits_for_form()
                await desk.submits(words=words)
            case Pause(until=until):
                await desk.types(f"/mentoring pause until {until}")
            case NewPair():
                self._roster = with_new_pair(self._roster, act.pair_key, act.deed)
                await self._load()
            case _:  # what a form of its own takes: its story is told elsewhere, here what comes of it
                await self._does(act)
        await self._answered()

    async def _does(self, act: Act) -> None:
        async with self._tandem.store.begin() as records:
            workspace = await records.workspace(self._playground.team_id)
            slack_id = str(self._people[act.person_key].slack_id)
            (member,) = await records.members_of_slack_user(workspace.id, slack_id)
        pair = next(pair for pair in member.pairs if pair.key == act.pair_key)
        await Doing(self._tandem.world, member, pair).do(act.deed)

    async def _answered(self) -> None:
        assert await self._tandem.doors.busy.finish(10)

    async def _load(self) -> None:
        async with self._tandem.store.begin() as records:
            workspace = await records.workspace(self._playground.team_id)
            await load_program(records, workspace.id, self._program, self._roster, self._playground.clock.now())

    def _heard_by(self, user: str) -> list[Heard]:
        """Return the notes in a person's conversation; what is answered to their own clicks is not among them."""
        return [
            # a message's moment is its ts, which counts messages in its microseconds
            (datetime.fromisoformat(message["time"]).replace(microsecond=0), user, unescape(message["text"]))
            for message in self._playground.person(user).messages
            if message.get("metadata", {}).get("event_type") == "tandem_note"
        ]


@asynccontextmanager
async def slack(roster: Roster, database: Path) -> AsyncIterator[Life]:
    program, _ = files()
    begins = wall(program.opens - timedelta(days=2), time(0), program.zone)
    playground = Playground(dict(read_manifest().raw), members_of(roster, program), now=begins)
    async with playground, running(playground, program, roster, database, ticking=False) as tandem:
        yield Life(playground, tandem, program, roster)


async def rehearsed(roster: Roster, behavior: Behavior) -> list[Heard]:
    program, _ = files()
    slack_ids = {person.key: str(person.slack_id) for person in roster.people}
    messages = await play(program, roster, behavior, make_composer())
    return sorted((message.at, slack_ids[message.to], message.text) for message in messages)


def first_lines(heard: list[Heard]) -> list[Heard]:
    """Leave out what a click has added to a message since it arrived, which is at its end."""
    return [(at, user, text[:60]) for at, user, text in heard]


@pytest.mark.slow
@pytest.mark.parametrize(("behavior", "pairs"), [(Behavior.SILENT, 41), (Behavior.HEALTHY, 5), (Behavior.MIXED, 9)])
async def test_the_year_in_slack_is_the_year_that_was_rehearsed(behavior: Behavior, pairs: int, tmp_path: Path) -> None:
    roster = only(pairs)

    async with slack(roster, tmp_path / "year.sqlite3") as life:
        heard = await life.live(behavior)

    expected = await rehearsed(roster, behavior)
    assert first_lines(heard) == first_lines(expected)
    unlike = [one for one, other in zip(heard, expected, strict=True) if one[2] != other[2]]
    assert all("and nobody else" in text for _, _, text in unlike)  # the reminders that were answered, and say so
