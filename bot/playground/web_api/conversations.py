"""conversations.*: direct messages with one person or several."""

from collections.abc import Iterator
from itertools import islice

from bot.playground.refusals import MethodRefused, missing
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.chat import refuse_bots
from bot.playground.web_api.method import Method
from bot.playground.workspace.channels import Channel, Message, group_id
from bot.playground.workspace.clock import microseconds_of
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.shapes import channel_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

MOST_PEOPLE, MOST_MESSAGES = 8, 999
FAR_OFF = 10**18


def open_conversation(slack: Slack, args: Arguments) -> Json:
    """conversations.open: the same people, the same conversation."""
    if args.has("channel"):
        channel, is_new = _known(slack, args), False
    else:
        channel, is_new = _with_users(slack, args)
    again: Json = {} if is_new else {"no_op": True, "already_open": True}
    return again | {"channel": channel_object(channel) if args.flag("return_im") else {"id": channel.id}}


def info(slack: Slack, args: Arguments) -> Json:
    """conversations.info."""
    channel = _known(slack, args)
    slack.demand(f"{channel.kind}:read")
    members: Json = {"num_members": len(channel.members) + 1} if args.flag("include_num_members") else {}
    return {"channel": channel_object(channel) | members}


def members(slack: Slack, args: Arguments) -> Json:
    """conversations.members: the people, and the app's own user."""
    channel = _known(slack, args)
    slack.demand(f"{channel.kind}:read")
    return {"members": [*channel.members, BOT_USER], "response_metadata": {"next_cursor": ""}}


def history(slack: Slack, args: Arguments) -> Json:
    """conversations.history: newest first; metadata only with include_all_metadata; nothing ephemeral."""
    channel = _known(slack, args)
    slack.demand(f"{channel.kind}:history")
    limit = min(args.number("limit", 100), MOST_MESSAGES)
    found = list(islice(_between(channel, args), limit + 1))
    page, more = found[:limit], len(found) > limit
    answer: Json = {
        "messages": [_told(message, with_metadata=args.flag("include_all_metadata")) for message in page],
        "has_more": more,
        "pin_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": f"before:{page[-1].ts}"}} if more else {})


def _with_users(slack: Slack, args: Arguments) -> tuple[Channel, bool]:
    if not args.text("users"):
        raise MethodRefused("users_list_not_supplied")
    users = [user.strip() for user in args.text("users").split(",") if user.strip()]
    slack.demand("im:write" if len(users) == 1 else "mpim:write")
    _refuse_strangers(slack, users)
    channel_id = f"D{users[0]}" if len(users) == 1 else group_id(users)
    is_new = channel_id not in slack.workspace.channels
    if is_new and args.flag("prevent_creation"):
        raise MethodRefused("channel_not_found")
    if len(users) == 1:
        return slack.im_with(users[0]), is_new
    return slack.workspace.group_with(users, slack.clock.seconds()), is_new


def _refuse_strangers(slack: Slack, users: list[str]) -> None:
    if len(users) > MOST_PEOPLE:
        raise MethodRefused("too_many_users")
    for user in users:
        refuse_bots(slack, user)
        person = slack.person(user)
        if person is None:
            raise MethodRefused("user_not_found")
        if person.member.deleted:
            raise MethodRefused("user_disabled")


def _known(slack: Slack, args: Arguments) -> Channel:
    if not args.text("channel"):
        raise missing("channel")
    channel = slack.channel(args.text("channel"))
    if channel is None:
        raise MethodRefused("channel_not_found")
    return channel


def _between(channel: Channel, args: Arguments) -> Iterator[Message]:
    oldest, latest = _moment(args, "oldest", 0), _moment(args, "latest", FAR_OFF)
    edges = (oldest, latest) if args.flag("inclusive") else ()
    cursor = args.text("cursor")
    if cursor:
        latest, edges = _cursor_moment(cursor), ()
    return _within(channel, oldest, latest, edges)


def _within(channel: Channel, oldest: int, latest: int, edges: tuple[int, ...]) -> Iterator[Message]:
    for message in channel.newest_first():
        at = microseconds_of(message.ts)
        if at < oldest:
            return
        if oldest < at < latest or at in edges:
            yield message


def _cursor_moment(cursor: str) -> int:
    try:
        return microseconds_of(cursor.removeprefix("before:"))
    except ValueError:
        raise MethodRefused("invalid_cursor") from None


def _moment(args: Arguments, name: str, otherwise: int) -> int:
    try:
        return microseconds_of(args.text(name)) if args.text(name) else otherwise
    except ValueError:
        raise MethodRefused(f"invalid_ts_{name}") from None


def _told(message: Message, *, with_metadata: bool) -> Json:
    return {name: value for name, value in message.body.items() if with_metadata or name != "metadata"}


METHODS = {
    "conversations.open": Method(open_conversation),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
}
