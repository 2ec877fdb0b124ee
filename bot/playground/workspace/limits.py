"""Rate limits: how many calls of each method Slack takes from an app in one workspace, and when to come back.

Slack promises each tier at least so many calls a minute and tolerates bursts that it does not number; a fifth more is
let through here (of the smallest tier two more). Time is the playground's own: while the clock stands, no pause ends.
"""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.workspace.clock import Clock

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many calls in any stretch of so many seconds; `by` is the argument that has a count of its own."""

    most: int
    seconds: float = 60.0
    by: str = ""


TIER_1, TIER_2, TIER_3, TIER_4 = (Window(1 + 2),), (Window(20 + 4),), (Window(50 + 10),), (Window(100 + 20),)
# Slack: about one a second to each channel, short bursts tolerated, "several hundred" a minute in all.
POSTING = (Window(4, 4.0, by="channel"), Window(300))
HUNDREDS = (Window(600),)
HISTORY_OF_DISTRIBUTED, MOST_OF_DISTRIBUTED = (Window(1),), 15  # since 29 May 2025, outside the Marketplace
READING = ("conversations.history", "conversations.replies")

LIMITS: Mapping[str, tuple[Window, ...]] = {
    "api.test": TIER_4,
    "apps.connections.open": TIER_1,
    "auth.revoke": TIER_3,
    "auth.test": HUNDREDS,
    "bookmarks.add": TIER_2,
    "chat.delete": TIER_3,
    "chat.deleteScheduledMessage": TIER_3,
    "chat.getPermalink": HUNDREDS,
    "chat.postEphemeral": TIER_4,
    "chat.postMessage": POSTING,
    "chat.scheduleMessage": TIER_3,
    "chat.scheduledMessages.list": TIER_3,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.invite": TIER_3,
    "conversations.join": TIER_3,
    "conversations.list": TIER_2,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "dnd.info": TIER_3,
    "dnd.teamInfo": TIER_2,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "oauth.v2.access": TIER_4,
    "pins.add": TIER_2,
    "reactions.add": TIER_3,
    "reactions.remove": TIER_2,
    "team.info": TIER_3,
    "users.conversations": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "users.lookupByEmail": TIER_3,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}


@dataclass(slots=True)
class Limits:
    """The count of what the app called. `distributed`: the app is sold widely, but not in Slack's Marketplace."""

    clock: Clock
    on: bool = False
    distributed: bool = False
    _taken: dict[tuple[str, Window, str], deque[float]] = field(default_factory=dict)
    _paused: dict[str, float] = field(default_factory=dict)  # a method → when it may be called again

    def refuses(self, method: str, args: Arguments) -> int | None:
        """Count one call. Give the seconds after which to come back if it is one too many: it is not counted then."""
        if not self.on:
            return None
        wait = self.pause_left(method) or self._wait(method, args)
        if wait:
            return wait
        for window in self._windows(method):
            self._calls(method, window, args).append(self._now())
        return None

    def pause(self, method: str, seconds: int) -> None:
        """The app was told to leave a method alone for so long, in the whole workspace."""
        self._paused[method] = self._now() + seconds

    def pause_left(self, method: str) -> int:
        """The whole seconds for which the app was told to leave that method alone; 0 if it may call it."""
        return max(0, math.ceil(self._paused.get(method, 0.0) - self._now()))

    def narrowed(self, method: str, args: Arguments) -> Arguments:
        """The arguments as they count: a distributed app reads at most fifteen messages at a time."""
        if not (self.on and self.distributed and method in READING):
            return args
        asked = str(args.get("limit") or MOST_OF_DISTRIBUTED)
        return {**args, "limit": min(int(asked), MOST_OF_DISTRIBUTED)} if asked.isdigit() else args

    def forget(self) -> None:
        """Begin to count anew."""
        self._taken.clear()
        self._paused.clear()

    def _wait(self, method: str, args: Arguments) -> int:
        """The seconds until every window of the method has room again; 0 if each has."""
        now, ends = self._now(), []
        for window in self._windows(method):
            calls = self._calls(method, window, args)
            while calls and calls[0] <= now - window.seconds:
                calls.popleft()
            if len(calls) >= window.most:
                ends.append(calls[0] + window.seconds)
        return max(1, math.ceil(max(ends) - now)) if ends else 0

    def _windows(self, method: str) -> tuple[Window, ...]:
        if self.distributed and method in READING:
            return HISTORY_OF_DISTRIBUTED
        return LIMITS.get(method, TIER_3)

    def _calls(self, method: str, window: Window, args: Arguments) -> deque[float]:
        key = (method, window, _conversation(str(args.get(window.by) or "")) if window.by else "")
        return self._taken.setdefault(key, deque())

    def _now(self) -> float:
        return self.clock.now().timestamp()


def _conversation(channel: str) -> str:
    """One name for a person and for the conversation with them: what goes to either counts as one."""
    return f"D{channel}" if channel[:1] in ("U", "W") else channel
