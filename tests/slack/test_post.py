"""The courier on a Slack that stumbles: through the real SDK, every answer is told for what it is."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.notes import Absent, Button, Doubt, Later, Lease, Note, Part, Refused, Sent, Unknown, Unreadable
from bot.domain.nudges import Lane
from bot.domain.people import Person
from bot.manifest import read_manifest
from bot.playground import Member, Playground
from bot.slack.post import CALL_SECONDS, MARGIN_SECONDS, SlackCourier
from tests.playground.parrot import LENA, MAYA, MORNING, TOM
from tests.small_program import small_program

pytestmark = pytest.mark.slow

ZONE = small_program()[0].zone
PERSON = Person("p1", "maya", "Maya Okafor", ZONE, slack_id="U0MAYA")
TEXT = "Time for a word with Tom & his <friends>?"
NOTE = Note("n1", "spring", "p1", Lane.REMINDER, (Part("first_move", TEXT, (Button("log", "Log it"),)),), marks=("m1",))
ROOMY = Lease(60.0)
STARTED = MORNING - timedelta(minutes=4)


PLAIN, HTML, JSON = ({"Content-Type": kind} for kind in ("text/plain", "text/html", "application/json"))


def limited_for(seconds: int) -> Later:
    return Later(MORNING + timedelta(seconds=seconds), "ratelimited")


@dataclass
class Post:
    """A courier, the Slack that it calls, and the clock of its leases."""

    playground: Playground
    client: AsyncWebClient
    courier: SlackCourier
    seconds: float = 0.0

    def doubt(self, note_id: str = "n1", channel: str = "", slack_id: str = "U0MAYA") -> Doubt:
        return Doubt(note_id, "W1", "p1", slack_id, channel, Lane.REMINDER, STARTED)

    async def posts(self, note_id: str = "n1", marks: tuple[str, ...] = ("m1",)) -> str:
        """Let a note arrive; return the conversation."""
        sent = await self.courier.post(replace(NOTE, id=note_id, marks=marks), PERSON, ROOMY)
        assert isinstance(sent, Sent)
        return sent.channel

    def called(self, method: str) -> list[Mapping[str, Any]]:
        return [call.args for call in self.playground.calls if call.method == method]


async def opened(playground: Playground) -> AsyncIterator[Post]:
    async with playground, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1)) as session:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url, session=session, retry_handlers=[])
        courier = SlackCourier(client, playground.clock.now, lambda *_: [], lambda: made.seconds)
        made = Post(playground, client, courier)
        yield made


def a_playground(without: str = "", **more: Any) -> Playground:
    raw = json.loads(json.dumps(dict(read_manifest().raw)))
    scopes = raw["oauth_config"]["scopes"]
    for kind in scopes:
        scopes[kind] = [scope for scope in scopes[kind] if scope != without]
    members = [MAYA, TOM, LENA, Member("U0GONE", "gina", "Gina Gone", deleted=True)]
    return Playground(raw, members, now=MORNING, **more)


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async for made in opened(a_playground()):
        yield made


# -- what goes out ----------------------------------------------------------------------------------------------------


async def test_a_note_is_one_call_to_the_person_and_its_answer_names_the_message(post: Post) -> None:
    sent = await post.courier.post(NOTE, PERSON, ROOMY)

    (args,) = post.called("chat.postMessage")
    (message,) = (await post.client.conversations_history(channel=sent.channel))["messages"]  # type: ignore[union-attr]
    assert sent == Sent(sent.channel, message["ts"])  # type: ignore[union-attr]
    assert args["channel"] == "U0MAYA"
    assert len(post.playground.calls) == 2  # the message, and our look at it


async def test_nothing_that_travels_with_a_note_can_be_read(post: Post) -> None:
    await post.courier.post(NOTE, PERSON, ROOMY)

    (args,) = post.called("chat.postMessage")
    metadata = json.loads(args["metadata"]) if isinstance(args["metadata"], str) else args["metadata"]
    assert metadata == {"event_type": "tandem_note", "event_payload": {"id": "n1", "marks": ["m1"], "lane": 2}}


@pytest.mark.parametrize(
    ("left", "begins"),
    [(CALL_SECONDS + MARGIN_SECONDS, True), (CALL_SECONDS + MARGIN_SECONDS - 0.01, False), (-1, False)],
)
async def test_it_does_not_begin_when_the_lease_leaves_no_time(post: Post, left: float, begins: bool) -> None:
    """A process that was stopped in between has lost its turn: somebody may be looking already."""
    post.seconds = 1000.0
    outcome = await post.courier.post(NOTE, PERSON, Lease(1000.0 + left))

    assert len(post.called("chat.postMessage")) == begins
    assert isinstance(outcome, Sent) == begins
    assert begins or outcome == Later(MORNING, "no time left to begin", cause="lease")


# -- what may go wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        ("429", Later(MORNING + timedelta(seconds=17), "ratelimited")),
        ("drop_before", Unknown("ServerDisconnectedError")),
        ("drop_after", Unknown("ServerDisconnectedError")),
        ("500", Unknown("internal_error")),
        ("500_after", Unknown("internal_error")),
        ("503", Unknown("internal_error")),
        ("hang", Unknown("TimeoutError")),
        ("hang_before", Unknown("TimeoutError")),
        ("html", Unknown("http_502")),
        ("not_json", Unknown("http_200")),
        ("empty", Unknown("http_200")),
        ("truncated", Unknown("http_200")),
        ({"error": "fatal_error", "after": True}, Unknown("fatal_error")),
        ({"error": "user_disabled"}, Refused("user_disabled", whose="person")),
        ({"error": "token_revoked"}, Refused("token_revoked", whose="workspace")),
        ({"error": "invalid_blocks"}, Refused("invalid_blocks")),
        ({"error": "message_limit_exceeded"}, Later(MORNING + timedelta(seconds=30), "message_limit_exceeded")),
        ({"ok": True}, Unknown("no_name_for_the_message")),
    ],
)
async def test_each_answer_is_told_for_what_it_is_and_the_call_is_made_once(post: Post, how: Any, outcome: Any) -> None:
    post.playground.fail("chat.postMessage", how=how, retry_after=17)

    told = await post.courier.post(NOTE, PERSON, ROOMY)

    assert told == outcome
    assert post.playground.faults == []
    assert len(post.called("chat.postMessage")) <= 1


@pytest.mark.parametrize(
    ("status", "headers", "body", "outcome"),
    [
        (200, PLAIN, "ok", Unknown("AttributeError")),
        (502, PLAIN, "bad gateway", Unknown("http_502")),
        (429, PLAIN | {"Retry-After": "9"}, "slow down", limited_for(9)),
        (429, JSON | {"Retry-After": "9"}, "{", limited_for(9)),
        (429, JSON | {"Retry-After": "soon"}, "{}", limited_for(30)),
        (429, HTML, "<p>", limited_for(30)),
        (403, HTML, "<p>blocked", Unknown("http_403")),
        (200, JSON, '{"ok": true}', Unknown("no_name_for_the_message")),
        (200, JSON, "[]", None),
        (200, JSON, "null", None),
    ],
)
async def test_no_answer_of_a_gateway_makes_it_raise(
    status: int, headers: dict[str, str], body: str, outcome: Any
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, headers=headers, body=body.encode())

    async with gateway(answer) as courier:
        told = await courier.post(NOTE, PERSON, ROOMY)
        found = await courier.find(Doubt("n1", "W1", "p1", "U0MAYA", "D1", Lane.REMINDER, STARTED))

    assert told == outcome or (outcome is None and isinstance(told, Unknown))
    assert isinstance(found, Later)
    assert found.cause == ("limit" if status == 429 else "answer")


class gateway:  # noqa: N801 (it is used as a function is)
    """Something that answers in Slack's place."""

    def __init__(self, answer: Any) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        self._runner = web.AppRunner(app)

    async def __aenter__(self) -> SlackCourier:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self._session = aiohttp.ClientSession()
        client = AsyncWebClient(
            "xoxb-1", base_url=f"http://127.0.0.1:{port}/api/", session=self._session, retry_handlers=[]
        )
        return SlackCourier(client, lambda: MORNING, lambda *_: [], lambda: 0.0)

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._runner.cleanup()


