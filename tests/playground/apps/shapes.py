"""What the small apps share: a manifest, and a few of Slack's objects."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = dict[str, Any]


def manifest_of(
    name: str,
    *,
    scopes: Sequence[str],
    commands: Sequence[str] = (),
    shortcuts: Mapping[str, str] | None = None,
    events: Sequence[str] = (),
) -> Json:
    """A manifest with these. `shortcuts` go from callback id to kind (`global` or `message`)."""
    return {
        "display_information": {"name": name},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": name},
            "slash_commands": [{"command": command, "description": command} for command in commands],
            "shortcuts": [
                {"name": callback_id, "callback_id": callback_id, "type": kind, "description": callback_id}
                for callback_id, kind in (shortcuts or {}).items()
            ],
        },
        "oauth_config": {"scopes": {"bot": list(scopes)}},
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
    }
