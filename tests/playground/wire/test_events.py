"""Events: what the app hears of what people and it itself do, once or again."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, Member, PersonDriver, Playground
from tests.playground.conftest import Connect, on_line
from tests.playground.listening import hears_bodies
from tests.playground.parrot import MANIFEST, MEMBERS, home

Json = dict[str, Any]


async def test_what_a_person_writes_reaches_the_app(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_bodies(app, "message")

    async with connected():
        said = await maya.says("Tom & I <3 @tom.b")
        await playground.until(lambda: heard)

    [body] = heard
    assert (body["type"], body["team_id"]) == ("event_callback", playground.team_id)
    assert body["event_id"].startswith("Ev")
    assert body["event_time"] == 1496325600
    assert body["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": playground.team_id,
            "user_id": playground.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
    assert (body["is_ext_shared_channel"], body["context_team_id"]) == (False, playground.team_id)
    assert body["event_context"]
    event = body["event"]
    assert (event["type"], event["channel_type"], event["user"]) == ("message", "im", "U0MAYA")
    assert event["text"] == "Tom &amp; I &lt;3 <@U0TOM>"
    assert event["ts"] == event["event_ts"] == said["ts"]
    assert "bot_id" not in event
    assert maya.last_message == said
    assert maya.unread == 0


async def test_an_event_for_which_the_manifest_does_not_ask_is_not_sent(app: AsyncApp) -> None:
    settings: Json = {"event_subscriptions": {"bot_events": []}}
    async with Playground(MANIFEST | {"settings": settings}, MEMBERS) as playground:
        maya = playground.person("U0MAYA")
        assert (await maya.says("Hello"))["text"] == "Hello"  # nobody is there, and nobody is waited for
        await maya.opens_messages()
        assert await playground.tell({"type": "message"}) is False


async def test_without_the_right_to_read_messages_none_are_sent(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_bodies(app, "message", "app_home_opened")
    playground.scopes.discard("im:history")

    async with connected():
        await maya.says("Hello")
        await maya.opens_messages()
        await playground.until(lambda: heard)

    assert [body["event"]["type"] for body in heard] == ["app_home_opened"]


@pytest.mark.parametrize("changed", [{"messages_tab_read_only_enabled": True}, {"messages_tab_enabled": False}])
async def test_nobody_writes_where_the_manifest_does_not_let_them(changed: Json) -> None:
    app_home = MANIFEST["features"]["app_home"] | changed
    manifest = MANIFEST | {"features": MANIFEST["features"] | {"app_home": app_home}}

    async with Playground(manifest, MEMBERS) as playground:
        with pytest.raises(ActRefused, match="messages_tab_disabled"):
            await playground.person("U0MAYA").says("Hello")


async def test_nothing_is_not_sent(maya: PersonDriver) -> None:
    with pytest.raises(ActRefused, match="no_text"):
        await maya.says("  ")


async def test_opening_the_app_lets_it_publish_the_home_tab(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    heard: list[Json] = []

    @app.event("app_home_opened")
    async def opened(event: Json, client: AsyncWebClient) -> None:
        heard.append(event)
        await client.views_publish(user_id=event["user"], view=home())

    async with connected():
        first = await maya.opens_home()
        second = await maya.opens_home()

    assert first is not None
    assert second is not None
    assert (heard[0]["tab"], heard[0]["channel"]) == ("home", "DU0MAYA")
    assert "view" not in heard[0]
    assert heard[1]["view"]["id"] == first["id"] == second["id"]


async def test_opening_the_messages_reads_them(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    heard = hears_bodies(app, "app_home_opened", "message")
    await client.chat_postMessage(channel="U0MAYA", text="Hello")
    assert maya.unread == 1

    async with connected():
        await maya.opens_messages()
        await playground.until(lambda: heard)

    assert heard[0]["event"]["tab"] == "messages"
    assert maya.unread == 0


async def test_the_app_hears_its_own_messages(client: AsyncWebClient, playground: Playground) -> None:
    app = AsyncApp(client=client, ignoring_self_events_enabled=False)
    heard = hears_bodies(app, "message")

    async with on_line(playground, app):
        posted = await client.chat_postMessage(channel="U0MAYA", text="Hello")
        await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Hello again")
        await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
        await playground.until(lambda: len(heard) == 3)

    said, changed, deleted = sorted((body["event"] for body in heard), key=lambda event: str(event["event_ts"]))
    assert (said["text"], said["user"], said["channel_type"]) == ("Hello", playground.bot_user_id, "im")
    assert said["bot_id"]
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "Hello again")
    assert changed["previous_message"]["text"] == "Hello"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", posted["ts"])


async def test_bolt_takes_what_it_hears_for_the_apps_own_and_ignores_it(
    app: AsyncApp, connected: Connect, client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    heard = hears_bodies(app, "message")

    async with connected():
        posted = await client.chat_postMessage(channel="U0MAYA", text="Hello")
        await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Hello again")
        await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
        await maya.says("Now me")
        await playground.until(lambda: heard)

    assert [body["event"]["user"] for body in heard] == ["U0MAYA"]


async def test_an_event_that_is_not_acknowledged_comes_again_with_the_same_id(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    tries: list[tuple[str, str]] = []

    @app.middleware
    async def fail_twice(req: Any, next: Any) -> None:  # noqa: A002 (Bolt finds its arguments by name)
        tries.append((req.body["event_id"], req.headers.get("x-slack-retry-num", ["0"])[0]))
        if len(tries) < 3:
            raise RuntimeError("not today")
        await next()

    heard = hears_bodies(app, "message")

    async with connected():
        await maya.says("Hello")
        await playground.until(lambda: heard)

    assert [attempt for _, attempt in tries] == ["0", "1", "2"]
    assert len({event_id for event_id, _ in tries}) == 1


async def test_the_app_hears_who_leaves_who_comes_and_who_is_renamed(
    app: AsyncApp, connected: Connect, playground: Playground
) -> None:
    heard = hears_bodies(app, "user_change", "team_join")

    async with connected():
        await playground.deactivate("U0TOM")
        await playground.reactivate("U0TOM")
        await playground.rename("U0TOM", "Thomas Baker")
        await playground.join(Member("U0NEW", "nia", "Nia New"))
        await playground.until(lambda: len(heard) == 4)

    events = [body["event"] for body in heard]
    assert [event["type"] for event in events] == ["user_change", "user_change", "user_change", "team_join"]
    assert [event["user"]["deleted"] for event in events] == [True, False, False, False]
    assert events[2]["user"]["real_name"] == "Thomas Baker"
    assert playground.person("U0NEW").messages == []


async def test_who_may_not_see_people_hears_nothing_of_them(
    app: AsyncApp, connected: Connect, playground: Playground
) -> None:
    heard = hears_bodies(app, "user_change", "team_join", "app_home_opened")

    async with connected():
        await playground.join(Member("U0VIC", "vic", "Vic Visitor", team="T0ELSEWHERE"))  # no member of this team
        playground.scopes.discard("users:read")
        await playground.rename("U0TOM", "Thomas Baker")
        await playground.join(Member("U0NEW", "nia", "Nia New"))
        await playground.person("U0MAYA").opens_messages()
        await playground.until(lambda: heard)

    assert [body["event"]["type"] for body in heard] == ["app_home_opened"]


async def test_an_app_that_is_gone_hears_nothing(app: AsyncApp, connected: Connect, playground: Playground) -> None:
    heard = hears_bodies(app, "user_change", "app_uninstalled")

    async with connected():
        await playground.uninstall()
        await playground.rename("U0TOM", "Thomas Baker")
        await playground.until(lambda: heard)

    assert [body["event"]["type"] for body in heard] == ["app_uninstalled"]


async def test_the_app_hears_of_its_own_removal(app: AsyncApp, connected: Connect, playground: Playground) -> None:
    heard = hears_bodies(app, "tokens_revoked", "app_uninstalled")

    async with connected():
        await playground.uninstall()
        await playground.until(lambda: len(heard) == 2)

    with pytest.raises(ActRefused, match="app_not_installed"):
        await playground.person("U0MAYA").types("/say")
