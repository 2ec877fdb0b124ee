"""Meet there: answers to the question whether one goes to a meeting, and the way to log that the two met."""

from bot.content.words import Words
from bot.domain.meetings import Means
from bot.domain.rules.meet_there import ANSWERS, Going
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.meeting_form import MeetingForm, Typed, build
from bot.slack.visit import Visit
from bot.usecases.answer_going import Partly, Said, answer_going
from bot.usecases.phrasing import first_name, listed
from bot.usecases.world import own_pair

OTHER = {Going.YES: Going.NO, Going.NO: Going.YES}


def read_answer(action: str, value: str) -> tuple[Going, str, tuple[str, ...]]:
    """Return what was pressed: the answer, the meeting on its days, and the ids of the pairs. Raises ValueError."""
    occasion, _, pairs = value.rpartition("/")
    return Going(action.removeprefix("going_")), occasion, tuple(pairs.split(","))


async def answered(visit: Visit) -> None:
    """[Yes, I go], [No] or [Not sure yet]."""
    going, occasion, ids = read_answer(str(visit.action["action_id"]), visit.value)
    pairs = tuple(own_pair(visit.world, visit.pairs, pair_id) for pair_id in ids)
    said = await answer_going(visit.world, pairs, visit.person, occasion, going)
    await _settle(visit, said)


async def _settle(visit: Visit, said: Said) -> None:
    """Say what was noted; who is not sure yet keeps both answers, and anybody may change their mind."""
    words = visit.world.words
    text = _noted(words, said)
    if said.going is Going.UNSURE:
        buttons = [b.button(f"going_{one}", words.say(f"buttons.going_{one}"), visit.value) for one in OTHER]
    else:
        buttons = [b.button(f"going_{OTHER[said.going]}", words.say("buttons.going_other"), visit.value)]
    if not await visit.settle(text, buttons):
        await visit.tell(text)


def _noted(words: Words, said: Said) -> str:
    """Say what was noted, and for each partner whom it concerns what they know or will hear."""
    meeting = said.meeting.name
    concerned = {
        partly: listed(first_name(partner.name) for partner, one in said.partners if one is partly) for partly in Partly
    }
    lines = [words.say(f"meet_there.said_{said.going}", meeting=meeting)] + [
        words.say(f"meet_there.partner_{partly}", partner=partners, meeting=meeting)
        for partly, partners in concerned.items()
        if partners
    ]
    return " ".join(lines)


async def log_in_person(visit: Visit) -> None:
    """[Log a meeting in person]: the form of a meeting, with today and "in person" filled in."""
    pair = visit.pair(visit.value)
    async with visit.world.store.begin() as records:
        goals = [goal for goal in await records.goals(pair.id) if goal.is_open]
    typed = Typed(day=visit.today, means=Means.IN_PERSON)
    await visit.open(
        build(visit.world.words, MeetingForm(pair, visit.person, typed, goals, choices=(pair,), place=visit.place))
    )


def register(doors: Doors) -> None:
    """Open the doors of this screen."""
    for going in ANSWERS:
        doors.action(f"going_{going}", answered)
    doors.action("log_in_person", log_in_person)
