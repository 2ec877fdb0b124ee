"""`/mentoring <word>`: each word has a screen of its own; alone it is the status, and whatever else the help."""

from collections.abc import Iterable

from bot.content.words import Words
from bot.domain.people import Member
from bot.domain.program import Role
from bot.slack import blocks as b
from bot.slack.doors import Doors, Word
from bot.slack.visit import Visit

ALONE = "status"
GROUPS = {
    "pair": ("status", "log", "goals", "meetings", "agreement", "next", "steps", "ideas", "activities", "together"),
    "messages": ("pause", "resume", "settings", "why", "help"),
    "turns": ("word", "end", "rematch", "closing", "year"),
    "duties": ("phase", "handover", "rematches", "outlook"),
}
OWN_HELP = ("agreement", "word")  # the one has a help of its own, and a quiet word may say "help"
DUTIES = "duties"  # for those who look after pairs; the others need not read past it


def build_help(words: Words, known: Iterable[Word], unknown: str = "", *, duties: bool = True) -> list[b.Block]:
    """Say what can be typed, made from the table of words and grouped; first, what was not understood."""
    by_name = {word.name: word for word in known}
    groups = [name for name in GROUPS if duties or name != DUTIES]
    said = [_said(words, name, [by_name[one] for one in GROUPS[name] if one in by_name]) for name in groups]
    shown = [b.section(words.say("mentoring.unknown", text=b.shorten(unknown, 80)))] if unknown else []
    return [*shown, *(b.section(text) for text in said if text), b.context(words.say("mentoring.usage_more"))]


def _said(words: Words, group: str, known: Iterable[Word]) -> str:
    lines = [_line(words, word) for word in known]
    return "\n".join([words.say(f"mentoring.group_{group}"), *lines]) if lines else ""


def _line(words: Words, word: Word) -> str:
    return words.say("mentoring.usage_line", command=word.usage, says=words.say(word.help_key))


def _has_duties(members: Iterable[Member]) -> bool:
    return any(member.roles & {Role.COORDINATOR, Role.LIAISON} for member in members)


def register(doors: Doors) -> None:
    """Answer `/mentoring`, by the words that the other screens have registered."""

    async def show_help(visit: Visit, unknown: str = "") -> None:
        duties = _has_duties(visit.members)
        await visit.tell("", build_help(visit.world.words, doors.words.values(), unknown, duties=duties))

    async def typed(visit: Visit) -> None:
        name, *rest = visit.text.lower().split() or [ALONE]
        if name in doors.words and rest == ["help"] and name not in OWN_HELP:
            await visit.tell(_line(visit.world.words, doors.words[name]))
        elif name in doors.words:
            await doors.words[name].screen(visit)
        else:
            await show_help(visit, visit.typed)

    doors.word("help", "mentoring.help", show_help)
    doors.command("/mentoring", typed)
