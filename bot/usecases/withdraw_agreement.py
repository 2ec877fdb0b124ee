"""Take back a change of the agreement that waits for signatures: what both have signed stands as it did all along.

Whoever suggested it takes it back, and may bring it back: until then it is kept for them alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.agreements import Agreement
from bot.domain.drafts import Draft
from bot.domain.people import Pair, Person
from bot.domain.terms import FIELDS, fields_of, print_of, terms_of
from bot.usecases.agreement_news import tell_back, tell_withdrawn
from bot.usecases.ports import Records
from bot.usecases.see_agreement import latest
from bot.usecases.world import World

TAKEN_BACK = "agreement_taken_back"
VERSION, MENTOR, MENTEE = "version", "mentor_signed", "mentee_signed"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The versions as they are on record now. `moved`: it was changed or signed meanwhile, so nothing was done."""

    versions: tuple[Agreement, ...]
    moved: bool = False


def may_withdraw(versions: Sequence[Agreement], by: Person) -> bool:
    """Tell whether there is a change to take back: one that waits beside a version that holds, in `by`'s own words."""
    newest = latest(versions)
    return newest is not None and not newest.in_force and len(versions) > 1 and newest.edited_by == by.id


async def withdraw_agreement(world: World, pair: Pair, by: Person, version: int, seen: str) -> Withdrawn:
    """Take back the change `version` with the words that `seen` stands for (see `print_of`). Safe to call twice.

    The partner hears of it where they have heard of the change, and nothing at all where they have not.
    """
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        versions = await records.agreements(pair.id)
        newest = latest(versions)
        if newest is None or not may_withdraw(versions, by):
            return Withdrawn(tuple(versions), moved=True)
        if newest.version != version or print_of(newest.terms) != seen:
            return Withdrawn(tuple(versions), moved=True)
        await records.put_draft(_kept(newest, by, now))
        await records.remove_agreement(newest.id)
        await tell_withdrawn(records, pair, by, newest, now)
        await records.look_now(now, pair_id=pair.id)
    return Withdrawn(tuple(versions[:-1]))


async def bring_back_agreement(world: World, pair: Pair, by: Person) -> Withdrawn:
    """Let the change that `by` took back wait again, as it was, with whatever was signed of it. Safe to call twice."""
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        versions = await records.agreements(pair.id)
        draft = await records.draft(by.id, TAKEN_BACK, pair.id)
        if draft is None or not _fits(draft, versions):
            return Withdrawn(tuple(versions), moved=True)
        again = await records.put_agreement(_agreement_of(draft.fields, pair, by, now))
        await records.drop_draft(by.id, TAKEN_BACK, pair.id)
        await tell_back(records, pair, by, again, now)
        await records.look_now(now, pair_id=pair.id)
    return Withdrawn((*versions, again))


async def may_bring_back(records: Records, pair: Pair, by: Person, versions: Sequence[Agreement]) -> bool:
    """Tell whether a change that `by` took back can wait again: nothing else was suggested or signed since."""
    draft = await records.draft(by.id, TAKEN_BACK, pair.id)
    return draft is not None and _fits(draft, versions)


def _fits(draft: Draft, versions: Sequence[Agreement]) -> bool:
    newest = latest(versions)
    return newest is not None and newest.in_force and newest.version + 1 == int(draft.fields[VERSION])


def _kept(agreement: Agreement, by: Person, now: datetime) -> Draft:
    told = {
        VERSION: str(agreement.version),
        MENTOR: agreement.mentor_signed.isoformat() if agreement.mentor_signed else "",
        MENTEE: agreement.mentee_signed.isoformat() if agreement.mentee_signed else "",
    }
    return Draft(by.id, TAKEN_BACK, agreement.pair_id, {**told, **fields_of(agreement.terms)}, now)


def _agreement_of(kept: Mapping[str, str], pair: Pair, by: Person, now: datetime) -> Agreement:
    terms = terms_of({name: kept.get(name, "") for name in FIELDS})
    fresh = Agreement(pair.id, int(kept[VERSION]), terms, by.id, now)
    return replace(fresh, mentor_signed=_moment(kept[MENTOR]), mentee_signed=_moment(kept[MENTEE]))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
