"""Windows: show an answer where a click was made, when that was on Home or in a form, which hide messages."""

from collections.abc import Sequence
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import blocks as b

log = structlog.get_logger()

ANSWER, FULL_STACK = "shown", "push_limit_reached"
OVER_HOME = "home-"  # how the external id of a window over Home begins: what it sends is answered there
GONE_VIEWS = frozenset({"hash_conflict", "not_found", "view_not_found"})
KEPT = ("type", "callback_id", "title", "close", "submit", "private_metadata", "clear_on_close", "notify_on_close")


def clicked_in(body: dict[str, Any]) -> str:
    """Return what was clicked in: `modal`, `home`, or "" for a message, and for a form that was sent."""
    return str((body.get("view") or {}).get("type") or "") if body.get("type") == "block_actions" else ""


def is_over_home(body: dict[str, Any]) -> bool:
    """Tell whether the person looks at Home: they clicked there, or in a window that came from there."""
    return clicked_in(body) == "home" or str((body.get("view") or {}).get("external_id") or "").startswith(OVER_HOME)


def marked(body: dict[str, Any], view: b.View) -> b.View:
    """Let a window that comes from Home remember it. Slack wants an external id to be unique, as a trigger is."""
    trigger = str(body.get("trigger_id") or "")
    return view | {"external_id": f"{OVER_HOME}{trigger}"} if trigger and is_over_home(body) else view


async def put_over(client: AsyncWebClient, body: dict[str, Any], view: b.View) -> None:
    """Open `view`, on top of the window that was clicked in. Slack stacks three: the fourth takes the third's place."""
    trigger, view = str(body["trigger_id"]), marked(body, view)
    if (body.get("view") or {}).get("type") != "modal":
        await client.views_open(trigger_id=trigger, view=view)
        return
    try:
        await client.views_push(trigger_id=trigger, view=view)
    except SlackApiError as error:
        if error.response.get("error") != FULL_STACK:
            raise
        await client.views_update(view_id=body["view"]["id"], view=view)


async def say_over(client: AsyncWebClient, body: dict[str, Any], shown: Sequence[b.Block]) -> bool:
    """Show `shown` over what was clicked in; return whether that could be: a click opens one window, not two."""
    if not clicked_in(body):
        return False
    return await _tried(put_over(client, body, answer_view(shown)))


def answer_view(shown: Sequence[b.Block]) -> b.View:
    """Return a window that says something, and sends nothing; it may take the place of a form that was sent."""
    return b.modal(ANSWER, "Tandem", shown, close="Done")


async def say_within(client: AsyncWebClient, body: dict[str, Any], shown: Sequence[b.Block]) -> bool:
    """Put `shown` in the place of the row that was clicked in a window; return whether there is one."""
    if clicked_in(body) != "modal":
        return False
    opened, row = body["view"], str(body["actions"][0].get("block_id"))
    blocks = [block for old in opened["blocks"] for block in (shown if old.get("block_id") == row else [old])]
    view = {name: opened[name] for name in KEPT if opened.get(name) is not None} | {"blocks": blocks}
    return await _tried(client.views_update(view_id=opened["id"], hash=opened.get("hash"), view=view))


async def _tried(call: Any) -> bool:
    try:
        await call
    except SlackApiError as error:
        log.warning("window_not_shown", reason=str(error.response.get("error")))
        return False
    return True
