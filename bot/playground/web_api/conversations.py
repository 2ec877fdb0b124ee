"""conversations.*: opening, finding, joining; and who is in there."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.history import history, replies
from bot.playground.web_api.invitations import invite
from bot.playground.web_api.method import Method
from bot.playground.web_api.opening import open_conversation
from bot.playground.web_api.pages import page_of
from bot.playground.web_api.places import visible
from bot.playground.wire import membership
from bot.playground.workspace.channels import FAMILY, Channel, Kind
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.shapes import channel_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

TYPES: dict[str, Kind] = {"public_channel": "channel", "private_channel": "group", "mpim": "mpim", "im": "im"}
ON_A_PAGE = 100


def info(slack: Slack, args: Arguments) -> Json:
    """conversations.info."""
    channel = visible(slack, args.needed("channel"))
    slack.demand(f"{channel.family}:read")
    members: Json = {"num_members": len(_members(channel))} if args.flag("include_num_members") else {}
    return {"channel": shown(slack, channel) | members}


def everything(slack: Slack, args: Arguments) -> Json:
    """conversations.list: every public channel, and the others that the app is in."""
    kinds = _kinds(slack, args)
    channels = [one for one in slack.workspace.channels.values() if one.kind in kinds and _listed(one, args)]
    found = [one for one in channels if one.has_app or one.kind == "channel"]
    page, rest = page_of(found, args, otherwise=ON_A_PAGE)
    return {"channels": [_counted(slack, one) for one in page], **rest}


def of_user(slack: Slack, args: Arguments) -> Json:
    """users.conversations: those of the app, or those of a person as far as the app may know."""
    kinds, user = _kinds(slack, args), args.text("user") or BOT_USER
    channels = [one for one in slack.workspace.channels.values() if one.kind in kinds and _listed(one, args)]
    found = [one for one in channels if user in _members(one) and (one.has_app or one.kind == "channel")]
    page, rest = page_of(found, args, otherwise=ON_A_PAGE)
    return {"channels": [shown(slack, one) for one in page], **rest}


def members(slack: Slack, args: Arguments) -> Json:
    """conversations.members: the people, and the app's own user."""
    channel = visible(slack, args.needed("channel"))
    slack.demand(f"{channel.family}:read")
    page, rest = page_of(_members(channel), args, otherwise=ON_A_PAGE)
    return {"members": page, **rest}


def join(slack: Slack, args: Arguments) -> Json:
    """conversations.join: public channels only; to join again is no mistake."""
    channel = visible(slack, args.needed("channel"))
    if channel.kind != "channel":
        raise MethodRefused("method_not_supported_for_channel_type")
    if channel.archived:
        raise MethodRefused("is_archived")
    if channel.has_app:
        again = "already_in_channel"
        warned: Json = {"warning": again, "response_metadata": {"warnings": [again]}}
        return {"channel": shown(slack, channel), **warned}
    membership.join(slack, channel, BOT_USER)
    return {"channel": shown(slack, channel)}


def leave(slack: Slack, args: Arguments) -> Json:
    """conversations.leave: to leave twice is no mistake either."""
    channel = visible(slack, args.needed("channel"))
    if channel.is_direct:
        raise MethodRefused("method_not_supported_for_channel_type")
    slack.demand("channels:manage" if channel.kind == "channel" else "groups:write")
    if not channel.has_app:
        return {"not_in_channel": True}
    membership.leave(slack, channel, BOT_USER)
    return {}


def shown(slack: Slack, channel: Channel) -> Json:
    """A conversation as the app sees it."""
    people = [person.member for user in channel.members if (person := slack.person(user))]
    left = channel.kind == "im" and people[0].deleted
    guests = dict.fromkeys(member.team for member in people if member.team)
    return channel_object(channel, user_deleted=left, guests=list(guests))


def _counted(slack: Slack, channel: Channel) -> Json:
    number: Json = {} if channel.is_direct else {"num_members": len(_members(channel))}
    return shown(slack, channel) | number


def _members(channel: Channel) -> list[str]:
    return [*channel.members, *([BOT_USER] if channel.has_app else [])]


def _listed(channel: Channel, args: Arguments) -> bool:
    return not (channel.archived and args.flag("exclude_archived"))


def _kinds(slack: Slack, args: Arguments) -> set[Kind]:
    """The kinds that are asked for; each needs its own scope."""
    types = args.names("types") or ["public_channel"]
    if not TYPES.keys() >= set(types):
        raise MethodRefused("invalid_types")
    kinds = {TYPES[name] for name in types}
    for kind in kinds:
        slack.demand(f"{FAMILY[kind]}:read")
    return kinds


METHODS = {
    "conversations.open": Method(open_conversation),
    "conversations.info": Method(info),
    "conversations.list": Method(everything),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
    "conversations.join": Method(join, scopes=("channels:join",)),
    "conversations.invite": Method(invite),
    "conversations.leave": Method(leave),
    "users.conversations": Method(of_user),
}
