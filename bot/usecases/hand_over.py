"""Hand a pair over to another liaison: its history stays, and those concerned are told once."""

from dataclasses import dataclass

from bot.domain.endings import Handover
from bot.domain.nudges import Rule
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Role
from bot.usecases.confide import has_heard, pass_on, tell_of, unsaid
from bot.usecases.ports import Records
from bot.usecases.world import World


@dataclass(frozen=True, slots=True)
class Movable:
    """What somebody may hand over, in one program: these pairs, to these people."""

    member: Member
    pairs: tuple[Pair, ...]
    liaisons: tuple[Person, ...]

    @property
    def is_possible(self) -> bool:
        """Tell whether there is a pair, and a liaison in reach who does not follow it yet and is not one of it."""
        return any(self._may_follow(pair, person) for pair in self.pairs for person in self.liaisons)

    @staticmethod
    def _may_follow(pair: Pair, person: Person) -> bool:
        return not pair.has(person.id) and (pair.liaison is None or pair.liaison.id != person.id)


async def movable(world: World, member: Member) -> Movable:
    """Return the pairs that `member` may hand over: all for a coordinator, their own caseload for a liaison.

    Never the pair of which they are one: who looks after it is for others to say.
    """
    today = member.person.today(world.now())
    coordinates = Role.COORDINATOR in member.roles
    async with world.store.begin() as records:
        pairs = await records.pairs(member.program.id) if coordinates else member.watched
        members = await records.members(member.program.id) if pairs else ()
    under_way = [pair for pair in pairs if today <= pair.span.last and not pair.has(member.person.id)]
    liaisons = sorted((one.person for one in members if Role.LIAISON in one.roles), key=lambda one: one.name)
    reached = tuple(person for person in liaisons if not person.unreachable)
    first_who_needs_one = sorted(under_way, key=lambda pair: (not pair.needs_cover, pair.name))
    return Movable(member, tuple(first_who_needs_one), reached)


def check_handover(world: World, found: Movable, pair_id: str, to_id: str) -> tuple[Pair, Person]:
    """Return the pair and the new liaison; raises RuleBroken, at the field, where that cannot be."""
    pair = next((one for one in found.pairs if one.id == pair_id), None)
    if pair is None:
        raise world.broken("handover_pair", "pair")
    to = next((one for one in found.liaisons if one.id == to_id), None)
    if to is None:
        raise world.broken("handover_nobody", "to")
    if pair.has(to.id):
        raise world.broken("handover_own", "to")
    if pair.liaison is not None and pair.liaison.id == to.id:
        raise world.broken("handover_same", "to")
    return pair, to


async def hand_over(world: World, member: Member, pair_id: str, to_id: str) -> tuple[Pair, int]:
    """Give a pair to another liaison; return it as it was, and which handover of it this is.

    Told are both liaisons and the two, apart from who does it. Raises RuleBroken as check_handover does.
    """
    now = world.now()
    pair, to = check_handover(world, await movable(world, member), pair_id, to_id)
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        number = len(await records.handovers(pair.id)) + 1
        former = pair.liaison
        handover = Handover(pair.id, former.id if former else None, to.id, member.person.id, now)
        await records.hand_over(handover)
        await pass_on(records, pair, former, to, now)
        for hearer in _concerned(pair, to, former):
            if hearer.id != member.person.id:
                await _tell(records, pair, hearer, to, former, number, handover)
    return pair, number


async def undo_handover(world: World, member: Member, pair_id: str, number: int) -> bool:
    """Give a pair back; return whether this handover was still the newest. Told again is only who has heard of it."""
    now = world.now()
    found = await _pair_and_people(world, member, pair_id)
    if found is None:
        return False
    pair, people = found
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        made = await records.handovers(pair.id)
        if len(made) != number or made[-1].by != member.person.id:
            return False
        back = Handover(pair.id, made[-1].to_id, made[-1].from_id, member.person.id, now)
        to, former = people.get(back.to_id or ""), people.get(back.from_id or "")
        await records.hand_over(back)
        await pass_on(records, pair, former, to, now)
        concerned = _concerned(pair, to, former)
        await unsaid(records, pair, concerned, Rule.HANDOVER, str(number), now)
        for hearer in concerned:
            if await has_heard(records, pair, hearer, Rule.HANDOVER, str(number)):
                await _tell(records, pair, hearer, to, former, number + 1, back)
    return True


async def _pair_and_people(world: World, member: Member, pair_id: str) -> tuple[Pair, dict[str, Person]] | None:
    async with world.store.begin() as records:
        pair = next((one for one in await records.pairs(member.program.id) if one.id == pair_id), None)
        members = await records.members(member.program.id) if pair else ()
    return (pair, {one.person.id: one.person for one in members}) if pair else None


def _concerned(pair: Pair, to: Person | None, former: Person | None) -> list[Person]:
    return [one for one in (to, former, pair.mentor, pair.mentee) if one is not None]


async def _tell(
    records: Records, pair: Pair, hearer: Person, to: Person | None, former: Person | None, number: int, made: Handover
) -> None:
    """Let one of them hear; who follows the pair no more hears by names, since it is not theirs any more."""
    follows = pair.has(hearer.id) or (to is not None and hearer.id == to.id)
    facts = {"to": to.id if to else "", "name": to.name if to else "", "names": pair.name}
    if former is not None:
        facts["former"] = former.name
    await tell_of(records, pair, hearer, Rule.HANDOVER, str(number), made.at, facts, follows=follows)