async def test_where_nobody_listens_slack_surely_did_not_take_it() -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:9/api/", session=session, retry_handlers=[])
        courier = SlackCourier(client, lambda: MORNING, lambda *_: [], lambda: 0.0)

        told = await courier.post(NOTE, PERSON, ROOMY)
        found = await courier.find(Doubt("n1", "W1", "p1", "U0MAYA", "D1", Lane.REMINDER, STARTED))

    assert told == Later(MORNING, "ClientConnectorError", cause="line")
    assert found == Later(MORNING, "ClientConnectorError", cause="line")


async def test_who_has_left_is_refused_as_a_person(post: Post) -> None:
    told = await post.courier.post(NOTE, replace(PERSON, slack_id="U0GONE"), ROOMY)

    assert isinstance(told, Refused)
    assert told.whose == "person"


async def test_a_removed_app_is_refused_as_a_workspace(post: Post) -> None:
    assert await post.courier.works()
    await post.playground.uninstall()

    told = await post.courier.post(NOTE, PERSON, ROOMY)

    assert isinstance(told, Refused)
    assert told.whose == "workspace"
    assert not await post.courier.works()


# -- finding again ----------------------------------------------------------------------------------------------------


async def test_a_note_that_arrived_is_found_where_it_stands(post: Post) -> None:
    channel = await post.posts()
    (message,) = (await post.client.conversations_history(channel=channel))["messages"]

    assert await post.courier.find(post.doubt(channel=channel)) == Sent(channel, message["ts"])


