"""What a person can do: type a command, write, open the app, click, send a form, close it.

Each act brings to the app what Slack would bring, and does what the app's acknowledgement says.
Raises ActRefused, with a sentence for whoever tried, when it cannot be done or the app does not play its part.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.playground.block_kit import forms
from bot.playground.block_kit.checks import elements_of
from bot.playground.desk import answers
from bot.playground.refusals import ActRefused
from bot.playground.web_api import views
from bot.playground.wire import interactions, messages
from bot.playground.wire.deliveries import Kind
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person

MENTION = re.compile(r"(?<![\w<|@])@([a-z0-9][\w.-]*\w|[a-z0-9])", re.IGNORECASE)
SHOWN_IN_ACTION = ("text", "value", "url", "style", "placeholder", "confirm")


async def type_command(slack: Slack, user: str, line: str) -> Message | None:
    """Type a slash command. Give the message that the acknowledgement showed, if it did."""
    person, channel = at_desk(slack, user)
    name, _, text = line.strip().partition(" ")
    command = slack.app.command(name)
    if command is None:
        raise ActRefused("unknown_command", f"{name or 'That'} is not a command of this app.", 404)
    text = messages.escaped(text.strip())
    if command.should_escape:
        text = _mentions(slack, text, with_name=True)
    reply = await _ask(slack, "slash_commands", interactions.slash_command(slack, person, channel, name, text))
    return answers.show_reply(slack, person, channel, reply)


async def write(slack: Slack, user: str, text: str) -> Message:
    """Write to the app. Without an app that listens the message stands all the same."""
    person, channel = at_desk(slack, user)
    if not slack.app.messages_tab or slack.app.messages_read_only:
        raise ActRefused("messages_tab_disabled", "Nobody can write to this app: its manifest does not let them.", 403)
    if not text.strip():
        raise ActRefused("no_text", "There is nothing to send.")
    message, event = messages.say_as(slack, person, channel, _mentions(slack, messages.escaped(text), with_name=False))
    if messages.wants_messages(slack, channel):
        await slack.deliveries.tell(event)
    return message


async def open_app(slack: Slack, user: str, tab: str) -> None:
    """Open the app on its `home` or `messages` tab. The messages are read by that."""
    person, channel = at_desk(slack, user)
    if tab not in ("home", "messages"):
        raise ActRefused("unknown_tab", "The app has two tabs: home and messages.")
    if tab == "messages":
        read(slack, user)
    if "app_home_opened" in slack.app.events:
        await slack.deliveries.tell(interactions.event(slack, interactions.app_home_opened(person, channel, tab)))


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


async def click_message(slack: Slack, user: str, place: tuple[str, str], target: tuple[str, str], choice: Json) -> None:
    """Click an element of a message: `place` is (channel, ts), `target` is (block_id, action_id)."""
    person, _ = at_desk(slack, user)
    channel = slack.channel(place[0])
    message = channel.messages.get(place[1]) if channel and user in channel.members else None
    if channel is None or message is None or message.only_for not in (None, user):
        raise ActRefused("message_not_found", "That message is not there any more.", 404)
    blocks = message.body.get("blocks") or []
    element = _element(blocks, *target)
    _refuse_unknown_choice(element, choice)
    state = forms.held(blocks, _chosen(target, element, choice), {})
    action = _action(slack, element, target[0], choice)
    await _ask(slack, "interactive", interactions.click_on_message(slack, person, message, channel, action, state))


async def click_view(slack: Slack, user: str, view_id: str, target: tuple[str, str], choice: Json, state: Json) -> None:
    """Click an element of a form or of the home tab. `state` is what the other inputs hold now."""
    person, _ = at_desk(slack, user)
    view = _open_view(slack, person, view_id)
    element = _element(view.blocks, *target)
    _refuse_unknown_choice(element, choice)
    _refuse_unknown(view, state)
    view.values = forms.held(view.blocks, _merged(state, _chosen(target, element, choice)), view.values)
    action = _action(slack, element, target[0], choice)
    await _ask(slack, "interactive", interactions.click_on_view(slack, person, view, action))


async def submit(slack: Slack, user: str, view_id: str, state: Json) -> dict[str, str]:
    """Send a form. Give the errors, by block_id: Slack's own client finds some before the app is asked."""
    person, _ = at_desk(slack, user)
    view = _open_view(slack, person, view_id)
    if not person.modals or view is not person.modals[-1]:
        raise ActRefused("view_not_on_top", "That form is not on top.", 409)
    _refuse_unknown(view, state)
    view.values = forms.held(view.blocks, state, view.values)
    complaints = forms.complaints(view.blocks, view.values)
    if complaints:
        return complaints
    return await send_form(slack, person, view, interactions.view_submission(slack, person, view))


