"""Channels, as people come and go, and reactions to what is said there."""

from bot.playground.desk.at_desk import At, at_desk, place, spot
from bot.playground.refusals import ActRefused
from bot.playground.wire import membership, reactions
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.slack import Slack


def join(slack: Slack, user: str, channel_id: str) -> None:
    """Join a public channel; a private one takes an invitation."""
    person, channel = at_desk(slack, user), slack.channel(channel_id)
    if channel is None or not _is_open(channel) or person.member.is_restricted or person.member.team:
        raise ActRefused("channel_not_found", f"{person.member.real_name} finds no such channel to join.", 404)
    membership.join(slack, channel, user)


def leave(slack: Slack, user: str, channel_id: str) -> None:
    """Leave a channel. Direct messages cannot be left."""
    channel = place(slack, at_desk(slack, user), channel_id)
    if channel.is_direct:
        raise ActRefused("cannot_leave", "A direct message cannot be left.")
    membership.leave(slack, channel, user)


async def react(slack: Slack, user: str, at: At, name: str, *, off: bool = False) -> None:
    """Put a reaction on a message, or take one's own off."""
    channel, message = spot(slack, at_desk(slack, user), at)
    bare = name.strip(":")
    event = (reactions.take_off if off else reactions.put_on)(slack, channel, message, user, bare)
    if event is not None:
        await slack.deliveries.tell(event)


def _is_open(channel: Channel) -> bool:
    return channel.kind == "channel" and not channel.archived
