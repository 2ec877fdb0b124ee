"""Send: what is due for one person goes out as one note. Claim, send, settle: each in its own transaction.

Preferences, pauses, roles and the last day are looked at again here, and the words are found here, so that a note says
what is true when it goes out and not what was true when it was planned.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import structlog

from bot.domain.notes import Later, Lease, Note, Outcome, Refused, Sent, Unknown
from bot.domain.nudges import Lane, Nudge
from bot.domain.pace import POSTS, Pace, learned
from bot.domain.people import Member, Person
from bot.domain.release import Release, release
from bot.usecases.background import load_background
from bot.usecases.confide import pass_to_stand_ins
from bot.usecases.ports import Records, RecordsAway, Started, Turn
from bot.usecases.still_true import not_undone, slots_still_true, told_of
from bot.usecases.tell_unreachable import tell_unreachable
from bot.usecases.wording import Background
from bot.usecases.world import World

log = structlog.get_logger()

BATCH = 100
LEASE = timedelta(seconds=60)
REST_AFTER_A_BUG = timedelta(hours=1)
A_MOMENT = 1.0  # seconds
A_WEEK_AND_A_DAY = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Letter:
    """A note and whom it is for, claimed and not yet sent; `pace` is the one that its workspace had then."""

    note: Note
    person: Person
    pace: Pace
    nudges: tuple[Nudge, ...]


@dataclass(slots=True)
class Sorted:
    """What a batch decides, before any of it is written."""

    letters: list[Letter] = field(default_factory=list)
    hold: dict[str, datetime] = field(default_factory=dict)
    closed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def close(self, nudges: Iterable[Nudge], state: str) -> None:
        """Let nudges end in `state`."""
        if ids := [nudge.id for nudge in nudges]:
            self.closed[state] += ids

    def wait(self, nudges: Iterable[Nudge], until: datetime) -> None:
        """Let nudges wait."""
        self.hold |= {nudge.id: until for nudge in nudges}


async def send_notes(world: World, limit: int = BATCH) -> int:
    """Send what is due to up to `limit` people; return how many people there were, whatever became of it."""
    lease = Lease(world.steady() + LEASE.total_seconds())  # before the claim: a slow commit must not lengthen it
    now = world.now()
    async with world.store.begin() as records:
        turns = await records.claim_turns(POSTS, now, limit)
        letters = await _claim(records, world, turns, now) if turns else []
    await _deliver(world, letters, lease)
    return sum(len(turn.people) for turn in turns)


async def _claim(records: Records, world: World, turns: Sequence[Turn], now: datetime) -> list[Letter]:
    """Decide for each person, write the decisions, and return the notes that are to be sent."""
    found = await _decide_all(records, world, turns, now)
    for state, nudge_ids in found.closed.items():
        await records.close_nudges(nudge_ids, state)
    await records.hold(found.hold)
    started = [Started(letter.note, tuple(nudge.id for nudge in letter.nudges)) for letter in found.letters]
    await records.start_notes(started, now=now, lease_until=now + LEASE)
    await records.put_paces([_after(turn.pace, found.letters, now) for turn in turns])
    return found.letters


def _after(pace: Pace, letters: Iterable[Letter], now: datetime) -> Pace:
    return pace.taken(sum(1 for letter in letters if letter.pace is pace), now)


async def _decide_all(records: Records, world: World, turns: Sequence[Turn], now: datetime) -> Sorted:
    paces = {member: turn.pace for turn in turns for member in turn.people}
    person_ids = {person_id for person_id, _ in paces}
    nudges = await records.open_nudges(paces, now)
    members = await records.members_by_id({*paces, *told_of(nudges)})
    spoken = await records.spoken_days(person_ids, now - A_WEEK_AND_A_DAY)
    heard = await records.heard_marks(person_ids)
    background = await load_background(records, nudges)
    found = Sorted()
    for key, own in _by_member(nudges).items():
        member = members.get(key)
        if member is None:  # no member any more: nothing of this is true
            found.close(own, "withdrawn")
            continue
        if member.watched and not member.person.can_be_reached:
            await pass_to_stand_ins(records, member, (), now)
        found.close((nudge for nudge in own if nudge.mark in heard), "heard")
        fresh = [nudge for nudge in own if nudge.mark not in heard]
        try:
            true = not_undone(fresh, members)
            found.close((nudge for nudge in fresh if nudge not in true), "withdrawn")
            _decide(found, world, member, true, background, spoken.get(member.person.id, ()), paces[key], now)
        except Exception as bug:
            log.exception("not_decided", rules=sorted({n.slot.rule for n in own}), kind=type(bug).__name__)
            found.wait(fresh, now + REST_AFTER_A_BUG)
    return found


def _decide(
    found: Sorted,
    world: World,
    member: Member,
    own: list[Nudge],
    background: Background,
    spoken: Sequence[date],
    pace: Pace,
    now: datetime,
) -> None:
    """Decide what becomes of a member's nudges, and find the words for one message; what is left has its turn later."""
    true_slots = slots_still_true(member, own, background, world.composer.prompts.all, now)
    for bundle in _bundles(own):
        decision = release(member, bundle, true_slots, spoken, now)
        note = None
        if decision.say:
            note = world.composer.compose(world.new_id(), member, decision.say, background, now)
        _sort(found, decision, said=note is not None)
        if note is not None:
            found.letters.append(Letter(note, member.person, pace, decision.say))
            return


