"""Files that the app has brought: announced, then uploaded, then shared."""

import mimetypes
import secrets
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import quote

from bot.playground.workspace.channels import Channel, Json
from bot.playground.workspace.installed_app import BOT_USER, TEAM_ID

LARGEST_FILE = 8 * 2**20  # the playground's own measure: it keeps them in memory


@dataclass(slots=True)
class File:
    """One file. It has `content` once it is uploaded, and can be seen once the upload is completed.

    `shares` are the stamps of its messages, by channel; `spread` how each channel counts: public, private, or direct.
    """

    id: str
    name: str
    length: int
    created: int
    alt_txt: str = ""
    snippet_type: str = ""
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    shares: dict[str, list[str]] = field(default_factory=dict)
    spread: dict[str, str] = field(default_factory=dict)

    @property
    def mimetype(self) -> str:
        """What its name promises; plain text for a snippet."""
        guessed, _ = mimetypes.guess_type(self.name)
        return guessed or ("text/plain" if self.snippet_type else "application/octet-stream")

    def share(self, channel: Channel, ts: str) -> None:
        """Note a message that it hangs on."""
        self.shares.setdefault(channel.id, []).append(ts)
        self.spread[channel.id] = {"channel": "public", "group": "private"}.get(channel.kind, "direct")


@dataclass(slots=True)
class Files:
    """The files, by id, and the tickets with which they are uploaded."""

    all: dict[str, File] = field(default_factory=dict)
    tickets: dict[str, str] = field(default_factory=dict)

    def expect(self, file: File) -> str:
        """Keep a place for a file; give the ticket with which it is uploaded."""
        ticket = secrets.token_urlsafe(16)
        self.all[file.id] = file
        self.tickets[ticket] = file.id
        return ticket

    def expected_by(self, ticket: str) -> File | None:
        """The file that is to come with this ticket, or None."""
        return self.all.get(self.tickets.get(ticket, ""))

    def seen(self, file_id: str) -> File | None:
        """A file whose upload is completed, or None."""
        file = self.all.get(file_id)
        return file if file is not None and file.completed else None


def file_object(file: File, address: str) -> Json:
    """A file as files.info gives it. `address` is where this Slack is."""
    suffix = PurePath(file.name).suffix.removeprefix(".").lower()
    kind = file.snippet_type or suffix or "binary"
    place = f"{address}/files-pri/{TEAM_ID}-{file.id}"
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": BOT_USER,
        "user_team": TEAM_ID,
        "editable": bool(file.snippet_type),
        "size": file.length,
        "mode": "snippet" if file.snippet_type else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": "public" in file.spread.values(),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{place}/{quote(file.name)}",
        "url_private_download": f"{place}/download/{quote(file.name)}",
        "permalink": f"{address}/files/{BOT_USER}/{file.id}/{quote(file.name)}",
        "comments_count": 0,
        "is_starred": False,
        "has_more_shares": False,
        "has_rich_preview": False,
        "file_access": "visible",
    }
    return shown | _shares(file) | ({"alt_txt": file.alt_txt} if file.alt_txt else {})


def _shares(file: File) -> Json:
    def ids(how: str) -> list[str]:
        return [channel for channel, spread in file.spread.items() if spread == how]

    shares = {
        how: {channel: [{"ts": ts, "team_id": TEAM_ID} for ts in file.shares[channel]] for channel in ids(how)}
        for how in ("public", "private")
        if ids(how)
    }
    return {"channels": ids("public"), "groups": ids("private"), "ims": ids("direct"), "shares": shares}
