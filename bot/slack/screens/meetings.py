"""Your meetings: a button shows the newest ones and turns to the older ones.

`/checkin list` and `/mentoring meetings` show the same.
"""

import re

from bot.slack.doors import Doors
from bot.slack.meeting_list import build_list, list_view, page_of, show_meetings
from bot.slack.visit import Visit


async def turn_page(visit: Visit) -> None:
    """Show another page in the place of the one that was clicked."""
    number = int(visit.value) if visit.value.isdecimal() and len(visit.value) < 4 else 0
    shown = build_list(visit.world.words, visit.person.id, await page_of(visit, number))
    if visit.body.get("view", {}).get("type") == "modal":
        await visit.update_view(list_view(shown))
    else:
        await visit.replace("", shown)


def register(doors: Doors) -> None:
    """Open the doors of this screen; `/checkin list` belongs to `/checkin` and is answered there."""
    doors.word("meetings", "meetings.help_word", show_meetings)
    doors.action("open_meetings", show_meetings)
    doors.action(re.compile(r"^turn_meetings:"), turn_page)
