"""The playground: a Slack for one workspace and one app, on loopback, in this process."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import web

from bot.playground.administration import Administration
from bot.playground.desk.at_desk import known
from bot.playground.desk.driver import PersonDriver
from bot.playground.serving import serve
from bot.playground.web_api import apps
from bot.playground.web_api.scheduled import what_is_scheduled
from bot.playground.web_api.serving import FAMILIES, WebApi
from bot.playground.wire.deliveries import ACK_SECONDS, EVENT_TRIES, Deliveries
from bot.playground.wire.http_mode import HttpLine
from bot.playground.wire.socket_mode import SocketLine
from bot.playground.workspace import saved
from bot.playground.workspace.bell import Bell
from bot.playground.workspace.channels import Room
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.faults import Fault, Faults, How
from bot.playground.workspace.installed_app import APP_ID, BOT_USER, TEAM_ID, install
from bot.playground.workspace.journal import Call, Journal
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.pace import Pace
from bot.playground.workspace.passes import Codes, ResponseUrls, Triggers
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member, Person, Workspace
from bot.playground.workspace.walk import Hooks, Walk

LOOPBACK = "127.0.0.1"


class Playground(Administration):
    """A Slack that fits in a process, where the app of `manifest` (parsed) is installed.

    Use it as an async context manager, or call `start` and `stop`. `rooms` are its channels; `now` (aware) is where
    the clock stands. With `request_url`, on loopback, the app is reached by signed requests instead of sockets.
    `tokens` are those of an earlier playground (`saved.tokens_in`). `limits` switches Slack's rate limits on;
    `distributed` ones are those of an app sold outside its Marketplace. `faults` will go wrong; see `fail`.
    `ack_seconds`, `event_tries` and `seconds` (the real clock) are Slack's unless a test says otherwise. Raises
    ValueError if `request_url` leads away from this machine.
    """

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
        tokens: Mapping[str, str] | None = None,
        limits: bool = False,
        distributed: bool = False,
        faults: Iterable[Fault] = (),
        ack_seconds: float = ACK_SECONDS,
        event_tries: Sequence[float] = EVENT_TRIES,
        seconds: Callable[[], float] = time.monotonic,
    ):
        app, bell, clock = install(manifest, tokens), Bell(), Clock(now or datetime.now(UTC))
        journal, planned = Journal(clock, bell), Faults(faults)
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
            deliveries=Deliveries(self.http or self.sockets, journal, ack_seconds, event_tries, planned),
            journal=journal,
            limits=Limits(clock, limits, distributed),
            faults=planned,
        )
        self.web_api = WebApi(self.slack, FAMILIES | apps.methods(self.sockets))
        self.walk = Walk(clock, bell, lambda: journal.called)
        self.walk.sources.append(what_is_scheduled(self.slack))
        self.pace = Pace(self.walk, clock, bell, seconds)
        self._port, self._ack_seconds = port, ack_seconds
        self._runner: web.AppRunner | None = None
        self._members = tuple(members)
        self._first = saved.save(self.slack)

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
    def faults(self) -> Faults:
        """What will go wrong; see `fail`."""
        return self.slack.faults

    @property
    def limits(self) -> Limits:
        """Slack's rate limits: `limits.on` switches them."""
        return self.slack.limits

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
        self._runner = web.AppRunner(serve(self), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self._port).start()
        self.slack.address = f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Say goodbye to the app and close every connection. Safe to call twice."""
        self.closing.set()
        await self.pace.stop()
        self.slack.bell.ring()
        await self.slack.deliveries.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    def save(self) -> Json:
        """Return all that there is, as what JSON can hold."""
        return saved.save(self.slack)

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go on from what `save` returned, be it earlier; members laid out here whom it does not know stay.

        Raises NotSaved, a ValueError, if that is no saved playground of this release.
        """
        saved.load(self.slack, kept)
        for member in self._members:
            self.slack.workspace.people.setdefault(member.id, Person(member))

    async def reset(self) -> None:
        """Be as at the start: people, conversations and clock; nothing written down, and no fault on order."""
        async with self.walk.held():
            saved.load(self.slack, self._first)
        self.faults.clear()
        self.limits.forget()
        self.slack.journal.forget()

    def person(self, user: str) -> PersonDriver:
        """Somebody, to act for them. Raise ActRefused if nobody has that id."""
        return PersonDriver(self.slack, known(self.slack, user))

    async def move_clock(self, to: datetime) -> None:
        """Move the clock to `to` (aware), through every moment at which something is due."""
        await self.walk.to(to)

    def run_clock(self, speed: float) -> None:
        """Let the clock run: `speed` of its seconds to each real one. 1 is real time; at 0 it stands."""
        self.pace.set(speed)

    async def until(self, happened: Callable[[], object], within: float = 3.0) -> None:
        """Wait until `happened()` is true; it is asked at each change. Raise TimeoutError after `within` seconds."""
        await self.slack.bell.until(happened, within)

    def fail(
        self,
        method: str,
        *,
        how: How,
        times: int | None = 1,
        retry_after: int = 30,
        when: Callable[[Mapping[str, Any]], bool] | None = None,
        **more: Any,
    ) -> Fault:
        """Let the next `times` calls of `method` (`*`: any) go wrong; `Fault` tells how, and what `more` there is."""
        fault = Fault(method, how, times, retry_after, when, **more)
        self.faults.append(fault)
        return fault

    def storm(self, probability: float, seed: int = 0) -> None:
        """Let about that part of all calls and deliveries go wrong from now on, in every way there is."""
        self.faults.extend(Faults.storm(probability, seed))
        self.slack.bell.ring()

    async def verify_url(self) -> bool:
        """Send the request URL its challenge; say whether it passed. Raise ValueError without a request URL."""
        if self.http is None:
            raise ValueError("this playground has no request URL: the app is reached by sockets")
        verified = await self.http.verify(self._ack_seconds)
        self.slack.bell.ring()
        return verified
