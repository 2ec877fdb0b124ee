"""Answer whether one goes to a meeting to which people travel; where both of a pair do, both hear it from the rule."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.people import Pair, Person
from bot.domain.program import KeyDate
from bot.domain.replies import Question, Reply
from bot.domain.rules.meet_there import Going
from bot.usecases.world import World


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered about which meeting, and the partners who go as well."""

    meeting: KeyDate
    going: Going
    partners: tuple[Person, ...]


async def answer_going(world: World, pairs: Sequence[Pair], person: Person, key: str, going: Going) -> Said:
    """Record the answer for each of `pairs`, the person's own and of one program; a later one takes its place.

    Raises RuleBroken for a meeting that is over or is not in the calendar any more.
    """
    now = world.now()
    meeting = next((one for pair in pairs for one in pair.program.key_dates if one.key == key and one.meet), None)
    if meeting is None:
        raise world.broken("meeting_gone")
    if person.today(now) > meeting.span.last:
        raise world.broken("meeting_past")
    async with world.store.begin() as records:
        for pair in pairs:
            await records.put_reply(Reply(pair.id, person.id, Question.GOING, going, now, occurrence=key))
            await records.look_now(now, pair_id=pair.id)
    partners = [pair.partner_of(person.id) for pair in pairs if _goes(pair, pair.partner_of(person.id), key)]
    return Said(meeting, going, tuple(partners) if going is Going.YES else ())


def _goes(pair: Pair, person: Person, key: str) -> bool:
    return pair.evidence.choice(Question.GOING, person.id, key) == Going.YES
