"""Log a meeting: once for a pair and a day, whoever logs it and however often."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.goals import GoalState
from bot.domain.meetings import LONGEST, SHORTEST, Means, Meeting, Words
from bot.domain.nudges import Nudge, Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.keep_promises import keep_next_step
from bot.usecases.move_goals import move_goals
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

    `meeting_id` changes that meeting, and its logger may change its day, too; what was never the pair's, or has been
    taken back, is logged as new. Safe to call twice. Raises RuleBroken, with the field, for a day in the future or
    outside of the pair's time, and for minutes that no meeting lasts.
    """
    now = world.now()
    check_draft(world, pair, by.today(now), draft)
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        own_goals = {goal.id for goal in await records.goals(pair.id)} if draft.moved else frozenset()
        draft = replace(draft, moved=tuple(goal for goal in draft.moved if goal in own_goals))
        before = await records.meeting(meeting_id) if meeting_id else None
        if before is not None and before.pair_id != pair.id:
            before = None
        if before is not None and before.logged_by != by.id:  # the partner adds; the facts are not theirs to change
            draft = replace(draft, day=before.day)
        logged = await _write(records, pair, by, draft, before, now)
        if draft.next_step or meeting_id:
            await keep_next_step(records, pair, by, logged.meeting.id, draft.next_step, now)
        if before is not None and before.id != logged.meeting.id:  # it has become one with another day's
            await move_goals(records, pair, by, {}, now, before.id)
        moved = dict.fromkeys(logged.meeting.moved, GoalState.MOVING)
        await move_goals(records, pair, by, moved, now, logged.meeting.id)
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
    known = same_day = await records.meeting_on(pair.id, draft.day)
    if before is not None:
        known = before
        if same_day is not None and same_day.id != before.id:  # moved to a day that has a meeting: they become one
            await records.remove_meeting(before.id)
            known = _united(same_day, before)
    if known is None:
        fresh = Meeting(pair.id, draft.day, draft.minutes, draft.means, by.id, now, draft.moved)
        meeting, new = await records.put_meeting(replace(fresh, words=_words(by, draft, (), literal=False)))
        if new:
            return Logged(meeting, How.NEW)
        known = meeting  # the partner was faster by a moment
    return await _change(records, by, draft, known, literal=known is before)


def _united(kept: Meeting, gone: Meeting) -> Meeting:
    """Return `kept` with the goals and words of `gone`; nobody's words are lost."""
    others = tuple(words for words in gone.words if not _wrote(kept, words.person_id))
    return replace(kept, moved=tuple(dict.fromkeys((*kept.moved, *gone.moved))), words=(*kept.words, *others))


def _wrote(meeting: Meeting, person_id: str) -> bool:
    return any(words.person_id == person_id for words in meeting.words)


async def _change(records: Records, by: Person, draft: MeetingDraft, known: Meeting, *, literal: bool) -> Logged:
    """Change a meeting on record: its logger may correct the facts, the partner adds words and goals.

    `literal`: the draft comes from a form that showed what is on record, so that what is empty there is meant empty.
    """
    own = known.logged_by == by.id
    moved = draft.moved if own and literal else tuple(dict.fromkeys((*known.moved, *draft.moved)))
    changed = replace(known, moved=moved, words=_words(by, draft, known.words, literal=literal))
    if own:
        changed = replace(changed, day=draft.day, minutes=draft.minutes, means=draft.means)
    meeting, _ = await records.put_meeting(changed)
    return Logged(meeting, How.CHANGED if own else How.MERGED)


def _words(by: Person, draft: MeetingDraft, known: tuple[Words, ...], *, literal: bool) -> tuple[Words, ...]:
    """Put what `by` wrote beside the other's words; saying nothing leaves earlier words, unless it is meant."""
    others = tuple(words for words in known if words.person_id != by.id)
    if draft.next_step or draft.notes:
        return (*others, Words(by.id, draft.next_step, draft.notes))
    return others if literal else known


def _tell_partner(pair: Pair, by: Person, meeting: Meeting, now: datetime) -> list[Nudge]:
    partner = pair.partner_of(by.id)
    slot = Slot(Rule.MEETING_LOGGED, pair.key, str(meeting.day), partner.key)
    return told_once(slot, partner, pair, now, facts={"meeting": meeting.id})
