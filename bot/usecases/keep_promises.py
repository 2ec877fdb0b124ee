"""Promises: what one of a pair will do, perhaps by a day. Kept, marked as done, dropped; for the two only."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.appointments import Promise
from bot.domain.nudges import Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.news import tell_news
from bot.usecases.phrasing import first_name
from bot.usecases.ports import Records
from bot.usecases.world import World

LONGEST_PROMISE = 300
MOST_OPEN = 12


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """What somebody writes down as a next step: `owner_id` is one of the two."""

    what: str
    owner_id: str
    due: date | None = None


async def keep_promise(
    world: World, pair: Pair, by: Person, draft: PromiseDraft, *, promise_id: str | None = None
) -> Promise:
    """Keep a next step of `pair`; `promise_id` changes that one. The same words of the same owner are one.

    Raises RuleBroken, at its field, for empty words, a day that has passed, and more than can be kept in mind.
    """
    now = world.now()
    what = " ".join(draft.what.split())[:LONGEST_PROMISE]
    if not what:
        raise world.broken("promise_empty", "what")
    if draft.due is not None and draft.due < by.today(now):
        raise world.broken("promise_past", "due")
    owner_id = draft.owner_id if pair.has(draft.owner_id) else by.id
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        kept = await _promises(records, pair)
        known = _of_id(world, kept, promise_id) if promise_id else _same(kept, what, owner_id)
        if known is None and sum(one.done_at is None for one in kept) >= MOST_OPEN:
            raise world.broken("promises_full", "what", count=str(MOST_OPEN))
        base = known or Promise(pair.id, what, owner_id, by.id, now)
        kept_now = await records.put_promise(replace(base, what=what, owner_id=owner_id, due=draft.due))
        if kept_now != known:
            await tell_owner(records, pair, by, kept_now, now)
        return kept_now


async def tell_owner(records: Records, pair: Pair, by: Person, promise: Promise, now: datetime) -> None:
    """Tell the partner of `by` what they are to do; what one does oneself, and what is done, is no news."""
    partner = pair.partner_of(by.id)
    if promise.owner_id != partner.id or promise.done_at is not None:
        return
    slot = Slot(Rule.NEXT_STEP, pair.key, f"{promise.id}/{promise.mark}", partner.key)
    await tell_news(records, slot, partner, pair, now, facts={"promise": promise.id, "mark": promise.mark})


async def mark_promise(world: World, pair: Pair, promise_id: str, *, done: bool) -> Promise:
    """Mark a next step as done, or as open again; either of the two may. Safe to call twice."""
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        promise = _of_id(world, await _promises(records, pair), promise_id)
        if done == (promise.done_at is not None):
            return promise
        return await records.put_promise(replace(promise, done_at=world.now() if done else None))


async def drop_promise(world: World, pair: Pair, promise_id: str) -> Promise:
    """Let a next step go; return what it was. Raises RuleBroken where it is gone already."""
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        promise = _of_id(world, await _promises(records, pair), promise_id)
        await records.remove_promise(promise.id)
        return promise


async def promises_of(world: World, pair: Pair) -> list[Promise]:
    """Return a pair's promises, oldest first."""
    async with world.store.begin() as records:
        return await _promises(records, pair)


async def keep_next_step(
    records: Records, pair: Pair, by: Person, meeting_id: str, what: str, now: datetime
) -> Promise | None:
    """Let what somebody wrote under "What next?" be a promise, theirs unless it begins with the partner's name.

    The same meeting's words, changed, change the promise; without words nothing is promised, and an open promise of
    theirs from that meeting is let go. Safe to call twice.
    """
    what = " ".join(what.split())[:LONGEST_PROMISE]
    own = [one for one in await _promises(records, pair) if one.set_by == by.id]
    mine = [one for one in own if one.meeting_id == meeting_id]
    still = next((one for one in mine if one.done_at is None), None)
    if not what:
        if still is not None:
            await records.remove_promise(still.id)
        return None
    if any(one.what == what for one in (*mine, *(one for one in own if one.done_at is None))):
        return still
    fresh = Promise(pair.id, what, by.id, by.id, now, meeting_id=meeting_id)
    return await records.put_promise(replace(still or fresh, what=what, owner_id=_owner(what, pair, by)))


async def forget_next_steps(records: Records, pair: Pair, by: Person, meeting_id: str) -> None:
    """Let go what `by` promised at a meeting and is still open: for a meeting, or a word, that is taken back."""
    for one in await _promises(records, pair):
        if one.meeting_id == meeting_id and one.set_by == by.id and one.done_at is None:
            await records.remove_promise(one.id)


async def carry_promises(records: Records, pair: Pair, gone_id: str, to: str) -> None:
    """Let what was promised at one meeting be promised at another one, which it has become one with."""
    for one in await _promises(records, pair):
        if one.meeting_id == gone_id:
            await records.put_promise(replace(one, meeting_id=to))


def _owner(what: str, pair: Pair, by: Person) -> str:
    """Return whose a next step is: "Tom sends the list", written by Maya, is Tom's."""
    partner = pair.partner_of(by.id)
    first = what.split()[0].strip(",.:;").casefold()
    return partner.id if first == first_name(partner.name).casefold() else by.id


async def _promises(records: Records, pair: Pair) -> list[Promise]:
    return (await records.promises([pair.id])).get(pair.id, [])


def _of_id(world: World, promises: list[Promise], promise_id: str) -> Promise:
    for promise in promises:
        if promise.id == promise_id:
            return promise
    raise world.broken("promise_gone")


def _same(promises: list[Promise], what: str, owner_id: str) -> Promise | None:
    return next((one for one in promises if one.done_at is None and (one.what, one.owner_id) == (what, owner_id)), None)
