"""The doors: how what Slack sends reaches a screen, and how whatever happens there gets an answer.

A screen raises RuleBroken for what the person can put right; here it becomes a kind sentence at the right place.
Anything else is a bug of ours: logged once with an id, answered with an apology that holds the same id. Nothing is
left without an answer, and a form that could not be taken stays open with all that was typed.

What Slack brings twice counts once. Its id is remembered in the transaction that looks up who came, and what comes
again is acknowledged and does nothing. So an act is carried out at most once, and an answer that failed by a bug of
ours is not tried again by itself: the person was told, with an id. Two kinds of things are not remembered:
 - a form that stays open (refused, or with another page in its place): sent again, it must be answered again;
 - an event for which the records were away: it is not acknowledged, and Slack brings it once more a minute later.
Two clicks are two acts, with two ids; what they may do together is the domain's business, and its keys decide it.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from re import Pattern
from typing import Any, TypeVar

import aiohttp
import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncRespond
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.busy import Busy
from bot.domain.errors import RuleBroken
from bot.slack import blocks as b
from bot.slack.callers import act_key, as_guest, event_key, is_foreign
from bot.slack.meter import answered_workspace
from bot.slack.visit import Visit
from bot.slack.windows import ANSWER, marked
from bot.usecases.ports import RecordsAway
from bot.usecases.world import World

log = structlog.get_logger()

T = TypeVar("T")

Screen = Callable[[Visit], Awaitable[None]]
FormScreen = Callable[[Visit], Awaitable[b.View | None]]
SLACK_IS_BUSY = frozenset({"ratelimited", "rate_limited", "expired_trigger_id", "exchanged_trigger_id"})
ACK_WITHIN_SECONDS = 2.5  # Slack waits 3


class TooSlow(Exception):
    """It is not done in time; whether it will be is not known."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word after `/mentoring`: how it is typed, the name of the sentence that explains it, and what answers it."""

    name: str
    usage: str
    help_key: str
    screen: Screen


