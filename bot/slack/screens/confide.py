"""Something is in the way: a form for a quiet word to the liaison, or past them to those who coordinate."""

from bot.content.words import Words
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit, remember
from bot.slack.which_pair import which_pair_blocks
from bot.usecases.answer_reminder import LONGEST_WORDS, something_in_the_way
from bot.usecases.confide import Hearers
from bot.usecases.phrasing import first_name

FORM, OLD_BUTTON = "in_the_way", "in_the_way_words"
LIAISON, PAST = "liaison", "past"


# -- what it looks like -------------------------------------------------------------------------------------------


def build(words: Words, pair: Pair, person: Person, place: dict[str, str]) -> b.View:
    """Ask what somebody should know, and who should hear of it."""
    partner = first_name(pair.partner_of(person.id).name)
    text = b.text_input("words", multiline=True, most=LONGEST_WORDS)
    end = b.button("open_ending", "End the pair", pair.id)
    shown = [
        b.section(words.say("confide.form", partner=partner)),
        *_who(words, pair),
        b.field("words", "A few words, if you like", text, hint=_hint(words, pair, partner), optional=True),
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
    """`/mentoring word`."""
    pairs = visit.pairs
    if len(pairs) == 1:
        await visit.open(build(visit.world.words, pairs[0], visit.person, {}))
    else:
        await visit.tell("", which_pair_blocks(pairs, visit.person, FORM, "A quiet word"))


async def opened(visit: Visit) -> None:
    """[Something is in the way]."""
    await visit.open(build(visit.world.words, visit.pair(visit.value), visit.person, visit.place))


async def sent(visit: Visit) -> b.View | None:
    """The form: tell who was chosen, and settle the reminder that it came from."""
    pair = visit.pair(visit.memory.get("pair", ""))
    text, past = read(visit.inputs)
    if len(text) > LONGEST_WORDS:
        raise RuleBroken(visit.world.words.say("check_errors.words_too_long", count=str(LONGEST_WORDS)), "words")
    hearers = await something_in_the_way(visit.world, pair, visit.person, text, past_liaison=past)
    answer = said(visit.world.words, pair, hearers, own_words=bool(text))
    return visit.say_at_last(answer)


def register(doors: Doors) -> None:
    """Answer `/mentoring word`, the buttons of reminders and the form."""
    doors.word("word", "confide.help", typed)
    doors.action(FORM, opened)
    doors.action(OLD_BUTTON, opened)
    doors.form(FORM, sent)
