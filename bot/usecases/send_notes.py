"""Send: what is due for one person goes out as one note. Claim, send, settle: each in its own transaction.

Preferences, pauses, roles and the last day are looked at again here, and the words are found here, so that a note says
what is true when it goes out and not what was true when it was planned.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

import structlog

from bot.domain.meetings import Meeting
from bot.domain.notes import Note, Refused
from bot.domain.nudges import Lane, Nudge, Rule, Slot, decide
from bot.domain.people import Member, Person
from bot.domain.release import Release, release
from bot.domain.rules import Prompt, member_timetable, pair_timetable
from bot.usecases.compose_note import Composer
from bot.usecases.ports import Courier, Records, Store

log = structlog.get_logger()

BATCH = 40
LEASE = timedelta(seconds=60)
REST_AFTER_A_BUG = timedelta(hours=1)
A_WEEK_AND_A_DAY = timedelta(days=8)
NewId = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A note and whom it is for, claimed and not yet sent."""

    note: Note
    person: Person


async def send_notes(
    store: Store, courier: Courier, composer: Composer, new_id: NewId, clock: Callable[[], datetime], limit: int = BATCH
) -> int:
    """Send what is due to up to `limit` people; return how many people there were, whatever became of it.

    `clock` is asked once for the claim and once for each settlement. `new_id` makes the opaque ids of notes.
    """
    now = clock()
    async with store.begin() as records:
        await records.give_up_leases(now)
        people = await records.claim_people(now, limit)
        letters = await _claim(records, people, composer, new_id, now) if people else []
    await asyncio.gather(*(_deliver(store, courier, letter, clock) for letter in letters))
    return len(people)


async def _claim(
    records: Records, people: list[tuple[str, str]], composer: Composer, new_id: NewId, now: datetime
) -> list[Letter]:
    """Decide for each person, write the decision, and return the notes that are to be sent."""
    nudges = await records.open_nudges(people, now)
    members = await records.members_by_id(people)
    spoken = await records.spoken_days({person_id for person_id, _ in people}, now - A_WEEK_AND_A_DAY)
    meetings = await records.meetings_by_id({n.facts["meeting"] for n in nudges if "meeting" in n.facts})
    letters: list[Letter] = []
    for key, own in _by_member(nudges).items():
        member = members.get(key)
        if member is None:  # no member any more: nothing of this is true
            await records.close_nudges([nudge.id for nudge in own], "withdrawn")
            continue
        try:
            decided = _decide(member, own, meetings, spoken.get(member.person.id, ()), composer, new_id, now)
        except Exception as bug:
            log.exception("not_decided", rules=sorted({n.slot.rule for n in own}), kind=type(bug).__name__)
            await records.hold([nudge.id for nudge in own], now + REST_AFTER_A_BUG)
            continue
        for decision, note in decided:
            letters += await _carry_out(records, decision, note, member.person, now)
    return letters


def _decide(
    member: Member,
    own: list[Nudge],
    meetings: dict[str, Meeting],
    spoken: Sequence[date],
    composer: Composer,
    new_id: NewId,
    now: datetime,
) -> list[tuple[Release, Note | None]]:
    """Decide what becomes of a member's nudges, and find the words for what is to be said; nothing is written yet."""
    true_slots = slots_still_true(member, own, meetings, composer.prompts.all, now)
    decided: list[tuple[Release, Note | None]] = []
    for bundle in _bundles(own):
        decision = release(member, bundle, true_slots, spoken, now)
        note = composer.compose(new_id(), member, decision.say, meetings, now) if decision.say else None
        decided.append((decision, note))
    return decided


async def _carry_out(
    records: Records, decision: Release, note: Note | None, person: Person, now: datetime
) -> list[Letter]:
    await _close(records, decision.lapse, "lapsed")
    await _close(records, decision.withdraw, "withdrawn")
    if decision.hold and decision.until is not None:
        await records.hold([nudge.id for nudge in decision.hold], decision.until)
    if note is None:  # nothing to say, or nothing after all: all is well, and they wanted to hear only otherwise
        await _close(records, decision.say, "withdrawn")
        return []
    await records.start_note(note, [nudge.id for nudge in decision.say], now=now, lease_until=now + LEASE)
    return [Letter(note, person)]


async def _close(records: Records, nudges: Sequence[Nudge], state: str) -> None:
    if nudges:
        await records.close_nudges([nudge.id for nudge in nudges], state)


async def _deliver(store: Store, courier: Courier, letter: Letter, clock: Callable[[], datetime]) -> None:
    outcome = await courier.post(letter.note, letter.person)
    async with store.begin() as records:
        await records.settle_note(letter.note.id, outcome, clock())
        if isinstance(outcome, Refused) and outcome.whose == "person":
            await records.mark_unreachable(letter.person.id, outcome.reason, clock())


def _by_member(nudges: Iterable[Nudge]) -> dict[tuple[str, str], list[Nudge]]:
    members: dict[tuple[str, str], list[Nudge]] = defaultdict(list)
    for nudge in nudges:
        members[nudge.person_id, nudge.program_id].append(nudge)
    return members


def _bundles(nudges: list[Nudge]) -> list[list[Nudge]]:
    """Divide one person's nudges into messages: each announcement alone, all the rest together."""
    announcements = [[nudge] for nudge in nudges if nudge.lane is Lane.ANNOUNCEMENT]
    rest = [nudge for nudge in nudges if nudge.lane is not Lane.ANNOUNCEMENT]
    return [rest, *announcements] if rest else announcements


PLANNED = frozenset(
    {Rule.FIRST_MOVE, Rule.CHECKIN_REMINDER, Rule.PHASE_PROMPT, Rule.TRAINING, Rule.DIGEST, Rule.FAREWELL}
)


def slots_still_true(
    member: Member, nudges: list[Nudge], meetings: dict[str, Meeting], prompts: tuple[Prompt, ...], now: datetime
) -> frozenset[Slot]:
    """Return the slots that hold at `now`: what the timetables say, and what people did that is still so."""
    today: date = member.person.today(now)
    pairs = (pair_timetable(pair) for pair in (*member.pairs, *member.watched))
    entries = chain(member_timetable(member, prompts, today), *pairs)
    planned = {entry.slot for entry in decide(entries, now).due}
    told = {n.slot for n in nudges if n.slot.rule not in PLANNED and _is_still_so(n, member, meetings, today)}
    return frozenset(planned | told)


def _is_still_so(nudge: Nudge, member: Member, meetings: dict[str, Meeting], today: date) -> bool:
    """Tell whether what was done has not been undone: a meeting taken back, a break ended, a pair given away."""
    if nudge.pair_id is None:
        return True
    pair = next((pair for pair in (*member.pairs, *member.watched) if pair.id == nudge.pair_id), None)
    if pair is None:
        return False
    match nudge.slot.rule:
        case Rule.MEETING_LOGGED:
            return nudge.facts["meeting"] in meetings
        case Rule.PAUSE:
            until = date.fromisoformat(nudge.facts["until"])
            pause = pair.partner_of(member.person.id).pause_on(today)
            return pause is not None and pause.last == until
        case _:
            return True
