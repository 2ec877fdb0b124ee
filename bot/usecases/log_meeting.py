"""Log a meeting: once for a pair and a day, whoever logs it and however often."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.meetings import LONGEST, SHORTEST, Means, Meeting, Words
from bot.domain.nudges import Nudge, Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.phrasing import day_words
from bot.usecases.ports import Records
from bot.usecases.world import World, told_once


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What somebody says about a meeting. `moved` are ids of goals; `next_step` and `notes` are for the two only."""

    day: date
    minutes: int
    means: Means
    moved: tuple[str, ...] = ()
    next_step: str = ""
    notes: str = ""


class How(StrEnum):
    """What logging came to."""

    NEW = "new"
    CHANGED = "changed"
    MERGED = "merged"
    """The partner had logged that day already: it stays one meeting, with the words of both."""


@dataclass(frozen=True, slots=True)
class Logged:
    """The meeting as it is on record now, and what logging came to."""

    meeting: Meeting
    how: How


async def log_meeting(
    world: World, pair: Pair, by: Person, draft: MeetingDraft, *, meeting_id: str | None = None
) -> Logged:
    """Record that `pair` met; the partner is told once, at their next decent hour.

    `meeting_id` changes that meeting, also its day. Safe to call twice. Raises RuleBroken, with the field, for a day
    in the future or outside of the pair's time, and for minutes that no meeting lasts.
    """
    now = world.now()
    check_draft(world, pair, by.today(now), draft)
    async with world.store.begin() as records:
        before = await records.meeting(meeting_id) if meeting_id else None
        logged = await _write(records, pair, by, draft, before, now)
        if logged.how is How.NEW:
            await records.put_nudges(_tell_partner(pair, by, logged.meeting, now))
        await records.look_now(now, pair_id=pair.id)
    return logged


def check_draft(world: World, pair: Pair, today: date, draft: MeetingDraft) -> None:
    """Raise RuleBroken for what cannot be: `today` is the date on the calendar of who logs."""
    first, last = pair.span.first, pair.span.last
    if draft.day > today:
        raise world.broken("date_future", "day")
    if draft.day < first:
        raise world.broken("date_before", "day", first_day=day_words(first))
    if draft.day > last:
        raise world.broken("date_after", "day", last_day=day_words(last))
    if not SHORTEST <= draft.minutes <= LONGEST:
        raise world.broken("minutes_range", "minutes")


async def _write(
    records: Records, pair: Pair, by: Person, draft: MeetingDraft, before: Meeting | None, now: datetime
) -> Logged:
    """Write the draft into the meeting that it changes, else into that day's, else into a new one."""
    same_day = await records.meeting_on(pair.id, draft.day)
    if before is not None and same_day is not None and same_day.id != before.id:
        await records.remove_meeting(before.id)  # moved to a day that has a meeting: they become one
        before = None
    known = before or same_day
    if known is None:
        words = _words(by, draft, ())
        fresh = Meeting(pair.id, draft.day, draft.minutes, draft.means, by.id, now, draft.moved, words)
        meeting, new = await records.put_meeting(fresh)
        if new:
            return Logged(meeting, How.NEW)
        known = meeting  # the partner was faster by a moment
    return await _merge(records, by, draft, known)


async def _merge(records: Records, by: Person, draft: MeetingDraft, known: Meeting) -> Logged:
    """Add to a meeting on record: its logger may correct the facts, the partner adds words and goals."""
    own = known.logged_by == by.id
    merged = replace(
        known,
        moved=draft.moved if own else tuple(dict.fromkeys((*known.moved, *draft.moved))),
        words=_words(by, draft, known.words),
    )
    if own:
        merged = replace(merged, day=draft.day, minutes=draft.minutes, means=draft.means)
    meeting, _ = await records.put_meeting(merged)
    return Logged(meeting, How.CHANGED if own else How.MERGED)


def _words(by: Person, draft: MeetingDraft, known: tuple[Words, ...]) -> tuple[Words, ...]:
    """Put what `by` wrote beside the other's words; saying nothing leaves earlier words as they are."""
    others = tuple(words for words in known if words.person_id != by.id)
    earlier = tuple(words for words in known if words.person_id == by.id)
    if not draft.next_step and not draft.notes:
        return (*others, *earlier)
    return (*others, Words(by.id, draft.next_step, draft.notes))


def _tell_partner(pair: Pair, by: Person, meeting: Meeting, now: datetime) -> list[Nudge]:
    partner = pair.partner_of(by.id)
    slot = Slot(Rule.MEETING_LOGGED, pair.key, str(meeting.day), partner.key)
    return told_once(slot, partner, pair, now, facts={"meeting": meeting.id})
