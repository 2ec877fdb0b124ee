"""Clicks: on what stands in a message, in a form, on the home tab."""

from collections.abc import Mapping
from typing import Any

from bot.playground.block_kit import forms
from bot.playground.desk.at_desk import At, Target, ask, element_called, open_view, spot, with_app
from bot.playground.refusals import ActRefused
from bot.playground.wire import interactions
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView

SHOWN_IN_ACTION = ("text", "value", "url", "style", "placeholder", "confirm", "min_query_length")


async def click_message(slack: Slack, user: str, at: At, target: Target, choice: Json) -> None:
    """Click an element of a message."""
    person = with_app(slack, user)
    channel, message = spot(slack, person, at)
    element = element_called(message.blocks, target)
    _refuse_unknown_choice(element, choice)
    state = forms.held(message.blocks, _chosen(target, element, choice), {})
    action = _action(slack, element, target[0], choice)
    await ask(slack, "interactive", interactions.click_on_message(slack, person, message, channel, action, state))


async def click_view(slack: Slack, user: str, view_id: str, target: Target, choice: Json, state: Json) -> None:
    """Click an element of a form or of the home tab. `state` is what the other inputs hold now.

    The app does not hear of what changes in an input, unless it asked to.
    """
    person = with_app(slack, user)
    view = open_view(slack, person, view_id)
    element = element_called(view.blocks, target)
    _refuse_unknown_choice(element, choice)
    refuse_unknown(view, state)
    view.values = forms.held(view.blocks, _merged(state, _chosen(target, element, choice)), view.values)
    if not _is_heard(view.blocks, target[0]):
        return
    action = _action(slack, element, target[0], choice)
    await ask(slack, "interactive", interactions.click_on_view(slack, person, view, action))


def refuse_unknown(view: OpenView, state: Mapping[str, Any]) -> None:
    """Raise ActRefused if somebody filled in what the form does not offer."""
    wrong = forms.unknown_inputs(view.blocks, state)
    if wrong:
        raise ActRefused("no_such_choice", f"The form does not offer this: {', '.join(wrong)}.")


def _is_heard(blocks: list[Json], block_id: str) -> bool:
    block = next(block for block in blocks if block["block_id"] == block_id)
    return block["type"] != "input" or block.get("dispatch_action") is True


def _refuse_unknown_choice(element: Json, choice: Json) -> None:
    if not forms.offers(element, choice):
        raise ActRefused("no_such_choice", f"{element['action_id']} does not offer this.")


def _chosen(target: Target, element: Json, choice: Json) -> Json:
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
