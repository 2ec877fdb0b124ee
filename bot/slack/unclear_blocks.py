"""What a coordinator sees of messages that may not have arrived, on Home and in the status. Pure."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.slack import blocks as b
from bot.usecases.phrasing import first_name, listed, short_day
from bot.usecases.ports import Unclear

MOST_SHOWN = 5


def unclear_blocks(words: Words, unclear: Sequence[Unclear]) -> list[b.Block]:
    """Show each with whom it was for, on which day (theirs), of which kinds, and what can be done; nothing for none."""
    if not unclear:
        return []
    shown = [b.header(words.say("unclear.heading")), b.section(words.say("unclear.explained"))]
    for one in unclear[:MOST_SHOWN]:
        shown += _one(words, one)
    if len(unclear) > MOST_SHOWN:
        shown.append(b.context(words.say("unclear.more", count=str(len(unclear) - MOST_SHOWN))))
    return shown


def line_of(words: Words, unclear: Unclear) -> str:
    """Say what a doubtful message was: whom it was for, when it went, what it was about."""
    kinds = listed(words.say(f"kinds.{rule}") for rule in unclear.rules)
    person = unclear.person
    return words.say("unclear.line", person=person.name, day=short_day(person.today(unclear.at)), kinds=kinds)


def _one(words: Words, unclear: Unclear) -> list[b.Block]:
    name = first_name(unclear.person.name)
    question = b.confirm(words.say("unclear.confirm", person=name), "Send it again", "Not now")
    buttons = [
        b.button("say_again", "Send again", unclear.note_id, confirm=question),
        b.button("let_be", "Let it be", unclear.note_id),
    ]
    return [b.section(line_of(words, unclear)), b.actions(buttons, f"unclear-{unclear.note_id}")]
