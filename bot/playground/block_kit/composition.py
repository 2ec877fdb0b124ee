"""Block Kit's small objects: text, options, questions, addresses, pictures."""

from bot.playground.block_kit.checking import (
    Check,
    OneOf,
    Shape,
    anything,
    boolean,
    exactly_one_of,
    in_turn,
    items,
    like,
    some_of,
    string,
    word,
)

NAME = string(255)  # action_id, block_id, callback_id
# A button may open any app (tel:, mailto:, slack:), a picture comes from the web, and a video safely from there.
ADDRESS = in_turn(string(3000), like(r"[a-z][a-z0-9+.-]*:\S+", "a valid URL"))
WEB_ADDRESS = in_turn(string(3000), like(r"https?://\S+", "a valid URL"))
SAFE_ADDRESS = in_turn(string(3000), like(r"https://\S+", "a valid https URL"))
STYLE = word("primary", "danger")


def block(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    """A block with these fields, beside those that each has."""
    return Shape({"type": anything, "block_id": NAME} | fields, required)


def plain(most: int) -> Check:
    """A plain_text object."""
    return OneOf({"plain_text": texts(most)["plain_text"]})


def text(most: int) -> Check:
    """A plain_text or mrkdwn object."""
    return OneOf(texts(most))


def texts(most: int) -> dict[str, Check]:
    """The kinds of text objects."""
    return {
        "plain_text": Shape({"type": anything, "text": string(most, 1), "emoji": boolean}, ("text",)),
        "mrkdwn": Shape({"type": anything, "text": string(most, 1), "verbatim": boolean}, ("text",)),
    }


CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30), "style": STYLE},
    ("title", "text", "confirm", "deny"),
)
OPTION = Shape({"text": plain(75), "value": string(150), "description": plain(75)}, ("text", "value"))
RICH_OPTION = Shape({"text": text(75), "value": string(150), "description": text(75)}, ("text", "value"))
LINK_OPTION = Shape(
    {"text": plain(75), "value": string(150), "description": plain(75), "url": ADDRESS}, ("text", "value")
)
GROUP = Shape({"label": plain(75), "options": items(OPTION, 100)}, ("label", "options"))

FILTERS: dict[str, Check] = {
    "include": items(word("im", "mpim", "private", "public"), 4),
    "exclude_external_shared_channels": boolean,
    "exclude_bot_users": boolean,
}
FILTER = in_turn(Shape(FILTERS), some_of(*FILTERS))
DISPATCH = Shape(
    {"trigger_actions_on": items(word("on_enter_pressed", "on_character_entered"), 2)}, ("trigger_actions_on",)
)

SLACK_FILE = in_turn(Shape({"id": string(None, 1), "url": WEB_ADDRESS}), exactly_one_of("id", "url"))
PICTURE: dict[str, Check] = {
    "type": anything,
    "image_url": WEB_ADDRESS,
    "slack_file": SLACK_FILE,
    "alt_text": string(2000),
}
ONE_PICTURE = exactly_one_of("image_url", "slack_file")
IMAGE = in_turn(Shape(PICTURE, ("alt_text",)), ONE_PICTURE)

_PARAMETER = Shape({"name": string(), "value": anything}, ("name", "value"))
_TRIGGER = Shape({"url": WEB_ADDRESS, "customizable_input_parameters": items(_PARAMETER, least=0)}, ("url",))
WORKFLOW = Shape({"trigger": _TRIGGER}, ("trigger",))
