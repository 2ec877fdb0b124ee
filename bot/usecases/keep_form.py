"""Keep what somebody types into a form while they type it, until it is sent or thrown away: for them alone.

What a form is about, its subject, begins with the id of its pair; more of it may follow after a slash.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.drafts import ANY_PAIR, Draft, Fields, HalfFilled, half_filled
from bot.domain.people import Person
from bot.usecases.ports import Records
from bot.usecases.world import World

NOTHING_TYPED = HalfFilled()


async def begin_form(
    world: World, person: Person, form: str, subject: str, shown: Fields, place: str | None = None
) -> HalfFilled:
    """Return what a form is to hold that shows `shown`: what the person typed before and did not send stands on it.

    `place` is what opened it; None, where they go on, keeps the one that was known.
    """

    def begun(known: HalfFilled) -> HalfFilled:
        return replace(known.on(shown), place=known.place if place is None else place)

    return await _change(world, person, form, subject, begun, anew=True)


async def keep_form(world: World, person: Person, form: str, subject: str, values: Fields, stamp: str) -> None:
    """Keep all that stood in a form at `stamp`. What comes after it was sent or thrown away is let go."""
    await _change(world, person, form, subject, lambda known: known.with_typed(values, stamp))


async def keep_page(world: World, person: Person, form: str, subject: str, values: Fields) -> HalfFilled:
    """Keep a form that was sent, before it is looked at: it may be refused, or another page may follow."""
    return await _change(world, person, form, subject, lambda known: replace(known, typed={**known.typed, **values}))


async def keep_words(world: World, person: Person, form: str, subject: str, values: Fields) -> None:
    """Keep words that were typed elsewhere, such as after a command, for the form."""
    await _change(
        world, person, form, subject, lambda known: replace(known, typed={**known.typed, **values}), anew=True
    )


async def keep_form_s_offer(world: World, person: Person, form: str, subject: str, offer: str) -> None:
    """Remember the message that offers to go on."""
    await _change(world, person, form, subject, lambda known: replace(known, offer=offer))


async def kept_in(world: World, person: Person, form: str, subject: str) -> HalfFilled:
    """Return what stands in a form that was begun."""
    async with world.store.begin() as records:
        return await _known(records, person, form, subject) or NOTHING_TYPED


async def throw_form_away(world: World, person: Person, form: str, subject: str, stamp: str = "") -> HalfFilled:
    """Forget what was typed into a form; return it. With a `stamp` the form stays open, as it was at first."""
    async with world.store.begin() as records:
        await _lock(records, subject)
        known = await _known(records, person, form, subject) or NOTHING_TYPED
        if stamp:
            empty = HalfFilled(known.shown, stamp=stamp)
            await records.put_draft(Draft(person.id, form, subject, empty.fields, world.now()))
        else:
            await records.drop_draft(person.id, form, subject)
    return known


async def _change(
    world: World,
    person: Person,
    form: str,
    subject: str,
    change: Callable[[HalfFilled], HalfFilled],
    *,
    anew: bool = False,
) -> HalfFilled:
    async with world.store.begin() as records:
        await _lock(records, subject)
        known = await _known(records, person, form, subject)
        if known is None and not anew:  # sent or thrown away in the meantime
            return NOTHING_TYPED
        changed = change(known or NOTHING_TYPED)
        await records.put_draft(Draft(person.id, form, subject, changed.fields, world.now()))
    return changed


async def _lock(records: Records, subject: str) -> None:
    pair_id, _, _ = subject.partition("/")
    if pair_id != ANY_PAIR:
        await records.lock_pair(pair_id)


async def _known(records: Records, person: Person, form: str, subject: str) -> HalfFilled | None:
    draft = await records.draft(person.id, form, subject)
    return half_filled(draft.fields) if draft is not None else None
