"""Write an agreement: either of the two begins, the other completes, and nobody's words are overwritten unseen."""

from dataclasses import dataclass, replace

from bot.domain.agreements import Agreement, Terms
from bot.domain.least_time import short_at
from bot.domain.people import Pair, Person
from bot.domain.terms import Fields, Keep, NotTerms, fields_of, merged, print_of, settled, terms_of
from bot.usecases.agreement_news import tell_written
from bot.usecases.agreement_sheet import FORM, Sheet, draft_of
from bot.usecases.keep_terms import sheet_on_record
from bot.usecases.ports import Records
from bot.usecases.see_agreement import latest, latest_terms
from bot.usecases.world import World


@dataclass(frozen=True, slots=True)
class Written:
    """What saving came to: `changed` if anything is new on record. `offer` is the message that offered to go on."""

    versions: tuple[Agreement, ...]
    changed: bool
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Fields that both have changed, as each of them wrote them; nothing was saved. `seen` tells these words again."""

    names: tuple[str, ...]
    mine: Fields
    theirs: Fields
    seen: str


async def write_agreement(world: World, pair: Pair, by: Person) -> Written | Clash:
    """Save what `by` has typed as the version that waits; whatever was signed of it is to be signed anew.

    Terms that both have signed stay in force until both have signed the new version. Safe to call twice. Raises
    RuleBroken, at the field, for what cannot be.
    """
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        versions = await records.agreements(pair.id)
        theirs = latest_terms(versions)
        sheet = await sheet_on_record(records, pair, by) or Sheet(pair.id, by.id, world.now())
        found = merged(sheet.shown, sheet.typed, fields_of(theirs))
        if found.clashes:
            return Clash(found.clashes, found.fields, fields_of(theirs), print_of(theirs))
        terms = checked_terms(world, pair, found.fields)
        changed = terms != theirs
        if changed:
            versions = await _put(world, records, pair, by, terms, versions)
        await records.drop_draft(by.id, FORM, pair.id)
    return Written(tuple(versions), changed, sheet.offer)


async def settle_clash(world: World, pair: Pair, by: Person, keeps: dict[str, Keep], seen: str) -> Written | Clash:
    """Save with what `by` has decided about fields that both changed; asks again where they have changed since."""
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        theirs = latest_terms(await records.agreements(pair.id))
        sheet = await sheet_on_record(records, pair, by)
        if sheet is not None and print_of(theirs) == seen:
            await records.put_draft(draft_of(_decided(sheet, fields_of(theirs), keeps)))
    return await write_agreement(world, pair, by)


def checked_terms(world: World, pair: Pair, fields: Fields) -> Terms:
    """Read the terms; raises RuleBroken for what cannot be, and for less time than the program asks for."""
    try:
        terms = terms_of(fields)
    except NotTerms as wrong:
        raise world.broken(f"agreement_{wrong.why}", wrong.field) from None
    minimum = pair.program.minimum
    if (field := short_at(terms, minimum)) is not None:
        raise world.broken("agreement_short", field, minimum=str(minimum))
    return terms


def _decided(sheet: Sheet, theirs: Fields, keeps: dict[str, Keep]) -> Sheet:
    """Return the sheet as if it had been begun on their words."""
    own = {name: settled(name, sheet.typed.get(name, ""), theirs[name], keep) for name, keep in keeps.items()}
    untouched = sheet.shown or {name: theirs[name] for name in theirs}
    shown = {**untouched, **{name: theirs[name] for name in keeps}}
    return replace(sheet, shown=shown, typed={**sheet.typed, **own})


async def _put(
    world: World, records: Records, pair: Pair, by: Person, terms: Terms, versions: list[Agreement]
) -> list[Agreement]:
    now, newest = world.now(), latest(versions)
    waits = newest if newest is not None and not newest.in_force else None
    number = waits.version if waits else (newest.version if newest else 0) + 1
    fresh = Agreement(pair.id, number, terms, by.id, now, id=waits.id if waits else "")
    written = await records.put_agreement(fresh)
    await tell_written(records, pair, by, written, now, is_new=waits is None)
    await records.look_now(now, pair_id=pair.id)
    return [*(one for one in versions if one.version != number), written]
