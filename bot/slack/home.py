"""Bring a person's App Home up to date: when they open it, and after their own changes once they have opened it."""

import asyncio

from slack_sdk.errors import SlackApiError

from bot.slack.home_view import build_home
from bot.slack.visit import Visit
from bot.usecases.see_home import see_home


async def publish_home(visit: Visit) -> None:
    """Publish the person's Home as things stand now; once more where another process was faster."""
    try:
        await _publish(visit)
    except SlackApiError as error:
        if error.response.get("error") != "hash_conflict":
            raise
        await _publish(visit)


async def _publish(visit: Visit) -> None:
    home = await see_home(visit.world, visit.workspace_id, visit.slack_id)
    await visit.client.views_publish(user_id=visit.slack_id, view=build_home(visit.world.composer, home))


class Homes:
    """Knows, for as long as the process lives, who has opened their Home: only theirs is brought up to date.

    One at a time for each person, so that what was seen last is what is published last.
    """

    def __init__(self) -> None:
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}

    async def opened(self, visit: Visit) -> None:
        """Publish for who opens their Home; the messages tab, opened, is none of its business."""
        if visit.notice.get("tab") != "home":
            return
        async with self._turns.setdefault((visit.workspace_id, visit.slack_id), asyncio.Lock()):
            await publish_home(visit)

    async def changed(self, visit: Visit) -> None:
        """Publish again for who has opened their Home before."""
        turn = self._turns.get((visit.workspace_id, visit.slack_id))
        if turn is not None:
            async with turn:
                await publish_home(visit)
