"""Plan: look at what is due, ask the rules, write nudges and the next looks. One transaction a batch."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.domain.nudges import Entry, Nudge, decide
from bot.domain.people import Member, Pair
from bot.domain.program import Program
from bot.domain.release import OF_OTHER_DAYS, speaking_for
from bot.domain.rules import Prompt, member_timetable, pair_timetable
from bot.usecases.ports import Look, Records, Store

BATCH = 100  # rows: some 20 ms of rules, in which nobody else gets a turn, and one short transaction


async def plan_nudges(store: Store, prompts: tuple[Prompt, ...], now: datetime, limit: int = BATCH) -> int:
    """Take up to `limit` rows of the agenda that are due at `now` and plan them; return how many there were.

    Safe to call at any time, by any number of workers: a slot is written once, whoever plans it. Between two batches
    it is everybody else's turn.
    """
    async with store.begin() as records:
        looks = await records.claim_looks(now, limit)
        if looks:
            await _plan(records, looks, prompts, now)
    await asyncio.sleep(0)
    return len(looks)


async def _plan(records: Records, looks: list[Look], prompts: tuple[Prompt, ...], now: datetime) -> None:
    subjects = await records.looked_at(looks)
    nudges: list[Nudge] = []
    again: list[tuple[Look, datetime | None]] = []
    for look in looks:
        subject = subjects.get(look.id)
        if subject is None:  # a pair or member that is no more has nothing due, now or ever
            again.append((look, None))
            continue
        decision = decide(_timetable(subject, prompts, now), now)
        nudges += _nudges(decision.due, subject.program, now)
        again.append((look, decision.look_again))
    await records.put_nudges(nudges)
    await records.look_again(again)


def _timetable(subject: Pair | Member, prompts: tuple[Prompt, ...], now: datetime) -> Iterator[Entry]:
    if isinstance(subject, Pair):
        return pair_timetable(subject)
    return member_timetable(subject, prompts, subject.person.today(now))


def _nudges(due: Iterable[Entry], program: Program, now: datetime) -> Iterator[Nudge]:
    """Turn what may be said into nudges for the person's next decent moment; none where that would be too late."""
    moments: dict[tuple[str, str], datetime | None] = {}
    for entry in due:
        person = entry.person
        chosen = person.preferences
        if (chosen.muted or chosen.snoozed) and not chosen.wants(entry.slot.rule, person.today(now)):
            continue
        rule = entry.slot.rule
        key = person.id, rule if rule in OF_OTHER_DAYS else ""
        if key not in moments:
            moments[key] = speaking_for(person, program, rule=rule).next_moment(now)
        moment = moments[key]
        if moment is not None and moment < entry.ends:
            yield nudge_of(entry, program, moment)


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