async def send_form(slack: Slack, person: Person, view: OpenView, payload: Json) -> dict[str, str]:
    """Bring a submission to the app, and do what it says."""
    return answers.settle_submission(slack, person, view, await _ask(slack, "interactive", payload))


async def close(slack: Slack, user: str, view_id: str, *, whole_stack: bool = False) -> None:
    """Close a form, or with `whole_stack` all of them. The app hears of those that have notify_on_close."""
    person, _ = at_desk(slack, user)
    view = _open_view(slack, person, view_id)
    if view not in person.modals:
        raise ActRefused("not_a_form", "The home tab cannot be closed.")
    cleared = whole_stack or view.body.get("clear_on_close") is True
    closing = tuple(person.modals) if cleared else tuple(person.modals[person.modals.index(view) :])
    for one in reversed(closing):
        views.close(slack, person, one)
    for one in reversed(closing):
        if one.body.get("notify_on_close"):
            await _ask(slack, "interactive", interactions.view_closed(slack, person, one, cleared))


def known(slack: Slack, user: str) -> Person:
    """Somebody who has an account here."""
    person = slack.person(user)
    if person is None:
        raise ActRefused("user_not_found", "Nobody here has that id.", 404)
    return person


def at_desk(slack: Slack, user: str) -> tuple[Person, Channel]:
    """Somebody who can act, with their conversation with the app."""
    person = known(slack, user)
    if person.member.deleted:
        raise ActRefused("user_deactivated", f"{person.member.real_name} has left this workspace.", 409)
    if not slack.app.installed:
        raise ActRefused("app_not_installed", "The app has been removed from this workspace.", 409)
    return person, slack.im_with(user)


async def _ask(slack: Slack, kind: Kind, payload: Json) -> Json:
    if not slack.deliveries.connected:
        raise ActRefused("app_did_not_answer", "The app is not connected.", 504)
    reply = await slack.deliveries.ask(kind, payload)
    if reply is None:
        raise ActRefused("app_did_not_answer", "The app did not answer within three seconds.", 504)
    return reply


def _mentions(slack: Slack, text: str, *, with_name: bool) -> str:
    def mention(found: re.Match[str]) -> str:
        person = slack.workspace.named(found[1])
        if person is None:
            return found[0]
        return f"<@{person.id}|{person.member.name}>" if with_name else f"<@{person.id}>"

    return MENTION.sub(mention, text)


def _open_view(slack: Slack, person: Person, view_id: str) -> OpenView:
    view = slack.views.get(view_id)
    if view is None or view.user != person.id:
        raise ActRefused("view_not_found", "That form is not open any more.", 404)
    return view


def _element(blocks: list[Json], block_id: str, action_id: str) -> Json:
    for block in blocks:
        if block["block_id"] == block_id:
            for element in elements_of(block):
                if element["action_id"] == action_id:
                    return element
    raise ActRefused("no_such_element", "That button or menu is not there any more.", 404)


def _refuse_unknown(view: OpenView, state: Mapping[str, Any]) -> None:
    wrong = forms.unknown_inputs(view.blocks, state)
    if wrong:
        raise ActRefused("no_such_choice", f"The form does not offer this: {', '.join(wrong)}.")


def _refuse_unknown_choice(element: Json, choice: Json) -> None:
    if not forms.offers(element, choice):
        raise ActRefused("no_such_choice", f"{element['action_id']} does not offer this.")


def _chosen(target: tuple[str, str], element: Json, choice: Json) -> Json:
    """The new state of the element that was used, if it holds one."""
    return {target[0]: {target[1]: choice}} if element["type"] in forms.VALUE_OF and choice else {}


def _merged(state: Json, more: Json) -> Json:
    return {block_id: {**state.get(block_id, {}), **more.get(block_id, {})} for block_id in {*state, *more}}


def _action(slack: Slack, element: Json, block_id: str, choice: Json) -> Json:
    """What was done, as it stands in `actions`."""
    shown = {name: element[name] for name in element if name in SHOWN_IN_ACTION or name.startswith("initial_")}
    return {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        **shown,
        **choice,
        "action_ts": slack.clock.stamp(),
    }
