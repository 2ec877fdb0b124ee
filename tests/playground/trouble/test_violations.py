"""What Slack would frown at is said in a sentence, beside the call or the delivery."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Call, Delivery, PersonDriver, Playground
from bot.playground.workspace.violations import of_call, of_delivery
from tests.playground.conftest import Connect
from tests.playground.listening import hears_commands
from tests.playground.parrot import actions, button, home, section

Json = dict[str, Any]


def last(playground: Playground) -> Call | Delivery:
    return playground.slack.journal.entries[-1]


@pytest.mark.parametrize(
    ("method", "args", "words"),
    [
        ("chat.postMessage", {"channel": "C1", "blocks": "[…]"}, "screen readers"),
        ("chat.update", {"channel": "C1", "ts": "1.0", "blocks": [section("Hello")]}, "screen readers"),
        ("chat.postMessage", {"channel": "C1", "text": "x" * 4001}, "4,000 characters"),
        ("views.update", {"view_id": "V1", "view": "{}", "hash": ""}, "`hash` is empty"),
        ("files.upload", {"content": "x"}, "retired files.upload"),
        ("channels.list", {}, "retired channels.list"),
        ("chat.postMessage", {"channel": "C1", "text": "x", "as_user": "true"}, "`as_user`"),
        ("chat.scheduleMessage", {"channel": "C1", "text": "x", "metadata": "{}"}, "never posted"),
        ("users.list", {"limit": "1000"}, "no more than 200"),
    ],
)
def test_what_is_not_refused_may_still_be_unwise(method: str, args: Json, words: str) -> None:
    [sentence] = of_call(method, args)

    assert words in sentence


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("chat.postMessage", {"channel": "C1", "text": "Hello", "blocks": "[…]"}),
        ("chat.postMessage", {"channel": "C1", "text": "x" * 4000}),
        ("chat.update", {"channel": "C1", "ts": "1.0", "text": "Hello"}),
        ("chat.delete", {"channel": "C1", "ts": "1.0"}),
        ("views.update", {"view_id": "V1", "view": "{}", "hash": "1.abc"}),
        ("views.publish", {"user_id": "U1", "view": "{}"}),
        ("files.getUploadURLExternal", {"filename": "x", "length": "1"}),
        ("chat.scheduleMessage", {"channel": "C1", "text": "x"}),
        ("conversations.history", {"channel": "C1", "limit": "200"}),
    ],
)
def test_what_is_well_done_earns_no_sentence(method: str, args: Json) -> None:
    assert of_call(method, args) == ()


async def test_blocks_without_words_are_noticed_on_the_call(client: AsyncWebClient, playground: Playground) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="Hello", blocks=[section("Hello")])
    await client.api_call("chat.postMessage", json={"channel": "U0MAYA", "blocks": [section("Hello")]})

    with_text, without = playground.calls
    assert with_text.violations == ()
    assert "No top-level `text`" in without.violations[0]


async def test_a_call_before_the_pause_is_over_is_noticed(client: AsyncWebClient, playground: Playground) -> None:
    playground.fail("users.info", how="429", retry_after=30)
    with pytest.raises(SlackApiError):
        await client.users_info(user="U0MAYA")
    refused = last(playground).violations

    await client.users_info(user="U0MAYA")

    assert refused == ()
    assert "Retry-After has 30 s to go" in last(playground).violations[0]


async def test_the_sixth_use_of_a_response_url_is_noticed(
    playground: Playground, session: aiohttp.ClientSession
) -> None:
    token = playground.slack.response_urls.issue("U0MAYA", playground.slack.im_with("U0MAYA").id)
    for number in range(6):
        async with session.post(f"{playground.url}/response/{token}", json={"text": str(number)}):
            pass

    entries = [one for one in playground.slack.journal.entries if isinstance(one, Call)]
    assert [one.method for one in entries] == ["response_url"] * 6
    assert [len(one.violations) for one in entries] == [0, 0, 0, 0, 0, 1]
    assert "works 5 times" in entries[5].violations[0]
    assert playground.calls == type(playground.calls)()  # it is no call of a method


async def test_a_good_acknowledgement_earns_no_sentence(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    hears_commands(app, "Done.")

    async with connected():
        await maya.types("/say hello")

    entry = last(playground)
    assert isinstance(entry, Delivery)
    assert (entry.name, entry.violations) == ("slash_commands /say", ())


async def test_no_acknowledgement_is_noticed(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    @app.command("/say")
    async def say() -> None:
        await asyncio.Event().wait()

    async with connected():
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say hello")

    assert last(playground).violations == (
        "No acknowledgement within three seconds: in Slack the person sees that the app failed.",
    )


async def test_an_event_that_nobody_listens_for_is_noticed(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    async with connected():
        await maya.opens_messages()

    entry = last(playground)
    assert isinstance(entry, Delivery)
    assert entry.name == "event app_home_opened"
    assert "does anything in the app listen for this event?" in entry.violations[0]


async def test_an_answer_where_none_is_heeded_is_noticed(
    app: AsyncApp, connected: Connect, client: AsyncWebClient, maya: PersonDriver, playground: Playground
) -> None:
    await client.views_publish(user_id="U0MAYA", view=home(actions(button("press"))))

    @app.action("press")
    async def press(ack: AsyncAck) -> None:
        await ack({"text": "Pressed."})

    async with connected():
        await maya.clicks("press")

    entry = last(playground)
    assert isinstance(entry, Delivery)
    assert entry.name == "block_actions"
    assert "takes no notice" in entry.violations[0]


@pytest.mark.parametrize(
    ("kind", "payload", "reply", "ms", "words"),
    [
        ("slash_commands", {}, {}, 1001.0, "took 1.0 s"),
        ("events_api", {}, {"text": "x"}, 1.0, "no notice"),
        ("interactive", {"type": "view_closed"}, {"response_action": "clear"}, 1.0, "no notice"),
    ],
)
def test_how_it_was_acknowledged_is_noticed(kind: str, payload: Json, reply: Json, ms: float, words: str) -> None:
    [sentence] = of_delivery(kind, payload, reply, ms)

    assert words in sentence


@pytest.mark.parametrize(
    ("kind", "payload", "reply"),
    [
        ("slash_commands", {}, {"text": "Done."}),
        ("interactive", {"type": "view_submission"}, {"response_action": "clear"}),
        ("interactive", {"type": "block_suggestion"}, {"options": []}),
        ("interactive", {"type": "block_actions"}, {}),
        ("events_api", {}, {}),
    ],
)
def test_a_timely_acknowledgement_with_what_belongs_there_is_fine(kind: str, payload: Json, reply: Json) -> None:
    assert of_delivery(kind, payload, reply, 999.0) == ()
