"""A Slack in this process, as far as Tandem's delivery sees it: it takes, it limits, it forgets nobody's messages."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.simulation.faults import Faults

A_MINUTE = 60.0
SHOWN_AFTER = 5.0  # the history may lag so far behind, in seconds
PAGE = 15


@dataclass(frozen=True, slots=True)
class Message:
    """What lies in a conversation. `called` is when the call began, `at` when Slack took it (both loop times)."""

    user: str
    channel: str
    ts: str
    called: float
    at: float
    shown: float
    text: str
    caller: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands in the metadata for the slots that it holds."""
        return tuple(self.payload.get("marks", ()))

    @property
    def payload(self) -> Mapping[str, Any]:
        """What travels with it."""
        found: Mapping[str, Any] = self.metadata.get("event_payload", {})
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back over the line."""

    body: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Slack:
    """One workspace. `clock` is Slack's own time, which is right; `each_minute` the posts that it takes."""

    faults: Faults
    clock: Callable[[], datetime]
    each_minute: int = 300
    looks_each_minute: int = 50
    messages: list[Message] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    down_until: float = 0.0
    _recent: dict[str, list[float]] = field(default_factory=dict)
    _conversations: dict[str, list[Message]] = field(default_factory=dict)
    _count: int = 0
    calls: int = 0

    # -- methods ------------------------------------------------------------------------------------------------------

    def answer(self, method: str, asked: Mapping[str, Any], called: float, caller: str) -> Answer:
        """Do what a method does, at this moment."""
        self.calls += 1
        do = {
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.open": self._open,
            "files.getUploadURLExternal": lambda *_: {"ok": False, "error": "missing_scope"},  # pictures are optional
            "api.test": lambda *_: {"ok": True},
            "auth.test": lambda *_: {"ok": True, "team_id": "T0TANDEM", "user_id": "U0TANDEM", "bot_id": "B0TANDEM"},
        }[method]
        return Answer(do(asked, called, caller))

    def limited(self, method: str) -> Answer | None:
        """Return a 429 when this minute's calls are used up; a call that is let through counts."""
        most = {"chat.postMessage": self.each_minute, "conversations.history": self.looks_each_minute}.get(method)
        if most is None:
            return None
        now = _now()
        recent = [at for at in self._recent.get(method, ()) if at > now - A_MINUTE]
        self._recent[method] = recent
        if len(recent) >= most:
            self.faults.note(now, f"429 by the limit of {method}")
            return refused_for(int(recent[0] + A_MINUTE - now) + 1)
        recent.append(now)
        return None

    def _post(self, asked: Mapping[str, Any], called: float, caller: str) -> dict[str, Any]:
        channel = str(asked["channel"])
        user = channel if channel[0] in "UW" else "U" + channel[1:]
        if user in self.gone:
            return {"ok": False, "error": "user_disabled"}
        now = _now()
        self._count += 1
        message = Message(
            user=user,
            channel="D" + user[1:],
            ts=f"{self.clock().timestamp():.0f}.{self._count:06d}",
            called=called,
            at=now,
            shown=now + (0.0 if self.faults.calm else self.faults.order.random() * SHOWN_AFTER),
            text=str(asked.get("text", "")),
            caller=caller,
            metadata=_read(asked.get("metadata", {})),
            rules=_rules(_read(asked.get("blocks", []))),
        )
        self.messages.append(message)
        self._conversations.setdefault(message.channel, []).append(message)
        return {"ok": True, "channel": message.channel, "ts": message.ts, "message": {"text": message.text}}

    def _update(self, asked: Mapping[str, Any], _called: float, _caller: str) -> dict[str, Any]:
        return {"ok": True, "channel": asked["channel"], "ts": asked["ts"], "text": asked.get("text", "")}

    def _open(self, asked: Mapping[str, Any], _called: float, _caller: str) -> dict[str, Any]:
        user = str(asked["users"])
        if user in self.gone:
            return {"ok": False, "error": "user_disabled"}
        return {"ok": True, "channel": {"id": "D" + user[1:]}}

    def _history(self, asked: Mapping[str, Any], _called: float, _caller: str) -> dict[str, Any]:
        """Return a page, newest first. What was taken a moment ago may not stand there yet."""
        oldest, latest = float(asked.get("oldest") or 0), float(asked.get("latest") or 1e12)
        now = _now()
        found = [
            message
            for message in self._conversations.get(str(asked["channel"]), [])
            if message.shown <= now and oldest <= float(message.ts) <= latest
        ]
        found.reverse()
        start, size = int(asked.get("cursor") or 0), min(int(asked.get("limit") or 100), PAGE)
        page, more = found[start : start + size], start + size < len(found)
        with_metadata = str(asked.get("include_all_metadata", "")).lower() in ("1", "true")
        return {
            "ok": True,
            "messages": [_shown(message, with_metadata=with_metadata) for message in page],
            "has_more": more,
            "response_metadata": {"next_cursor": str(start + size) if more else ""},
        }

    def history_fails(self) -> bool:
        """Tell whether this look into a conversation fails."""
        if self.faults.calm or not self.faults.on or self.faults.dice.random() >= self.faults.weather.history_fails:
            return False
        self.faults.note(_now(), "history failing")
        return True


def refused_for(seconds: int) -> Answer:
    """Return a 429."""
    return Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(seconds)})


def _shown(message: Message, *, with_metadata: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"type": "message", "ts": message.ts, "text": message.text, "bot_id": "B0TANDEM"}
    return {**shown, "metadata": dict(message.metadata)} if with_metadata and message.metadata else shown


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _rules(blocks: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the rules that the buttons of a message belong to: "part-0-checkin_reminder" says so."""
    named = (str(block.get("block_id", "")).split("-", 2) for block in blocks)
    return tuple(parts[2] for parts in named if len(parts) == 3 and parts[0] == "part")


def _now() -> float:
    return asyncio.get_running_loop().time()
