"""Outlook: `/mentoring outlook` shows coordinators who would mentor next time, and what became of pairs."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.domain.people import Person
from bot.domain.replies import Question, Reply
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.showing import show
from bot.slack.visit import Visit
from bot.usecases.see_outlook import Outlook, see_outlook

AGAIN = {"yes": "yes", "maybe": "perhaps", "no": "no"}
STILL = {"yes": "yes", "sometimes": "now and then", "no": "not any more"}


def build(words: Words, found: Sequence[Outlook]) -> list[b.Block]:
    """Show each program's answers; a long list is divided."""
    shown: list[b.Block] = []
    for one in found:
        shown += b.sections(words.say("outlook.heading", program=one.program.name))
        again = [_line(words, who, said, AGAIN) for who, said in one.to(Question.MENTOR_AGAIN)]
        shown += b.sections("\n".join(again) or words.say("outlook.none"))
        if later := [_line(words, who, said, STILL) for who, said in one.to(Question.FOLLOW_UP)]:
            shown += [b.section(words.say("outlook.later")), *b.sections("\n".join(later))]
    return [*shown[:49], b.context(words.say("outlook.private"))]


def _line(words: Words, who: Person, said: Reply, names: dict[str, str]) -> str:
    line = words.say("outlook.line", person=who.name, choice=names.get(said.choice, said.choice))
    return f"{line}\n“{said.words}”" if said.words else line


async def opened(visit: Visit) -> None:
    """`/mentoring outlook` and [Who would mentor again]."""
    visit.person  # noqa: B018 - a stranger is told so
    found = await see_outlook(visit.world, visit.members)
    await show(visit, "Who would mentor again", build(visit.world.words, found))


def register(doors: Doors) -> None:
    """Answer `/mentoring outlook` and the button."""
    doors.word("outlook", "outlook.help", opened)
    doors.action("open_outlook", opened)
