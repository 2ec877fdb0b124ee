"""What people write, in whatever conversation they are in, and what the app hears of it."""

import uuid
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, PersonDriver, Playground, Room
from bot.playground.desk import writing
from tests.playground.conftest import Connect
from tests.playground.desk.aviary import PEOPLE, RICH
from tests.playground.listening import hears_bodies, hears_commands

Json = dict[str, Any]


@pytest.mark.parametrize(("channel", "kind"), [("C0GENERAL", "channel"), ("C0SECRET", "group")])
async def test_the_app_hears_what_is_written_where_it_is(
    app: AsyncApp, connected: Connect, maya: PersonDriver, channel: str, kind: str
) -> None:
    heard = hears_bodies(app, "message")

    async with connected():
        said = await maya.says("Hello @tom.b, see #general", in_=channel)
        await maya.waits_until(lambda: heard)

    event = heard[0]["event"]
    assert (event["channel"], event["channel_type"], event["ts"]) == (channel, kind, said["ts"])
    assert event["text"] == "Hello <@U0TOM>, see <#C0GENERAL|general>"


async def test_addresses_become_links(maya: PersonDriver) -> None:
    said = await maya.says("See (https://example.org/@tom.b?a=1&b=2), <https://example.org>. Or ask ann@example.org!")

    assert said["text"] == (
        "See (<https://example.org/@tom.b?a=1&amp;b=2>), &lt;<https://example.org>&gt;. "
        "Or ask <mailto:ann@example.org|ann@example.org>!"
    )


async def test_everybody_can_be_called(maya: PersonDriver) -> None:
    said = await maya.says("@here or @channel, but not <!everyone>", in_="C0GENERAL")

    assert said["text"] == "<!here> or <!channel>, but not &lt;!everyone&gt;"


async def test_a_message_comes_as_rich_text_too(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    heard = hears_bodies(app, "message")

    async with connected():
        await maya.says("*Hi* @tom.b & @here :wave: see #general or https://example.org", in_="C0GENERAL")
        await maya.waits_until(lambda: heard)

    [block] = heard[0]["event"]["blocks"]
    assert (block["type"], bool(block["block_id"])) == ("rich_text", True)
    assert block["elements"] == [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Hi", "style": {"bold": True}},
                {"type": "text", "text": " "},
                {"type": "user", "user_id": "U0TOM"},
                {"type": "text", "text": " & "},
                {"type": "broadcast", "range": "here"},
                {"type": "text", "text": " "},
                {"type": "emoji", "name": "wave"},
                {"type": "text", "text": " see "},
                {"type": "channel", "channel_id": "C0GENERAL"},
                {"type": "text", "text": " or "},
                {"type": "link", "url": "https://example.org"},
            ],
        }
    ]
    assert str(uuid.UUID(heard[0]["event"]["client_msg_id"])) == heard[0]["event"]["client_msg_id"]


