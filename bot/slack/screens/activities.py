"""Activities: `/mentoring activities` shows things to do at the next meeting, one at a time, to keep or to send on."""

import re
from collections.abc import Sequence

from bot.domain.errors import RuleBroken
from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.showing import show
from bot.slack.visit import Visit
from bot.usecases.compose_note import Composer
from bot.usecases.phrasing import first_name, listed
from bot.usecases.send_activity import send_activity, take_back_activity
from bot.usecases.world import own_pair

PICKER, MOST_PAIRS = "activity", 3
SEND = re.compile(r"^send_activity:")
TITLE = "Ideas for a meeting"


# -- what it looks like -----------------------------------------------------------------------------------------------


def build(
    composer: Composer, pairs: Sequence[Pair], person_id: str, at: int, said: str = "", sent_to: str = ""
) -> list[b.Block]:
    """Show the activity at this place of the list, what was just `said`, and the ways on.

    `sent_to` is the pair to whose other one it has just gone: that can be taken back.
    """
    words, activities = composer.words, composer.activities
    activity = activities[at % len(activities)]
    names = listed(first_name(pair.partner_of(person_id).name) for pair in pairs)
    text = words.say("activities.intro", title=activity.title, text=activity.text.format(partner=names))
    about = ",".join(pair.id for pair in pairs[:MOST_PAIRS])
    following = activities[(at + 1) % len(activities)]
    another = b.button("another_activity", words.say("buttons.another_activity"), f"{following.key}/{about}")
    options = [b.option(one.title, f"{one.key}/{about}") for one in activities]
    choose = b.select("choose_activity", options, placeholder=words.say("activities.choose"))
    send = [
        b.button("unsend_activity", words.say("buttons.unsend_activity"), f"{activity.key}/{pair.id}/{about}")
        if pair.id == sent_to
        else _send(composer, pair, person_id, number, f"{activity.key}/{pair.id}/{about}")
        for number, pair in enumerate(pairs[:MOST_PAIRS])
    ]
    shown = [b.section(text), *([b.context(said)] if said else [])]
    return [*shown, b.actions([*send, another, choose], PICKER), b.context(words.say("activities.private"))]


def _send(composer: Composer, pair: Pair, person_id: str, number: int, value: str) -> b.Element:
    partner = first_name(pair.partner_of(person_id).name)
    return b.button(f"send_activity:{number}", composer.words.say("buttons.send_activity", partner=partner), value)


# -- what happens -----------------------------------------------------------------------------------------------------


async def opened(visit: Visit) -> None:
    """`/mentoring activities` and [Ideas for a meeting]: another one first after each meeting."""
    pairs = _pairs(visit, visit.value if "actions" in visit.body else "")
    at = sum(pair.meetings for pair in pairs)
    await show(visit, TITLE, build(visit.world.composer, pairs, visit.person.id, at))


async def chose(visit: Visit) -> None:
    """[Another], and the choice of one by its title."""
    key, _, about = visit.value.partition("/")
    await _show_again(visit, _pairs(visit, about), _place_of(visit, key))


async def sent(visit: Visit) -> None:
    """[Send to …]: the partner hears of it once, and it is what the two do next."""
    at, pair, pairs = _meant(visit)
    await send_activity(visit.world, pair, visit.person, visit.world.composer.activities[at])
    said = visit.world.words.say("activities.sent", partner=first_name(pair.partner_of(visit.person.id).name))
    await _show_again(visit, pairs, at, said, pair.id)


async def unsent(visit: Visit) -> None:
    """[Take it back]: nothing is suggested any more, and who has not heard of it does not."""
    at, pair, pairs = _meant(visit)
    await take_back_activity(visit.world, pair, visit.person, visit.world.composer.activities[at])
    said = visit.world.words.say("activities.unsent", partner=first_name(pair.partner_of(visit.person.id).name))
    await _show_again(visit, pairs, at, said)


def _meant(visit: Visit) -> tuple[int, Pair, tuple[Pair, ...]]:
    """Return which activity a button means, for which pair, and beside which pairs that is shown."""
    key, pair_id, about = (*visit.value.split("/"), "", "")[:3]
    (pair,) = _pairs(visit, pair_id)
    return _place_of(visit, key), pair, _pairs(visit, about or pair_id)


async def _show_again(visit: Visit, pairs: Sequence[Pair], at: int, said: str = "", sent_to: str = "") -> None:
    shown = build(visit.world.composer, pairs, visit.person.id, at, said, sent_to)
    if "view" in visit.body:
        await visit.update_view(b.modal("shown", TITLE, shown, close="Done"))
    else:
        await visit.replace("", shown)


def _place_of(visit: Visit, key: str) -> int:
    keys = [activity.key for activity in visit.world.composer.activities]
    if key not in keys:
        raise visit.world.broken("activity_gone")
    return keys.index(key)


def _pairs(visit: Visit, about: str) -> tuple[Pair, ...]:
    """Return the pairs that a button names, each one's own; all of the person's where it names none."""
    own = tuple(pair for member in visit.current for pair in member.hearing_pairs(visit.today))
    if not own:
        raise RuleBroken(visit.world.words.say("ideas.no_pair"))
    return tuple(own_pair(visit.world, own, pair_id) for pair_id in about.split(",")) if about else own


def register(doors: Doors) -> None:
    """Answer `/mentoring activities` and the buttons."""
    doors.word("activities", "activities.help", opened)
    doors.action("open_activities", opened)
    doors.action("another_activity", chose)
    doors.action("choose_activity", chose)
    doors.action(SEND, sent)
    doors.action("unsend_activity", unsent)
