"""conversations.history and conversations.replies: what was said, in a conversation and in a thread."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.pages import limit_of
from bot.playground.web_api.places import joined
from bot.playground.workspace.channels import Message
from bot.playground.workspace.clock import microseconds_of
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

MOST_MESSAGES, ON_A_PAGE, REPLIES_ON_A_PAGE = 999, 100, 1000
FAR_OFF = 10**18


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, in microseconds; the edges are outside unless they are named."""

    oldest: int
    latest: int
    edges: tuple[int, ...]

    def holds(self, message: Message) -> bool:
        """Whether the message was sent within it."""
        at = microseconds_of(message.ts)
        return self.oldest < at < self.latest or at in self.edges


def history(slack: Slack, args: Arguments) -> Json:
    """conversations.history: newest first; metadata only with include_all_metadata; nothing ephemeral."""
    channel = joined(slack, args.needed("channel"))
    slack.demand(f"{channel.family}:history")
    limit = limit_of(args, ON_A_PAGE, "invalid_arguments", MOST_MESSAGES)
    page, more = _first(_newest_within(channel.newest_first(), _older(args)), limit)
    return (
        ({"latest": args.text("latest")} if args.text("latest") else {})
        | {
            "messages": _told(page, args),
            "has_more": more,
            "pin_count": len(channel.pins),
            "channel_actions_ts": None,
            "channel_actions_count": 0,
        }
        | ({"response_metadata": {"next_cursor": f"before:{page[-1].ts}"}} if more else {})
    )


def replies(slack: Slack, args: Arguments) -> Json:
    """conversations.replies: a message and the replies to it, oldest first. A reply by itself has none."""
    if not args.text("channel"):
        raise MethodRefused("channel_not_found")
    channel = joined(slack, args.text("channel"))
    slack.demand(f"{channel.family}:history")
    root = channel.messages.get(args.text("ts"))
    if root is None or root.only_for is not None:
        raise MethodRefused("thread_not_found")
    limit = limit_of(args, REPLIES_ON_A_PAGE, "invalid_arguments")
    stretch = _newer(args)
    thread = (one for one in channel.thread(root.ts) if (one is root and not args.text("cursor")) or stretch.holds(one))
    page, more = _first(thread, limit)
    return {"messages": _told(page, args), "has_more": more} | (
        {"response_metadata": {"next_cursor": f"after:{page[-1].ts}"}} if more else {}
    )


def _first(messages: Iterable[Message], limit: int) -> tuple[list[Message], bool]:
    found = list(islice(messages, limit + 1))
    return found[:limit], len(found) > limit


def _newest_within(messages: Iterable[Message], stretch: Stretch) -> Iterator[Message]:
    for message in messages:
        if microseconds_of(message.ts) < stretch.oldest:
            return
        if stretch.holds(message):
            yield message


def _older(args: Arguments) -> Stretch:
    """What is asked for, on from the cursor into the past."""
    asked = _asked(args)
    if not args.text("cursor"):
        return asked
    at = _at_cursor(args, "before:")
    return Stretch(asked.oldest, min(at, asked.latest), tuple(edge for edge in asked.edges if edge < at))


def _newer(args: Arguments) -> Stretch:
    """What is asked for, on from the cursor towards the present."""
    asked = _asked(args)
    if not args.text("cursor"):
        return asked
    at = _at_cursor(args, "after:")
    return Stretch(max(at, asked.oldest), asked.latest, tuple(edge for edge in asked.edges if edge > at))


def _asked(args: Arguments) -> Stretch:
    oldest, latest = _moment(args, "oldest", 0), _moment(args, "latest", FAR_OFF)
    return Stretch(oldest, latest, (oldest, latest) if args.flag("inclusive") else ())


def _at_cursor(args: Arguments, mark: str) -> int:
    try:
        return microseconds_of(args.text("cursor").removeprefix(mark))
    except ValueError:
        raise MethodRefused("invalid_cursor") from None


def _moment(args: Arguments, name: str, otherwise: int) -> int:
    try:
        return microseconds_of(args.text(name)) if args.text(name) else otherwise
    except ValueError:
        raise MethodRefused(f"invalid_ts_{name}") from None


def _told(page: list[Message], args: Arguments) -> list[Json]:
    hidden = () if args.flag("include_all_metadata") else ("metadata",)
    return [{name: value for name, value in one.body.items() if name not in hidden} for one in page]
