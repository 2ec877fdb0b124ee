"""The list of somebody's meetings, newest first, with their own words; older ones by the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.words import Words
from bot.domain.meetings import Meeting
from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.pairs_meetings import pairs_that_met
from bot.slack.visit import Visit
from bot.usecases.phrasing import facts_words, first_name

LIST = "meetings"
PAGE = 6
SHORT = 120


@dataclass(frozen=True, slots=True)
class Page:
    """Some of somebody's meetings, newest first. `number` counts from 0; `more`: there are older ones."""

    meetings: Sequence[tuple[Pair, Meeting]]
    number: int = 0
    more: bool = False


def build_list(words: Words, person_id: str, page: Page) -> list[b.Block]:
    """Show a page of meetings, each with [Open]."""
    if not page.meetings:
        log = b.button("log_meeting", words.say("buttons.log_meeting"))
        return [b.section(words.say("meetings.none")), b.actions([log], "meetings-log")]
    shown = [b.header(words.say("meetings.heading"))]
    shown += [_line(words, person_id, pair, meeting) for pair, meeting in page.meetings]
    turns = [("newer", page.number - 1)] if page.number > 0 else []
    turns += [("older", page.number + 1)] if page.more else []
    buttons = [b.button(f"turn_meetings:{to}", words.say(f"buttons.{way}"), str(to)) for way, to in turns]
    shown += [b.actions(buttons, f"meetings-{page.number}")] if buttons else []
    return [*shown, b.context(words.say("meetings.only_you_two"))]


def _line(words: Words, person_id: str, pair: Pair, meeting: Meeting) -> b.Block:
    key = "meetings.line" if meeting.counts else "meetings.line_denied"
    own = meeting.words_of(person_id)
    lines = [words.say(key, facts=facts_words(meeting), partner=first_name(pair.partner_of(person_id).name))]
    lines += [b.shorten(" ".join(text.split()), SHORT) for text in (own.next_step, own.notes) if text]
    button = b.button("open_meeting", words.say("buttons.open_meeting"), meeting.id)
    return b.section("\n".join(lines), block_id=f"meeting-{meeting.id}", accessory=button)


async def page_of(visit: Visit, number: int) -> Page:
    """Return a page of the person's meetings, of all their pairs."""
    found: list[tuple[Pair, Meeting]] = []
    begin = PAGE * number
    async with visit.world.store.begin() as records:
        for pair in pairs_that_met(visit):
            found += [(pair, meeting) for meeting in await records.meetings(pair.id, begin + PAGE + 1)]
    found.sort(key=lambda one: (one[1].day, one[0].key), reverse=True)
    return Page(found[begin : begin + PAGE], number, len(found) > begin + PAGE)


async def show_meetings(visit: Visit) -> None:
    """Show the newest meetings where the person is."""
    shown = build_list(visit.world.words, visit.person.id, await page_of(visit, 0))
    if "view" in visit.body:
        await visit.open(list_view(shown))
    else:
        await visit.tell("", shown)


def list_view(shown: Sequence[b.Block]) -> b.View:
    """Show it as a form, where there is no message to show it in."""
    return b.modal(LIST, "Your meetings", shown, close="Done")
