"""The playground's own HTTP API: all that the page does. README.md describes it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.playground.desk import acts, sights
from bot.playground.refusals import ActRefused
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground

CHOICES = (
    "selected_option",
    "selected_options",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
    "selected_channels",
    "rich_text_value",
    "value",
)
CHANGEABLE: tuple[str, ...] = ("name", "real_name", "tz", "email", "title", "deleted")
BREATH = 0.05  # seconds between two events of a stream: a burst of changes is one event
HEARTBEAT = 15.0
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalApi:
    """Answers the page, on the playground's behalf."""

    def __init__(self, playground: "Playground"):
        self._playground = playground
        self._slack = playground.slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_get("/playground/state", _refusing(self.state))
        router.add_get("/playground/calls", _refusing(self.calls))
        router.add_get("/playground/events", self.events)
        router.add_post("/playground/clock", _refusing(self.clock))
        router.add_get("/playground/people/{user}", _refusing(self.person))
        for verb in ("command", "message", "open", "click", "submit", "close", "change"):
            router.add_post(f"/playground/people/{{user}}/{verb}", _refusing(getattr(self, verb)))

    async def state(self, request: web.Request) -> Json:
        """The workspace as a whole."""
        slack = self._slack
        return {
            "revision": slack.bell.revision,
            "team": sights.team_seen(slack),
            "app": sights.app_seen(slack),
            "clock": await self._clock_seen(),
            "connected": slack.deliveries.connected,
            "people": [sights.person_seen(slack, person) for person in slack.workspace.people.values()],
        }

    async def person(self, request: web.Request) -> Json:
        """One person's screen."""
        person = acts.known(self._slack, _user(request))
        if request.query.get("read") == "1":
            acts.read(self._slack, person.id)
        return {"revision": self._slack.bell.revision, **sights.screen(self._slack, person)}

    async def command(self, request: web.Request) -> Json:
        """A typed command."""
        shown = await acts.type_command(self._slack, _user(request), _text(await _body(request), "text"))
        return {"shown": shown.shown() if shown else None}

    async def message(self, request: web.Request) -> Json:
        """A message to the app."""
        message = await acts.write(self._slack, _user(request), _text(await _body(request), "text"))
        return {"ts": message.ts}

    async def open(self, request: web.Request) -> Json:
        """The app is opened."""
        await acts.open_app(self._slack, _user(request), _text(await _body(request), "tab"))
        return {}

    async def click(self, request: web.Request) -> Json:
        """A button or a menu is used."""
        body = await _body(request)
        target = (_text(body, "block_id"), _text(body, "action_id"))
        choice = {name: body[name] for name in CHOICES if name in body}
        if "view" in body:
            await acts.click_view(self._slack, _user(request), _text(body, "view"), target, choice, _state(body))
        else:
            place = (_text(body, "channel"), _text(body, "ts"))
            await acts.click_message(self._slack, _user(request), place, target, choice)
        return {}

    async def submit(self, request: web.Request) -> Json:
        """A form is sent."""
        body = await _body(request)
        return {"errors": await acts.submit(self._slack, _user(request), _text(body, "view"), _state(body))}

    async def close(self, request: web.Request) -> Json:
        """A form is closed."""
        body = await _body(request)
        await acts.close(self._slack, _user(request), _text(body, "view"), whole_stack=body.get("all") is True)
        return {}

    async def change(self, request: web.Request) -> Json:
        """Somebody leaves, comes back, moves or is renamed."""
        body = await _body(request)
        changes: Json = {name: body[name] for name in CHANGEABLE if name in body}
        _refuse_bad_changes(changes)
        await self._playground.change(_user(request), **changes)
        return {}

    async def clock(self, request: web.Request) -> Json:
        """The clock is moved."""
        walk, body = self._playground.walk, await _body(request)
        if body.get("next") is True:
            await walk.to_next()
        elif "to" in body:
            await walk.to(_moment(body["to"], self._slack.zone))
        else:
            await walk.to(_later(self._slack.clock.now(), body.get("by"), ZoneInfo(self._slack.zone)))
        return {"clock": await self._clock_seen()}

    async def calls(self, request: web.Request) -> Json:
        """What the app called."""
        since = int(request.query.get("since", "0")) if request.query.get("since", "0").isdigit() else 0
        return {
            "calls": [
                {
                    "n": call.n,
                    "at": call.at,
                    "method": call.method,
                    "args": call.args,
                    "answer": call.answer,
                    "ms": call.ms,
                }
                for call in self._playground.calls
                if call.n > since
            ]
        }

    async def events(self, request: web.Request) -> web.StreamResponse:
        """A stream that says when something has changed."""
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        told = 0
        try:
            while not self._playground.closing.is_set():
                told = await self._tell(stream, told)
                await asyncio.sleep(BREATH)
        except ConnectionError:
            pass  # the page was closed
        return stream

    async def _tell(self, stream: web.StreamResponse, told: int) -> int:
        try:
            async with asyncio.timeout(HEARTBEAT):
                newest = await self._slack.bell.heard_after(told)
        except TimeoutError:
            await stream.write(b": still here\n\n")
            return told
        await stream.write(f"data: {json.dumps({'revision': newest})}\n\n".encode())
        return newest

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
        }


def _refusing(answer: Callable[[web.Request], Awaitable[Json]]) -> Handler:
    """A handler that answers in JSON, refusals too."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"ok": True, **await answer(request)}, headers={"Cache-Control": "no-store"})
        except ActRefused as refusal:
            answered = {"ok": False, "error": refusal.code, "message": refusal.sentence}
            return web.json_response(answered, status=refusal.status)

    return handle


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ActRefused("invalid_json", "The request holds no JSON object.")
    return body


def _user(request: web.Request) -> str:
    return request.match_info["user"]


def _text(body: Json, name: str) -> str:
    if not isinstance(body.get(name), str):
        raise ActRefused("invalid_arguments", f"`{name}` is missing, or is no text.")
    text: str = body[name]
    return text


def _state(body: Json) -> Json:
    state: Any = body.get("state") or {}
    if not isinstance(state, dict) or not all(_is_block_state(actions) for actions in state.values()):
        raise ActRefused("invalid_arguments", "`state` has the shape {block_id: {action_id: {…}}}.")
    return state


def _is_block_state(actions: Any) -> bool:
    return isinstance(actions, dict) and all(isinstance(value, dict) for value in actions.values())


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


def _refuse_bad_changes(changes: Json) -> None:
    if not changes:
        raise ActRefused("invalid_arguments", "Nothing to change was named.")
    for name, value in changes.items():
        if not isinstance(value, bool if name == "deleted" else str):
            raise ActRefused("invalid_arguments", f"`{name}` has the wrong type.")
    if "tz" in changes:
        try:
            ZoneInfo(changes["tz"])
        except (KeyError, ValueError, OSError):
            raise ActRefused("invalid_arguments", "There is no such time zone.") from None
