"""Answer to a meeting that is on record: we met, we did not, or it was different.

The partner is asked once, and who logged it hears once of another memory; there is no ping-pong. The states are those
of `bot.domain.remembering`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.meetings import Confirmed, Correction, Meeting
from bot.domain.nudges import Rule, Slot
from bot.domain.people import Pair, Person
from bot.domain.remembering import still_editable, they_did_not_meet, they_met, unanswered, with_facts
from bot.usecases.log_meeting import LONGEST_NOTES, MeetingDraft, check_draft
from bot.usecases.move_goals import hear_meeting
from bot.usecases.news import tell_news
from bot.usecases.phrasing import day_words, facts_words
from bot.usecases.ports import Records
from bot.usecases.world import World

WORTH_SAYING = (Confirmed.CHANGED, Confirmed.DENIED)
CORRECTED = "corrected"
FORM = "correct_meeting"  # under which what is typed is kept
LONG_ENOUGH = timedelta(days=30)


class Says(Enum):
    """What one can answer with a single press; `NOTHING` takes a plain yes or no back."""

    MET = "met"
    DID_NOT_MEET = "did not meet"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Put:
    """How somebody remembers it. `took_place` False: they did not meet, whatever the facts. `words` are for the two."""

    facts: MeetingDraft
    took_place: bool = True
    words: str = ""


async def answer_meeting(world: World, pair: Pair, by: Person, meeting_id: str, says: Says) -> Meeting | None:
    """Take an answer; return the meeting as it is then, None if it is gone. Safe to call twice."""
    answers = {Says.MET: they_met, Says.DID_NOT_MEET: they_did_not_meet, Says.NOTHING: unanswered}
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        meeting = await _own(records, pair, meeting_id)
        if meeting is None:
            return None
        return await _write(records, pair, by, meeting, answers[says](meeting, by), world.now())


async def correct_meeting(world: World, pair: Pair, by: Person, meeting_id: str, put: Put) -> Meeting | None:
    """Put a meeting right, however long ago; what stood there before is kept. None if it is gone.

    From the partner it is another memory of it, of which its logger hears once; where nothing differs, a yes. From the
    logger the partner hears of it once it is so late that nobody expects a change. Raises RuleBroken, at the field, for
    what cannot be and for a day that has another meeting.
    """
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        meeting = await _own(records, pair, meeting_id)
        if meeting is None:
            return None
        await records.drop_draft(by.id, FORM, f"{pair.id}/{meeting.id}")
        words = put.words[:LONGEST_NOTES]
        if not put.took_place:
            changed = they_did_not_meet(meeting, by)
        else:
            changed = await _put_right(world, records, pair, by, meeting, put, now)
        if leaves_line(meeting, changed, by, words):
            await records.add_correction(Correction(meeting.id, by.id, now, facts_words(meeting), words))
        return await _write(records, pair, by, meeting, changed, now)


def leaves_line(before: Meeting, changed: Meeting, by: Person, words: str) -> bool:
    """Tell whether a correction is kept in the history: a word, other facts, or that who logged it says no."""
    denies_own = changed.counts != before.counts and by.id == before.logged_by
    return bool(words) or changed.facts != before.facts or denies_own


async def _put_right(
    world: World, records: Records, pair: Pair, by: Person, meeting: Meeting, put: Put, now: datetime
) -> Meeting:
    day, minutes, means = put.facts.facts
    if put.facts.facts == meeting.facts and not put.words:
        return they_met(meeting, by)
    check_draft(world, pair, by.today(now), put.facts)
    same_day = await records.meeting_on(pair.id, day)
    if same_day is not None and same_day.id != meeting.id:
        raise world.broken("day_taken", "day", day=day_words(day))
    return with_facts(meeting, replace(meeting, day=day, minutes=minutes, means=means), by)


async def _own(records: Records, pair: Pair, meeting_id: str) -> Meeting | None:
    meeting = await records.meeting(meeting_id) if meeting_id else None
    return meeting if meeting is not None and meeting.pair_id == pair.id else None


async def _write(records: Records, pair: Pair, by: Person, before: Meeting, changed: Meeting, now: datetime) -> Meeting:
    if changed == before:
        return before
    await records.put_meeting(changed)
    await hear_meeting(records, pair, by, changed.id, now)
    if by.id != changed.logged_by and changed.confirmed in WORTH_SAYING:
        await _tell_logger(records, pair, by, changed, now)
    elif by.id == changed.logged_by and _is_another(before, changed) and not still_editable(before, pair, by, now):
        await tell_corrected(records, pair, by, changed, now)
    elif by.id != changed.logged_by and before.confirmed is Confirmed.DENIED:
        await unsay(records, pair, by, before, changed, now)
    await records.look_now(now, pair_id=pair.id)
    return changed


async def _tell_logger(records: Records, pair: Pair, by: Person, meeting: Meeting, now: datetime) -> None:
    """Tell who logged it, once for each meeting and kind of answer."""
    logger = pair.partner_of(by.id)
    slot = Slot(Rule.MEETING_ANSWERED, pair.key, f"{meeting.id}/{meeting.confirmed}", logger.key)
    facts = {"meeting": meeting.id, "said": meeting.confirmed.value}
    await tell_news(records, slot, logger, pair, now, facts=facts)


def _is_another(before: Meeting, changed: Meeting) -> bool:
    return before.facts != changed.facts or before.counts != changed.counts


async def tell_corrected(records: Records, pair: Pair, by: Person, meeting: Meeting, now: datetime) -> None:
    """Tell the other one what is on record now: once for each state of it, and not what they have heard already."""
    other = pair.partner_of(by.id)
    slot = Slot(Rule.MEETING_ANSWERED, pair.key, f"{meeting.id}/{meeting.state}/{by.today(now)}", other.key)
    facts = {"meeting": meeting.id, "said": CORRECTED, "state": meeting.state}
    await tell_news(records, slot, other, pair, now, facts=facts)


async def unsay(records: Records, pair: Pair, by: Person, changed: Meeting, was: Meeting, now: datetime) -> None:
    """Withdraw what the other one has not heard yet of the change; who has heard it hears what is on record again."""
    own = changed.logged_by == by.id
    if still_editable(changed, pair, by, now) if own else changed.confirmed not in WORTH_SAYING:
        return
    other = pair.partner_of(by.id)
    waiting = await records.open_nudges([(other.id, pair.program.id)], now + LONG_ENOUGH)
    unheard = [one.id for one in waiting if one.facts.get("meeting") == was.id and "said" in one.facts]
    if unheard:
        await records.close_nudges(unheard, "withdrawn")
    else:
        await tell_corrected(records, pair, by, was, now)
