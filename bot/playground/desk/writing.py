"""Writing and reading: in the conversation with the app, and in every other that one is in."""

from bot.playground.desk import markup
from bot.playground.desk.at_desk import at_desk, known, message_in, of_this_team, place, with_app
from bot.playground.refusals import ActRefused
from bot.playground.wire import interactions, messages
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.slack import Slack


async def write(slack: Slack, user: str, text: str, channel: str = "", thread_ts: str | None = None) -> Message:
    """Write, to the app if no other conversation is named. It stands there even if no app listens."""
    person = at_desk(slack, user)
    where = place(slack, person, channel)
    _refuse_silence(slack, where)
    if not text.strip():
        raise ActRefused("no_text", "There is nothing to send.")
    if thread_ts is not None:
        thread_ts = message_in(where, person, thread_ts).thread or thread_ts
    message, event = messages.say_as(slack, person, where, markup.in_message(slack, text), thread_ts)
    if slack.app.installed and messages.wants_messages(slack, where):
        await slack.deliveries.tell(event)
    mention = messages.mentions_app(slack, where, message) if slack.app.installed else None
    if mention is not None:
        await slack.deliveries.tell(mention)
    return message


async def open_app(slack: Slack, user: str, tab: str) -> None:
    """Open the app on its `home` or `messages` tab. The messages are read by that."""
    person = with_app(slack, user)
    channel = slack.im_with(user)
    _refuse_missing_tab(slack, tab)
    if tab == "home":
        of_this_team(person, "the home tab is")
    if tab == "messages":
        read(slack, user, channel.id)
    if "app_home_opened" in slack.app.events:
        await slack.deliveries.tell(interactions.event(slack, interactions.app_home_opened(person, channel, tab)))


def open_conversation(slack: Slack, user: str, channel: str) -> None:
    """Open a conversation: what is in it is read by that."""
    read(slack, user, place(slack, known(slack, user), channel).id)


def read(slack: Slack, user: str, channel: str | None = None) -> None:
    """Read everything, or everything in one conversation."""
    person = known(slack, user)
    if channel is not None:
        unread = person.unread_in.pop(channel, 0)
    else:
        unread = person.unread
        person.unread_in.clear()
    if unread:
        slack.bell.ring()


def _refuse_missing_tab(slack: Slack, tab: str) -> None:
    tabs = {"home": slack.app.home_tab, "messages": slack.app.messages_tab}
    if tab not in tabs:
        raise ActRefused("unknown_tab", "The app has two tabs: home and messages.")
    if not tabs[tab]:
        raise ActRefused("tab_disabled", "The manifest of this app does not switch that tab on.", 403)


def _refuse_silence(slack: Slack, channel: Channel) -> None:
    """Raise ActRefused where the manifest, or the removal of the app, leaves nobody to write to."""
    if channel.archived:
        raise ActRefused("is_archived", "Nobody writes in an archived channel any more.", 403)
    if channel.kind != "im":
        return
    if not slack.app.installed:
        raise ActRefused("app_not_installed", "The app has been removed from this workspace.", 409)
    if not slack.app.messages_tab or slack.app.messages_read_only:
        raise ActRefused("messages_tab_disabled", "Nobody can write to this app: its manifest does not let them.", 403)