class Doors:
    """Registers screens with Bolt. `busy` counts what is being answered, for a clean stop."""

    def __init__(self, app: AsyncApp, world: World) -> None:
        self._app = app
        self._world = world
        self._workspaces: dict[str, str] = {}
        self.busy = Busy()
        self.words: dict[str, Word] = {}
        self._after_each: list[Screen] = []
        app.error(self._anything_else)

    # -- registering ----------------------------------------------------------------------------------------------

    def command(self, name: str, screen: Screen) -> None:
        """Let `screen` answer the slash command `name`."""

        async def listener(
            ack: AsyncAck,
            body: dict[str, Any],
            client: AsyncWebClient,
            context: AsyncBoltContext,
            respond: AsyncRespond,
        ) -> None:
            await ack()
            await self._answer(screen, body, client, context, respond)

        self._app.command(name)(listener)

    def word(self, usage: str, help_key: str, screen: Screen) -> None:
        """Let `screen` answer `/mentoring <word> …`. `usage` begins with the word, as in "pause until DATE"."""
        name = usage.split()[0]
        self.words[name] = Word(name, usage, help_key, screen)

    def action(self, action_id: str | Pattern[str], screen: Screen, *, quiet: bool = False, shows: bool = True) -> None:
        """Let `screen` answer clicks on the element `action_id`; without `shows` no Home is drawn anew.

        `quiet`: nobody waits for an answer, as while they type: what goes wrong is for the log, and nothing is shown.
        """

        async def listener(
            ack: AsyncAck,
            body: dict[str, Any],
            client: AsyncWebClient,
            context: AsyncBoltContext,
            respond: AsyncRespond,
        ) -> None:
            await ack()
            if quiet:
                await self._hear(screen, body, client, context)
            else:
                answered_by = respond if body.get("response_url") else None
                await self._answer(screen, body, client, context, answered_by, shows=shows)

        self._app.action(action_id)(listener)

    def closed(self, callback_id: str, screen: Screen) -> None:
        """Let `screen` hear that the form `callback_id` was closed without being sent (it has `notify_on_close`)."""

        async def listener(
            ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
        ) -> None:
            await ack()
            await self._hear(screen, body, client, context)

        self._app.view_closed(callback_id)(listener)

    def form(self, callback_id: str, screen: FormScreen) -> None:
        """Let `screen` take the form `callback_id`; it may return a view that takes the form's place."""

        async def listener(
            ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
        ) -> None:
            await self._take_form(screen, ack, body, client, context)

        self._app.view(callback_id)(listener)

    def event(self, kind: str, screen: Screen, *, once: bool = True, kept: bool = False) -> None:
        """Let `screen` see the event `kind`; Slack repeats events, so each counts `once`.

        It is acknowledged when it is remembered and not before; what is to be `kept` in the records, when it is.
        """

        async def remembered(
            body: dict[str, Any],
            client: AsyncWebClient,
            context: AsyncBoltContext,
            next_: Callable[[], Awaitable[None]],
        ) -> BoltResponse | None:
            with self.busy:
                try:
                    visit = await self._visit(body, client, context, None, key=event_key(body) if once else "")
                    if visit is not None and kept:
                        await screen(visit)
                except RecordsAway:
                    return BoltResponse(status=503)
                if visit is None or kept:
                    return BoltResponse(status=200)
                context["visit"] = visit
                await next_()
                return None

        async def listener(context: AsyncBoltContext) -> None:
            with self.busy:
                await self._follow(screen, context["visit"])

        self._app.event(kind, middleware=[remembered])(listener)

    def after_each(self, screen: Screen) -> None:
        """Let `screen` follow each command, click and form that was answered, to bring up to date what they changed."""
        self._after_each.append(screen)

    # -- answering ------------------------------------------------------------------------------------------------

    async def _answer(
        self,
        screen: Screen,
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        respond: AsyncRespond | None,
        *,
        shows: bool = True,
    ) -> None:
        with self.busy:
            try:
                visit = await self._visit(body, client, context, respond, key=act_key(body))
            except Exception as error:  # noqa: BLE001 - the door is where everything else is answered
                await self._told(Visit(self._world, client, body, "", str(context.user_id), (), respond), error)
            else:
                if visit is not None and await self._follow(screen, visit) and shows:
                    await self._afterwards(visit)

    async def _hear(
        self, screen: Screen, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        with self.busy:
            try:
                visit = await self._visit(body, client, context, None, key=act_key(body))
                if visit is not None:
                    await screen(visit)
            except RuleBroken:
                log.info("heard_in_vain", kind=body.get("type"))
            except Exception as error:  # noqa: BLE001 - the door is where everything else is answered
                self._sorry(error)

    async def _follow(self, screen: Screen, visit: Visit) -> bool:
        """Let `screen` answer; return whether it did. If not, the person is told why, where they wait for an answer."""
        try:
            await screen(visit)
        except RuleBroken as broken:
            await _tell(visit, str(broken))
        except Exception as error:  # noqa: BLE001 - as above
            await self._told(visit, error)
        else:
            return True
        return False

    async def _take_form(
        self, screen: FormScreen, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> None:
        with self.busy:
            try:
                visit, next_view = await _within(ACK_WITHIN_SECONDS, self._taken(screen, body, client, context))
            except RuleBroken as broken:
                await ack(**_refusal(body, broken.field, str(broken)))
                await self._forget(body)
            except Exception as error:  # noqa: BLE001 - as above; the form stays open with all that was typed
                await ack(**_refusal(body, None, self._sorry(error)))
                await self._forget(body)
            else:
                await (ack(response_action="update", view=marked(body, next_view)) if next_view else ack())
                if next_view and next_view["callback_id"] != ANSWER:  # what is sent next comes from the same window
                    await self._forget(body)
                if visit is not None:
                    await self._afterwards(visit)

    async def _taken(
        self, screen: FormScreen, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> tuple[Visit | None, b.View | None]:
        with self.busy:
            visit = await self._visit(body, client, context, None, key=act_key(body))
            return visit, await screen(visit) if visit is not None else None

    async def _afterwards(self, visit: Visit) -> None:
        try:
            for call in visit.later:
                await call()
            for screen in self._after_each:
                await screen(visit)
        except Exception as error:  # noqa: BLE001 - the person was answered; that showing it failed is for the log
            self._sorry(error)

    async def _visit(
        self,
        body: dict[str, Any],
        client: AsyncWebClient,
        context: AsyncBoltContext,
        respond: AsyncRespond | None,
        *,
        key: str,
    ) -> Visit | None:
        """Look up who came, and remember that they did by `key`; None if it is remembered already. "": not at all."""
        authorized = context.authorize_result
        team_id = str((authorized.team_id if authorized else None) or context.team_id or "")
        slack_id = str(context.user_id or "")
        async with self._world.store.begin() as records:
            if key and not await records.first_time(key, self._world.now()):
                return None
            if team_id not in self._workspaces:
                self._workspaces[team_id] = (await records.workspace(team_id)).id
            workspace_id = self._workspaces[team_id]
            answered_workspace.set(workspace_id)
            members = await records.members_of_slack_user(workspace_id, slack_id)
        if is_foreign(body, team_id, authorized.enterprise_id if authorized else None):
            members = tuple(as_guest(member) for member in members)
        return Visit(self._world, client, body, workspace_id, slack_id, members, respond, body.get("event") or {})

    async def _forget(self, body: dict[str, Any]) -> None:
        """Let a form that stays open be answered as well when Slack brings the same once more."""
        if key := act_key(body):
            with suppress(RecordsAway):
                async with self._world.store.begin() as records:
                    await records.forget_event(key)

    # -- what goes wrong ------------------------------------------------------------------------------------------

    async def _told(self, visit: Visit, error: Exception) -> None:
        """Say that it did not work, to who waits for an answer: that is not who set off an event, but by writing."""
        sorry = self._sorry(error)
        if "event" not in visit.body or visit.notice.get("type") == "message":
            await _tell(visit, sorry)

    def _sorry(self, error: BaseException) -> str:
        """Log a bug once, with an id, and return the sentence that holds the same id.

        A busy Slack is no bug, nor are records that are away: those are logged by who keeps them.
        """
        if isinstance(error, SlackApiError) and (reason := str(error.response.get("error"))) in SLACK_IS_BUSY:
            log.warning("slack_is_busy", reason=reason)
            return self._world.words.say("kind_errors.slack_busy")
        if isinstance(error, RecordsAway | TooSlow):
            return self._world.words.say("kind_errors.records_away")
        trouble_id = secrets.token_hex(3)
        log.error("bug", trouble_id=trouble_id, kind=type(error).__name__, exc_info=error)
        return self._world.words.say("kind_errors.bug", id=trouble_id)

    async def _anything_else(
        self, error: Exception, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
    ) -> BoltResponse:
        """Answer what no screen took: without an acknowledgement Slack would show a warning and send it again."""
        if isinstance(error, BoltUnhandledRequestError):
            log.warning("nobody_took_it", kind=body.get("type") or body.get("command"))
            sentence = self._world.words.say("kind_errors.stale_button")
        else:
            sentence = self._sorry(error)
        if body.get("type") == "view_submission":
            return BoltResponse(status=200, body=_refusal(body, None, sentence))
        if body.get("type") == "block_actions" and context.user_id:
            respond = context.respond if body.get("response_url") else None
            await _tell(Visit(self._world, client, body, "", context.user_id, (), respond), sentence)
        return BoltResponse(status=200, body=sentence if "command" in body else "")


async def _tell(visit: Visit, sentence: str) -> None:
    """Say what went wrong; when Slack does not take that either, only the log is left."""
    try:
        await visit.tell(sentence)
    except (SlackApiError, TimeoutError, aiohttp.ClientError) as error:
        log.warning("not_told", kind=type(error).__name__)


def _refusal(body: dict[str, Any], name: str | None, sentence: str) -> dict[str, Any]:
    """Return the answer that keeps a form open: at the input named, else at the first, else on a page of its own."""
    inputs: list[str] = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    if not inputs:
        return {"response_action": "push", "view": b.modal("said", "Tandem", b.sections(sentence), close="Back")}
    field = name if name is not None and name in inputs else inputs[0]
    return {"response_action": "errors", "errors": {field: sentence}}


async def _within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` gives, or raise TooSlow on time, even where what is cancelled does not let go at once."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=seconds)
    if task.done():
        return task.result()
    task.cancel()
    task.add_done_callback(lambda late: late.cancelled() or late.exception())  # nobody else hears of it
    log.warning("form_not_taken_in_time", seconds=seconds)
    raise TooSlow
