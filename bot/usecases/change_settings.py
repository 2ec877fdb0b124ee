"""Change settings: hours of one's own, and which kinds of message are wanted."""

from collections.abc import Iterable
from datetime import date

from bot.domain.choices import SNOOZE, asleep_until, with_kind, without_kind
from bot.domain.days import MIDNIGHT
from bot.domain.people import Person, Preferences
from bot.usecases.world import World


async def not_this_kind(world: World, person: Person, kind: str) -> None:
    """Switch one kind of message off; what is planned already does not come."""
    await change_settings(world, person, without_kind(person.preferences, kind))


async def snooze_kind(world: World, person: Person, kind: str) -> date:
    """Let one kind of message sleep for two weeks; return the last day on which it does."""
    until = person.today(world.now()) + SNOOZE
    await change_settings(world, person, asleep_until(person.preferences, kind, until))
    return until


async def wake_kinds(world: World, person: Person, kinds: Iterable[str]) -> None:
    """Let kinds of message come again, whether they were switched off or asleep."""
    chosen = person.preferences
    for kind in kinds:
        chosen = with_kind(chosen, kind)
    await change_settings(world, person, chosen)


async def change_settings(world: World, person: Person, preferences: Preferences) -> None:
    """Record what `person` chose; what is planned already is held against it when it goes out.

    Raises RuleBroken for hours that do not end after they begin, or without a day.
    """
    hours = preferences.hours
    if hours is not None and hours.start >= hours.end != MIDNIGHT:
        raise world.broken("hours_reversed", "end")
    if hours is not None and not hours.days:
        raise world.broken("hours_no_day", "days")
    async with world.store.begin() as records:
        await records.put_preferences(person.id, preferences)
        await records.look_now(world.now(), person_id=person.id)