async def test_only_where_the_conversation_is_unknown_it_is_opened(post: Post) -> None:
    channel = await post.posts()
    known = await post.courier.find(post.doubt(channel=channel))
    assert post.called("conversations.open") == []

    assert await post.courier.find(post.doubt()) == known
    assert len(post.called("conversations.open")) == 1


async def test_another_note_is_not_taken_for_it(post: Post) -> None:
    """The same words, the same marks, another try: each has an id of its own."""
    channel = await post.posts("n2")

    assert await post.courier.find(post.doubt("n1", channel)) == Absent()


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        {"event_type": "parrot_note", "event_payload": {"id": "n1", "marks": ["m1"]}},
        {"event_type": "tandem_note", "event_payload": {"note": "n1"}},
    ],
)
async def test_what_other_apps_attach_means_nothing(post: Post, metadata: Any) -> None:
    channel = await post.posts("n2", marks=())
    await post.client.chat_postMessage(channel=channel, text="n1", metadata=metadata)

    assert await post.courier.find(post.doubt("n1", channel)) == Absent()
    assert await post.courier.marks_since("U0MAYA", channel, STARTED) == {}


async def test_it_is_found_however_many_messages_came_since(post: Post) -> None:
    channel = await post.posts()
    for number in range(450):
        await post.client.chat_postMessage(channel=channel, text=str(number))

    found = await post.courier.find(post.doubt(channel=channel))

    assert isinstance(found, Sent)
    assert len(post.called("conversations.history")) == 3  # two hundred at a time


@pytest.mark.parametrize("behind", [timedelta(minutes=9), timedelta(minutes=-9)])
async def test_it_is_found_where_slack_s_clock_is_minutes_off_ours(post: Post, behind: timedelta) -> None:
    channel = await post.posts()
    doubt = replace(post.doubt(channel=channel), started_at=MORNING + behind)

    assert isinstance(await post.courier.find(doubt), Sent)


async def test_reading_does_not_begin_with_the_first_day(post: Post) -> None:
    channel = await post.posts()
    await post.courier.find(post.doubt(channel=channel))

    (args,) = post.called("conversations.history")
    assert float(args["oldest"]) == (STARTED - timedelta(hours=1)).timestamp()


