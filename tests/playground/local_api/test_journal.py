"""The journal through the local API: calls and deliveries in one count, with what Slack would frown at."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground
from tests.playground.conftest import Connect
from tests.playground.listening import hears_commands
from tests.playground.local_api.conftest import Caller
from tests.playground.parrot import section


async def test_calls_and_deliveries_stand_in_one_count(
    app: AsyncApp, connected: Connect, client: AsyncWebClient, api: Caller
) -> None:
    hears_commands(app, "Done.")

    async with connected():
        await api.post("people/U0MAYA/command", {"text": "/say hello"})
        await client.users_info(user="U0MAYA")

    *_, sent, called = (await api.get("journal"))["entries"]
    assert (sent["kind"], sent["name"], sent["reply"]) == ("sent", "slash_commands /say", {"text": "Done."})
    assert sent["payload"]["text"] == "hello"
    assert (called["kind"], called["name"], called["args"]) == ("call", "users.info", {"user": "U0MAYA"})
    assert called["n"] == sent["n"] + 1


async def test_only_what_is_new_is_asked_for(client: AsyncWebClient, api: Caller) -> None:
    await client.users_info(user="U0MAYA")
    [first] = (await api.get("journal"))["entries"]
    await client.users_info(user="U0TOM")

    assert [one["args"] for one in (await api.get(f"journal?since={first['n']}"))["entries"]] == [{"user": "U0TOM"}]
    assert len((await api.get("journal?since=x"))["entries"]) == 2


async def test_what_slack_would_frown_at_and_what_went_wrong_on_order_are_told(
    client: AsyncWebClient, api: Caller, playground: Playground
) -> None:
    playground.fail("chat.postMessage", how="slow", seconds=0.01)

    await client.api_call("chat.postMessage", json={"channel": "U0TOM", "blocks": [section("Hello")]})

    call = next(one for one in (await api.get("journal"))["entries"] if one["kind"] == "call")
    assert call["fault"] == "slow"
    assert "screen readers" in call["violations"][0]


async def test_no_token_is_written_down(client: AsyncWebClient, api: Caller, playground: Playground) -> None:
    await client.api_call("users.info", params={"user": "U0MAYA", "token": playground.bot_token})

    assert playground.bot_token not in str(await api.get("journal"))
