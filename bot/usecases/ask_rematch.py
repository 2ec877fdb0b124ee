"""Ask for a new partner after a pair that ends early: the request and where it stands. The matching comes later."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.endings import Rematch, RematchState, weeks_left
from bot.domain.nudges import Rule
from bot.domain.people import Member, Pair, Person
from bot.domain.privacy import rematch_for
from bot.domain.program import Role
from bot.usecases.confide import coordinators_beside, has_heard, tell_of, unsaid
from bot.usecases.ports import Records
from bot.usecases.world import World

FORM = "rematch"  # under which what is typed is kept
LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """A request for a new partner, with the pair that it comes after, as somebody who looks after them sees it."""

    rematch: Rematch
    pair: Pair
    weeks: int

    @property
    def asker(self) -> Person:
        """Who would like a new partner."""
        return self.pair.one(self.rematch.person_id)


def weeks_remaining(pair: Pair, by: Person, now: datetime) -> int:
    """Return how many whole weeks of the program remain once the pair has ended."""
    return weeks_left(max(pair.span.last, by.today(now)), pair.program.span.last)


def rematchable(member: Member) -> list[Pair]:
    """Return the person's own pairs that end early or have ended early: after those one may ask for a new partner."""
    return [pair for pair in member.pairs if pair.ending is not None]


async def rematch_of(records: Records, pair: Pair, person: Person) -> Rematch | None:
    """Return what somebody has asked for after this pair, whatever became of it."""
    asked = await records.rematches(pair.program.id)
    return next((one for one in asked if (one.pair_id, one.person_id) == (pair.id, person.id)), None)


async def ask_rematch(world: World, pair: Pair, by: Person, words: str) -> Rematch:
    """Note that `by` would like a new partner, and tell the liaison and those who coordinate; the partner is not told.

    Asking again changes the words. Raises RuleBroken for a pair that does not end early, and for words that are too
    many.
    """
    now = world.now()
    if pair.ending is None:
        raise world.broken("rematch_no_ending")
    if len(words) > LONGEST_WORDS:
        raise world.broken("words_too_long", "words", count=str(LONGEST_WORDS))
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        await records.drop_draft(by.id, FORM, pair.id)
        known = await rematch_of(records, pair, by)
        if known is not None and known.state.is_open:
            return await records.put_rematch(replace(known, words=words.strip()))
        asked = Rematch(pair.program.id, by.id, pair.id, now, words=words.strip(), id=known.id if known else "")
        asked = await records.put_rematch(asked)
        for hearer, follows in await _hearers(records, pair):
            occurrence, facts = _occurrence(asked, by), {"person": by.id}
            await tell_of(records, pair, hearer, Rule.REMATCH, occurrence, now, facts, follows=follows)
    return asked


async def take_back_rematch(world: World, pair: Pair, by: Person) -> bool:
    """Take the request back; return whether there was one. Who has heard of it is told so, and nobody else."""
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        asked = await rematch_of(records, pair, by)
        if asked is None or not asked.state.is_open:
            return False
        await _drop(records, pair, asked, now)
    return True


async def drop_wishes(records: Records, pair: Pair, now: datetime) -> list[Person]:
    """Take the open requests of a locked pair back, since it goes on; return who had asked."""
    asked = [one for one in await records.rematches(pair.program.id) if one.pair_id == pair.id and one.state.is_open]
    for one in asked:
        await _drop(records, pair, one, now)
    return [pair.one(one.person_id) for one in asked]


async def _drop(records: Records, pair: Pair, asked: Rematch, now: datetime) -> None:
    """Take a request back: who has heard of it is told so, and its asker hears no more of where it stood."""
    by = pair.one(asked.person_id)
    await records.put_rematch(replace(asked, state=RematchState.TAKEN_BACK))
    hearers, occurrence = await _hearers(records, pair), _occurrence(asked, by)
    await unsaid(records, pair, [hearer for hearer, _ in hearers], Rule.REMATCH, occurrence, now)
    await unsaid(records, pair, [by], Rule.REMATCH, f"{occurrence}/{RematchState.SEEN}", now)
    for hearer, follows in hearers:
        if await has_heard(records, pair, hearer, Rule.REMATCH, occurrence):
            off, facts = f"{occurrence}/off", {"person": by.id}
            await tell_of(records, pair, hearer, Rule.REMATCH, off, now, facts, follows=follows)


def _occurrence(asked: Rematch, by: Person) -> str:
    return f"{by.key}/{asked.at:%Y-%m-%dT%H:%M:%S}"


async def _tell_asker(records: Records, pair: Pair, marked: Rematch, now: datetime) -> None:
    """Let who asked hear where it stands by now, and not what has not reached them of before."""
    by = pair.one(marked.person_id)
    occurrence = _occurrence(marked, by)
    await unsaid(records, pair, [by], Rule.REMATCH, f"{occurrence}/{RematchState.SEEN}", now)
    news, facts = f"{occurrence}/{marked.state}", {"person": by.id}
    await tell_of(records, pair, by, Rule.REMATCH, news, now, facts, follows=True)


async def _hearers(records: Records, pair: Pair) -> list[tuple[Person, bool]]:
    liaison = [(pair.confidant, True)] if pair.confidant is not None else []
    return [*liaison, *((one, False) for one in await coordinators_beside(records, pair))]


# -- for those who find a partner ---------------------------------------------------------------------------------


async def open_wishes(world: World, member: Member) -> list[Wish]:
    """Return who would like a new partner, oldest first, as a coordinator or liaison may see it; not their own."""
    now = world.now()
    coordinates = Role.COORDINATOR in member.roles
    async with world.store.begin() as records:
        asked = [one for one in await records.rematches(member.program.id) if one.state.is_open]
        pairs = await records.pairs(member.program.id) if coordinates and asked else member.watched
    by_id = {pair.id: pair for pair in pairs if not pair.has(member.person.id)}
    seen = (
        (rematch_for(one, member.person.id, by_id[one.pair_id], coordinates=coordinates), by_id[one.pair_id])
        for one in asked
        if one.pair_id in by_id
    )
    return [Wish(one, pair, weeks_remaining(pair, member.person, now)) for one, pair in seen if one is not None]


async def mark_rematch(world: World, member: Member, rematch_id: str, state: RematchState) -> Wish:
    """Note that a request has been seen, or close it, and tell who asked.

    Raises RuleBroken for one that is not open to this person.
    """
    if Role.COORDINATOR not in member.roles:
        raise world.broken("rematch_gone")
    wish = next((one for one in await open_wishes(world, member) if one.rematch.id == rematch_id), None)
    if wish is None:
        raise world.broken("rematch_gone")
    async with world.store.begin() as records:
        await records.lock_pair(wish.pair.id)
        asked = await rematch_of(records, wish.pair, wish.asker)
        if asked is None or not asked.state.is_open:
            raise world.broken("rematch_gone")
        marked = await records.put_rematch(replace(asked, state=state))
        await _tell_asker(records, wish.pair, marked, world.now())
    return replace(wish, rematch=marked)
