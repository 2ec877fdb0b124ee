"""Conversations and what is said in them: direct messages with one person or several, and channels."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
Kind = Literal["im", "mpim", "channel", "group"]  # as Slack's events name them; a "group" is a private channel
FAMILY: dict[Kind, str] = {"im": "im", "mpim": "mpim", "channel": "channels", "group": "groups"}


@dataclass(frozen=True, slots=True)
class Room:
    """A channel to begin with. `members` are user ids; `with_app` lets the app be in it from the start."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    is_private: bool = False
    topic: str = ""
    with_app: bool = False
    archived: bool = False


@dataclass(slots=True)
class Message:
    """One message: `body` is Slack's own object. With `only_for` it is ephemeral, for that person alone."""

    channel: str
    ts: str
    at: datetime
    body: Json
    only_for: str | None = None

    @property
    def thread(self) -> str | None:
        """The `ts` of the message that it replies to; None for one that stands by itself or begins a thread."""
        root = self.body.get("thread_ts")
        return root if root and root != self.ts else None

    @property
    def blocks(self) -> list[Json]:
        """Every block that there is to click in, those of its attachments too."""
        attached = [block for attachment in self._attachments for block in attachment.get("blocks") or []]
        return [*(self.body.get("blocks") or []), *attached]

    def attachment_with(self, block_id: str) -> int | None:
        """The number of the attachment that the block is in; None if it is in none."""
        for attachment in self._attachments:
            if any(block["block_id"] == block_id for block in attachment.get("blocks") or []):
                return int(attachment["id"])
        return None

    @property
    def _attachments(self) -> list[Json]:
        return self.body.get("attachments") or []


@dataclass(slots=True)
class Channel:
    """A conversation. `members` are the people in it; the app is in it too, if `has_app`. Messages are in order.

    `handles` are the names of all who are in a group conversation; `pins` are the stamps of its pinned messages,
    `bookmarks` Slack's own objects.
    """

    id: str
    kind: Kind
    members: list[str]
    created: int
    title: str = ""  # what people call a channel; nothing for direct messages
    topic: str = ""
    has_app: bool = True
    archived: bool = False
    handles: list[str] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    bookmarks: list[Json] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that Slack gives in payloads."""
        if self.kind == "im":
            return "directmessage"
        return self.title or "mpdm-" + "--".join(self.handles).lower() + "-1"

    @property
    def family(self) -> str:
        """What its scopes and subscriptions are named after: `channels:history`, `message.groups`."""
        return FAMILY[self.kind]

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message, with one person or several."""
        return self.kind in ("im", "mpim")

    def newest_first(self) -> Iterator[Message]:
        """What is in its history: everything but the ephemeral and the replies in threads."""
        return (
            message for message in reversed(self.messages.values()) if message.only_for is None and _on_top(message)
        )

    def thread(self, root: str) -> Iterator[Message]:
        """A message and the replies to it, oldest first; nothing ephemeral."""
        return (one for one in self.messages.values() if one.only_for is None and root in (one.ts, one.thread))

    def audience(self, message: Message) -> set[str]:
        """Who has something new to read by that message: never its author.

        A reply in a channel is news for those who have written in its thread, in a direct message for everybody.
        """
        if message.only_for is not None:
            return {message.only_for}
        people = set(self.members)
        if not self.is_direct and message.thread is not None and not _on_top(message):
            people &= {str(one.body.get("user")) for one in self.thread(message.thread)}
        return people - {message.body.get("user")}

    def seen_by(self, user: str) -> Iterator[Message]:
        """What that person sees, threads and all, oldest first."""
        return (message for message in self.messages.values() if message.only_for in (None, user))


def opened(room: Room, created: int) -> Channel:
    """The channel that a room describes."""
    kind: Kind = "group" if room.is_private else "channel"
    return Channel(room.id, kind, list(room.members), created, room.name, room.topic, room.with_app, room.archived)


def group_id(users: Iterable[str]) -> str:
    """The id of the group conversation of these people, in whatever order they are named."""
    people = ",".join(sorted(set(users)))
    return "C" + hashlib.sha256(people.encode()).hexdigest()[:10].upper()


def _on_top(message: Message) -> bool:
    """Whether it stands in the conversation itself: a reply does only when it was sent there as well."""
    return message.thread is None or message.body.get("subtype") == "thread_broadcast"
