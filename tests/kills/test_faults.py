"""Every fault of a line, with a crash before, after or nowhere, through the real client, courier and records.

The first three pitfalls: a client that tries again by itself, a crash between call and record, an answer that sounds
like no. In the end there is one message, or, where Slack refused it for good, none.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from slack_sdk.http_retry.builtin_async_handlers import AsyncServerErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot import wiring
from bot.domain.announcements import Announcement
from bot.domain.notes import Later, Lease, Note, Outcome, Part, Sent, Unknown
from bot.domain.nudges import Lane
from bot.domain.people import Member, Person
from bot.domain.program import Role
from bot.slack import post
from bot.slack.failures import sorted_failure
from bot.slack.post import SlackCourier
from bot.slack.progress import progress_blocks
from bot.usecases.announce import announce
from bot.usecases.look_up import look_up
from bot.usecases.ports import Courier
from bot.usecases.send_notes import send_notes
from bot.wiring import Tandem, open_tandem
from tests.kills.program import MONDAY, TEAM, settings_for
from tests.kills.rough import Fault, RoughSlack, serve_roughly
from tests.kills.slack import LeanSlack
from tests.small_program import load_small_program

pytestmark = pytest.mark.slow

SHORT = aiohttp.ClientTimeout(total=0.15)
BEAT, MOST_BEATS = timedelta(seconds=61), 12
NO_CRASH, BEFORE_CALL, AFTER_CALL = "no crash", "crash before the call", "crash after the call"


class Crash(BaseException):
    """The process is gone."""


class DyingCourier:
    """A courier whose process dies in its first post: before the call, or when it has its answer."""

    def __init__(self, alive: Courier, crash: str) -> None:
        self._alive, self._crash = alive, crash

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        if self._crash == BEFORE_CALL:
            raise Crash
        await self._alive.post(note, person, lease)
        raise Crash

    def __getattr__(self, name: str) -> Any:
        return getattr(self._alive, name)


@dataclass(slots=True)
class Bench:
    """One world in which one announcement after another goes to Lena, each with troubles of its own."""

    tandem: Tandem
    rough: RoughSlack
    ada: Member
    number: int = 0
    now: datetime = MONDAY

    async def copies(self, crash: str, *faults: Fault) -> tuple[int, str]:
        """Announce something to Lena; return how often it stands in her conversation, and what became of it."""
        self.number, self.now = self.number + 1, MONDAY
        said = f"Number {self.number}."
        await self._forget_paces()
        words = Announcement(
            self.ada.program.id, self.ada.person.id, said, frozenset({Role.LIAISON}), str(self.number), MONDAY
        )
        recorded, _ = await announce(self.tandem.world, self.ada, words)
        self.rough.faults[:] = faults
        await self._first_beat(crash)
        for _ in range(MOST_BEATS):
            self.now += BEAT
            await self._beat(self.tandem)
        standing = [message for message in self.rough.slack.messages["U0LENA"] if said in message["text"]]
        return len(standing), await self._fate(recorded.id)

    async def _first_beat(self, crash: str) -> None:
        if crash == NO_CRASH:
            await self._beat(self.tandem)
            return
        world = self.tandem.world
        with pytest.raises(Crash):
            await self._beat(replace(self.tandem, world=replace(world, courier=DyingCourier(world.courier, crash))))

    async def _beat(self, tandem: Tandem) -> None:
        await self.rough.listen()
        await look_up(tandem.world)
        await send_notes(tandem.world)

    async def _forget_paces(self) -> None:
        async with self.tandem.engine.begin() as connection:
            await connection.execute(text("DELETE FROM paces"))

    async def _fate(self, announcement_id: str) -> str:
        async with self.tandem.store.begin() as records:
            progress = await records.progress(announcement_id)
        return "sent" if progress.sent else "failed" if progress.failed else "waiting"


@pytest.fixture
async def rough() -> AsyncIterator[RoughSlack]:
    """A Slack on a raw socket."""
    async with serve_roughly(LeanSlack(MONDAY)) as served:
        yield served


@pytest.fixture
async def bench(rough: RoughSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    """A world on a file, whose calls may take a tenth of a second."""
    monkeypatch.setattr(wiring, "CALL_TIMEOUT", SHORT)
    moments: list[Bench] = []

    def now() -> datetime:
        return moments[0].now if moments else MONDAY

    async with open_tandem(settings_for(f"sqlite:///{tmp_path / 'tandem.db'}", rough.url), now=now) as tandem:
        await load_small_program(tandem.store, MONDAY)
        async with tandem.store.begin() as records:
            (program,) = await records.programs((await records.workspace(TEAM)).id)
            members = await records.members(program.id)
        moments.append(Bench(tandem, rough, next(member for member in members if member.person.key == "ada")))
        yield moments[0]


FAULTS_AND_CRASHES = [
    *((crash, (first, Fault.NONE)) for crash, first in product((NO_CRASH, BEFORE_CALL, AFTER_CALL), Fault)),
    *((NO_CRASH, pair) for pair in product(Fault, Fault)),
]


async def test_whatever_the_line_and_the_process_do_there_is_one_message_in_the_end(bench: Bench) -> None:
    wrong = []
    for crash, faults in FAULTS_AND_CRASHES:
        found = await bench.copies(crash, *faults)
        refused = Fault.PERMANENT in faults and found == (0, "failed")
        if found != (1, "sent") and not refused:
            wrong.append((crash, faults, found))

    assert len(FAULTS_AND_CRASHES) == 108
    assert wrong == []


@pytest.mark.parametrize(
    ("faults", "copies"),
    [
        ((Fault.PERMANENT,), (0, "failed")),
        ((Fault.CUT_BEFORE, Fault.PERMANENT), (0, "failed")),
        ((Fault.CUT_AFTER, Fault.PERMANENT), (1, "sent")),
    ],
)
async def test_what_slack_refuses_for_good_is_not_tried_again(
    bench: Bench, faults: tuple[Fault, ...], copies: tuple[int, str]
) -> None:
    assert await bench.copies(NO_CRASH, *faults) == copies


# -- and the same tests find out who is careless ------------------------------------------------------------------


LETTER = Note("id", "program", "person", Lane.REMINDER, (Part("first_move", "Hello"),))
LENA = Person("person", "lena", "Lena", ZoneInfo("America/Chicago"), "U0LENA")


@pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.SERVER_ERROR])
@pytest.mark.parametrize(("handlers", "posts"), [("ours", 1), ("of the SDK", 2)])
async def test_the_clients_own_retries_post_twice_and_tell_nobody(
    rough: RoughSlack, fault: Fault, handlers: str, posts: int
) -> None:
    rough.faults = [fault]
    async with aiohttp.ClientSession(timeout=SHORT) as session:
        client = AsyncWebClient("xoxb-1", base_url=rough.url, session=session)
        client.retry_handlers = [] if handlers == "ours" else [*client.retry_handlers, AsyncServerErrorRetryHandler()]
        courier = SlackCourier(client, lambda: MONDAY, progress_blocks, lambda: 0.0)

        outcome = await courier.post(LETTER, LENA, Lease(60.0))

    assert len(rough.slack.messages["U0LENA"]) == posts
    assert isinstance(outcome, Unknown if handlers == "ours" else Sent)


@pytest.mark.parametrize("fault", [Fault.CUT_AFTER, Fault.HANG_AFTER, Fault.SERVER_ERROR, Fault.FATAL_ERROR])
async def test_one_that_takes_an_unclear_answer_for_a_no_would_be_found_out(
    bench: Bench, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(error: Exception, now: datetime) -> Outcome:
        outcome = sorted_failure(error, now)
        return Later(now, outcome.reason) if isinstance(outcome, Unknown) else outcome

    monkeypatch.setattr(post, "sorted_failure", careless)

    assert await bench.copies(NO_CRASH, fault) == (2, "sent")
