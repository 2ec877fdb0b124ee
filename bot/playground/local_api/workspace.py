"""The workspace as a whole: its state and its clock."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.playground.desk import sights
from bot.playground.local_api.requests import body_of, number_in, refusing
from bot.playground.refusals import ActRefused
from bot.playground.workspace.pace import FASTEST
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground

LAST = datetime(9000, 1, 1, tzinfo=UTC)


class WorkspaceRoutes:
    """What belongs to nobody in particular."""

    def __init__(self, playground: "Playground"):
        self._playground = playground
        self._slack = playground.slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_get("/playground/state", refusing(self.state))
        router.add_post("/playground/clock", refusing(self.clock))

    async def state(self, request: web.Request) -> Json:
        """The workspace as a whole."""
        slack = self._slack
        return {
            "revision": slack.bell.revision,
            "team": sights.team_seen(slack),
            "app": sights.app_seen(slack),
            "clock": await self._clock_seen(),
            "limits": slack.limits.on,
            "faults": [fault.shown() for fault in slack.faults],
            "connected": slack.deliveries.connected,
            "anew": self._playground.hooks.anew if self._playground.hooks else "",
            "people": [sights.person_seen(slack, person) for person in slack.workspace.people.values()],
            "channels": sights.rooms_seen(slack),
        }

    async def clock(self, request: web.Request) -> Json:
        """The clock is moved, or begins to run, or stands."""
        walk, body = self._playground.walk, await body_of(request)
        if "speed" in body:
            self._playground.run_clock(number_in(body, "speed", 0, most=FASTEST))
        elif body.get("next") is True:
            await walk.to_next()
        elif "to" in body:
            await walk.to(_reachable(_moment(body["to"], self._slack.zone)))
        else:
            await walk.to(_reachable(_later(self._slack.clock.now(), body.get("by"), ZoneInfo(self._slack.zone))))
        return {"clock": await self._clock_seen()}

    async def _clock_seen(self) -> Json:
        walk = self._playground.walk
        due = None if walk.moving else await walk.next_due()
        return {
            "now": self._slack.clock.now().isoformat(),
            "zone": self._slack.zone,
            "next": due.isoformat() if due else None,
            "moving": walk.moving,
            "steps": walk.hooks is not None,
            "stuck": walk.stuck.isoformat() if walk.stuck else None,
            "speed": self._playground.pace.speed,
        }


def _reachable(moment: datetime) -> datetime:
    """The moment itself, unless the calendar ends too soon behind it for every zone to tell its time."""
    if moment > LAST:
        raise ActRefused("invalid_time", f"The clock goes as far as {LAST:%Y}.")
    return moment


def _moment(text: Any, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ActRefused("invalid_time", "That is no ISO time.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _later(now: datetime, by: Any, zone: ZoneInfo) -> datetime:
    """So much later: a day on is the same time on the wall there, an hour on is sixty minutes."""
    try:
        same_wall_time = now.astimezone(zone) + timedelta(days=by.get("days", 0))
        return same_wall_time.astimezone(UTC) + timedelta(hours=by.get("hours", 0), minutes=by.get("minutes", 0))
    except (AttributeError, TypeError, OverflowError):
        raise ActRefused("invalid_time", "Say `to`, `next`, or `by` with days, hours or minutes.") from None
