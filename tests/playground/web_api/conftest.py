"""A playground with channels, guests and visitors, where Parrot may do everything; no undocumented error passes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.playground import Member, Playground, Room
from tests.playground.conftest import RealTime
from tests.playground.parrot import MANIFEST, MEMBERS, MORNING, PATIENCE
from tests.playground.web_api.documented import is_documented

SCOPES = [
    "bookmarks:write",
    "channels:history",
    "channels:join",
    "channels:manage",
    "channels:read",
    "chat:write",
    "chat:write.customize",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "groups:write",
    "im:history",
    "im:read",
    "im:write",
    "mpim:history",
    "mpim:read",
    "mpim:write",
    "pins:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
    "users:read.email",
]
EVENTS = [
    "app_home_opened",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "member_joined_channel",
    "member_left_channel",
    "reaction_added",
    "reaction_removed",
]
MAY_DO_ALL: dict[str, Any] = {
    **MANIFEST,
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": EVENTS}},
}

GUS = Member("U0GUS", "gus", "Gus Guest", is_ultra_restricted=True)
OLGA = Member("U0OLGA", "olga", "Olga Outside", team="T0OTHER", email="olga@example.com")
OTTO = Member("U0OTTO", "otto", "Otto Outside", team="T0OTHER")
STAN = Member("U0STAN", "stan", "Stan Stranger", team="T0OTHER")
EVERYBODY = [*MEMBERS, GUS, OLGA, OTTO, STAN]

GENERAL = Room("C0GENERAL", "general", ("U0MAYA", "U0TOM", "U0OLGA", "U0GUS"), topic="All of us", with_app=True)
RANDOM = Room("C0RANDOM", "random", ("U0MAYA", "U0STAN"))
OLD = Room("C0OLD", "old", ("U0MAYA",), with_app=True, archived=True)
PAIRS = Room("G0PAIRS", "pairs", ("U0MAYA", "U0OTTO"), is_private=True, with_app=True)
BOARD = Room("G0BOARD", "board", ("U0TOM",), is_private=True)
ROOMS = [GENERAL, RANDOM, OLD, PAIRS, BOARD]


@pytest.fixture
async def playground(seconds: RealTime) -> AsyncIterator[Playground]:
    made = Playground(
        MAY_DO_ALL, EVERYBODY, rooms=ROOMS, now=MORNING, team_name="Aviary", seconds=seconds, ack_seconds=PATIENCE
    )
    async with made:
        yield made
        undocumented = [(call.method, call.answer["error"]) for call in made.calls if _is_wrong(call)]
        assert undocumented == []


def _is_wrong(call: Any) -> bool:
    return not call.answer["ok"] and not is_documented(call.method, call.answer["error"])
