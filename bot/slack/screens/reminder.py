"""The answers to a reminder, other than a logged meeting: not yet, or something is in the way."""

import re
from datetime import date

from bot.domain.errors import RuleBroken
from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit, remember
from bot.usecases.answer_reminder import LONGEST_WORDS, remind_on, something_in_the_way
from bot.usecases.phrasing import day_words, first_name

FORM = "in_the_way_words"


# -- not yet ------------------------------------------------------------------------------------------------------


def read_day(action: dict[str, str]) -> tuple[str, date | None]:
    """Return the pair's id and the day that was picked: the inverse of `blocks.button_of` for a button that picks."""
    picked = action.get("selected_date")
    return action["action_id"].partition(":")[2], date.fromisoformat(picked) if picked else None


async def not_yet(visit: Visit) -> None:
    """Let the reminder rest until the day that was picked."""
    pair_id, day = read_day(visit.action)
    if day is None:
        return
    pair = visit.pair(pair_id)
    await remind_on(visit.world, pair, visit.person, day)
    log = b.button("log_meeting", visit.world.words.say("buttons.log_meeting"), pair.id)
    await _settle_or_tell(visit, visit.world.words.say("reminder_answers.not_yet", day=day_words(day)), [log])


# -- something is in the way --------------------------------------------------------------------------------------


def build_words(pair: Pair, place: dict[str, str]) -> b.View:
    """Show the form for a few words to the liaison."""
    liaison = _liaison(pair)
    words = b.text_input("words", multiline=True, most=LONGEST_WORDS)
    hint = f"Only {liaison} sees this. Leave it empty if you would rather talk."
    memory = remember(pair=pair.id, **place)
    label = f"What would you like {liaison} to know?"
    shown = b.field("words", label, words, hint=hint, optional=True)
    return b.modal(FORM, "A few words", [shown], submit="Send", memory=memory)


def read_words(inputs: Inputs) -> str:
    """Return the words: the inverse of `build_words`."""
    return inputs.text("words")


async def in_the_way(visit: Visit) -> None:
    """Tell the liaison, and nobody else, that something is in the way."""
    pair = visit.pair(visit.value)
    await something_in_the_way(visit.world, pair, visit.person, "")
    add = b.button(FORM, "Add a few words", pair.id)
    said = visit.world.words.say("reminder_answers.in_the_way", liaison=_liaison(pair))
    await _settle_or_tell(visit, said, [add])


async def open_words(visit: Visit) -> None:
    """Open the form for a few words."""
    pair = visit.pair(visit.value)
    if pair.liaison is None:
        raise visit.world.broken("no_liaison")
    await visit.open(build_words(pair, visit.place))


async def take_words(visit: Visit) -> None:
    """Pass the words on to the liaison; without any, all has been said already."""
    pair = visit.pair(visit.memory.get("pair", ""))
    words = read_words(visit.inputs)
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(visit.world.words.say("check_errors.words_too_long", count=str(LONGEST_WORDS)), "words")
    if words:
        await something_in_the_way(visit.world, pair, visit.person, words)
    key = "reminder_answers.in_the_way_words" if words else "reminder_answers.in_the_way"
    said = visit.world.words.say(key, liaison=_liaison(pair))
    visit.afterwards(lambda: _show(visit, said))


async def _show(visit: Visit, said: str) -> None:
    if not await visit.settle(said, place=visit.opened_at):
        await visit.send(said)


# -- small bits ---------------------------------------------------------------------------------------------------


async def link(visit: Visit) -> None:
    """Do nothing more: a link was opened, and Slack has its acknowledgement."""


async def _settle_or_tell(visit: Visit, said: str, buttons: list[b.Element]) -> None:
    if not await visit.settle(said, buttons):
        await visit.tell(said)


def _liaison(pair: Pair) -> str:
    return first_name(pair.liaison.name) if pair.liaison else ""


def register(doors: Doors) -> None:
    """Open the doors of this screen."""
    doors.action(re.compile(r"^not_yet:"), not_yet)
    doors.action("in_the_way", in_the_way)
    doors.action(FORM, open_words)
    doors.form(FORM, take_words)
    doors.action(re.compile(r"^link_"), link)
