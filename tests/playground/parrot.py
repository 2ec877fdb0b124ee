"""Parrot: a small app of no program at all, through whose eyes the playground is tested."""

from datetime import UTC, datetime
from typing import Any

from bot.playground import Member

Json = dict[str, Any]

PATIENCE = 1.0  # seconds for an acknowledgement, where Slack gives three: some tests wait until they are over
MORNING = datetime(2017, 6, 1, 14, 0, tzinfo=UTC)  # nine o'clock in Chicago

MANIFEST: Json = {
    "display_information": {"name": "Parrot", "background_color": "#1f4e5f"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Polly Parrot"},
        "slash_commands": [
            {"command": "/say", "description": "Say it", "usage_hint": "[words]", "should_escape": True},
            {"command": "/raw", "description": "Say it as it is"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["chat:write", "commands", "im:history", "im:read", "im:write", "users:read", "team:read"],
            "bot_optional": ["mpim:write", "users:read.email"],
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "message.im",
                "user_change",
                "team_join",
                "app_uninstalled",
                "tokens_revoked",
            ]
        }
    },
}

MAYA = Member("U0MAYA", "maya", "Maya Okafor", email="maya@example.org", title="mentee")
TOM = Member("U0TOM", "tom.b", "Tom Baker", tz="Europe/Berlin", email="tom@example.org", title="mentor")
LENA = Member("U0LENA", "lena", "Lena Fischer", tz=None)
GONE = Member("U0GONE", "gina", "Gina Gone", email="gina@example.org", deleted=True)
ROBOT = Member("U0ROBOT", "robot", "Robot", is_bot=True)
MEMBERS = [MAYA, TOM, LENA, GONE, ROBOT]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str = "Press", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Json, block_id: str = "row") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def option(value: str, text: str = "") -> Json:
    return {"text": plain(text or value.title()), "value": value}


def kept_option(value: str, text: str) -> Json:
    """An option as Slack gives it back."""
    return {"text": {"type": "plain_text", "text": text, "emoji": True}, "value": value}


def input_block(block_id: str, element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(block_id), "element": element, **more}


def words_input(block_id: str = "words", **more: Any) -> Json:
    return input_block(block_id, {"type": "plain_text_input", "action_id": "typed"}, **more)


def modal(*blocks: Json, **more: Any) -> Json:
    return (
        {"type": "modal", "title": plain("Words"), "submit": plain("Send"), "callback_id": "words"}
        | more
        | {"blocks": list(blocks or [words_input()])}
    )


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks or [{"type": "divider"}])}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
