"""conversations.invite: people into a channel."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.places import joined
from bot.playground.wire import membership
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.shapes import channel_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

RIGHTS = {
    "channel": ("channels:manage", "channels:write.invites"),
    "group": ("groups:write", "groups:write.invites"),
}


def invite(slack: Slack, args: Arguments) -> Json:
    """conversations.invite: all of them or nobody; with `force` those who can be invited."""
    channel = joined(slack, args.needed("channel"))
    if channel.kind not in RIGHTS:
        raise MethodRefused("method_not_supported_for_channel_type")
    slack.demand(*RIGHTS[channel.kind])
    if channel.archived:
        raise MethodRefused("is_archived")
    users = args.names("users")
    if not users:
        raise MethodRefused("no_user")
    errors = [
        {"user": user, "ok": False, "error": error} for user in users if (error := _why_not(slack, channel, user))
    ]
    wrong = {error["user"] for error in errors}
    if errors and not (args.flag("force") and len(wrong) < len(set(users))):
        raise MethodRefused(str(errors[0]["error"]), errors=errors)
    for user in users:
        if user not in wrong:
            membership.join(slack, channel, user, inviter=BOT_USER)
    return {"channel": channel_object(channel)} | ({"errors": errors} if errors else {})


def _why_not(slack: Slack, channel: Channel, user: str) -> str:
    if user == BOT_USER:
        return "cant_invite_self"
    person = slack.person(user)
    if person is None:
        return "user_not_found"
    if user in channel.members:
        return "already_in_channel"
    if person.member.deleted:
        return "cant_invite"
    if person.member.is_ultra_restricted and any(not room.is_direct for room in slack.workspace.of(user)):
        return "ura_max_channels"
    return ""
