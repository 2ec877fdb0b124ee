"""Who is in a channel: joining and leaving it, with the notes in it and the events for an app that is there."""

from bot.playground.wire import interactions, messages
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.installed_app import BOT_USER, TEAM_ID
from bot.playground.workspace.slack import Slack


def is_in(channel: Channel, user: str) -> bool:
    """Whether that user, the app's own included, is in the channel."""
    return channel.has_app if user == BOT_USER else user in channel.members


def join(slack: Slack, channel: Channel, user: str, inviter: str = "") -> None:
    """Let somebody, or the app's own user, into a channel. Nothing happens if they are in it already."""
    if is_in(channel, user):
        return
    if user == BOT_USER:
        channel.has_app = True
    else:
        channel.members.append(user)
    _tell(slack, channel, user, "member_joined_channel", {"inviter": inviter} if inviter else {})
    messages.note(slack, channel, user, f"{channel.kind}_join", f"<@{user}> has joined the channel")
    slack.bell.ring()


def leave(slack: Slack, channel: Channel, user: str) -> None:
    """Let somebody, or the app's own user, out of a channel. Nothing happens if they are not in it."""
    if not is_in(channel, user):
        return
    _tell(slack, channel, user, "member_left_channel", {})
    messages.note(slack, channel, user, f"{channel.kind}_leave", f"<@{user}> has left the channel")
    if user == BOT_USER:
        channel.has_app = False
    else:
        channel.members.remove(user)
        slack.workspace.people[user].unread_in.pop(channel.id, None)
    slack.bell.ring()


def _tell(slack: Slack, channel: Channel, user: str, kind: str, more: dict[str, str]) -> None:
    asked = kind in slack.app.events and f"{channel.family}:read" in slack.app.scopes
    if not asked or not channel.has_app:
        return
    letter = "C" if channel.kind == "channel" else "G"
    event = {"type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": TEAM_ID, **more}
    slack.deliveries.mention(interactions.event(slack, event))
