"""What the page's tests put before a person, and what the app hears of it."""

from typing import Any

from playwright.async_api import Locator, Page, expect
from slack_bolt.async_app import AsyncApp

from bot.playground import Playground
from tests.playground.page.lantern import Block, mrkdwn, option, plain

Json = dict[str, Any]


async def show(app: AsyncApp, *blocks: Block, text: str = "Look", user: str = "UMAYA") -> None:
    """Let the app send somebody these blocks."""
    await app.client.chat_postMessage(channel=user, text=text, blocks=list(blocks))


def hears(app: AsyncApp, *names: str) -> list[Json]:
    """Let the app listen to these elements, and keep the actions it gets."""
    heard: list[Json] = []

    async def action(ack: Any, body: Json) -> None:
        await ack()
        heard.append(body["actions"][0])

    for name in names:
        app.action(name)(action)
    return heard


async def heard_once(playground: Playground, heard: list[Json]) -> Json:
    """Wait until the app has heard of an action, give it, and forget it."""
    await playground.until(lambda: heard)
    return heard.pop()


def opens(app: AsyncApp, view: Json, **answer: Any) -> list[Json]:
    """Let /form open this form, and keep what is sent; `answer` is how the app acknowledges that."""
    sent: list[Json] = []

    @app.command("/form")
    async def open_it(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(view["callback_id"])
    async def taken(ack: Any, body: Json) -> None:
        sent.append(body["view"]["state"]["values"])
        await ack(**answer)

    return sent


def form(*blocks: Block, **more: Any) -> Json:
    """A form called Test."""
    view = {
        "type": "modal",
        "callback_id": "test",
        "title": plain("Test"),
        "submit": plain("Send"),
        "blocks": list(blocks),
    }
    return view | more


def options(*labels: str) -> list[Block]:
    return [option(label) for label in labels]


def actions(*elements: Block) -> Block:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def section(words: str, **more: Any) -> Block:
    return {"type": "section", "text": mrkdwn(words), **more}


def last_message(page: Page) -> Locator:
    """The newest message in the conversation."""
    return page.get_by_role("log", name="Messages").get_by_role("article").last


async def say(page: Page, text: str) -> None:
    """Write into the composer, and send."""
    field = page.get_by_role("textbox", name="Message")
    await field.fill(text)
    await field.press("Enter")


async def open_form(page: Page) -> Locator:
    """Open the form of `opens`."""
    await say(page, "/form")
    dialog = page.get_by_role("dialog", name="Test")
    await expect(dialog).to_be_visible()
    return dialog


async def choose(within: Locator, field: str, words: str) -> None:
    """Choose from a menu by typing."""
    box = within.get_by_role("combobox", name=field)
    await box.fill(words)
    await box.press("Enter")
