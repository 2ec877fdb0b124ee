"""Why: the last notes that somebody got, the rule behind each, when it may come again, and how to switch it off."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.domain.choices import kind_of
from bot.domain.errors import RuleBroken
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.showing import show
from bot.slack.visit import Visit
from bot.usecases.change_settings import not_this_kind, snooze_kind, wake_kinds
from bot.usecases.explain_notes import Explained, Reason, explain_note, explain_notes
from bot.usecases.phrasing import day_words, first_name

MOST_REASONS, MOST_BLOCKS = 6, 47


def build(words: Words, notes: Sequence[Explained]) -> list[b.Block]:
    """Show each note with its reasons; without any, say what may come."""
    settings = b.actions([b.button("open_settings", "Settings"), b.button("open_status", "Status")], "why")
    if not notes:
        return [b.section(words.say("whys.none")), settings]
    shown = [b.section(words.say("whys.opening"))]
    for note in notes:
        shown += [b.divider(), *_note_blocks(words, note)]
    return [*shown[:MOST_BLOCKS], *_choose_less(words, notes), settings]


def build_one(words: Words, note: Explained) -> list[b.Block]:
    """Show why one note came, with the ways to hear less of each kind."""
    shown: list[b.Block] = []
    kinds: set[str] = set()
    for reason in note.reasons[:MOST_REASONS]:
        shown.append(b.section(_reason_words(words, reason)))
        if reason.kind and reason.kind not in kinds and not reason.muted:
            shown.append(_less(reason.kind))
        kinds.add(reason.kind)
    return [*shown, b.actions([b.button("open_settings", "Settings")], "why")]


def _choose_less(words: Words, notes: Sequence[Explained]) -> list[b.Block]:
    """One row for all kinds that the notes had: a choice of which should come less."""
    kinds = dict.fromkeys(r.kind for note in notes for r in note.reasons if r.kind and not r.muted)
    options = [b.option(words.say(f"settings.group_{kind}"), kind) for kind in kinds]
    if not options:
        return []
    less = b.select("mute_kind", options, placeholder="Not this kind")
    snooze = b.select("snooze_kind", options, placeholder="Not for two weeks")
    return [b.actions([less, snooze], "why-less")]


def _less(kind: str) -> b.Block:
    off = b.button("mute_kind", "Not this kind", kind)
    return b.actions([off, b.button("snooze_kind", "Not for two weeks", kind)], f"less-{kind}")


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
    if reason.asleep_until is not None:
        return words.say("whys.asleep", day=day_words(reason.asleep_until))
    if reason.when_it_happens:
        return words.say("whys.next_when")
    if reason.next_day is not None:
        return words.say("whys.next_day", day=day_words(reason.next_day))
    return words.say("whys.next_none")


async def opened(visit: Visit) -> None:
    """`/mentoring why` and [Why these messages]."""
    notes = await explain_notes(visit.world, visit.members, visit.person)
    await show(visit, "Why these messages", build(visit.world.words, notes))


async def opened_one(visit: Visit) -> None:
    """[Why?], under a note."""
    note = await explain_note(visit.world, visit.members, visit.person, visit.value)
    if note is None:
        await opened(visit)
    else:
        await visit.tell("", build_one(visit.world.words, note))


async def pressed_mute(visit: Visit) -> None:
    """[Not this kind]."""
    kind = _kind(visit)
    await not_this_kind(visit.world, visit.person, kind)
    await _settled(visit, visit.world.words.say("whys.muted", kind=_called(visit, kind)), kind)


async def pressed_snooze(visit: Visit) -> None:
    """[Not for two weeks]."""
    kind = _kind(visit)
    until = await snooze_kind(visit.world, visit.person, kind)
    said = visit.world.words.say("whys.snoozed", kind=_called(visit, kind), day=day_words(until))
    await _settled(visit, said, kind)


async def pressed_undo(visit: Visit) -> None:
    """[Undo]: it comes again."""
    kind = _kind(visit)
    await wake_kinds(visit.world, visit.person, [kind])
    await visit.replace(visit.world.words.say("whys.awake", kind=_called(visit, kind)))


async def _settled(visit: Visit, said: str, kind: str) -> None:
    undo = b.actions([b.button("wake_kind", "Undo", kind), b.button("open_settings", "Settings")], f"less-{kind}")
    await visit.replace("", [b.section(said), undo])


def _kind(visit: Visit) -> str:
    kind = kind_of(visit.value)
    if kind is None:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    return kind


def _called(visit: Visit, kind: str) -> str:
    return visit.world.words.say(f"settings.group_{kind}")


def register(doors: Doors) -> None:
    """Answer `/mentoring why` and the button."""
    doors.word("why", "whys.help", opened)
    doors.action("open_why", opened)
    doors.action("why_note", opened_one)
    doors.action("mute_kind", pressed_mute)
    doors.action("snooze_kind", pressed_snooze)
    doors.action("wake_kind", pressed_undo)
