"""What the app left open in its blocks, and Slack fills in."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.block_kit.filled_in import filled_in, with_ids
from tests.playground.parrot import actions, button, home, input_block, plain, section, words_input


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


def test_blocks_and_elements_without_a_name_get_one_of_their_own() -> None:
    nameless = button("b")
    del nameless["action_id"]
    trash = {"type": "icon_button", "icon": "trash", "text": plain("Delete")}

    row, icons, words = with_ids(
        [
            actions(nameless, button("c"), block_id=""),
            {"type": "context_actions", "elements": [trash]},
            {"type": "context", "block_id": "words", "elements": [plain("Words")]},
        ]
    )

    made_up = {row["block_id"], icons["block_id"], row["elements"][0]["action_id"], icons["elements"][0]["action_id"]}
    assert len(made_up - {"", "b", "c", "words"}) == 4
    assert row["elements"][1]["action_id"] == "c"
    assert words["block_id"] == "words"
    assert "action_id" not in words["elements"][0]
