"""Log a meeting: once for a pair and a day, whoever logs it and however often."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.appointments import Promise
from bot.domain.errors import RuleBroken
from bot.domain.goals import GoalState
from bot.domain.meetings import LONGEST, SHORTEST, Confirmed, Correction, Means, Meeting, Words
from bot.domain.nudges import Rule, Slot
from bot.domain.people import Pair, Person
from bot.domain.remembering import (
    has_been_answered,
    partners_day,
    still_editable,
    they_met,
    united,
    with_facts,
    with_words,
)
from bot.usecases.keep_promises import carry_promises, keep_next_step, tell_owner
from bot.usecases.move_goals import Heard, carry_over, heard_at_meeting, say_at_meeting
from bot.usecases.news import tell_news
from bot.usecases.phrasing import day_words, facts_words
from bot.usecases.ports import Records
from bot.usecases.set_goal import LONGEST_TEXT
from bot.usecases.world import World

FORM = "log_meeting"  # under which what is typed is kept
LONGEST_NOTES = 3000


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What somebody says about a meeting; `private` is for who writes it alone.

    `goals` says where goals stand after it, by their ids; None: nothing is said of it, or nothing any more.
    """

    day: date
    minutes: int
    means: Means
    goals: Mapping[str, GoalState | None] = field(default_factory=dict)
    next_step: str = ""
    notes: str = ""
    private: str = ""

    @property
    def facts(self) -> tuple[date, int, Means]:
        """What one can confirm, change or put right."""
        return self.day, self.minutes, self.means


class How(StrEnum):
    """What logging came to."""

    NEW = "new"
    CHANGED = "changed"
    MERGED = "merged"
    """The partner had logged that day already: it stays one meeting, with the words of both."""


@dataclass(frozen=True, slots=True)
class Logged:
    """The meeting as it is on record now, what logging came to, and what is heard of goals from who logged.

    `before` is what stood there before, if anything did; `joined`: the partner logged that day, and who logs it now had
    said nothing of it before. `twin`: the partner, who lives far away, logged a meeting that may be the same one.
    """

    meeting: Meeting
    how: How
    heard: Heard = field(default_factory=Heard)
    before: Meeting | None = None
    joined: bool = False
    twin: Meeting | None = None

    @property
    def left_line(self) -> bool:
        """Tell whether the facts that stood there before are kept in the meeting's history."""
        return self.before is not None and _leaves_line(self.before, self.meeting)


class ToBeCorrected(RuleBroken):
    """A meeting stays as it is, but for a correction. `meeting_id` tells which one."""

    def __init__(self, broken: RuleBroken, meeting_id: str) -> None:
        super().__init__(str(broken), broken.field)
        self.meeting_id = meeting_id


async def log_meeting(
    world: World, pair: Pair, by: Person, draft: MeetingDraft, *, meeting_id: str | None = None, form: str | None = None
) -> Logged:
    """Record that `pair` met; the partner is asked about it once, at their next decent hour.

    `meeting_id` changes that meeting, and its logger may change its day, too; what was never the pair's, or has been
    taken back, is logged as new. Who logs the day that the partner has logged confirms it. Safe to call twice. `form`
    is the subject of the half-filled form that is done with. Raises RuleBroken, with the field, for a day in the future
    or outside of the pair's time, for minutes that no meeting lasts and for a fourth open goal; ToBeCorrected for other
    facts of a meeting that was logged too long ago.
    """
    now = world.now()
    check_draft(world, pair, by.today(now), draft)
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        before = await records.meeting(meeting_id) if meeting_id else None
        logging = _Logging(world, records, pair, by, draft, now)
        if before is not None and before.pair_id != pair.id:
            before = None
        logged = await (logging.log() if before is None else logging.edit(before))
        joined = logged.how is How.MERGED and before is None and await _says_first_word(records, pair, by, logged)
        step = await _keep_step(records, pair, by, draft, before, logged.meeting, now)
        if step is not None and logged.how is not How.NEW:  # a new meeting is told with its next step
            await tell_owner(records, pair, by, step, now)
        heard = await _hear_goals(world, records, pair, by, draft.goals, before, logged.meeting)
        twin = None
        if logged.how is How.NEW:
            twin = await _twin_of(records, pair, by, logged.meeting)
            await _ask_partner(records, pair, by, logged.meeting, now)
        if form is not None:
            await records.drop_draft(by.id, FORM, form)
        await records.look_now(now, pair_id=pair.id)
    return replace(logged, heard=heard, joined=joined, twin=twin)


