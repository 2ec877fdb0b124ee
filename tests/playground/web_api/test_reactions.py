"""Reactions to messages."""

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from bot.playground.wire import reactions
from tests.playground.conftest import Connect, refusal
from tests.playground.listening import hears_events


async def test_a_reaction_stands_at_the_message_until_it_is_taken_off(
    client: AsyncWebClient, playground: Playground
) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Well done"))["ts"]

    await client.reactions_add(channel="C0GENERAL", timestamp=ts, name="tada")
    await client.reactions_add(channel="C0GENERAL", timestamp=ts, name=":wave::skin-tone-3")
    await client.reactions_remove(channel="C0GENERAL", timestamp=ts, name="wave::skin-tone-3")

    [message] = (await client.conversations_history(channel="C0GENERAL"))["messages"]
    assert message["reactions"] == [{"name": "tada", "users": [playground.bot_user_id], "count": 1}]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"name": "no such thing!"}, "invalid_name"),
        ({"name": ""}, "invalid_name"),
        ({"timestamp": "yesterday"}, "bad_timestamp"),
        ({"timestamp": "1496325600.999999"}, "message_not_found"),
        ({"timestamp": ""}, "no_item_specified"),
        ({"channel": ""}, "no_item_specified"),
        ({"channel": "G0BOARD"}, "channel_not_found"),
        ({"channel": "C0RANDOM"}, "not_in_channel"),
    ],
)
@pytest.mark.parametrize("method", ["reactions.add", "reactions.remove"])
async def test_a_reaction_to_nothing_is_refused(
    client: AsyncWebClient, method: str, asked: dict[str, str], error: str
) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Well done"))["ts"]

    call = client.api_call(method, params={"channel": "C0GENERAL", "timestamp": ts, "name": "tada"} | asked)

    assert (await refusal(call))["error"] == error


async def test_one_picture_is_put_on_and_taken_off_once(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Well done"))["ts"]
    place = {"channel": "C0GENERAL", "timestamp": ts, "name": "tada"}

    assert (await refusal(client.reactions_remove(**place)))["error"] == "no_reaction"
    await client.reactions_add(**place)
    assert (await refusal(client.reactions_add(**place)))["error"] == "already_reacted"


async def test_the_app_cannot_take_off_what_others_put_on(client: AsyncWebClient, playground: Playground) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Well done")
    general = playground.slack.channel("C0GENERAL")
    assert general is not None
    reactions.put_on(playground.slack, general, general.messages[posted["ts"]], "U0MAYA", "tada")

    call = client.reactions_remove(channel="C0GENERAL", timestamp=posted["ts"], name="tada")

    assert (await refusal(call))["error"] == "no_reaction"


async def test_there_are_limits_to_enthusiasm(client: AsyncWebClient) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Well done"))["ts"]
    for number in range(23):
        await client.reactions_add(channel="C0GENERAL", timestamp=ts, name=f"star{number}")

    call = client.reactions_add(channel="C0GENERAL", timestamp=ts, name="one_more")

    assert (await refusal(call))["error"] == "too_many_reactions"


async def test_a_message_has_room_for_fifty_pictures(client: AsyncWebClient, playground: Playground) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Well done"))["ts"]
    slack, general = playground.slack, playground.slack.channel("C0GENERAL")
    assert general is not None
    for number in range(50):
        reactions.put_on(slack, general, general.messages[ts], "U0MAYA", f"star{number}")

    another = client.reactions_add(channel="C0GENERAL", timestamp=ts, name="one_more")

    assert (await refusal(another))["error"] == "too_many_emoji"
    assert (await client.reactions_add(channel="C0GENERAL", timestamp=ts, name="star7"))["ok"]


async def test_what_is_archived_is_left_alone(client: AsyncWebClient, playground: Playground) -> None:
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Well done"))["ts"]
    general = playground.slack.channel("C0GENERAL")
    assert general is not None
    general.archived = True

    assert (await refusal(client.reactions_add(channel="C0GENERAL", timestamp=ts, name="tada")))[
        "error"
    ] == "is_archived"


async def test_the_app_hears_of_what_people_put_on_and_take_off(
    client: AsyncWebClient, playground: Playground, app: AsyncApp, connected: Connect
) -> None:
    heard = hears_events(app, "reaction_added", "reaction_removed")
    ts = (await client.chat_postMessage(channel="C0GENERAL", text="Well done"))["ts"]
    slack, general = playground.slack, playground.slack.channel("C0GENERAL")
    assert general is not None

    async with connected():
        for act in (reactions.put_on, reactions.take_off):
            event = act(slack, general, general.messages[ts], "U0MAYA", "tada")
            assert event is not None
            await slack.deliveries.tell(event)

    assert [event["type"] for event in heard] == ["reaction_added", "reaction_removed"]
    assert heard[0]["item"] == {"type": "message", "channel": "C0GENERAL", "ts": ts}
    assert (heard[0]["user"], heard[0]["item_user"]) == ("U0MAYA", playground.bot_user_id)
