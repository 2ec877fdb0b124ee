"""Commands, as a real Bolt app gets them over a real socket, and what becomes of its answer."""

import asyncio

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.playground import ActRefused, PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.listening import hears_commands
from tests.playground.parrot import section


async def test_a_command_reaches_the_app_with_slacks_fields(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_commands(app)

    async with connected():
        assert await maya.types("/say  hello there ") is None

    [command] = heard
    assert (command["command"], command["text"]) == ("/say", "hello there")
    assert (command["user_id"], command["user_name"]) == ("U0MAYA", "maya")
    assert (command["team_id"], command["channel_name"]) == (playground.team_id, "directmessage")
    assert command["channel_id"].startswith("D")
    assert command["response_url"].startswith(playground.url)
    assert command["trigger_id"]
    assert command["is_enterprise_install"] == "false"


async def test_names_become_people_where_the_manifest_asks_for_it(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    heard = hears_commands(app)

    async with connected():
        for line in ("/say with @tom.b, not @nobody", "/raw with @tom.b", "/say to tom.b@maya", "/say @tom.b"):
            await maya.types(line)

    assert [command["text"] for command in heard] == [
        "with <@U0TOM|tom.b>, not @nobody",
        "with @tom.b",
        "to tom.b@maya",
        "<@U0TOM|tom.b>",
    ]


async def test_addresses_become_references_where_the_manifest_asks_for_it(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    heard = hears_commands(app)

    async with connected():
        await maya.types("/say see https://example.org/a, ann@example.org")
        await maya.types("/raw see https://example.org/a")

    assert heard[0]["text"] == "see <https://example.org/a>, ann@example.org"
    assert heard[1]["text"] == "see https://example.org/a"


async def test_what_is_typed_cannot_pass_for_markup(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    heard = hears_commands(app)

    async with connected():
        await maya.types("/say <!here> & <@U0TOM>")

    assert heard[0]["text"] == "&lt;!here&gt; &amp; &lt;@U0TOM&gt;"


async def test_text_in_the_acknowledgement_is_shown_to_that_person_alone(
    app: AsyncApp, connected: Connect, maya: PersonDriver, tom: PersonDriver
) -> None:
    hears_commands(app, "Said.")

    async with connected():
        shown = await maya.types("/say it")

    assert shown is not None
    assert (shown["text"], shown["ephemeral"]) == ("Said.", True)
    assert maya.last_message == shown
    assert tom.messages == []


async def test_an_acknowledgement_may_hold_blocks_and_speak_to_all(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    hears_commands(app, {"text": "Said.", "blocks": [section("*Said*")], "response_type": "in_channel"})

    async with connected():
        shown = await maya.types("/say it")

    assert shown is not None
    assert "ephemeral" not in shown
    assert shown["blocks"][0]["text"]["text"] == "*Said*"


async def test_an_acknowledgement_that_slack_would_not_show_is_told(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    hears_commands(app, {"text": "Said.", "blocks": [section("")]})

    async with connected():
        with pytest.raises(ActRefused, match="app_answered_badly"):
            await maya.types("/say it")


async def test_a_command_that_the_manifest_lacks_is_unknown(maya: PersonDriver) -> None:
    with pytest.raises(ActRefused, match="unknown_command: /sing"):
        await maya.types("/sing")


async def test_an_app_that_does_not_acknowledge_has_not_answered(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    async with connected():
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say it")  # Bolt has no listener for it, and does not acknowledge


async def test_an_app_that_takes_longer_than_three_seconds_has_not_answered(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    released = asyncio.Event()

    @app.command("/say")
    async def say(ack: AsyncAck) -> None:
        await released.wait()
        await ack("Too late")

    async with connected():
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say it")
        released.set()

    assert maya.messages == []


async def test_an_app_that_is_not_there_has_not_answered(maya: PersonDriver) -> None:
    with pytest.raises(ActRefused, match="app_did_not_answer: The app is not connected"):
        await maya.types("/say it")


async def test_somebody_who_has_left_does_nothing(playground: Playground) -> None:
    gone = playground.person("U0GONE")

    for act in (gone.types("/say it"), gone.says("hello"), gone.opens_messages()):
        with pytest.raises(ActRefused, match="Gina Gone has left"):
            await act


def test_nobody_can_act_who_is_not_here(playground: Playground) -> None:
    with pytest.raises(ActRefused, match="user_not_found"):
        playground.person("U0NOBODY")