def _sort(found: Sorted, decision: Release, *, said: bool) -> None:
    """Sort what is not said. Nothing to say after all: all is well, and they wanted to hear only otherwise."""
    found.close(decision.lapse, "lapsed")
    found.close(decision.withdraw if said else (*decision.withdraw, *decision.say), "withdrawn")
    if decision.until is not None:
        found.wait(decision.hold, decision.until)


# -- send and settle ----------------------------------------------------------------------------------------------


Settled = tuple[Letter, Outcome]


async def _deliver(world: World, letters: Sequence[Letter], lease: Lease) -> None:
    """Send all at once, and settle together whatever has come back by then.

    Where the records are away, what is known is kept, and settled while the lease lasts; later the conversation tells.
    """
    sending = {asyncio.ensure_future(_post(world, one, lease)): one for one in letters}
    waiting = set(sending)
    known: list[Settled] = []
    while waiting or known:
        if waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            known += [(sending[task], task.result()) for task in done]
        try:
            await _settle(world, known)
            known = []
        except RecordsAway:
            if not waiting and world.steady() > lease.deadline:
                raise
            await asyncio.sleep(A_MOMENT)


async def _post(world: World, letter: Letter, lease: Lease) -> Outcome:
    """Send one; a bug that one message meets is no reason to leave all others unsettled."""
    try:
        return await world.courier.post(letter.note, letter.person, lease)
    except Exception as bug:
        log.exception("not_posted", kind=type(bug).__name__)
        return Unknown(type(bug).__name__)


async def _settle(world: World, settled: Sequence[Settled]) -> None:
    """Record how it went, and let the paces learn from it."""
    async with world.store.begin() as records:
        now = world.now()
        rested = await _pace_afterwards(records, world, settled, now)
        await records.settle_notes({letter.note.id: outcome for letter, outcome in rested}, now)
        await records.put_channels(
            {
                letter.person.id: outcome.channel
                for letter, outcome in settled
                if isinstance(outcome, Sent) and outcome.channel != letter.person.channel
            }
        )
        for letter, outcome in settled:
            if isinstance(outcome, Refused):
                await _react(records, letter, outcome, now)


async def _pace_afterwards(
    records: Records, world: World, settled: Sequence[Settled], now: datetime
) -> Sequence[Settled]:
    """Slow down where Slack asks for it or was not reached; what it did not take waits as long as everybody."""
    slowed = {letter.pace.workspace_id for letter, outcome in settled if _is_about_pace(letter, outcome)}
    if not slowed:
        return settled
    paces = {workspace_id: await records.pace(workspace_id, POSTS, now) for workspace_id in sorted(slowed)}
    for letter, outcome in settled:
        if letter.pace.workspace_id in paces:
            workspace_id = letter.pace.workspace_id
            paces[workspace_id] = learned(paces[workspace_id], outcome, now, world.chance())
    await records.put_paces(list(paces.values()))
    return [(letter, _patient(outcome, paces.get(letter.pace.workspace_id))) for letter, outcome in settled]


def _is_about_pace(letter: Letter, outcome: Outcome) -> bool:
    return (isinstance(outcome, Later) and outcome.cause != "lease") or letter.pace.failures > 0


def _patient(outcome: Outcome, pace: Pace | None) -> Outcome:
    if pace is not None and isinstance(outcome, Later):
        return replace(outcome, until=max(outcome.until, pace.resumes_at))
    return outcome


async def _react(records: Records, letter: Letter, refused: Refused, now: datetime) -> None:
    """Do what a refusal asks for; one that is about the message itself was logged where it came in."""
    if refused.whose == "person":
        lost = letter.nudges
        await tell_unreachable(records, letter.pace.workspace_id, letter.person.id, refused.reason, now, lost)
    elif refused.whose == "workspace" and await records.stop_workspace(letter.pace.workspace_id, refused.reason, now):
        log.error("workspace_stopped", workspace=letter.pace.workspace_id, reason=refused.reason)


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
