"""Faults on order: each goes wrong as the real one does, and says truly whether the call took effect."""

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.playground import Fault, Faults, PersonDriver, Playground
from bot.playground.workspace.faults import OF_CALLS, OF_DELIVERIES, How, UnknownFault
from tests.playground.parrot import MANIFEST, MEMBERS


async def outcome(client: AsyncWebClient) -> str:
    """What a client makes of one message."""
    try:
        await client.chat_postMessage(channel="U0MAYA", text="Hello")
    except SlackApiError as error:
        response = error.response
        if not isinstance(response, AsyncSlackResponse) or not isinstance(response.data, dict):
            return "unreadable"  # to the SDK, too
        return f"{response.status_code} {response['error']}"
    except (aiohttp.ClientError, TimeoutError) as error:
        return type(error).__name__
    return "ok"


@pytest.mark.parametrize(
    ("how", "seen", "copies"),
    [
        ("429", "429 ratelimited", 0),
        ("drop_before", "ServerDisconnectedError", 0),
        ("drop_after", "ServerDisconnectedError", 1),
        ("500", "500 internal_error", 0),
        ("500_after", "500 internal_error", 1),
        ("503", "503 internal_error", 0),
        ("503_after", "503 internal_error", 1),
        ("html", "502 None", 0),
        ("not_json", "unreadable", 1),
        ("empty", "unreadable", 1),
        ("truncated", "unreadable", 1),
        ({"error": "user_disabled"}, "200 user_disabled", 0),
        ({"error": "fatal_error", "after": True}, "200 fatal_error", 1),
    ],
)
async def test_a_call_goes_wrong_once_and_then_well(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver, how: How, seen: str, copies: int
) -> None:
    playground.fail("chat.postMessage", how=how)

    first, second = await outcome(client), await outcome(client)

    assert (first, second) == (seen, "ok")
    assert len(maya.messages) == copies + 1
    assert playground.faults == []


@pytest.mark.parametrize(("how", "copies"), [("hang", 1), ("hang_before", 0)])
async def test_a_call_may_never_be_answered(playground: Playground, maya: PersonDriver, how: How, copies: int) -> None:
    playground.fail("chat.postMessage", how=how)

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.1)) as session:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session, retry_handlers=[])
        assert await outcome(client) == "TimeoutError"

    assert len(maya.messages) == copies


async def test_a_limited_call_says_when_to_come_back(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("chat.postMessage", how="429", retry_after=17)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U0MAYA", text="Hello")

    assert caught.value.response.headers["Retry-After"] == "17"


async def test_only_the_calls_that_are_meant_go_wrong(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("chat.postMessage", how={"error": "no"}, times=2, when=lambda args: args["channel"] == "U0TOM")
    playground.fail("users.info", how="500")

    assert await outcome(client) == "ok"
    assert (await client.auth_test())["ok"]
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel="U0TOM", text="Hello")
    assert (await client.chat_postMessage(channel="U0TOM", text="Hello"))["ok"]
    assert [fault.method for fault in playground.faults] == ["users.info"]


async def test_any_call_can_be_meant(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("*", how={"error": "service_unavailable"}, times=2)

    assert await outcome(client) == "200 service_unavailable"
    with pytest.raises(SlackApiError):
        await client.auth_test()
    assert await outcome(client) == "ok"


async def test_the_sdks_own_retry_doubles_a_message(playground: Playground, maya: PersonDriver) -> None:
    """Why a sender is built with retry_handlers=[]: what the default does when the line is cut too late."""
    playground.fail("chat.postMessage", how="drop_after")

    careless = AsyncWebClient(playground.bot_token, base_url=playground.api_url)
    assert await outcome(careless) == "ok"

    assert len(maya.messages) == 2


async def test_faulty_calls_are_recorded_too(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("chat.postMessage", how="429")
    await outcome(client)

    assert playground.calls[-1].answer == {"ok": False, "error": "ratelimited"}
    assert playground.calls[-1].fault == "429"


async def test_a_slow_call_is_answered_truly(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    playground.fail("chat.postMessage", how="slow", seconds=0.05)

    began = time.perf_counter()
    seen = await outcome(client)

    assert (seen, len(maya.messages)) == ("ok", 1)
    assert time.perf_counter() - began >= 0.05


async def test_a_call_may_be_slower_than_the_client_is_patient(playground: Playground, maya: PersonDriver) -> None:
    playground.fail("chat.postMessage", how="slow", seconds=60)

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.1)) as session:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session, retry_handlers=[])
        assert await outcome(client) == "TimeoutError"

    assert len(maya.messages) == 1


# -- chance -----------------------------------------------------------------------------------------------------------


def struck(faults: Faults, calls: int = 200) -> list[str]:
    """What happens to so many calls, one after the other."""
    met = [faults.strike("chat.postMessage", {}) for _ in range(calls)]
    return [str(fault.how) if fault else "" for fault in met]


def unlucky(probability: float, seed: int) -> Faults:
    return Faults([Fault("*", "500", times=None, probability=probability, seed=seed)])


def test_the_same_seed_hits_the_same_calls() -> None:
    assert struck(unlucky(0.3, seed=7)) == struck(unlucky(0.3, seed=7))
    assert struck(unlucky(0.3, seed=7)) != struck(unlucky(0.3, seed=8))


@pytest.mark.parametrize(("probability", "least", "most"), [(0.0, 0, 0), (0.3, 40, 80), (1.0, 200, 200)])
def test_about_so_many_are_hit(probability: float, least: int, most: int) -> None:
    hits = [how for how in struck(unlucky(probability, seed=1)) if how]

    assert least <= len(hits) <= most


def test_what_is_spared_does_not_count_among_the_times() -> None:
    faults = Faults([Fault("*", "500", times=3, probability=0.5, seed=1)])

    hits = [how for how in struck(faults) if how]

    assert (len(hits), faults) == (3, [])


def test_a_storm_brings_every_kind_and_the_same_one_again() -> None:
    first, again = struck(Faults.storm(0.5, seed=3), 2000), struck(Faults.storm(0.5, seed=3), 2000)

    assert first == again
    assert set(first) == {"", *OF_CALLS}
    assert 700 < sum(how != "" for how in first) < 1100


def test_a_storm_spares_no_kind_of_delivery() -> None:
    faults = Faults.storm(0.5, seed=3)

    for kind in ("slash_commands", "interactive", "events_api"):
        met = [faults.strike(kind, {}) for _ in range(500)]
        assert {str(fault.how) for fault in met if fault} == set(OF_DELIVERIES)


async def test_a_playground_can_begin_in_a_storm() -> None:
    async with Playground(MANIFEST, MEMBERS, faults=Faults.storm(1.0)) as playground:
        assert len(playground.faults) == len(OF_CALLS) + 3 * len(OF_DELIVERIES)


@pytest.mark.parametrize(
    ("method", "how"),
    [("chat.postMessage", "lost"), ("events_api", "429"), ("events_api", {"error": "no"}), ("*", "x")],
)
def test_a_fault_that_there_is_not_is_refused(playground: Playground, method: str, how: How) -> None:
    with pytest.raises(UnknownFault, match="one of"):
        playground.fail(method, how=how)
