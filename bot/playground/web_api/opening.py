"""conversations.open: a direct message with one person or several."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.places import refuse_bots, visible
from bot.playground.workspace.channels import Channel, group_id
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.shapes import channel_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Person

MOST_PEOPLE = 8


def open_conversation(slack: Slack, args: Arguments) -> Json:
    """conversations.open: the same people, the same conversation."""
    channel, is_new = _resumed(slack, args) if args.text("channel") else _with_users(slack, args)
    again: Json = {} if is_new else {"no_op": True, "already_open": True}
    return again | {"channel": channel_object(channel) if args.flag("return_im") else {"id": channel.id}}


def _resumed(slack: Slack, args: Arguments) -> tuple[Channel, bool]:
    channel = visible(slack, args.text("channel"))
    if not channel.is_direct:
        raise MethodRefused("method_not_supported_for_channel_type")
    slack.demand(f"{channel.family}:write")
    return channel, False


def _with_users(slack: Slack, args: Arguments) -> tuple[Channel, bool]:
    if not args.names("users"):
        raise MethodRefused("users_list_not_supplied")
    users = [user for user in dict.fromkeys(args.names("users")) if user != BOT_USER]  # the app is in it anyhow
    if not users:
        raise MethodRefused("not_enough_users")
    slack.demand("im:write" if len(users) == 1 else "mpim:write")
    _refuse_strangers(slack, users)
    channel_id = f"D{users[0]}" if len(users) == 1 else group_id(users)
    is_new = channel_id not in slack.workspace.channels
    if is_new and args.flag("prevent_creation"):
        raise MethodRefused("channel_not_found")
    if len(users) == 1:
        return slack.im_with(users[0]), is_new
    return slack.workspace.group_with(users, slack.clock.seconds(), slack.app.handle), is_new


def _refuse_strangers(slack: Slack, users: list[str]) -> None:
    if len(users) > MOST_PEOPLE:
        raise MethodRefused("too_many_users")
    people = [_somebody(slack, user) for user in users]
    guests = [person for person in people if person.member.team]
    if not all(slack.knows(guest) for guest in guests):
        raise MethodRefused("user_not_visible")
    if len(people) > 1 and guests and not _meet(slack, guests):
        raise MethodRefused("invalid_user_combination")


def _somebody(slack: Slack, user: str) -> Person:
    refuse_bots(slack, user)
    person = slack.person(user)
    if person is None:
        raise MethodRefused("user_not_found")
    if person.member.deleted:
        raise MethodRefused("user_disabled")
    return person


def _meet(slack: Slack, guests: list[Person]) -> bool:
    """Whether all of them are in one channel of the app's together."""
    rooms = (room for room in slack.workspace.channels.values() if room.has_app and not room.is_direct)
    return any(all(guest.id in room.members for guest in guests) for room in rooms)
