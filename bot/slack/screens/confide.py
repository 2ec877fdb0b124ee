"""Something is in the way: a form for a quiet word to the liaison, or past them to those who coordinate.

What is typed into it is kept, for who typed it; and what was typed after the command stands in it.
"""

import re

from bot.content.words import Words
from bot.domain.drafts import ANY_PAIR
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.kept_forms import KeptForm, keep_sent, keeps, kept_view, take_offer_back
from bot.slack.visit import Inputs, Visit, remember
from bot.slack.which_pair import which_pair_blocks
from bot.usecases.answer_reminder import FORM, LONGEST_WORDS, something_in_the_way
from bot.usecases.confide import Hearers
from bot.usecases.keep_form import keep_words, kept_in
from bot.usecases.phrasing import first_name

OLD_BUTTON = "in_the_way_words"
LIAISON, PAST = "liaison", "past"
KEPT = KeptForm(FORM, lambda visit: visit.memory.get("pair", ""), lambda pair_id: (FORM, pair_id))
_LEAD = re.compile(r"word\b\s*", re.IGNORECASE)


# -- what it looks like -------------------------------------------------------------------------------------------


def build(words: Words, pair: Pair, person: Person, place: dict[str, str]) -> b.View:
    """Ask what somebody should know, and who should hear of it."""
    partner = first_name(pair.partner_of(person.id).name)
    text = b.text_input("words", multiline=True, most=LONGEST_WORDS)
    label, hint = "A few words, if you like", _hint(words, pair, partner)
    end = b.button("open_ending", "End the pair", pair.id)
    shown = [
        b.section(words.say("confide.form", partner=partner)),
        *_who(words, pair),
        b.field("words", label, text, hint=hint, optional=True),
        b.section(words.say("confide.end"), accessory=end),
    ]
    return b.modal(FORM, "A quiet word", shown, submit="Send", memory=remember(pair=pair.id, **place))


def _who(words: Words, pair: Pair) -> list[b.Block]:
    if pair.confidant is None:
        return []
    liaison = words.say("confide.to_liaison", liaison=pair.confidant.name)
    options = [
        b.option(b.shorten(liaison, b.OPTION), LIAISON, words.say("confide.to_liaison_more")),
        b.option(words.say("confide.past_liaison"), PAST, words.say("confide.past_liaison_more")),
    ]
    return [b.field("who", "Who should hear of it?", b.radio("who", options, LIAISON))]


def _hint(words: Words, pair: Pair, partner: str) -> str:
    if pair.needs_cover and pair.liaison is not None:
        return words.say("confide.liaison_away", partner=partner, liaison=first_name(pair.liaison.name))
    if pair.confidant is None:
        return words.say("confide.no_liaison", partner=partner)
    return f"Only who you choose sees this; {partner} does not. Leave it empty if you would rather talk."


def read(inputs: Inputs) -> tuple[str, bool]:
    """Return the words, and whether they go past the liaison: the inverse of `build`."""
    return inputs.text("words"), inputs.text("who") == PAST


def said(words: Words, pair: Pair, hearers: Hearers, *, own_words: bool) -> str:
    """Say who will hear of it."""
    if hearers.instead_of is not None:
        return words.say("confide.said_instead", liaison=first_name(hearers.instead_of.name))
    if hearers.past_liaison or pair.confidant is None:
        return words.say("confide.said_past")
    key = "confide.said_words" if own_words else "confide.said"
    return words.say(key, liaison=first_name(pair.confidant.name))


# -- what happens -------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring word TEXT`: the text stands in the form, for whichever pair it is."""
    pairs = visit.pairs
    text = _LEAD.sub("", visit.typed, count=1).strip()
    if len(text) > LONGEST_WORDS:
        raise visit.world.broken("words_too_long", count=str(LONGEST_WORDS))
    if text:
        await _keep(visit, pairs[0].id if len(pairs) == 1 else ANY_PAIR, text)
    if len(pairs) == 1:
        await visit.open(await _form(visit, pairs[0], {}))
    else:
        await visit.tell("", which_pair_blocks(visit.world.words, pairs, visit.person, FORM, "A quiet word"))


async def opened(visit: Visit) -> None:
    """[Something is in the way]."""
    await visit.open(await _form(visit, visit.pair(visit.value), visit.place))


async def _form(visit: Visit, pair: Pair, place: dict[str, str]) -> b.View:
    """Build the form with what was kept; what was typed before a pair was chosen stands in it, too."""
    if not (await kept_in(visit.world, visit.person, FORM, pair.id)).typed:
        loose = (await kept_in(visit.world, visit.person, FORM, ANY_PAIR)).typed
        if loose:
            await keep_words(visit.world, visit.person, FORM, pair.id, loose)
    return await kept_view(visit, KEPT, pair.id, build(visit.world.words, pair, visit.person, place))


async def _keep(visit: Visit, subject: str, text: str) -> None:
    """Keep what was typed after the command, below what stood in the form before, where both have room."""
    kept = (await kept_in(visit.world, visit.person, FORM, subject)).typed
    both = "\n".join(filter(None, (kept.get("words", ""), text)))
    newest = {"words": both if len(both) <= LONGEST_WORDS else text}
    await keep_words(visit.world, visit.person, FORM, subject, newest)


async def sent(visit: Visit) -> b.View | None:
    """The form: tell who was chosen, and settle the reminder that it came from."""
    pair = visit.pair(visit.memory.get("pair", ""))
    kept = await keep_sent(visit, KEPT)
    text, past = read(visit.inputs)
    if len(text) > LONGEST_WORDS:
        raise RuleBroken(visit.world.words.say("check_errors.words_too_long", count=str(LONGEST_WORDS)), "words")
    hearers = await something_in_the_way(visit.world, pair, visit.person, text, past_liaison=past)
    answer = said(visit.world.words, pair, hearers, own_words=bool(text))
    visit.afterwards(lambda: take_offer_back(visit, kept))
    return visit.say_at_last(answer)


def register(doors: Doors) -> None:
    """Answer `/mentoring word`, the buttons of reminders and the form."""
    doors.word("word TEXT", "confide.help", typed)
    doors.action(FORM, opened)
    doors.action(OLD_BUTTON, opened)
    doors.form(FORM, sent)
    keeps(doors, KEPT)
