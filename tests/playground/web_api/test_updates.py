"""What the app changes and takes back of what it said."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import refusal
from tests.playground.parrot import actions, button, section


async def test_an_update_changes_the_message_in_place(client: AsyncWebClient, maya: PersonDriver) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Two?", blocks=[actions(button("yes"))])

    answer = await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Two.", blocks=[])

    assert answer["ts"] == posted["ts"]
    assert answer["text"] == "Two."
    [message] = maya.messages
    assert message["text"] == "Two."
    assert "blocks" not in message
    assert message["edited"]["user"] == message["user"]
    assert maya.unread == 1


async def test_an_update_keeps_what_it_does_not_name(client: AsyncWebClient, maya: PersonDriver) -> None:
    posted = await client.chat_postMessage(
        channel="U0MAYA", text="Words", blocks=[section("Blocks")], metadata={"event_type": "n", "event_payload": {}}
    )

    place = {"channel": posted["channel"], "ts": posted["ts"]}
    await client.api_call("chat.update", json=place | {"blocks": [section("Other blocks")]})

    [message] = maya.messages
    assert message["text"] == "Words"
    assert message["blocks"][0]["text"]["text"] == "Other blocks"
    assert message["metadata"]["event_type"] == "n"


async def test_other_words_take_the_place_of_the_blocks(client: AsyncWebClient, maya: PersonDriver) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Words", blocks=[section("Blocks")])

    answer = await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Other words")

    assert answer["message"]["text"] == "Other words"
    assert "blocks" not in answer["message"]


async def test_only_other_words_are_marked_as_edited(client: AsyncWebClient, maya: PersonDriver) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Words")
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    shown = await client.chat_update(**place, text="Words", blocks=[section("Blocks")])
    said = await client.chat_update(**place, text="Other words")

    assert "edited" not in shown["message"]
    assert said["message"]["edited"]["ts"]


@pytest.mark.parametrize(("length", "taken"), [(4000, True), (4001, False)])
async def test_an_update_is_shorter_than_a_message(client: AsyncWebClient, length: int, taken: bool) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="x" * 5000)
    update = client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x" * length)

    if taken:
        assert (await update)["ok"]
    else:
        assert (await refusal(update))["error"] == "msg_too_long"


async def test_only_the_apps_own_messages_can_be_changed_or_deleted(client: AsyncWebClient, maya: PersonDriver) -> None:
    said = await maya.says("Mine")
    posted = await client.chat_postMessage(channel="U0MAYA", text="Yours")
    channel = posted["channel"]

    assert (await refusal(client.chat_update(channel=channel, ts=said["ts"], text="!")))[
        "error"
    ] == "cant_update_message"
    assert (await refusal(client.chat_delete(channel=channel, ts=said["ts"])))["error"] == "cant_delete_message"
    assert (await client.chat_delete(channel=channel, ts=posted["ts"]))["ok"]
    assert (await refusal(client.chat_delete(channel=channel, ts=posted["ts"])))["error"] == "message_not_found"
    assert [message["text"] for message in maya.messages] == ["Mine"]


async def test_attachments_stay_until_an_empty_list_takes_them_away(client: AsyncWebClient, maya: PersonDriver) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Words", attachments=[{"text": "More"}])
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    kept = await client.chat_update(**place, text="Words.")
    bare = await client.chat_update(**place, text="Words!", attachments=[])

    assert kept["message"]["attachments"] == [{"text": "More", "id": 1, "fallback": "More"}]
    assert "attachments" not in bare["message"]


async def test_what_was_said_to_somebody_who_left_cannot_be_changed(
    client: AsyncWebClient, playground: Playground
) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Words")
    await playground.deactivate("U0MAYA")

    update = client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Other words")

    assert (await refusal(update))["error"] == "is_inactive"
