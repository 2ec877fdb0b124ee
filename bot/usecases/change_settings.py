"""Change settings: hours of one's own, and which kinds of message are wanted."""

from bot.domain.days import MIDNIGHT
from bot.domain.people import Person, Preferences
from bot.usecases.world import World


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
