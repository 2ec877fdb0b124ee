"""What the app left open in its blocks, and Slack fills in."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.block_kit.filled_in import filled_in
from tests.playground.parrot import home, input_block, plain, section, words_input


async def test_a_view_comes_back_with_what_was_left_open(client: AsyncWebClient) -> None:
    words = words_input("words", hint={"type": "plain_text", "text": ":wave:", "emoji": False})
    answer = await client.views_publish(user_id="U0MAYA", view=home(section("*Words*"), words))

    said, asked = answer["view"]["blocks"]
    assert said["text"] == {"type": "mrkdwn", "text": "*Words*", "verbatim": False}
    assert asked["label"] == {"type": "plain_text", "text": "words", "emoji": True}
    assert asked["hint"] == {"type": "plain_text", "text": ":wave:", "emoji": False}
    assert (asked["optional"], asked["dispatch_action"]) == (False, False)


async def test_a_message_comes_back_with_what_was_left_open(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="Words", blocks=[section("*Words*")])

    assert posted["message"]["blocks"][0]["text"]["verbatim"] is False


def test_what_the_app_decided_stays() -> None:
    verbatim = {"type": "mrkdwn", "text": "@here", "verbatim": True}
    optional = input_block("words", {"type": "plain_text_input", "action_id": "typed"}, optional=True)

    assert filled_in(verbatim) == verbatim
    assert filled_in(optional)["optional"] is True


def test_rich_text_and_markdown_hold_no_such_texts() -> None:
    rich = {"type": "rich_text", "elements": [{"type": "text", "text": "a"}, {"type": "x", "text": plain("b")}]}
    markdown = {"type": "markdown", "text": "**a**"}

    assert filled_in([rich, markdown]) == [rich, markdown]
