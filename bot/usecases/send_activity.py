"""Send an activity to the partner: one line, once, at a decent hour of theirs; the two do it next, until they have met.

To send the same one twice changes nothing, and what was heard before it is taken back stays heard.
"""

from datetime import timedelta

from bot.content.activities import Activity
from bot.domain.nudges import Rule, Slot
from bot.domain.people import Pair, Person
from bot.domain.replies import Question, Reply
from bot.usecases.news import tell_news
from bot.usecases.world import World

ALL_THAT_WAITS = timedelta(days=60)


async def send_activity(world: World, pair: Pair, by: Person, activity: Activity) -> None:
    """Let the partner know of `activity`. Safe to call twice: each of the two sends it once."""
    now, partner = world.now(), pair.partner_of(by.id)
    async with world.store.begin() as records:
        await records.put_reply(Reply(pair.id, by.id, Question.TOPIC, activity.key, now))
        await tell_news(records, _slot(pair, partner, activity), partner, pair, now, facts={"activity": activity.key})


async def take_back_activity(world: World, pair: Pair, by: Person, activity: Activity) -> None:
    """Suggest nothing any more; what the partner has not heard of yet, they do not hear of."""
    now, partner = world.now(), pair.partner_of(by.id)
    async with world.store.begin() as records:
        await records.put_reply(Reply(pair.id, by.id, Question.TOPIC, "", now))
        waiting = await records.open_nudges([(partner.id, pair.program.id)], now + ALL_THAT_WAITS)
        unheard = [nudge.id for nudge in waiting if nudge.slot == _slot(pair, partner, activity)]
        await records.close_nudges(unheard, "withdrawn")


def _slot(pair: Pair, partner: Person, activity: Activity) -> Slot:
    return Slot(Rule.IDEA_SENT, pair.key, activity.key, partner.key)
