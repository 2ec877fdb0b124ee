"""Take a break until a day, by a form or in a few words, and come back. Partners are told the date, nothing else."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.content.words import Words
from bot.domain.days import Span
from bot.domain.errors import RuleBroken
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit
from bot.slack.windows import clicked_in
from bot.usecases.pause import pause, resume
from bot.usecases.phrasing import day_words, first_name, listed
from bot.usecases.reading import NotUnderstood, read_day

FORM, ANSWER = "pause", "paused"
USUAL_LENGTH = timedelta(days=14)
_LEAD = re.compile(r"(?:pause\b)?\s*(?:until|till|to)?\b\s*", re.IGNORECASE)
_FOR = re.compile(r"for\s+", re.IGNORECASE)


# -- what is typed ----------------------------------------------------------------------------------------------------


def read_typed(text: str, today: date) -> date | None:
    """Read "pause until 15 October", "pause in 2 weeks" or "pause for 2 weeks"; None for "pause" alone.

    Raises NotUnderstood.
    """
    said = _LEAD.sub("", text, count=1).strip()
    if not said:
        return None
    return read_day(_FOR.sub("in ", said, count=1), today, ahead=True)


# -- what it looks like -----------------------------------------------------------------------------------------------


def build_form(words: Words, partners: Sequence[str], today: date, last: date, running: Span | None) -> b.View:
    """Ask until when, and say what will happen. `last` is the last day of the person's last program."""
    shown = [b.section(words.say("pauses.form"))]
    if partners:
        key = "form_partner" if len(partners) == 1 else "form_partners"
        shown.append(b.section(words.say(f"pauses.{key}", names=listed(partners))))
    if running is not None:
        shown.append(b.section(words.say("pauses.form_running", day=day_words(running.last))))
    suggested = running.last if running is not None else min(today + USUAL_LENGTH, last)
    until = b.field("until", "Until, that day included", b.datepicker("until", suggested))
    return b.modal(FORM, "Take a break", [*shown, until], submit="Begin the break")


def read_form(inputs: Inputs) -> date | None:
    """Read what `build_form` asked; None where no day was chosen."""
    return inputs.day("until")


def build_answer(words: Words, span: Span, partners: Sequence[str]) -> list[b.Block]:
    """Say what holds now, with the way back."""
    said = [words.say("pauses.begun", day=day_words(span.last))]
    if partners:
        said.append(words.say("pauses.partner_told", names=listed(partners)))
    buttons = [b.button("resume", "Resume now"), b.button("open_status", "Status")]
    return [b.section("\n".join(said)), b.actions(buttons, ANSWER)]


def build_resumed(words: Words, *, had: bool) -> list[b.Block]:
    """Welcome somebody back, or say that there was no break."""
    said = words.say("pauses.resumed" if had else "pauses.none")
    return [b.section(said), b.actions([b.button("open_status", "Status")], "resumed")]


# -- what happens -----------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring pause …`."""
    current = visit.current
    try:
        until = read_typed(visit.text, visit.today)
    except NotUnderstood as unread:
        text = b.shorten(unread.word, 80)
        raise RuleBroken(visit.world.words.say("pauses.unreadable", text=text)) from unread
    if until is None:
        await opened(visit)
        return
    span = await pause(visit.world, current, visit.person, until)
    await visit.tell("", build_answer(visit.world.words, span, _partners(visit)))


async def opened(visit: Visit) -> None:
    """[Take a break], and `/mentoring pause` alone."""
    last = max(member.program.span.last for member in visit.current)
    running = visit.person.pause_on(visit.today)
    await visit.open(build_form(visit.world.words, _partners(visit), visit.today, last, running))


async def sent(visit: Visit) -> b.View | None:
    """The form."""
    until = read_form(visit.inputs)
    if until is None:
        raise visit.world.broken("pause_unreadable", "until")
    span = await pause(visit.world, visit.current, visit.person, until)
    return visit.answer_form(build_answer(visit.world.words, span, _partners(visit)))


async def typed_resume(visit: Visit) -> None:
    """`/mentoring resume`."""
    had = await resume(visit.world, visit.members, visit.person)
    await visit.tell("", build_resumed(visit.world.words, had=had))


async def pressed_resume(visit: Visit) -> None:
    """[Resume now], wherever it stands: in its place. Home is published anew after each change."""
    words = visit.world.words
    had = await resume(visit.world, visit.members, visit.person)
    where = clicked_in(visit.body)
    if where == "home":
        return
    if where == "modal":
        await visit.update_view(b.modal("shown", "Your break", build_resumed(words, had=had), close="Done"))
    elif visit.place and visit.action.get("block_id") != ANSWER:  # among the buttons of another message
        await visit.settle(words.say("pauses.resumed" if had else "pauses.none"), _others(visit))
    else:
        await visit.replace("", build_resumed(words, had=had))


def _others(visit: Visit) -> list[dict[str, Any]]:
    """Return the buttons that stood beside the one that was pressed."""
    blocks = visit.body.get("message", {}).get("blocks", [])
    rows = [block for block in blocks if block.get("block_id") == visit.action["block_id"]]
    return [element for row in rows for element in row["elements"] if element.get("action_id") != "resume"]


def _partners(visit: Visit) -> list[str]:
    """Return what one calls the person's partners."""
    pairs = (pair for member in visit.members for pair in member.active_pairs(visit.today))
    return [first_name(pair.partner_of(visit.person.id).name) for pair in pairs]


def register(doors: Doors) -> None:
    """Answer `/mentoring pause` and `resume`, the buttons and the form."""
    doors.word("pause until DATE", "pauses.help_pause", typed)
    doors.word("resume", "pauses.help_resume", typed_resume)
    doors.action("open_pause", opened)
    doors.action("resume", pressed_resume)
    doors.form(FORM, sent)