@pytest.mark.parametrize(
    ("how", "finding"),
    [
        ({"error": "missing_scope"}, Unreadable("missing_scope")),
        ({"error": "channel_not_found"}, Unreadable("channel_not_found")),
        ({"error": "no_permission"}, Unreadable("no_permission")),
        ("429", Later(MORNING + timedelta(seconds=61), "ratelimited")),
        ("500", Later(MORNING + timedelta(seconds=30), "internal_error", cause="answer")),
        ("html", Later(MORNING + timedelta(seconds=30), "http_502", cause="answer")),
        ("hang", Later(MORNING + timedelta(seconds=30), "TimeoutError", cause="answer")),
        ({"error": "token_revoked"}, Later(MORNING + timedelta(hours=1), "token_revoked", cause="answer")),
        ({"error": "a_new_word"}, Later(MORNING + timedelta(seconds=30), "a_new_word", cause="answer")),
    ],
)
async def test_each_failure_to_read_is_told_for_what_it_is(post: Post, how: Any, finding: Any) -> None:
    channel = await post.posts()
    post.playground.fail("conversations.history", how=how, retry_after=61)

    assert await post.courier.find(post.doubt(channel=channel)) == finding
    assert isinstance(await post.courier.find(post.doubt(channel=channel)), Sent)  # it was that once


async def test_a_line_that_is_cut_is_told_where_reading_once_more_does_not_help(post: Post) -> None:
    """aiohttp asks once more by itself: reading twice does no harm, and it never does that with a message."""
    channel = await post.posts()
    post.playground.fail("conversations.history", how="drop_before", times=2)

    found = await post.courier.find(post.doubt(channel=channel))

    assert found == Later(MORNING + timedelta(seconds=30), "ServerDisconnectedError", cause="answer")


async def test_a_failure_on_a_later_page_is_no_absence(post: Post) -> None:
    channel = await post.posts()
    for number in range(250):
        await post.client.chat_postMessage(channel=channel, text=str(number))
    post.playground.fail("conversations.history", how="500", when=lambda args: bool(args.get("cursor")))

    found = await post.courier.find(post.doubt(channel=channel))

    assert found == Later(MORNING + timedelta(seconds=30), "internal_error", cause="answer")


async def test_without_the_right_to_open_a_conversation_an_unknown_one_cannot_be_read() -> None:
    async for post in opened(a_playground(without="im:write")):
        channel = await post.posts()

        assert await post.courier.find(post.doubt()) == Unreadable("missing_scope")
        assert isinstance(await post.courier.find(post.doubt(channel=channel)), Sent)


async def test_without_the_right_to_read_nothing_can_be_told() -> None:
    async for post in opened(a_playground(without="im:history")):
        channel = await post.posts()

        assert await post.courier.find(post.doubt(channel=channel)) == Unreadable("missing_scope")
        assert await post.courier.marks_since("U0MAYA", channel, STARTED) == Unreadable("missing_scope")


async def test_who_has_left_has_no_conversation_that_could_be_read(post: Post) -> None:
    assert isinstance(await post.courier.find(post.doubt(slack_id="U0GONE")), Unreadable)


async def test_who_has_no_address_any_more_is_not_asked_about(post: Post) -> None:
    """The roster has taken it away meanwhile."""
    assert await post.courier.find(post.doubt(slack_id="")) == Unreadable("no_address")
    assert list(post.playground.calls) == []


async def test_an_app_that_may_read_once_a_minute_is_told_to_come_back() -> None:
    """Slack's limit for apps that are sold outside its Marketplace: one read a minute, fifteen messages each."""
    async for post in opened(a_playground(limits=True, distributed=True)):
        channel = await post.posts()
        first = await post.courier.find(post.doubt(channel=channel))
        second = await post.courier.find(post.doubt(channel=channel))
        await post.playground.move_clock(MORNING + timedelta(minutes=1))

        assert isinstance(first, Sent)
        assert second == Later(MORNING + timedelta(seconds=60), "ratelimited")
        assert await post.courier.find(post.doubt(channel=channel)) == first


async def test_the_marks_of_all_notes_since_then_are_heard(post: Post) -> None:
    channel = await post.posts("n1", marks=("old",))
    later: datetime = MORNING + timedelta(hours=3)
    await post.playground.move_clock(later)
    await post.posts("n2", marks=("a", "b"))
    await post.posts("n3", marks=("b", "c"))

    heard = await post.courier.marks_since("U0MAYA", channel, STARTED)
    newer = await post.courier.marks_since("U0MAYA", "", later - timedelta(minutes=1))

    assert isinstance(heard, Mapping)
    assert isinstance(newer, Mapping)
    assert set(heard) == {"old", "a", "b", "c"}
    assert set(newer) == {"a", "b", "c"}
