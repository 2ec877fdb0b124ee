"""`/mentoring <word>`: each word has a screen of its own; alone it is the status, and whatever else the help."""

from collections.abc import Iterable

from bot.content.words import Words
from bot.slack import blocks as b
from bot.slack.doors import Doors, Word
from bot.slack.visit import Visit

ALONE = "status"


def build_help(words: Words, known: Iterable[Word], unknown: str = "") -> list[b.Block]:
    """Say what can be typed, made from the table of words; first, what was not understood."""
    lines = [words.say("mentoring.usage_line", command=word.usage, says=words.say(word.help_key)) for word in known]
    shown = [b.section(words.say("mentoring.unknown", text=b.shorten(unknown, 80)))] if unknown else []
    return [*shown, b.section("\n".join(lines)), b.context(words.say("mentoring.usage_more"))]


def register(doors: Doors) -> None:
    """Answer `/mentoring`, by the words that the other screens have registered."""

    async def show_help(visit: Visit) -> None:
        await visit.tell("", build_help(visit.world.words, doors.words.values()))

    async def typed(visit: Visit) -> None:
        name = (visit.text.split() or [ALONE])[0].lower()
        if name in doors.words:
            await doors.words[name].screen(visit)
        else:
            await visit.tell("", build_help(visit.world.words, doors.words.values(), visit.typed))

    doors.word("help", "mentoring.help", show_help)
    doors.command("/mentoring", typed)
