"""Plan: look at what is due, ask the rules, write nudges and the next looks. One transaction a batch."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.nudges import Decision, Entry, Nudge, decide
from bot.domain.people import Member, Pair
from bot.domain.program import Program
from bot.domain.release import speaking_for
from bot.domain.rules import Prompt, member_timetable, pair_timetable
from bot.usecases.ports import Look, Records, Store

BATCH = 500


async def plan_nudges(store: Store, prompts: tuple[Prompt, ...], now: datetime, limit: int = BATCH) -> int:
    """Take up to `limit` rows of the agenda that are due at `now` and plan them; return how many there were.

    Safe to call at any time, by any number of workers: a slot is written once, whoever plans it.
    """
    async with store.begin() as records:
        looks = await records.claim_looks(now, limit)
        if looks:
            await _plan(records, looks, prompts, now)
    return len(looks)


async def _plan(records: Records, looks: list[Look], prompts: tuple[Prompt, ...], now: datetime) -> None:
    pairs = await records.pairs_by_id({look.pair_id for look in looks if look.pair_id})
    members = await records.members_by_id({(look.person_id, look.program_id) for look in looks if look.person_id})
    nudges: list[Nudge] = []
    again: list[tuple[Look, datetime | None]] = []
    for look in looks:
        decision, program = _look_at(look, pairs, members, prompts, now)
        if program is not None:
            nudges += _nudges(decision.due, program, now)
        again.append((look, decision.look_again))
    await records.put_nudges(nudges)
    await records.look_again(again)


def _look_at(
    look: Look,
    pairs: dict[str, Pair],
    members: dict[tuple[str, str], Member],
    prompts: tuple[Prompt, ...],
    now: datetime,
) -> tuple[Decision, Program | None]:
    """Ask the rules about one row; a pair or member that is no more has nothing due, now or ever."""
    if look.pair_id is not None and (pair := pairs.get(look.pair_id)):
        return decide(pair_timetable(pair), now), pair.program
    if look.person_id is not None and (member := members.get((look.person_id, look.program_id))):
        return decide(member_timetable(member, prompts, member.person.today(now)), now), member.program
    return Decision((), None), None


def _nudges(due: Iterable[Entry], program: Program, now: datetime) -> list[Nudge]:
    """Turn what may be said into nudges for the person's next decent moment; none where that would be too late."""
    nudges = []
    for entry in due:
        if entry.slot.rule in entry.person.preferences.muted:
            continue
        moment = speaking_for(entry.person, program).next_moment(now)
        if moment is not None and moment < entry.ends:
            nudges.append(nudge_of(entry, program, moment))
    return nudges


def nudge_of(entry: Entry, program: Program, not_before: datetime) -> Nudge:
    """Make the nudge of an entry."""
    return Nudge(
        slot=entry.slot,
        program_id=program.id,
        person_id=entry.person.id,
        lane=entry.lane,
        not_before=not_before,
        too_late=entry.ends,
        pair_id=entry.pair_id,
        facts=dict(entry.facts),
    )
