"""The aviary: Parrot with all that an app can ask for, in a workspace with channels, guests and a visitor."""

from collections.abc import Callable
from typing import Any

from bot.playground import Member, Playground, Room
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING, PATIENCE

Json = dict[str, Any]

SHORTCUTS = [
    {"name": "New word", "type": "global", "callback_id": "new_word", "description": "Learn a word"},
    {"name": "Learn this", "type": "message", "callback_id": "learn_this", "description": "Learn what it says"},
]
SCOPES = [
    *MANIFEST["oauth_config"]["scopes"]["bot"],
    *("channels:read", "channels:history", "groups:read", "groups:history", "mpim:history", "reactions:read"),
    "app_mentions:read",
]
EVENTS = [
    *MANIFEST["settings"]["event_subscriptions"]["bot_events"],
    *("message.channels", "message.groups", "message.mpim", "member_joined_channel", "member_left_channel"),
    *("reaction_added", "reaction_removed", "app_mention"),
]
RICH: Json = MANIFEST | {
    "features": MANIFEST["features"] | {"shortcuts": SHORTCUTS},
    "oauth_config": {"scopes": MANIFEST["oauth_config"]["scopes"] | {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": EVENTS}},
}

GUEST = Member("U0GUS", "gus", "Gus Guest", is_restricted=True)
ONE_ROOM = Member("U0UNA", "una", "Una Only", is_restricted=True, is_ultra_restricted=True)
VISITOR = Member("U0VIC", "vic", "Vic Visitor", team="T0ELSEWHERE")
ADMIN = Member("U0ADA", "ada", "Ada Admin", is_admin=True)

GENERAL = Room("C0GENERAL", "general", ("U0MAYA", "U0TOM"), topic="All sorts", with_app=True)
GARDEN = Room("C0GARDEN", "garden", ("U0MAYA",))  # Parrot is not in there
SECRET = Room("C0SECRET", "secret", ("U0MAYA", "U0TOM"), is_private=True, with_app=True)
SHARED = Room("C0SHARED", "shared", ("U0MAYA", "U0VIC"), with_app=True)

PEOPLE = [*MEMBERS, GUEST, ONE_ROOM, VISITOR, ADMIN]
ROOMS = [GENERAL, GARDEN, SECRET, SHARED]


def aviary(seconds: Callable[[], float]) -> Playground:
    """The aviary at nine in the morning. `seconds` is its real clock; nothing is tried again."""
    return Playground(RICH, PEOPLE, rooms=ROOMS, now=MORNING, seconds=seconds, ack_seconds=PATIENCE, event_tries=())
