"""Who clicks is answered at once, past the queue; what that costs is counted, and a 429 stops everybody who calls."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.domain.announcements import Announcement
from bot.domain.pace import LIMITS, POSTS
from bot.domain.program import Role
from bot.manifest import read_manifest
from bot.playground import Member, Playground
from bot.settings import Settings
from bot.usecases.announce import announce
from bot.usecases.load_program import load_program
from bot.usecases.send_notes import send_notes
from bot.wiring import Tandem, open_store, open_tandem, serve
from scheduler.__main__ import tick_until_told
from scheduler.jobs import plan
from tests.small_program import DESIGN, FRIDAY_MORNING, ROSTER, small_program
from tests.stories.conftest import PATIENCE_OF_SLACK, members
from tests.stories.people import Desk


def laid_out(more: list[Member] | None = None) -> Playground:
    return Playground(
        dict(read_manifest().raw),
        [*members(), *(more or [])],
        now=FRIDAY_MORNING,
        team_name="First Year",
        ack_seconds=PATIENCE_OF_SLACK,
        limits=True,
    )


def settings_for(playground: Playground, database: Path) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr(playground.bot_token),
        slack_app_token=SecretStr(playground.app_token),
        slack_api_url=playground.api_url,
        database_url=f"sqlite:///{database}",
    )


class Two:
    """Two processes on one database, both within Slack's limits; the first one answers people."""

    def __init__(self, playground: Playground, first: Tandem, second: Tandem) -> None:
        self.playground = playground
        self.first = first
        self.second = second

    def desk(self, user: str) -> Desk:
        person = self.playground.slack.person(user)
        assert person is not None
        return Desk(self.playground.slack, person, self._settled)

    async def _settled(self) -> None:
        assert await self.first.doors.busy.finish(30)

    def posts(self) -> int:
        return sum(call.method == POSTS for call in self.playground.calls)

    async def send(self) -> int:
        """Let both send what they may, at once; return how many messages Slack was asked to take."""
        before = self.posts()
        await asyncio.gather(send_notes(self.first.world), send_notes(self.second.world))
        return self.posts() - before

    def waits(self, seconds: float) -> None:
        self.playground.clock.set(self.playground.clock.now() + timedelta(seconds=seconds))


@pytest.fixture
async def two(template: Path, tmp_path: Path) -> AsyncIterator[Two]:
    database = Path(shutil.copy(template, tmp_path))
    async with laid_out() as playground:
        settings, now = settings_for(playground, database), playground.clock.now
        async with (
            open_tandem(settings, now, LIMITS) as first,
            open_tandem(settings, now, LIMITS) as second,
            serve(first, settings),
        ):
            yield Two(playground, first, second)


async def counted(two: Two, calls: int) -> None:
    """Wait until so many calls of the first burst are taken from the pace: the meter hands over each second."""
    for _ in range(3000):
        if await _left(two) <= 5 - calls:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was counted")


async def _left(two: Two) -> int:
    async with two.first.store.begin() as records:
        (workspace,) = await records.workspaces()
        return (await records.pace(workspace.id, POSTS, two.playground.clock.now())).turns(two.playground.clock.now())


async def has_something_to_say(tandem: Tandem) -> None:
    """Plan, so that messages are due."""
    await plan(tandem)


async def test_an_answer_is_taken_from_the_workspaces_turns(two: Two) -> None:
    await has_something_to_say(two.first)
    await two.desk("U0CHARLIE").says("hello")
    await two.desk("U0CHARLIE").says("hello again")

    await counted(two, calls=2)

    assert await two.send() == 3  # four are due, and a burst is five


async def test_after_a_429_to_an_answer_nobody_calls_until_the_rest_is_over(two: Two) -> None:
    await has_something_to_say(two.first)
    two.playground.fail(POSTS, how="429", retry_after=30)
    await two.desk("U0CHARLIE").says("hello")
    await counted(two, calls=5)  # the call itself is counted first; the rest that its answer orders takes all turns

    assert await two.send() == 0
    two.waits(29)
    assert await two.send() == 0
    two.waits(1)
    assert await two.send() > 0


async def test_after_a_429_to_one_worker_the_other_does_not_call_either(two: Two) -> None:
    await has_something_to_say(two.first)
    two.playground.fail(POSTS, how="429", retry_after=30)
    await send_notes(two.first.world)
    called = two.posts()

    for _ in range(29):
        two.waits(1)
        await two.send()
    assert two.posts() == called
    two.waits(1)

    assert await two.send() > 0
    assert not [call for call in list(two.playground.calls)[-1:] if call.violations]


MANY = 1000


def crowd() -> tuple[list[Member], str]:
    """A thousand mentees, and the roster with them."""
    people = [Member(f"U1{n:04}", f"p{n}", f"Person {n}") for n in range(MANY)]
    rows = [f"person,{one.name},{one.real_name},{one.id},,America/Chicago,mentee,,,,,," for one in people]
    head, _, rest = ROSTER.partition("\n")
    return people, "\n".join([head, *rows, rest])


@pytest.mark.slow
async def test_during_a_broadcast_to_a_thousand_people_a_click_is_answered_at_once(tmp_path: Path) -> None:
    people, roster = crowd()
    async with laid_out(people) as playground:
        settings = settings_for(playground, tmp_path / "tandem.sqlite3")
        async with open_store(settings.database_url) as (_, store), store.begin() as records:
            workspace = await records.workspace(playground.team_id)
            await load_program(records, workspace.id, *small_program(DESIGN, roster), FRIDAY_MORNING)
        async with open_tandem(settings, playground.clock.now, LIMITS) as tandem, serve(tandem, settings):
            await _broadcast(tandem)
            maya, stop = Two(playground, tandem, tandem).desk("U0MAYA"), asyncio.Event()
            playground.run_clock(100)
            often = settings.model_copy(update={"tandem_tick_seconds": 0.02})
            ticking = asyncio.create_task(tick_until_told(tandem, often, stop))
            for answered in range(1, 21):
                await maya.types("/checkin")
                assert sum(call.method == "views.open" for call in playground.calls) == answered
                assert taken(playground) < MANY, "the broadcast was over before the last click"
                await maya.closes()
            assert taken(playground) > 0, "the broadcast has not begun"
            stop.set()
            await ticking


def taken(playground: Playground) -> int:
    """Count the copies that Slack has taken."""
    return sum(call.method == POSTS and bool(call.answer.get("ok")) for call in playground.calls)


async def _broadcast(tandem: Tandem) -> None:
    async with tandem.store.begin() as records:
        (workspace,) = await records.workspaces()
        ada = next(m for m in await records.members_of_slack_user(workspace.id, "U0ADA"))
    word = Announcement(
        ada.program.id, ada.person.id, "Hello all", frozenset({Role.MENTEE}), "token", tandem.world.now()
    )
    await announce(tandem.world, ada, word)
