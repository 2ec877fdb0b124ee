"""The playground: a Slack for one workspace and one app, on loopback, in this process."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.playground.desk import answers
from bot.playground.desk.at_desk import known
from bot.playground.desk.driver import PersonDriver
from bot.playground.guard import only_from_here
from bot.playground.local_api.app import AppRoutes
from bot.playground.local_api.people import PeopleRoutes
from bot.playground.local_api.stream import Stream
from bot.playground.local_api.workspace import WorkspaceRoutes
from bot.playground.refusals import MethodRefused
from bot.playground.web_api import apps
from bot.playground.web_api.consent import ConsentPage
from bot.playground.web_api.pictures import PictureRoutes
from bot.playground.web_api.scheduled import post_due
from bot.playground.web_api.serving import WebApi
from bot.playground.web_api.uploads import FileRoutes
from bot.playground.wire import interactions, removal
from bot.playground.wire.deliveries import ACK_SECONDS, EVENT_TRIES, Deliveries
from bot.playground.wire.http_mode import HttpLine
from bot.playground.wire.socket_mode import SocketLine
from bot.playground.workspace import saved
from bot.playground.workspace.bell import Bell
from bot.playground.workspace.channels import Room
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.faults import Fault, How
from bot.playground.workspace.installed_app import APP_ID, BOT_USER, TEAM_ID, install
from bot.playground.workspace.journal import Call, Journal
from bot.playground.workspace.passes import Codes, ResponseUrls, Triggers
from bot.playground.workspace.shapes import user_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member, Person, Workspace
from bot.playground.workspace.walk import Hooks, Walk

PAGE = Path(__file__).parent / "page"
LOOPBACK = "127.0.0.1"


class Playground:
    """A Slack that fits in a process. Use it as an async context manager, or call `start` and `stop`."""

    def __init__(
        self,
        manifest: Mapping[str, Any],
        members: Sequence[Member],
        *,
        rooms: Sequence[Room] = (),
        now: datetime | None = None,
        port: int = 0,
        team_name: str = "Playground",
        zone: str = "America/Chicago",
        request_url: str | None = None,
        ack_seconds: float = ACK_SECONDS,
        event_tries: Sequence[float] = EVENT_TRIES,
        seconds: Callable[[], float] = time.monotonic,
    ):
        """Lay out a workspace where the app of `manifest` (parsed) is installed.

        `rooms` are its channels. `now` (aware) is where the clock stands. With `request_url` the app is reached by
        signed requests instead of sockets. `ack_seconds`, `event_tries` (the pauses before each further try) and
        `seconds` (the real clock behind trigger ids, response URLs and codes) are Slack's unless a test says otherwise.
        """
        app, bell, clock = install(manifest), Bell(), Clock(now or datetime.now(UTC))
        journal = Journal(clock, bell)
        self.sockets = SocketLine(APP_ID, bell.ring)
        self.http = HttpLine(request_url, app.signing_secret, app.verification_token) if request_url else None
        self.slack = Slack(
            team_name=team_name,
            zone=zone,
            app=app,
            workspace=Workspace(members, rooms, clock.seconds()),
            clock=clock,
            bell=bell,
            triggers=Triggers(seconds),
            response_urls=ResponseUrls(seconds),
            codes=Codes(seconds),
            deliveries=Deliveries(self.http or self.sockets, journal, ack_seconds, event_tries),
            journal=journal,
        )
        self.web_api = WebApi(self.slack)
        self.walk = Walk(self.slack.clock, bell, lambda: journal.called)
        self.walk.arrived = lambda: post_due(self.slack)
        self.web_api.methods |= apps.methods(self.sockets)
        self._port, self._ack_seconds = port, ack_seconds
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the page is: http://127.0.0.1:PORT."""
        return self.slack.address

    @property
    def api_url(self) -> str:
        """What a Slack client takes as its base address; ends with a slash."""
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        """The app's token for the Web API."""
        return self.slack.app.bot_token

    @property
    def app_token(self) -> str:
        """The app's token for Socket Mode."""
        return self.slack.app.app_token

    @property
    def signing_secret(self) -> str:
        """What requests in HTTP mode are signed with."""
        return self.slack.app.signing_secret

    @property
    def client_id(self) -> str:
        """The app's name for OAuth."""
        return self.slack.app.client_id

    @property
    def client_secret(self) -> str:
        """What proves to OAuth that it is the app."""
        return self.slack.app.client_secret

    @property
    def authorize_url(self) -> str:
        """Where people are asked to let the app into the workspace."""
        return f"{self.url}/oauth/v2/authorize"

    @property
    def team_id(self) -> str:
        """The workspace."""
        return TEAM_ID

    @property
    def bot_user_id(self) -> str:
        """The app's own user."""
        return BOT_USER

    @property
    def clock(self) -> Clock:
        """The clock: it stands still unless it is moved."""
        return self.slack.clock

    @property
    def scopes(self) -> set[str]:
        """What the app was granted; a test may take something away."""
        return self.slack.app.scopes

    @property
    def calls(self) -> deque[Call]:
        """The newest calls of the app's, oldest first."""
        return self.slack.journal.calls

    @property
    def faults(self) -> list[Fault]:
        """What will go wrong; see `fail`."""
        return self.web_api.faults

    @property
    def closing(self) -> asyncio.Event:
        """Set when the playground stops."""
        return self.web_api.closing

    @property
    def hooks(self) -> Hooks | None:
        """How the clock stops at what the app has due."""
        return self.walk.hooks

    @hooks.setter
    def hooks(self, hooks: Hooks | None) -> None:
        self.walk.hooks = hooks

    async def start(self) -> None:
        """Listen on loopback."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        self.slack.address = f"http://{LOOPBACK}:{port}"

    async def stop(self) -> None:
        """Say goodbye to the app and close every connection. Safe to call twice."""
        self.closing.set()
        self.slack.bell.ring()
        await self.slack.deliveries.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def save(self) -> Json:
        """Return the clock and the conversations as what JSON can hold."""
        return saved.save(self.slack)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go on from what `save` returned. Raises ValueError where the clock stands later already."""
        saved.restore(self.slack, kept)

    def person(self, user: str) -> PersonDriver:
        """Somebody, to act for them. Raise ActRefused if nobody has that id."""
        return PersonDriver(self.slack, known(self.slack, user))

    async def move_clock(self, to: datetime) -> None:
        """Move the clock to `to` (aware), through every moment at which the app has something due."""
        await self.walk.to(to)

    async def until(self, happened: Callable[[], object], within: float = 3.0) -> None:
        """Wait until `happened()` is true; it is asked at each change. Raise TimeoutError after `within` seconds."""
        await self.slack.bell.until(happened, within)

    def fail(
        self,
        method: str,
        *,
        how: How,
        times: int = 1,
        retry_after: int = 30,
        when: Callable[[Mapping[str, Any]], bool] | None = None,
    ) -> Fault:
        """Let the next `times` calls of `method` (`*`: any) go wrong; `Fault` tells how."""
        fault = Fault(method, how, times, retry_after, when)
        self.faults.append(fault)
        return fault

    async def change(self, user: str, **changes: Any) -> None:
        """Change a member's fields, as an administrator or they themselves would; the app gets `user_change`."""
        person = known(self.slack, user)
        person.member = replace(person.member, **changes)
        self.slack.bell.ring()
        await self._tell_of(person, "user_change")

    async def deactivate(self, user: str) -> None:
        """Somebody leaves the workspace."""
        await self.change(user, deleted=True)

    async def reactivate(self, user: str) -> None:
        """Somebody comes back."""
        await self.change(user, deleted=False)

    async def rename(self, user: str, real_name: str, name: str | None = None) -> None:
        """Somebody takes another name."""
        await self.change(user, real_name=real_name, **({"name": name} if name else {}))

    async def join(self, member: Member) -> None:
        """Somebody new joins the workspace; the app gets `team_join`, but for somebody of another organization."""
        person = self.slack.workspace.people[member.id] = Person(member)
        self.slack.bell.ring()
        if not member.team:
            await self._tell_of(person, "team_join")

    async def uninstall(self, *, token_first: bool = True) -> None:
        """The app is removed: its bot token is dead from now on, and it hears of it twice, in whichever order."""
        events = removal.removed(self.slack)
        for event in events if token_first else reversed(events):
            await self.tell(event)

    def install(self) -> str:
        """The app is installed again, with what its manifest asks for. Give its token: a new one, if it was removed."""
        self.slack.app.put_in()
        self.slack.bell.ring()
        return self.bot_token

    async def verify_url(self) -> bool:
        """Send the request URL its challenge; say whether it passed. Raise ValueError without a request URL."""
        if self.http is None:
            raise ValueError("this playground has no request URL: the app is reached by sockets")
        verified = await self.http.verify(self._ack_seconds)
        self.slack.bell.ring()
        return verified

    async def tell(self, event: Json) -> bool:
        """Send the app an event of any kind, if its manifest asks for it; say whether it was acknowledged."""
        app, last = self.slack.app, ("tokens_revoked", "app_uninstalled")
        if event["type"] not in app.events or not (app.installed or event["type"] in last):
            return False
        return await self.slack.deliveries.tell(interactions.event(self.slack, event))

    async def _tell_of(self, person: Person, kind: str) -> None:
        if "users:read" not in self.scopes:
            return
        user = user_object(
            person.member,
            self.clock.now(),
            with_email="users:read.email" in self.scopes,
            with_locale=True,
            address=self.url,
        )
        await self.tell({"type": kind, "user": user, "cache_ts": self.clock.seconds()})

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[only_from_here], client_max_size=16 * 2**20)
        router = application.router
        router.add_route("*", "/api/{method}", self.web_api.serve)
        router.add_get("/socket", self.sockets.serve)
        router.add_post("/response/{token}", self._respond)
        router.add_get("/", self._page)
        if PAGE.is_dir():
            router.add_static("/static", PAGE)
            application.on_response_prepare.append(_always_fresh)
        for routes in (
            AppRoutes(self),
            PeopleRoutes(self),
            WorkspaceRoutes(self),
            FileRoutes(self),
            PictureRoutes(self),
            ConsentPage(self.slack),
            Stream(self),
        ):
            routes.add_to(router)
        return application

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await request.json()
            answers.respond(self.slack, request.match_info["token"], body if isinstance(body, dict) else {})
        except MethodRefused as refusal:
            status = 404 if refusal.error.endswith("_url") else 400
            return web.json_response({"ok": False, "error": refusal.error}, status=status)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        return web.Response(text="ok")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        index = PAGE / "index.html"
        if not index.is_file():
            return web.Response(status=404, text="This playground has no page; its API is under /playground.")
        return web.FileResponse(index, headers={"Cache-Control": "no-store"})


async def _always_fresh(request: web.Request, response: web.StreamResponse) -> None:
    """Let the browser ask again each time: modules of two releases do not fit together."""
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
