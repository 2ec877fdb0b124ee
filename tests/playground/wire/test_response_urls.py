"""Response URLs: five uses, half an hour, and the only way to change an ephemeral message."""

from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import Connect, RealTime
from tests.playground.parrot import actions, button

Json = dict[str, Any]


@pytest.fixture
def url(playground: Playground) -> str:
    """Where the app may answer what Maya just did."""
    channel = playground.slack.im_with("U0MAYA")
    return f"{playground.url}/response/{playground.slack.response_urls.issue('U0MAYA', channel.id)}"


async def sent(session: aiohttp.ClientSession, url: str, **body: Any) -> tuple[int, str]:
    async with session.post(url, json=body) as answer:
        return answer.status, await answer.text()


async def test_an_answer_is_for_the_person_alone_unless_it_says_otherwise(
    session: aiohttp.ClientSession, url: str, maya: PersonDriver
) -> None:
    assert await sent(session, url, text="For you") == (200, "ok")
    assert await sent(session, url, text="For all", response_type="in_channel") == (200, "ok")

    assert [message.get("ephemeral", False) for message in maya.messages] == [True, False]


async def test_five_uses_are_the_most(session: aiohttp.ClientSession, url: str, maya: PersonDriver) -> None:
    answers = [await sent(session, url, text=str(number)) for number in range(6)]

    assert [status for status, _ in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5][1]
    assert len(maya.messages) == 5


async def test_a_refused_answer_does_not_count(session: aiohttp.ClientSession, url: str) -> None:
    for _ in range(6):
        assert (await sent(session, url, text=""))[0] == 400

    assert await sent(session, url, text="At last") == (200, "ok")


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 404)])
async def test_half_an_hour_is_the_longest(
    session: aiohttp.ClientSession, url: str, seconds: RealTime, minutes: int, status: int
) -> None:
    seconds.now += minutes * 60

    assert (await sent(session, url, text="Hello"))[0] == status


async def test_nonsense_is_refused(session: aiohttp.ClientSession, url: str, playground: Playground) -> None:
    assert (await sent(session, playground.url + "/response/made-up", text="Hello"))[0] == 404
    assert (await sent(session, url, text="x", blocks=[{"type": "hologram"}]))[0] == 400
    assert (await sent(session, url, delete_original=True))[0] == 400
    for body in ("{", "[]"):
        async with session.post(url, data=body) as answer:
            assert answer.status == 400


async def test_a_clicked_message_is_replaced_in_place(
    app: AsyncApp, connected: Connect, client: AsyncWebClient, maya: PersonDriver
) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="Sure?", blocks=[actions(button("yes"))])

    @app.action("yes")
    async def yes(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Done.", replace_original=True)

    async with connected():
        await maya.clicks("yes")
        await maya.waits_to_see("Done.")

    [message] = maya.messages
    assert "blocks" not in message


async def test_an_ephemeral_message_is_replaced_and_then_deleted(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    @app.command("/say")
    async def say(ack: AsyncAck) -> None:
        await ack({"text": "Sure?", "blocks": [actions(button("yes"))]})

    @app.action("yes")
    async def yes(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="Done.", blocks=[actions(button("hide"))], replace_original=True)

    @app.action("hide")
    async def hide(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(delete_original=True)

    async with connected():
        await maya.types("/say")
        await maya.clicks("yes")
        await maya.waits_to_see("Done.")
        [message] = maya.messages
        assert message["ephemeral"] is True
        await maya.clicks("hide")
        await maya.waits_until(lambda: maya.messages == [])


async def test_somebody_who_left_gets_no_answer(
    session: aiohttp.ClientSession, url: str, playground: Playground
) -> None:
    await playground.deactivate("U0MAYA")

    assert (await sent(session, url, text="Hello"))[0] == 400
