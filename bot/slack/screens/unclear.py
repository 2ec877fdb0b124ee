"""[Send again] and [Let it be]: what a coordinator says to a message that may not have arrived."""

from bot.slack.doors import Doors
from bot.slack.visit import Visit
from bot.usecases.decide_unknown import decide_unknown


async def say_again(visit: Visit) -> None:
    """[Send again]: at the person's next decent hour, with words that it may have come before."""
    await _decide(visit, again=True)


async def let_be(visit: Visit) -> None:
    """[Let it be]: nobody is troubled a second time."""
    await _decide(visit, again=False)


async def _decide(visit: Visit, *, again: bool) -> None:
    """Decide, and say so in the place of the buttons. Home is drawn anew without it, which says enough."""
    decided = await decide_unknown(visit.world, visit.current, visit.value, say_again=again)
    if "view" in visit.body:
        return
    key = "unclear.before" if not decided else "unclear.again" if again else "unclear.let_be"
    said = visit.world.words.say(key)
    if not await visit.settle(said):
        await visit.tell(said)


def register(doors: Doors) -> None:
    """Answer the buttons on Home and in the status."""
    doors.action("say_again", say_again)
    doors.action("let_be", let_be)
