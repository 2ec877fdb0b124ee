"""reactions.*: what the app thinks of a message, in one picture."""

import re

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.web_api.places import is_stamp, joined, message_at
from bot.playground.wire.reactions import put_on, take_off, users_by_name
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?")  # any well-formed name: a workspace may have its own
MOST_EMOJI, MOST_OF_ONE = 50, 23


def add(slack: Slack, args: Arguments) -> Json:
    """reactions.add."""
    channel, message, name = _meant(slack, args)
    if channel.archived:
        raise MethodRefused("is_archived")
    _refuse_too_much(message, name)
    event = put_on(slack, channel, message, BOT_USER, name)
    if event is not None:
        slack.deliveries.mention(event)
    return {}


def remove(slack: Slack, args: Arguments) -> Json:
    """reactions.remove: the app's own only."""
    channel, message, name = _meant(slack, args)
    if BOT_USER not in users_by_name(message).get(name, []):
        raise MethodRefused("no_reaction")
    event = take_off(slack, channel, message, BOT_USER, name)
    if event is not None:
        slack.deliveries.mention(event)
    return {}


def _meant(slack: Slack, args: Arguments) -> tuple[Channel, Message, str]:
    if not args.text("channel") or not args.text("timestamp"):
        raise MethodRefused("no_item_specified")
    channel = joined(slack, args.text("channel"))
    if not is_stamp(args.text("timestamp")):
        raise MethodRefused("bad_timestamp")
    name = args.text("name").strip(":")
    if not NAME.fullmatch(name):
        raise MethodRefused("invalid_name")
    return channel, message_at(channel, args.text("timestamp")), name


def _refuse_too_much(message: Message, name: str) -> None:
    users = users_by_name(message)
    if BOT_USER in users.get(name, []):
        raise MethodRefused("already_reacted")
    if sum(BOT_USER in some for some in users.values()) >= MOST_OF_ONE:
        raise MethodRefused("too_many_reactions")
    if name not in users and len(users) >= MOST_EMOJI:
        raise MethodRefused("too_many_emoji")


METHODS = {
    "reactions.add": Method(add, scopes=("reactions:write",)),
    "reactions.remove": Method(remove, scopes=("reactions:write",)),
}
