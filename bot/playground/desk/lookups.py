"""Looking something up in a menu whose options come from the app."""

from typing import Any

from bot.playground.block_kit.checks import blocks_of_message
from bot.playground.desk.answers import answered_badly
from bot.playground.desk.at_desk import At, Target, ask, element_called, open_view, spot, with_app
from bot.playground.refusals import ActRefused
from bot.playground.wire import interactions
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

EXTERNAL = ("external_select", "multi_external_select")
USUAL_LEAST = 3  # letters, unless the app says otherwise
MOST = 100
PLACEHOLDER = {"type": "plain_text", "text": "Look up"}


async def ask_options(slack: Slack, user: str, where: str | At, target: Target, value: str) -> Json:
    """What the app offers for what was typed, in a message or in a view: {"options": […]} or {"option_groups": […]}."""
    person = with_app(slack, user)
    if isinstance(where, str):
        view = open_view(slack, person, where)
        element, around = element_called(view.blocks, target), interactions.in_view(view)
    else:
        channel, message = spot(slack, person, where)
        element = element_called(message.blocks, target)
        around = interactions.in_message(channel, message, target[0])
    _refuse_few_letters(element, value)
    payload = interactions.block_suggestion(slack, person, around, target, value)
    return _offered(await ask(slack, "interactive", payload))


def _refuse_few_letters(element: Json, value: str) -> None:
    if element["type"] not in EXTERNAL:
        raise ActRefused("no_such_element", "That menu has all its options already.")
    least = element.get("min_query_length", USUAL_LEAST)
    if len(value) < least:
        raise ActRefused("query_too_short", f"Type {least} letters or more.")


def _offered(reply: Json) -> Json:
    """The answer, checked as the options of a menu are; the app may offer nothing."""
    kind = "option_groups" if "option_groups" in reply else "options"
    rows: Any = reply.get(kind)
    if not isinstance(rows, list):
        raise answered_badly("it holds neither options nor option_groups.")
    if len(rows) > MOST:
        raise answered_badly(f"it offers more than {MOST} {kind}.")
    if rows:
        menu = {"type": "static_select", "action_id": "looked_up", "placeholder": PLACEHOLDER, kind: rows}
        problems = blocks_of_message([{"type": "actions", "elements": [menu]}])
        if problems:
            raise answered_badly(" ".join(problems) + ".")
    return {kind: rows}
