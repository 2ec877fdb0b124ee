"""Shortcuts: those that stand everywhere, and those of a message."""

from bot.playground.desk.at_desk import At, ask, of_this_team, spot, with_app
from bot.playground.refusals import ActRefused
from bot.playground.wire import interactions
from bot.playground.workspace.slack import Slack


async def use_shortcut(slack: Slack, user: str, callback_id: str, at: At | None = None) -> None:
    """Use a shortcut of the manifest; one for messages on a message, where the app need not be."""
    person = with_app(slack, user)
    of_this_team(person, "shortcuts are")
    shortcut = slack.app.shortcut(callback_id)
    if shortcut is None:
        raise ActRefused("unknown_shortcut", "The app has no such shortcut.", 404)
    if (shortcut.kind == "message") != (at is not None):
        wanted = "on a message" if at is None else "anywhere but on a message"
        raise ActRefused("wrong_place", f"{shortcut.name} is used {wanted}.")
    if at is None:
        await ask(slack, "interactive", interactions.global_shortcut(slack, person, callback_id))
        return
    channel, message = spot(slack, person, at)
    if message.only_for is not None:
        raise ActRefused("message_is_ephemeral", "Shortcuts do not work on a message that only you can see.")
    payload = interactions.message_shortcut(slack, person, callback_id, channel, message)
    await ask(slack, "interactive", payload)
