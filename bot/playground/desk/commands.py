"""Slash commands, typed in any conversation."""

from bot.playground.desk import answers, markup
from bot.playground.desk.at_desk import ask, of_this_team, place, with_app
from bot.playground.refusals import ActRefused
from bot.playground.wire import interactions
from bot.playground.workspace.channels import Message
from bot.playground.workspace.slack import Slack


async def type_command(slack: Slack, user: str, line: str, channel: str = "") -> Message | None:
    """Type a slash command, where the app need not be. Give the message that the acknowledgement showed, if it did."""
    person = with_app(slack, user)
    of_this_team(person, "commands are")
    where = place(slack, person, channel)
    name, _, text = line.strip().partition(" ")
    command = slack.app.command(name)
    if command is None:
        raise ActRefused("unknown_command", f"{name or 'That'} is not a command of this app.", 404)
    text = markup.in_command(slack, text.strip(), should_escape=command.should_escape)
    reply = await ask(slack, "slash_commands", interactions.slash_command(slack, person, where, name, text))
    return answers.show_reply(slack, person, where, reply)