async def test_the_app_hears_that_it_is_meant(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_bodies(app, "app_mention")
    hears_bodies(app, "message")

    async with connected():
        said = await maya.says("@polly_parrot, say hello", in_="C0GENERAL")
        await maya.says("@polly_parrot, say hello")  # nobody else is there
        playground.scopes.discard("app_mentions:read")
        await maya.says("@polly_parrot, again", in_="C0GENERAL")

    [body] = heard
    assert (body["event"]["type"], body["event"]["user"]) == ("app_mention", "U0MAYA")
    assert body["event"]["text"] == f"<@{playground.bot_user_id}>, say hello"
    assert (body["event"]["channel"], body["event"]["ts"]) == ("C0GENERAL", said["ts"])
    assert "channel_type" not in body["event"]


async def test_the_app_hears_a_group_conversation(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    heard = hears_bodies(app, "message")
    group = (await client.conversations_open(users="U0MAYA,U0TOM"))["channel"]["id"]

    async with connected():
        await maya.says("You two", in_=group)
        await maya.waits_until(lambda: heard)

    assert (heard[0]["event"]["channel"], heard[0]["event"]["channel_type"]) == (group, "mpim")


async def test_the_app_hears_nothing_where_it_is_not(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_bodies(app, "message")

    async with connected():
        await maya.says("Among us", in_="C0GARDEN")
        await maya.says("For you")
        await maya.waits_until(lambda: heard)

    assert [body["event"]["text"] for body in heard] == ["For you"]


async def test_a_reply_stands_in_the_thread(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    heard = hears_bodies(app, "message")
    posted = await client.chat_postMessage(channel="U0MAYA", text="How was it?")

    async with connected():
        reply = await maya.says("Good", thread=posted["ts"])
        await maya.says("Very good", thread=reply["ts"])  # a thread has no threads
        await maya.waits_until(lambda: len(heard) == 2)

    assert [body["event"]["thread_ts"] for body in heard] == [posted["ts"], posted["ts"]]


async def test_nobody_writes_where_they_are_not(tom: PersonDriver, maya: PersonDriver) -> None:
    for channel in ("C0GARDEN", "DU0MAYA", "C0NOWHERE"):
        with pytest.raises(ActRefused, match="channel_not_found"):
            await tom.says("Let me in", in_=channel)
    with pytest.raises(ActRefused, match="message_not_found"):
        await maya.says("To what?", thread="1.0")


async def test_a_command_works_where_the_app_is_not(
    app: AsyncApp, connected: Connect, maya: PersonDriver, tom: PersonDriver
) -> None:
    heard = hears_commands(app, {"text": "Said.", "response_type": "in_channel"})

    async with connected():
        await maya.types("/say it in #general and #secret", in_="C0GARDEN")
        await maya.types("/raw it in #general", in_="C0SECRET")
        with pytest.raises(ActRefused, match="channel_not_found"):
            await tom.types("/say it", in_="C0GARDEN")

    assert [(one["channel_id"], one["channel_name"]) for one in heard] == [
        ("C0GARDEN", "garden"),
        ("C0SECRET", "privategroup"),
    ]
    assert [one["text"] for one in heard] == ["it in <#C0GENERAL|general> and #secret", "it in #general"]
    assert "Said." in maya.sees(in_="C0GARDEN")


async def test_a_reaction_is_put_on_and_taken_off(
    app: AsyncApp, connected: Connect, maya: PersonDriver, tom: PersonDriver
) -> None:
    heard = hears_bodies(app, "reaction_added", "reaction_removed")

    async with connected():
        said = await maya.says("Look", in_="C0GENERAL")
        await maya.reacts("eyes", said, in_="C0GENERAL")
        await tom.reacts(":eyes:", said, in_="C0GENERAL")
        await tom.reacts("eyes", said, in_="C0GENERAL")  # twice is once
        await maya.reacts("eyes", said, in_="C0GENERAL", off=True)
        await maya.waits_until(lambda: len(heard) == 3)

    kinds = [(body["event"]["type"], body["event"]["user"]) for body in heard]
    assert kinds == [("reaction_added", "U0MAYA"), ("reaction_added", "U0TOM"), ("reaction_removed", "U0MAYA")]
    assert heard[0]["event"]["item"] == {"type": "message", "channel": "C0GENERAL", "ts": said["ts"]}
    assert (heard[0]["event"]["reaction"], heard[0]["event"]["item_user"]) == ("eyes", "U0MAYA")
    [shown] = [one for one in tom.conversation("C0GENERAL") if one["ts"] == said["ts"]]
    assert shown["reactions"] == [{"name": "eyes", "users": ["U0TOM"], "count": 1}]


async def test_the_app_hears_who_joins_and_leaves_where_it_is(
    app: AsyncApp, connected: Connect, playground: Playground
) -> None:
    heard = hears_bodies(app, "member_joined_channel", "member_left_channel")
    lena = playground.person("U0LENA")

    async with connected():
        lena.joins("C0GARDEN")
        lena.joins("C0GENERAL")
        lena.leaves("C0GENERAL")
        await playground.until(lambda: len(heard) == 2)

    joined, left = sorted((body["event"] for body in heard), key=lambda event: str(event["event_ts"]))
    assert (joined["type"], joined["user"], joined["channel"]) == ("member_joined_channel", "U0LENA", "C0GENERAL")
    assert (joined["channel_type"], joined["team"]) == ("C", "T0PLAYGROUND")
    assert (left["type"], left["channel"]) == ("member_left_channel", "C0GENERAL")


async def test_a_private_channel_is_not_found_and_a_direct_message_not_left(playground: Playground) -> None:
    with pytest.raises(ActRefused, match="channel_not_found"):
        playground.person("U0LENA").joins("C0SECRET")
    with pytest.raises(ActRefused, match="cannot_leave"):
        playground.person("U0MAYA").leaves("DU0MAYA")
    with pytest.raises(ActRefused, match="channel_not_found"):
        playground.person("U0LENA").leaves("C0GENERAL")


@pytest.mark.parametrize(("tab", "switch"), [("home", "home_tab_enabled"), ("messages", "messages_tab_enabled")])
async def test_a_tab_that_is_switched_off_cannot_be_opened(tab: str, switch: str) -> None:
    app_home = RICH["features"]["app_home"] | {switch: False}
    async with Playground(RICH | {"features": RICH["features"] | {"app_home": app_home}}, PEOPLE) as playground:
        with pytest.raises(ActRefused, match="tab_disabled"):
            await writing.open_app(playground.slack, "U0MAYA", tab)


async def test_an_archived_channel_is_silent() -> None:
    old = Room("C0OLD", "old", ("U0MAYA",), archived=True)
    async with Playground(RICH, PEOPLE, rooms=[old]) as playground:
        with pytest.raises(ActRefused, match="is_archived"):
            await playground.person("U0MAYA").says("Anybody?", in_="C0OLD")
        with pytest.raises(ActRefused, match="channel_not_found"):
            playground.person("U0TOM").joins("C0OLD")


async def test_opening_a_conversation_reads_it(maya: PersonDriver, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0GENERAL", text="News")
    assert maya.unread == 1

    maya.opens("C0GENERAL")

    assert maya.unread == 0
