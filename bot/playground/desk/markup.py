"""What people type, as Slack writes it down: addresses, and the names of people and of channels, become references."""

import re
from collections.abc import Callable

from bot.playground.wire.messages import escaped
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.slack import Slack

# Both are looked for in escaped text, so an address ends where an angle bracket was.
ADDRESS = re.compile(r"(?:https?://|mailto:)(?:(?!&[lg]t;)[^\s<>|])*(?:(?!&[lg]t;)[^\s<>|.,:;!?'\")\]])")
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
MENTION = re.compile(r"(?<![\w<|@])@([a-z0-9][\w.-]*\w|[a-z0-9])", re.IGNORECASE)
CHANNEL = re.compile(r"(?<![\w<|#&])#([a-z0-9][\w-]*)", re.IGNORECASE)
EVERYBODY = ("here", "channel", "everyone")

Change = Callable[[str], str]


def in_message(slack: Slack, text: str) -> str:
    """Text of a message."""

    def words(part: str) -> str:
        return _with_channels(slack, _with_people(slack, part, with_name=False))

    def mail(part: str) -> str:
        return _each(MAIL, part, lambda found: f"<mailto:{found}|{found}>", words)

    return _each(ADDRESS, escaped(text), _reference, mail)


def in_command(slack: Slack, text: str, *, should_escape: bool) -> str:
    """Text behind a command: references only where the manifest asks for them."""

    def words(part: str) -> str:
        return _with_channels(slack, _with_people(slack, part, with_name=True))

    return _each(ADDRESS, escaped(text), _reference, words) if should_escape else escaped(text)


def _reference(address: str) -> str:
    return f"<{address}>"


def _each(pattern: re.Pattern[str], text: str, found: Change, between: Change) -> str:
    """The text with `found` made of each match, and `between` of what lies between them."""
    parts, at = [], 0
    for match in pattern.finditer(text):
        parts += [between(text[at : match.start()]), found(match[0])]
        at = match.end()
    return "".join([*parts, between(text[at:])])


def _with_people(slack: Slack, text: str, *, with_name: bool) -> str:
    def mention(found: re.Match[str]) -> str:
        name = found[1]
        if name in EVERYBODY and not with_name:
            return f"<!{name}>"
        user = _called(slack, name)
        if not user:
            return found[0]
        return f"<@{user}|{name}>" if with_name else f"<@{user}>"

    return MENTION.sub(mention, text)


def _called(slack: Slack, name: str) -> str:
    """The id of the person, or of the app's own user, behind an @; nothing if it is nobody's name."""
    person = slack.workspace.named(name)
    if person is not None:
        return person.id
    return BOT_USER if slack.app.installed and name == slack.app.handle else ""


def _with_channels(slack: Slack, text: str) -> str:
    """A private channel is not looked up: Slack leaves its name as it stands."""
    rooms = {room.title: room for room in slack.workspace.channels.values() if room.kind == "channel"}

    def reference(found: re.Match[str]) -> str:
        room = rooms.get(found[1])
        return f"<#{room.id}|{room.title}>" if room else found[0]

    return CHANNEL.sub(reference, text)
