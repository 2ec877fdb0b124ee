"""Answer whether one goes to a meeting to which people travel; where both of a pair do, both hear it from the rule.

Who changes their mind after the other has heard that both go lets the other hear that once, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.nudges import Rule
from bot.domain.people import Pair, Person
from bot.domain.program import KeyDate
from bot.domain.replies import Question, Reply
from bot.domain.rules.meet_there import GOES, Going, answer_of, goes, occasion, slot_of
from bot.usecases.ports import Records
from bot.usecases.world import World

A_YEAR_OF_NOTES = 200


class Partly(StrEnum):
    """How it stands with one partner, after an answer."""

    BOTH = "both"
    """Both go, and both will hear it."""
    AGAIN = "again"
    """Both go after all, and the partner will hear it."""
    TOO = "too"
    """Both go, and know it."""
    TOLD = "told"
    """The partner goes, and will hear that the other does not any more."""
    BELIEVES = "believes"
    """The partner goes, and thinks that the other does: they were told of one change of mind and hear no more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered about which meeting, and how it stands with each partner whom it concerns."""

    meeting: KeyDate
    going: Going
    partners: tuple[tuple[Person, Partly], ...]


async def answer_going(world: World, pairs: Sequence[Pair], person: Person, occasion_: str, going: Going) -> Said:
    """Record the answer for each of `pairs`, the person's own and of one program; a later one takes its place.

    `occasion_` is the meeting on its days. Raises RuleBroken for one that is over, has been moved since, or is not in
    the calendar any more.
    """
    now = world.now()
    meeting = _meeting(world, pairs, occasion_)
    if person.today(now) > meeting.span.last:
        raise world.broken("meeting_past")
    found: list[tuple[Person, Partly]] = []
    async with world.store.begin() as records:
        for pair in pairs:
            partner = pair.partner_of(person.id)
            heard = await _heard(records, pair, partner, meeting)
            choice = _choice(answer_of(pair, person, meeting), going, heard)
            if goes(pair, partner, meeting) and (partly := _partly(choice, heard)):
                found.append((partner, partly))
            await records.put_reply(Reply(pair.id, person.id, Question.GOING, choice, now, occurrence=occasion_))
            await records.look_now(now, pair_id=pair.id)
    return Said(meeting, going, tuple(found))


def _meeting(world: World, pairs: Sequence[Pair], occasion_: str) -> KeyDate:
    key = occasion_.rpartition("/")[0]
    meeting = next((one for pair in pairs for one in pair.program.key_dates if one.key == key and one.meet), None)
    if meeting is None:
        raise world.broken("meeting_gone")
    if occasion(meeting) != occasion_:
        raise world.broken("meeting_moved")
    return meeting


async def _heard(records: Records, pair: Pair, to: Person, meeting: KeyDate) -> frozenset[str]:
    """Return what somebody has heard about a meeting: "both", "off", "again"."""
    slots = {slot_of(pair, to, meeting, step).occurrence: step for step in ("both", "off", "again")}
    notes = await records.sent_notes(to.id, A_YEAR_OF_NOTES)
    return frozenset(
        slots[occurrence]
        for note in notes
        for rule, subject, occurrence, _ in note.slots
        if rule == Rule.MEET_THERE and subject == pair.key and occurrence in slots
    )


def _choice(before: str | None, going: Going, heard: frozenset[str]) -> Going:
    """Return what is put on record, by what the partner has heard of it so far."""
    if going is Going.YES:
        return Going.AGAIN if "off" in heard else going
    known = before in GOES and "both" in heard
    return Going.OFF if known or before == Going.OFF else going


def _partly(choice: Going, heard: frozenset[str]) -> Partly | None:
    match choice:
        case Going.YES:
            return Partly.TOO if "both" in heard else Partly.BOTH
        case Going.AGAIN:
            return Partly.TOO if "again" in heard else Partly.AGAIN
        case Going.OFF if "off" not in heard:
            return Partly.TOLD
        case Going.OFF if "again" in heard:
            return Partly.BELIEVES
    return None
