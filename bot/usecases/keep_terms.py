"""Keep what somebody types into the form of an agreement while they type it, so that nothing is lost."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.people import Pair, Person
from bot.domain.terms import Fields, fields_of
from bot.usecases.agreement_sheet import FORM, Sheet, draft_of, sheet_of
from bot.usecases.ports import Records
from bot.usecases.see_agreement import latest_terms
from bot.usecases.world import World


async def begin_terms(world: World, pair: Pair, person: Person, *, view: str = "", step: int = 0) -> Sheet:
    """Return the sheet that a form is to show: where the person was, or what stands on record."""
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        theirs = fields_of(latest_terms(await records.agreements(pair.id)))
        known = await sheet_on_record(records, pair, person)
        fresh = Sheet(pair.id, person.id, world.now(), shown=theirs)
        sheet = known.on(theirs) if known is not None and known.is_changed else fresh
        sheet = replace(sheet, offer=known.offer if known else "", view=view or sheet.view, step=max(step, sheet.step))
        await records.put_draft(draft_of(sheet))
    return sheet


async def keep_typed(
    world: World, pair: Pair, person: Person, values: Fields, *, others: Fields, stamp: str, view: str, step: int
) -> None:
    """Keep what was just typed (`values`, heard at `stamp`), and of the `others` what was not heard before.

    Slack brings many at once and in any order: the newest stays. What comes after a page was left, or after the terms
    were saved, is older than what is kept.
    """

    def typed(sheet: Sheet) -> Sheet:
        if sheet.is_late(view, step):
            return sheet
        return sheet.with_typed(values, stamp).with_unheard(others)

    await _change(world, pair, person, typed)


async def keep_page(
    world: World, pair: Pair, person: Person, values: Fields, *, page: str, view: str, step: int
) -> Sheet:
    """Keep a whole page as it stands, and that the form is on `page` now.

    `step` counts the pages that were shown; a page that stays open keeps its own. Safe to call twice.
    """

    def left(sheet: Sheet) -> Sheet:
        at_least = sheet.step if view == sheet.view else 0
        return replace(sheet, typed={**sheet.typed, **values}, page=page, view=view, step=max(step, at_least))

    return await _change(world, pair, person, left, anew=True) or Sheet(pair.id, person.id, world.now())


async def keep_offer(world: World, pair: Pair, person: Person, offer: str) -> None:
    """Remember the message that offers to go on."""
    await _change(world, pair, person, lambda sheet: replace(sheet, offer=offer))


async def throw_away(world: World, pair: Pair, person: Person) -> Sheet | None:
    """Forget what was typed; return it, for the message that has offered to go on. Safe to call twice."""
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        sheet = await sheet_on_record(records, pair, person)
        await records.drop_draft(person.id, FORM, pair.id)
    return sheet


async def unsaved(world: World, pair: Pair, person: Person) -> Sheet | None:
    """Return what somebody has typed and not saved; None where nothing would be lost."""
    async with world.store.begin() as records:
        sheet = await sheet_on_record(records, pair, person)
    return sheet if sheet is not None and sheet.is_changed else None


async def sheet_on_record(records: Records, pair: Pair, person: Person) -> Sheet | None:
    """Return the sheet as it is kept."""
    draft = await records.draft(person.id, FORM, pair.id)
    return sheet_of(draft) if draft is not None else None


async def _change(
    world: World, pair: Pair, person: Person, change: Callable[[Sheet], Sheet], *, anew: bool = False
) -> Sheet | None:
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        known = await sheet_on_record(records, pair, person)
        if known is None and not anew:  # saved or thrown away in the meantime
            return None
        sheet = replace(change(known or Sheet(pair.id, person.id, world.now())), at=world.now())
        await records.put_draft(draft_of(sheet))
    return sheet
