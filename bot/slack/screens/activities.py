"""Activities: `/mentoring activities` shows things to do at the next meeting, one at a time, to keep or to send on."""

import re
from collections.abc import Sequence

from bot.content.activities import Activity
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.showing import show
from bot.slack.visit import Visit
from bot.usecases.compose_note import Composer
from bot.usecases.phrasing import first_name, listed
from bot.usecases.send_activity import send_activity
from bot.usecases.world import own_pair

PICKER, MOST_PAIRS = "activity", 3
SEND = re.compile(r"^send_activity:")
TITLE = "Ideas for a meeting"


# -- what it looks like -----------------------------------------------------------------------------------------------


def build(composer: Composer, pairs: Sequence[Pair], person_id: str, at: int, said: str = "") -> list[b.Block]:
    """Show the activity at this place of the list, what was just `said`, and the ways on."""
    words, activities = composer.words, composer.activities
    activity = activities[at % len(activities)]
    names = listed(first_name(pair.partner_of(person_id).name) for pair in pairs)
    text = words.say("activities.intro", title=activity.title, text=activity.text.format(partner=names))
    about = ",".join(pair.id for pair in pairs[:MOST_PAIRS])
    following = activities[(at + 1) % len(activities)]
    another = b.button("another_activity", words.say("buttons.another_activity"), f"{following.key}/{about}")
    options = [b.option(one.title, f"{one.key}/{about}") for one in activities]
    choose = b.select("choose_activity", options, placeholder=words.say("activities.choose"))
    send = [] if said else [_send(composer, pair, person_id, activity, number) for number, pair in _numbered(pairs)]
    shown = [b.section(text), *([b.context(said)] if said else [])]
    return [*shown, b.actions([*send, another, choose], PICKER), b.context(words.say("activities.private"))]


def _numbered(pairs: Sequence[Pair]) -> list[tuple[int, Pair]]:
    return list(enumerate(pairs[:MOST_PAIRS]))


def _send(composer: Composer, pair: Pair, person_id: str, activity: Activity, number: int) -> b.Element:
    partner = first_name(pair.partner_of(person_id).name)
    label = composer.words.say("buttons.send_activity", partner=partner)
    return b.button(f"send_activity:{number}", label, f"{activity.key}/{pair.id}")


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
    """[Send to …]: the partner hears of it once."""
    key, _, pair_id = visit.value.partition("/")
    (pair,) = _pairs(visit, pair_id)
    at = _place_of(visit, key)
    await send_activity(visit.world, pair, visit.person, visit.world.composer.activities[at])
    said = visit.world.words.say("activities.sent", partner=first_name(pair.partner_of(visit.person.id).name))
    await _show_again(visit, (pair,), at, said)


async def _show_again(visit: Visit, pairs: Sequence[Pair], at: int, said: str = "") -> None:
    shown = build(visit.world.composer, pairs, visit.person.id, at, said)
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
