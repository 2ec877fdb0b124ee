"""Who acts, and where: what holds for every act before the app hears of it.

Each act brings to the app what Slack would bring, and does what the app's acknowledgement says. It raises ActRefused,
with a sentence for whoever tried, when it cannot be done or the app does not play its part.
"""

from bot.playground.block_kit.checks import elements_of
from bot.playground.refusals import ActRefused
from bot.playground.wire.line import Kind
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person

At = tuple[str, str]  # where a message is: channel and ts
Target = tuple[str, str]  # what is used in it, or in a view: block_id and action_id


def known(slack: Slack, user: str) -> Person:
    """Somebody who has an account here."""
    person = slack.person(user)
    if person is None:
        raise ActRefused("user_not_found", "Nobody here has that id.", 404)
    return person


def at_desk(slack: Slack, user: str) -> Person:
    """Somebody who can act: a person who is still here."""
    person = known(slack, user)
    if person.member.deleted:
        raise ActRefused("user_deactivated", f"{person.member.real_name} has left this workspace.", 409)
    if person.member.is_bot:
        raise ActRefused("user_is_bot", f"{person.member.real_name} is a bot, and bots press no buttons.", 409)
    return person


def with_app(slack: Slack, user: str) -> Person:
    """Somebody who can do something with the app."""
    person = at_desk(slack, user)
    if not slack.app.installed:
        raise ActRefused("app_not_installed", "The app has been removed from this workspace.", 409)
    return person


def of_this_team(person: Person, what: str) -> None:
    """Raise ActRefused for somebody of another organization: `what` the app gives to its own workspace only."""
    if person.member.team:
        sentence = f"{person.member.real_name} is here from another organization: {what} only for people of this one."
        raise ActRefused("external_user", sentence, 403)


def place(slack: Slack, person: Person, channel_id: str = "") -> Channel:
    """A conversation that the person is in; without a name, theirs with the app."""
    channel = slack.channel(channel_id or f"D{person.id}")
    if channel is None or person.id not in channel.members:
        raise ActRefused("channel_not_found", f"{person.member.real_name} is in no such conversation.", 404)
    return channel


def message_in(channel: Channel, person: Person, ts: str) -> Message:
    """A message that the person sees."""
    message = channel.messages.get(ts)
    if message is None or message.only_for not in (None, person.id):
        raise ActRefused("message_not_found", "That message is not there any more.", 404)
    return message


def spot(slack: Slack, person: Person, at: At) -> tuple[Channel, Message]:
    """The conversation, and the message in it that the person sees."""
    channel = place(slack, person, at[0])
    return channel, message_in(channel, person, at[1])


def open_view(slack: Slack, person: Person, view_id: str) -> OpenView:
    """A form, or the home tab, that is on the person's screen."""
    view = slack.views.get(view_id)
    if view is None or view.user != person.id:
        raise ActRefused("view_not_found", "That form is not open any more.", 404)
    return view


def element_called(blocks: list[Json], target: Target) -> Json:
    """The element of that block with that action id."""
    for block in blocks:
        if block["block_id"] == target[0]:
            for element in elements_of(block):
                if element["action_id"] == target[1]:
                    return element
    raise ActRefused("no_such_element", "That button or menu is not there any more.", 404)


async def ask(slack: Slack, kind: Kind, payload: Json) -> Json:
    """Bring an act to the app, and give what the acknowledgement held."""
    if not slack.deliveries.connected:
        raise ActRefused("app_did_not_answer", "The app is not connected.", 504)
    reply = await slack.deliveries.ask(kind, payload)
    if reply is None:
        raise ActRefused("app_did_not_answer", "The app did not acknowledge this within three seconds.", 504)
    return reply
