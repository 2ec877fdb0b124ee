"""The workspace: its people, their conversations, and what is open on their screens."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account here. `title` is free text under the name; `tz` is None where Slack knows none."""

    id: str
    name: str
    real_name: str
    tz: str | None = "America/Chicago"
    email: str = ""
    title: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    locale: str = "en-US"


@dataclass(slots=True)
class Message:
    """One message: `body` is Slack's own object. With `only_for` it is ephemeral, for that person alone."""

    channel: str
    ts: str
    at: datetime
    body: Json
    only_for: str | None = None

    def shown(self) -> Json:
        """The message as the playground's own API gives it."""
        shown = {**self.body, "time": self.at.isoformat()}
        return {**shown, "ephemeral": True} if self.only_for else shown


@dataclass(slots=True)
class Channel:
    """A direct message: `members` are the people in it, the app not among them. Messages are in order of `ts`."""

    id: str
    kind: Literal["im", "mpim"]
    members: tuple[str, ...]
    created: int
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name that Slack gives in payloads."""
        return "directmessage" if self.kind == "im" else "mpdm-" + "--".join(self.members).lower() + "-1"

    def newest_first(self) -> Iterator[Message]:
        """What is in its history: everything but the ephemeral."""
        return (message for message in reversed(self.messages.values()) if message.only_for is None)

    def seen_by(self, user: str) -> Iterator[Message]:
        """What that person sees, oldest first."""
        return (message for message in self.messages.values() if message.only_for in (None, user))


@dataclass(slots=True)
class OpenView:
    """A form or a home on somebody's screen. `body` is what the app sent, `values` what its inputs hold."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    values: dict[str, dict[str, Json]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """The blocks, each with its block_id."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """The app's own name for it, or nothing."""
        return str(self.body.get("external_id") or "")


@dataclass(slots=True)
class Person:
    """A member at their desk: the home tab, the open forms (top one last) and how much they have not read."""

    member: Member
    home: OpenView | None = None
    modals: list[OpenView] = field(default_factory=list)
    unread: int = 0
    home_published: int = 0  # how many times; lets a test wait for the next

    @property
    def id(self) -> str:
        """The user id."""
        return self.member.id


class Workspace:
    """People and conversations, by id."""

    def __init__(self, members: Iterable[Member]):
        self.people = {member.id: Person(member) for member in members}
        self.channels: dict[str, Channel] = {}

    def im_with(self, user: str, created: int) -> Channel:
        """The app's conversation with one person; opened when it is first asked for.

        Its id follows from the person's, so that an app with a long memory finds it again in the next playground.
        """
        return self._open(f"D{user}", "im", (user,), created)

    def group_with(self, users: Iterable[str], created: int) -> Channel:
        """The app's conversation with several people: the same people, the same conversation."""
        return self._open(group_id(users), "mpim", tuple(dict.fromkeys(users)), created)

    def channel(self, channel_id: str, created: int) -> Channel | None:
        """A conversation by its id, or None."""
        if channel_id in self.channels:
            return self.channels[channel_id]
        if channel_id[:1] == "D" and channel_id[1:] in self.people:
            return self.im_with(channel_id[1:], created)
        return None

    def named(self, name: str) -> Person | None:
        """A person by the name behind the @."""
        return next((person for person in self.people.values() if person.member.name == name), None)

    def _open(self, channel_id: str, kind: Literal["im", "mpim"], members: tuple[str, ...], created: int) -> Channel:
        if channel_id not in self.channels:
            self.channels[channel_id] = Channel(channel_id, kind, members, created)
        return self.channels[channel_id]


def group_id(users: Iterable[str]) -> str:
    """The id of the group conversation of these people, in whatever order they are named."""
    people = ",".join(sorted(set(users)))
    return "C" + hashlib.sha256(people.encode()).hexdigest()[:10].upper()
