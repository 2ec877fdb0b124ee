"""The workspace: its people, what is open on their screens, and their conversations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.workspace.channels import Channel, Room, group_id, opened

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with an account here. `title` is free text under the name; `tz` is None where Slack knows none.

    `team` is the id of another organization, for a person who is here by Slack Connect. `dnd` are the hours without
    notifications, in their own zone: `22:00-07:00`; nothing if they have none.
    """

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
    team: str = ""
    dnd: str = ""


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
    """A member at their desk: the home tab, the open forms (top one last), and what is not read, by conversation."""

    member: Member
    home: OpenView | None = None
    modals: list[OpenView] = field(default_factory=list)
    unread_in: dict[str, int] = field(default_factory=dict)
    home_published: int = 0  # how many times; lets a test wait for the next
    changed: int = 0  # when their account last was, in seconds

    @property
    def id(self) -> str:
        """The user id."""
        return self.member.id

    @property
    def unread(self) -> int:
        """How much has not been read, in all."""
        return sum(self.unread_in.values())


class Workspace:
    """People and conversations, by id."""

    def __init__(self, members: Iterable[Member], rooms: Iterable[Room] = (), created: int = 0):
        self.begun = created
        self.people = {member.id: Person(member, changed=created) for member in members}
        self.channels: dict[str, Channel] = {room.id: opened(room, created) for room in rooms}

    def im_with(self, user: str, created: int) -> Channel:
        """The app's conversation with one person; opened when it is first asked for.

        Its id follows from the person's, so that an app with a long memory finds it again in the next playground.
        """
        return self._kept(Channel(f"D{user}", "im", [user], created))

    def group_with(self, users: Iterable[str], created: int, bot: str) -> Channel:
        """The app's conversation with several people: the same people, the same conversation.

        It is named after all who are in it, the app's user `bot` too.
        """
        members = list(dict.fromkeys(users))
        handles = [*(self.people[user].member.name for user in members), bot]
        return self._kept(Channel(group_id(users), "mpim", members, created, handles=handles))

    def channel(self, channel_id: str, created: int) -> Channel | None:
        """A conversation by its id, or None."""
        if channel_id in self.channels:
            return self.channels[channel_id]
        if channel_id[:1] == "D" and channel_id[1:] in self.people:
            return self.im_with(channel_id[1:], created)
        return None

    def of(self, user: str) -> list[Channel]:
        """The conversations that a person is in."""
        return [channel for channel in self.channels.values() if user in channel.members]

    def room_named(self, name: str) -> Channel | None:
        """A channel by its name, with or without the #."""
        bare = name.removeprefix("#")
        return next((room for room in self.channels.values() if room.title and room.title == bare), None)

    def named(self, name: str) -> Person | None:
        """A person by the name behind the @."""
        return next((person for person in self.people.values() if person.member.name == name), None)

    def _kept(self, channel: Channel) -> Channel:
        return self.channels.setdefault(channel.id, channel)
