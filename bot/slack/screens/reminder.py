"""The answer to a reminder that asks for patience: not yet, ask me on a day."""

import re
from datetime import date

from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Visit
from bot.usecases.answer_reminder import remind_on
from bot.usecases.phrasing import day_words

# -- not yet ------------------------------------------------------------------------------------------------------


def read_day(action: dict[str, str]) -> tuple[str, date | None]:
    """Return the pair's id and the day that was picked: the inverse of `blocks.button_of` for a button that picks."""
    picked = action.get("selected_date")
    return action["action_id"].partition(":")[2], date.fromisoformat(picked) if picked else None


async def not_yet(visit: Visit) -> None:
    """Let the reminder rest until the day that was picked."""
    pair_id, day = read_day(visit.action)
    if day is None:
        return
    pair = visit.pair(pair_id)
    await remind_on(visit.world, pair, visit.person, day)
    log = b.button("log_meeting", visit.world.words.say("buttons.log_meeting"), pair.id)
    await _settle_or_tell(visit, visit.world.words.say("reminder_answers.not_yet", day=day_words(day)), [log])


# -- small bits ---------------------------------------------------------------------------------------------------


async def link(visit: Visit) -> None:
    """Do nothing more: a link was opened, and Slack has its acknowledgement."""


async def _settle_or_tell(visit: Visit, said: str, buttons: list[b.Element]) -> None:
    if not await visit.settle(said, buttons):
        await visit.tell(said)


def register(doors: Doors) -> None:
    """Open the doors of this screen."""
    doors.action(re.compile(r"^not_yet:"), not_yet)
    doors.action(re.compile(r"^link_"), link)
