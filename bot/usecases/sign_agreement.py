"""Sign an agreement: it holds once both have signed the same words, and the reminders follow it at once."""

from dataclasses import dataclass, replace

from bot.domain.agreements import Agreement
from bot.domain.people import Pair, Person
from bot.domain.terms import fields_of, print_of
from bot.usecases.agreement_news import tell_signed
from bot.usecases.ports import Records
from bot.usecases.see_agreement import latest
from bot.usecases.world import World
from bot.usecases.write_agreement import checked_terms


@dataclass(frozen=True, slots=True)
class Signed:
    """The versions as they are on record now. `moved`: the words had changed meanwhile, so nothing was signed."""

    versions: tuple[Agreement, ...]
    moved: bool = False


async def sign_agreement(world: World, pair: Pair, by: Person, version: int, seen: str) -> Signed:
    """Sign `version` with the words that `seen` stands for (see `print_of`); no other words are ever signed.

    Safe to call twice. Raises RuleBroken for terms that do not say enough yet.
    """
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        versions = await records.agreements(pair.id)
        newest = latest(versions)
        if newest is None or newest.version != version or print_of(newest.terms) != seen:
            return Signed(tuple(versions), moved=True)
        if newest.in_force or signature_of(newest, pair, by):
            return Signed(tuple(versions))
        if newest.lacks:
            raise world.broken("agreement_incomplete")
        checked_terms(world, pair, fields_of(newest.terms))
        signed = await _sign(world, records, pair, by, newest)
    return Signed((*versions[:-1], signed))


def signature_of(agreement: Agreement, pair: Pair, person: Person) -> bool:
    """Tell whether one of the two has signed a version."""
    signed = agreement.mentor_signed if person.id == pair.mentor.id else agreement.mentee_signed
    return signed is not None


async def _sign(world: World, records: Records, pair: Pair, by: Person, agreement: Agreement) -> Agreement:
    now = world.now()
    if by.id == pair.mentor.id:
        signed = await records.put_agreement(replace(agreement, mentor_signed=now))
    else:
        signed = await records.put_agreement(replace(agreement, mentee_signed=now))
    if signed.in_force:
        await records.put_rhythm(pair.id, str(signed.terms.rhythm))
    await tell_signed(records, pair, by, signed, now)
    await records.look_now(now, pair_id=pair.id)
    return signed
