"""The Bolt app, with a look at the time: how long each thing that Slack sends waits for its acknowledgement."""

import time
from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.busy import Busy

Acknowledged = Callable[[str, float], None]  # what it was, and the seconds from its arrival to its acknowledgement
KINDS = {
    "block_actions": "click",
    "view_submission": "form",
    "view_closed": "form",
    "block_suggestion": "menu",
    "shortcut": "click",
    "message_action": "click",
}


class TimedApp(AsyncApp):
    """Bolt's app. `acknowledged` is told of each acknowledgement; `busy` counts what still waits for one."""

    acknowledged: Acknowledged | None = None
    busy: Busy | None = None

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Let Bolt find who answers; it returns with the acknowledgement."""
        began = time.monotonic()
        if self.busy is None:
            return await super().async_dispatch(req)
        with self.busy:
            response = await super().async_dispatch(req)
        if self.acknowledged is not None:
            self.acknowledged(kind_of(req.body), time.monotonic() - began)
        return response


def kind_of(body: dict[str, Any]) -> str:
    """Return what came: command, click, form, menu, event, or other."""
    if "command" in body:
        return "command"
    return "event" if "event" in body else KINDS.get(str(body.get("type")), "other")
