"""The operator's port, asked as Prometheus and a supervisor ask it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.domain.notes import Later, Outcome, Refused, Sent, Unknown
from bot.operating.figures import Facts, Figures, PaceSeen
from bot.operating.port import open_port
from bot.operating.probe import Probe
from bot.operating.signs import Pulse, Signs
from bot.stopping import Stopping
from tests.test_processes import free_port

QUIET = Facts(unknown=0, stuck=0, oldest_age=0.0)
Ask = Callable[[str], Awaitable[tuple[int, str]]]


@dataclass
class Line:
    """What connections to Slack would tell."""

    connected: int = 2
    frame_age: float = 1.25
    silences: int = 3


@asynccontextmanager
async def asked(figures: Figures, facts: Callable[[], Awaitable[Facts]]) -> AsyncIterator[Ask]:
    port = free_port()
    async with open_port("127.0.0.1", port, figures, facts), aiohttp.ClientSession() as session:

        async def ask(path: str) -> tuple[int, str]:
            async with session.get(f"http://127.0.0.1:{port}{path}") as answer:
                return answer.status, await answer.text()

        yield ask


async def quiet() -> Facts:
    return QUIET


async def down() -> Facts:
    raise OSError("the database is away")


async def health(figures: Figures, facts: Callable[[], Awaitable[Facts]] = quiet) -> tuple[int, dict[str, Any]]:
    async with asked(figures, facts) as ask:
        status, told = await ask("/healthz")
    return status, json.loads(told)


def figures_of(**signs: Any) -> Figures:
    return Figures(Signs(Stopping(), **signs))


async def test_a_process_in_order_is_ready_and_says_what_it_is_judged_by() -> None:
    status, told = await health(figures_of(sockets=Line(), pulse=Pulse(2.0, clock=lambda: 10.0)))

    assert status == 200
    assert told == {
        "live": True,
        "ready": True,
        "parts": {
            "database": {"ok": True},
            "process": {"ok": True, "stopping": False},
            "slack": {"ok": True, "connected": 2, "last_frame_age": 1.25},
            "ticks": {"ok": True, "last_age": 0.0},
        },
        "oldest_open_age": 0.0,
    }


async def test_without_a_connection_it_is_live_and_not_ready() -> None:
    async with asked(figures_of(sockets=Line(connected=0)), quiet) as ask:
        assert (await ask("/healthz/live"))[0] == 200
        assert (await ask("/healthz/ready"))[0] == 503
        assert (await ask("/healthz"))[0] == 503


async def test_without_a_database_it_is_not_ready_and_the_figures_come_all_the_same() -> None:
    figures = figures_of(listening=True)

    status, told = await health(figures, down)
    assert (status, told["parts"]["database"], told["oldest_open_age"]) == (503, {"ok": False}, None)

    async with asked(figures, down) as ask:
        status, page = await ask("/metrics")
    assert status == 200
    assert "tandem_database_up 0.0" in page
    assert "tandem_notes_unknown NaN" in page


async def test_a_listener_is_as_good_as_a_socket_and_none_is_not() -> None:
    assert (await health(figures_of(listening=True)))[0] == 200
    assert (await health(figures_of(listening=False)))[0] == 503


async def test_a_tick_that_is_long_ago_is_not_ready_until_something_was_done() -> None:
    seconds = 0.0
    pulse = Pulse(2.0, clock=lambda: seconds)
    figures = figures_of(pulse=pulse)
    seconds = 59.0
    assert (await health(figures))[0] == 200

    seconds = 61.0
    assert (await health(figures))[0] == 503

    figures.note(Sent("D1", "1.0"))
    assert (await health(figures))[0] == 200


async def test_a_process_that_is_about_to_end_is_not_ready() -> None:
    figures = figures_of(listening=True)
    figures.signs.stopping.begin()

    status, told = await health(figures)

    assert (status, told["parts"]["process"]) == (503, {"ok": False, "stopping": True})


async def test_what_became_of_notes_is_counted_by_reason() -> None:
    figures = figures_of()
    until = datetime(2026, 1, 1, tzinfo=UTC)
    outcomes: list[Outcome] = [
        Sent("D1", "1.0"),
        Sent("D1", "2.0"),
        Refused("user_disabled", "person"),
        Unknown("TimeoutError"),
    ]
    for outcome in (*outcomes, Later(until, "ratelimited"), Refused("not a code: but words")):
        figures.note(outcome)

    page = figures.page(QUIET).decode()

    for line in (
        'tandem_notes_total{outcome="sent",reason=""} 2.0',
        'tandem_notes_total{outcome="refused",reason="user_disabled"} 1.0',
        'tandem_notes_total{outcome="unknown",reason="TimeoutError"} 1.0',
        'tandem_notes_total{outcome="later",reason="ratelimited"} 1.0',
        'tandem_notes_total{outcome="refused",reason="other"} 1.0',
    ):
        assert line in page


async def test_the_signs_and_the_facts_are_read_when_they_are_asked_for() -> None:
    figures = figures_of(sockets=Line(), leaps=lambda: 1)
    paces = (PaceSeen("W1", "chat.postMessage", 180.0, 12.0),)

    page = figures.page(Facts(unknown=4, stuck=1, oldest_age=90.5, paces=paces)).decode()

    for line in (
        "tandem_sockets_connected 2.0",
        "tandem_socket_frame_age_seconds 1.25",
        "tandem_socket_silences 3.0",
        "tandem_clock_leaps 1.0",
        "tandem_notes_unknown 4.0",
        "tandem_notes_stuck 1.0",
        "tandem_oldest_open_age_seconds 90.5",
        "tandem_database_up 1.0",
        'tandem_pace_rate{method="chat.postMessage",workspace="W1"} 180.0',
        'tandem_pace_paused_seconds{method="chat.postMessage",workspace="W1"} 12.0',
    ):
        assert line in page
    assert "tandem_pace_rate{" not in figures.page(QUIET).decode()  # a pace that is gone is not told for ever


async def test_acknowledgements_and_jobs_are_measured() -> None:
    figures = figures_of(pulse=Pulse(2.0))
    figures.acknowledged("command", 0.03)
    with figures.job("tick"):
        pass
    with pytest.raises(LookupError), figures.job("tick"):
        raise LookupError

    page = figures.page(QUIET).decode()

    assert 'tandem_acknowledgement_seconds_bucket{kind="command",le="0.02"} 0.0' in page
    assert 'tandem_acknowledgement_seconds_bucket{kind="command",le="0.05"} 1.0' in page
    assert 'tandem_job_seconds_count{job="tick"} 2.0' in page
    assert 'tandem_jobs_failed_total{job="tick"} 1.0' in page


def test_a_tick_lags_by_how_late_it_begins_after_its_beat() -> None:
    seconds = 0.0
    pulse = Pulse(2.0, clock=lambda: seconds)
    pulse.begin()
    assert pulse.lag == 0.0

    seconds = 2.5
    pulse.begin()
    assert pulse.lag == 0.5


def test_two_processes_worth_of_figures_share_nothing() -> None:
    one, other = figures_of(), figures_of()

    one.note(Sent("D1", "1.0"))

    assert 'outcome="sent"' not in other.page(QUIET).decode()


async def test_a_question_that_hangs_is_asked_once_and_waited_for_only_a_moment() -> None:
    asked_so_far = 0
    answer = asyncio.Event()

    async def hang() -> int:
        nonlocal asked_so_far
        asked_so_far += 1
        await answer.wait()
        return 7

    probe = Probe(hang, seconds=0.01)

    assert [await probe.look() for _ in range(3)] == [None, None, None]
    assert asked_so_far == 1
    answer.set()
    assert await Probe(hang, seconds=5).look() == 7
    await probe.close()


def test_an_orderly_end_shares_what_is_left_of_the_time() -> None:
    seconds = 0.0
    stopping = Stopping(6.0, clock=lambda: seconds)
    assert (stopping.begun, stopping.left()) == (False, 6.0)

    stopping.begin()
    seconds = 4.0
    stopping.begin()
    assert (stopping.begun, stopping.left()) == (True, 2.0)

    seconds = 9.0
    assert (stopping.left(), stopping.left(at_least=1.0)) == (0.0, 1.0)