async def same_meeting(world: World, pair: Pair, by: Person, meeting_id: str, twin_id: str) -> Logged | None:
    """Let the meeting that `by` has logged be the partner's, on the partner's day, with the words of both.

    None where either is gone, or is not what it was taken for.
    """
    async with world.store.begin() as records:
        own, twin = await records.meeting(meeting_id), await records.meeting(twin_id)
    if own is None or twin is None or (own.pair_id, twin.pair_id) != (pair.id, pair.id) or own.logged_by != by.id:
        return None
    words = own.words_of(by.id)
    facts = MeetingDraft(twin.day, own.minutes, own.means)
    draft = replace(facts, next_step=words.next_step, notes=words.notes, private=words.private)
    return await log_meeting(world, pair, by, draft, meeting_id=own.id)


async def _twin_of(records: Records, pair: Pair, by: Person, meeting: Meeting) -> Meeting | None:
    partner = pair.partner_of(by.id)
    day = partners_day(meeting.day, by, partner)
    found = await records.meeting_on(pair.id, day) if day is not None else None
    waits = found is not None and found.logged_by == partner.id and found.confirmed is Confirmed.NOT_YET
    return found if waits else None


async def _says_first_word(records: Records, pair: Pair, by: Person, logged: Logged) -> bool:
    lines = (await records.said_at_meetings([pair.id])).get(logged.meeting.id, [])
    wrote = logged.before is not None and bool(logged.before.words_of(by.id))
    return not wrote and all(line.person_id != by.id for line in lines)


async def _keep_step(
    records: Records,
    pair: Pair,
    by: Person,
    draft: MeetingDraft,
    before: Meeting | None,
    meeting: Meeting,
    now: datetime,
) -> Promise | None:
    """Let the next step be a promise, where the meeting says another one now; what became of the promise stays."""
    if before is None:
        step = meeting.words_of(by.id).next_step if draft.next_step else ""
        return await keep_next_step(records, pair, by, meeting.id, step, now) if step else None
    kept = None
    if draft.next_step != before.words_of(by.id).next_step:
        kept = await keep_next_step(records, pair, by, before.id, draft.next_step, now)
    if before.id != meeting.id:
        await carry_promises(records, pair, before.id, meeting.id)
    return kept


async def _hear_goals(
    world: World,
    records: Records,
    pair: Pair,
    by: Person,
    states: Mapping[str, GoalState | None],
    before: Meeting | None,
    meeting: Meeting,
) -> Heard:
    """Let the goals stand as is said now; a meeting that became one with another day's takes along what was said."""
    if before is None:
        await say_at_meeting(world, records, pair, by, states, meeting.id)
    else:
        await say_at_meeting(world, records, pair, by, states, before.id, anew=False)
        if before.id != meeting.id:
            await carry_over(records, pair, by, before.id, meeting.id, world.now())
    return await heard_at_meeting(records, pair, by, states, meeting.id)


def check_draft(world: World, pair: Pair, today: date, draft: MeetingDraft) -> None:
    """Raise RuleBroken for what cannot be: `today` is the date on the calendar of who logs."""
    first, last = pair.span.first, pair.span.last
    if draft.day < first:
        raise world.broken("date_before", "day", first_day=day_words(first))
    if draft.day > last:
        raise world.broken("date_after", "day", last_day=day_words(last))
    if draft.day > today:
        raise world.broken("date_future", "day")
    if not SHORTEST <= draft.minutes <= LONGEST:
        raise world.broken("minutes_range", "minutes")


def _leaves_line(known: Meeting, changed: Meeting) -> bool:
    return known.facts != changed.facts and has_been_answered(known)


