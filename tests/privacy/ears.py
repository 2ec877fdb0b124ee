"""A Slack that only listens: who sees each thing that is shown, said, or put into a form."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

Json = dict[str, Any]
NOT_HERE = ("files.", "conversations.history")


@dataclass(frozen=True)
class Seen:
    """What somebody sees: a message, a form, a Home. `slack_ids` are those who see it."""

    slack_ids: frozenset[str]
    method: str
    shown: Json

    @property
    def text(self) -> str:
        """All of it, whatever is hidden in buttons and forms, too."""
        return json.dumps(self.shown, ensure_ascii=False, default=str)

    @property
    def surface(self) -> Json:
        """The form or the Home, or {} for a message."""
        view: Json = self.shown.get("view") or {}
        return view

    def elements(self) -> Iterator[Json]:
        """Yield what can be clicked or filled in."""
        for block in (self.surface or self.shown).get("blocks") or []:
            for element in (*block.get("elements", []), block.get("element"), block.get("accessory")):
                if element and "action_id" in element:
                    yield {**element, "block_id": block.get("block_id", "")}


class Ears(AsyncWebClient):
    """Takes every call; `looking` is who clicks or types just now: forms open before their eyes."""

    def __init__(self) -> None:
        super().__init__()
        self.looking = ""
        self.seen: list[Seen] = []
        self.rooms: dict[str, frozenset[str]] = {}
        self.marks: list[tuple[str, str]] = []

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """Listen, and answer as Slack would."""
        args: Json = {**(call.get("params") or {}), **(call.get("data") or {}), **(call.get("json") or {})}
        if api_method.startswith(NOT_HERE):
            raise SlackApiError("no", {"ok": False, "error": "missing_scope"})  # type: ignore[no-untyped-call]
        room = str(args.get("channel", ""))
        if api_method == "conversations.open":
            room = self._open(str(args["users"]))
        else:
            self.seen.append(Seen(self._eyes(api_method, args, room), api_method, args))
            self._keep_marks(args, room)
        channel: Any = {"id": room} if api_method == "conversations.open" else room
        answer = {"ok": True, "channel": channel, "ts": f"{len(self.seen)}.000000", "view": {"id": "V1", "hash": "h"}}
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=answer, headers={}, status_code=200
        )

    def _open(self, users: str) -> str:
        people = frozenset(users.split(","))
        room = f"G{'-'.join(sorted(people))}"
        self.rooms[room] = people
        return room

    def _eyes(self, method: str, args: Json, room: str) -> frozenset[str]:
        if method == "views.publish":
            return frozenset({str(args["user_id"])})
        if method.startswith("views."):
            return frozenset({self.looking})
        return self.rooms.get(room, frozenset({room}))

    def _keep_marks(self, args: Json, room: str) -> None:
        payload = (args.get("metadata") or {}).get("event_payload") or {}
        self.marks += [(room, mark) for mark in payload.get("marks", ())]
