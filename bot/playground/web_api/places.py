"""Which conversation a call means, and whether the app may see it, be in it, write there."""

from bot.playground.refusals import MethodRefused
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.clock import microseconds_of
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.slack import Slack


def visible(slack: Slack, channel_id: str, error: str = "channel_not_found") -> Channel:
    """A conversation that the app can see: a private channel only from inside."""
    channel = slack.channel(channel_id)
    if channel is None or (channel.kind == "group" and not channel.has_app):
        raise MethodRefused(error)
    return channel


def joined(slack: Slack, channel_id: str) -> Channel:
    """A conversation that the app is in."""
    channel = visible(slack, channel_id)
    if not channel.has_app:
        raise MethodRefused("not_in_channel")
    return channel


def destination(slack: Slack, name: str) -> Channel:
    """Where something may be said: by the id of a conversation or a person, or by the name of a channel."""
    refuse_bots(slack, name)
    if slack.person(name):
        channel = slack.im_with(name)
    else:
        room = None if slack.channel(name) else slack.workspace.room_named(name)
        channel = visible(slack, room.id if room else name)
    _refuse_silence(slack, channel)
    return channel


def refuse_bots(slack: Slack, user: str) -> None:
    """Raise MethodRefused if `user` is a bot: bots do not talk to each other."""
    person = slack.person(user)
    if user in (BOT_USER, "USLACKBOT") or (person is not None and person.member.is_bot):
        raise MethodRefused("cannot_dm_bot")


def message_at(channel: Channel, ts: str, error: str = "message_not_found") -> Message:
    """A message that stands in the conversation for everybody; not the stone of a deleted one."""
    message = channel.messages.get(ts)
    if message is None or message.only_for is not None or message.body.get("subtype") == "tombstone":
        raise MethodRefused(error)
    return message


def is_stamp(ts: str) -> bool:
    """Whether that is a `ts` at all."""
    try:
        return microseconds_of(ts) > 0
    except ValueError:
        return False


def _refuse_silence(slack: Slack, channel: Channel) -> None:
    if channel.archived:
        raise MethodRefused("is_archived")
    if channel.kind == "im":
        _refuse_unreachable(slack, channel.members[0])
    elif not channel.has_app and "chat:write.public" not in slack.app.scopes:
        raise MethodRefused("not_in_channel")


def _refuse_unreachable(slack: Slack, user: str) -> None:
    refuse_bots(slack, user)
    person = slack.workspace.people[user]
    if not slack.knows(person):
        raise MethodRefused("channel_not_found")
    if person.member.deleted:
        # Slack documents no answer, and was seen to take such a message (python-slack-sdk#1156), which nobody reads.
        # The refusal is what conversations.open documents: an app has to live with either.
        raise MethodRefused("user_disabled")
    if not slack.app.messages_tab:
        raise MethodRefused("messages_tab_disabled")