@dataclass(frozen=True, slots=True)
class _Logging:
    """One thing that somebody says about a meeting, on its way into the records."""

    world: World
    records: Records
    pair: Pair
    by: Person
    draft: MeetingDraft
    now: datetime

    @property
    def _words(self) -> Words:
        return Words(self.by.id, self.draft.next_step, self.draft.notes, self.draft.private)

    async def log(self) -> Logged:
        """Write the draft as a new meeting, or into that day's."""
        draft = self.draft
        known = await self.records.meeting_on(self.pair.id, draft.day)
        if known is None:
            words = (self._words,) if self._words else ()
            fresh = Meeting(self.pair.id, *draft.facts, self.by.id, self.now, words)
            known, new = await self.records.put_meeting(fresh)
            if new:
                return Logged(known, How.NEW)
        return await self._write(known, self._beside(known, with_words(known, self._words, literal=False)))

    async def edit(self, before: Meeting) -> Logged:
        """Write the draft, from a form that showed what is on record, into `before`."""
        own = before.logged_by == self.by.id
        changed = with_words(before, self._words, literal=True)
        if not own:  # the partner adds; the facts are not theirs to change here
            return await self._write(before, changed)
        if self.draft.facts == before.facts:
            return await self._write(before, changed)
        self._raise_if_settled(before)
        same_day = await self.records.meeting_on(self.pair.id, self.draft.day)
        if same_day is None or same_day.id == before.id:
            return await self._write(before, self._with_facts(before, changed))
        return await self._unite(same_day, changed)

    async def _unite(self, same_day: Meeting, gone: Meeting) -> Logged:
        """Let a meeting that was moved to a day that has one become one with it, with the history of both."""
        both = self._beside(same_day, united(same_day, gone))
        self._raise_if_too_long(both, "day_full", "day", day=day_words(same_day.day))
        history = (await self.records.corrections([gone.id])).get(gone.id, [])
        await self.records.remove_meeting(gone.id)
        for one in history:
            await self.records.add_correction(replace(one, meeting_id=same_day.id, id=""))
        return await self._write(same_day, both)

    def _beside(self, known: Meeting, changed: Meeting) -> Meeting:
        """Return `changed`, which is `known` with more words, after it was logged once more."""
        self._raise_if_too_long(changed, "notes_full", "notes")
        if known.logged_by == self.by.id and known.facts != self.draft.facts:
            self._raise_if_settled(known)
            return self._with_facts(known, changed)
        return they_met(changed, self.by)

    def _with_facts(self, known: Meeting, changed: Meeting) -> Meeting:
        day, minutes, means = self.draft.facts
        return with_facts(known, replace(changed, day=day, minutes=minutes, means=means), self.by)

    async def _write(self, known: Meeting, changed: Meeting) -> Logged:
        """Write what has changed; facts to which the partner has answered are kept as history."""
        if _leaves_line(known, changed):
            await self.records.add_correction(Correction(known.id, self.by.id, self.now, facts_words(known)))
        meeting, _ = await self.records.put_meeting(changed)
        return Logged(meeting, How.CHANGED if known.logged_by == self.by.id else How.MERGED, before=known)

    def _raise_if_settled(self, meeting: Meeting) -> None:
        if not still_editable(meeting, self.pair, self.by, self.now):
            count = str(self.pair.program.pairs.editable)
            settled = self.world.broken("meeting_settled", "day", day=day_words(meeting.day), count=count)
            raise ToBeCorrected(settled, meeting.id)

    def _raise_if_too_long(self, meeting: Meeting, key: str, field: str, **facts: str) -> None:
        if any(
            max(len(words.notes), len(words.private)) > LONGEST_NOTES or len(words.next_step) > LONGEST_TEXT
            for words in meeting.words
        ):
            raise self.world.broken(key, field, count=str(LONGEST_NOTES), **facts)


async def _ask_partner(records: Records, pair: Pair, by: Person, meeting: Meeting, now: datetime) -> None:
    partner = pair.partner_of(by.id)
    slot = Slot(Rule.MEETING_LOGGED, pair.key, str(meeting.day), partner.key)
    await tell_news(records, slot, partner, pair, now, facts={"meeting": meeting.id})
