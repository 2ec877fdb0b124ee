"""The manifest says what the code does, and the code does what the manifest says: both ways."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import read_manifest
from bot.slack.screens import ALL

ROOT = Path(__file__).parent.parent
MANIFEST = read_manifest()

# Which scope lets the app call a method, or hear an event; by Slack's reference pages.
SCOPE_OF_METHOD = {
    "apps_connections_open": None,  # the app token's own scope
    "api_test": None,
    "auth_test": None,
    "chat_postMessage": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_update": "chat:write",
    "chat_delete": "chat:write",
    "conversations_history": "im:history",
    "conversations_open": "im:write mpim:write",  # with one person, with two
    "files_getUploadURLExternal": "files:write",
    "files_completeUploadExternal": "files:write",
    "users_info": "users:read",
    "users_lookupByEmail": "users:read.email",
    "views_open": None,
    "views_publish": None,
    "views_push": None,
    "views_update": None,
}
SCOPE_OF_EVENT = {
    "app_home_opened": None,
    "app_uninstalled": None,
    "message.im": "im:history",
    "tokens_revoked": None,
    "user_change": "users:read",
}


class Registered:
    """Stands where the doors stand, and writes down what the screens register."""

    def __init__(self) -> None:
        self.commands: set[str] = set()
        self.events: set[str] = set()

    def command(self, name: str, screen: object) -> None:
        self.commands.add(name)

    def event(self, kind: str, screen: object, **_: object) -> None:
        self.events.add(kind)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


@pytest.fixture
def registered() -> Registered:
    doors: Any = Registered()
    for screen in ALL:
        screen.register(doors)
    return doors  # type: ignore[no-any-return]


def methods_called() -> set[str]:
    """Every method of Slack's Web API that the code calls: `client.chat_update(…)` or by name."""
    called: set[str] = set()
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "playground" not in path.parts:
            text = path.read_text(encoding="utf8")
            called |= set(re.findall(r"client\.([a-z]+_[a-zA-Z_]+)\(", text))
            by_name = re.findall(r'"((?:users|conversations|chat|views)_[a-zA-Z]+)"', text)
            called |= set(by_name)
    return called


def test_every_command_of_the_manifest_is_answered_and_no_other_is_awaited(registered: Registered) -> None:
    assert registered.commands == set(MANIFEST.commands)


def test_every_event_of_the_manifest_has_a_listener_and_no_other_is_awaited(registered: Registered) -> None:
    kinds = {"message.im" if kind == "message" else kind for kind in registered.events}

    assert kinds == set(MANIFEST.events)


def test_the_manifest_asks_for_each_scope_that_a_call_needs_and_for_no_other() -> None:
    called = methods_called()
    scopes = [SCOPE_OF_METHOD[method] for method in called] + [SCOPE_OF_EVENT[event] for event in MANIFEST.events]
    needed = {scope for listed in scopes for scope in (listed or "").split()}

    assert called <= set(SCOPE_OF_METHOD)
    assert needed | {"commands"} == MANIFEST.scopes | MANIFEST.optional_scopes


def test_people_can_be_written_to() -> None:
    home = MANIFEST.raw["features"]["app_home"]

    assert home["messages_tab_enabled"] is True  # otherwise every note is refused: messages_tab_disabled
    assert home["messages_tab_read_only_enabled"] is False
    assert home["home_tab_enabled"] is True


def test_what_cannot_be_undone_or_would_change_the_conversation_stays_off() -> None:
    assert MANIFEST.raw["settings"]["token_rotation_enabled"] is False
    assert "agent_view" not in MANIFEST.raw["features"]
    assert "chat:write.customize" not in MANIFEST.scopes | MANIFEST.optional_scopes


def test_mentions_in_a_command_arrive_as_ids() -> None:
    assert all(command["should_escape"] for command in MANIFEST.raw["features"]["slash_commands"])


def test_the_manifest_keeps_to_slack_s_limits() -> None:
    display = MANIFEST.raw["display_information"]
    commands = MANIFEST.raw["features"]["slash_commands"]

    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", display["background_color"])
    assert len(MANIFEST.raw["features"]["bot_user"]["display_name"]) <= 80
    assert len(commands) <= 50
    for command in commands:
        assert re.fullmatch(r"/[a-z][a-z-]{1,30}", command["command"])
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000


def test_there_is_one_manifest() -> None:
    found = [path for path in ROOT.rglob("manifest.*") if not {".venv", "__pycache__"} & set(path.parts)]

    assert [path.name for path in found if path.suffix in (".yml", ".yaml", ".json")] == ["manifest.yml"]
