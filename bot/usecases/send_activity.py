"""Send an activity to the partner: one line, once, at their next decent hour."""

from bot.content.activities import Activity
from bot.domain.nudges import Rule, Slot
from bot.domain.people import Pair, Person
from bot.usecases.news import tell_news
from bot.usecases.world import World


async def send_activity(world: World, pair: Pair, by: Person, activity: Activity) -> None:
    """Let the partner know of `activity`. Safe to call twice: each of the two sends it once."""
    now, partner = world.now(), pair.partner_of(by.id)
    slot = Slot(Rule.IDEA_SENT, pair.key, activity.key, partner.key)
    async with world.store.begin() as records:
        await tell_news(records, slot, partner, pair, now, facts={"activity": activity.key})
