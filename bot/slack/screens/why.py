"""Why: the last notes that somebody got, the rule behind each, when it may come again, and how to switch it off."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.showing import show
from bot.slack.visit import Visit
from bot.usecases.explain_notes import Explained, Reason, explain_notes
from bot.usecases.phrasing import day_words, first_name

MOST_REASONS = 6


def build(words: Words, notes: Sequence[Explained]) -> list[b.Block]:
    """Show each note with its reasons; without any, say what may come."""
    settings = b.actions([b.button("open_settings", "Settings"), b.button("open_status", "Status")], "why")
    if not notes:
        return [b.section(words.say("whys.none")), settings]
    shown = [b.section(words.say("whys.opening"))]
    for note in notes:
        shown += [b.divider(), *_note_blocks(words, note)]
    return [*shown, settings]


def _note_blocks(words: Words, note: Explained) -> list[b.Block]:
    shown = [b.section(f"*{day_words(note.day)}*")]
    shown += [b.section(_reason_words(words, reason)) for reason in note.reasons[:MOST_REASONS]]
    aside = {"unknown": "whys.unknown", "refused": "whys.refused"}.get(note.state)
    return [*shown, b.context(words.say(aside))] if aside else shown


def _reason_words(words: Words, reason: Reason) -> str:
    kind = words.say(f"kinds.{reason.rule}")
    if reason.partner is not None:
        kind = words.say("whys.about", kind=kind, partner=first_name(reason.partner.name))
    return f"• {kind}: {words.say(f'why.{reason.rule}')} {_next_words(words, reason)}"


def _next_words(words: Words, reason: Reason) -> str:
    if reason.muted:
        return words.say("whys.off")
    if reason.when_it_happens:
        return words.say("whys.next_when")
    if reason.next_day is not None:
        return words.say("whys.next_day", day=day_words(reason.next_day))
    return words.say("whys.next_none")


async def opened(visit: Visit) -> None:
    """`/mentoring why` and [Why these messages]."""
    notes = await explain_notes(visit.world, visit.members, visit.person)
    await show(visit, "Why these messages", build(visit.world.words, notes))


def register(doors: Doors) -> None:
    """Answer `/mentoring why` and the button."""
    doors.word("why", "whys.help", opened)
    doors.action("open_why", opened)
