"""One interaction: who came, with what, and the ways to answer them."""

import json
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import RuleBroken
from bot.domain.people import Member, Pair, Person
from bot.slack import blocks as b
from bot.slack.windows import GONE_VIEWS, answer_view, is_over_home, put_over, say_over, say_within
from bot.usecases.phrasing import day_words, first_name
from bot.usecases.world import World, own_pair

log = structlog.get_logger()

LONGEST_UPDATE = 3900
ODD_SPACES = re.compile(r"[^\S\n ]|[\u200b\u2060\ufeff]")  # such as the one that a Mac types for Option and Space


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody types, clicks or sends a form. `members` is what they are in each program; empty for a stranger."""

    world: World
    client: AsyncWebClient
    body: dict[str, Any]
    workspace_id: str
    slack_id: str
    members: tuple[Member, ...]
    respond: AsyncRespond | None = None
    notice: dict[str, Any] = field(default_factory=dict)
    later: list[Callable[[], Awaitable[object]]] = field(default_factory=list)

    # -- who ------------------------------------------------------------------------------------------------------

    @property
    def person(self) -> Person:
        """The person; raises RuleBroken, with whom to ask, for somebody outside of every program."""
        if not self.members:
            raise RuleBroken(self.world.words.say("kind_errors.not_in_program"))
        return self.members[0].person

    @property
    def today(self) -> date:
        """The date on the person's calendar."""
        return self.person.today(self.world.now())

    @property
    def current(self) -> tuple[Member, ...]:
        """The programs that have not ended; raises RuleBroken for a stranger and when all have ended."""
        open_ones = tuple(m for m in self.members if self.person.today(self.world.now()) <= m.program.span.last)
        if self.members and not open_ones:
            program = max((member.program for member in self.members), key=lambda one: one.span.last)
            day = day_words(program.span.last)
            raise self.world.refused("kind_errors.program_over", program=program.name, day=day)
        self.person  # noqa: B018 - a stranger is told so
        return open_ones

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The person's own pairs under way, and those that plan theirs already, of all programs.

        Raises RuleBroken when there is none: it says when the next one opens, if any does.
        """
        found = tuple(pair for member in self.current for pair in member.hearing_pairs(self.today))
        if not found:
            raise self._no_pair()
        return found

    @property
    def pairs_under_way(self) -> tuple[Pair, ...]:
        """The person's own pairs whose first day has come; raises RuleBroken when there is none."""
        found = tuple(pair for pair in self.pairs if pair.active_on(self.today))
        if not found:
            raise self._begins(self.pairs, "pair_begins")
        return found

    def _no_pair(self) -> RuleBroken:
        """Say that the person is in no pair: to who will be in one, when it opens; to who was, that it has ended."""
        coming = [pair for member in self.current for pair in member.pairs if self.today < pair.hears.first]
        if coming:
            return self._begins(coming, "pair_opens")
        ended = [pair for member in self.current for pair in member.pairs if self.today > pair.span.last]
        if not ended:
            return self.world.refused("kind_errors.no_pair")
        pair = max(ended, key=lambda one: one.span.last)
        partner = first_name(pair.partner_of(self.person.id).name)
        return self.world.refused("kind_errors.pair_over", partner=partner, day=day_words(pair.span.last))

    def _begins(self, pairs: Sequence[Pair], key: str) -> RuleBroken:
        pair = min(pairs, key=lambda one: one.hears.first)
        return self.world.refused(
            f"kind_errors.{key}",
            partner=first_name(pair.partner_of(self.person.id).name),
            opens=day_words(pair.hears.first),
            day=day_words(pair.span.first),
        )

    def pair(self, pair_id: str) -> Pair:
        """Return the person's own pair with this id; raises RuleBroken for any other."""
        return own_pair(self.world, self.pairs, pair_id)

    # -- what came ------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """What was typed after the command, escaped as Slack sends it; a space that looks like one is one."""
        return ODD_SPACES.sub(" ", str(self.body.get("text") or "")).strip()

    @property
    def typed(self) -> str:
        """What was typed after the command, without what Slack makes of it."""
        return b.as_typed(self.text)

    @property
    def action(self) -> dict[str, Any]:
        """The element that was clicked."""
        actions: list[dict[str, Any]] = self.body["actions"]
        return actions[0]

    @property
    def value(self) -> str:
        """The value of the button that was clicked, or of the option that was chosen; "" if it has none."""
        chosen = self.action.get("selected_option") or {}
        return str(self.action.get("value") or chosen.get("value") or "")

    @property
    def memory(self) -> dict[str, str]:
        """What the form remembers since it was opened: ids, never trusted without a look at whose they are."""
        return read_memory(str(self.body.get("view", {}).get("private_metadata") or ""))

    @property
    def inputs(self) -> "Inputs":
        """What the form holds."""
        state = self.body.get("view", {}).get("state") or {}
        return Inputs(state.get("values") or {})

    @property
    def place(self) -> dict[str, str]:
        """Where the click came from, for a form to remember: the message and the block that is to be settled."""
        container = self.body.get("container", {})
        if container.get("type") != "message" or container.get("is_ephemeral"):
            return {}
        place = {"channel": container.get("channel_id"), "ts": container.get("message_ts")}
        return {name: str(value) for name, value in place.items() if value} | {"block": str(self.action["block_id"])}

    @property
    def opened_at(self) -> dict[str, str]:
        """The place of the click that opened this form, if it was in a message."""
        return {name: value for name, value in self.memory.items() if name in ("channel", "ts", "block")}

    # -- answers --------------------------------------------------------------------------------------------------

    def afterwards(self, call: Callable[[], Awaitable[object]]) -> None:
        """Let `call` be done once a form has been taken: what is slow must not keep its acknowledgement waiting."""
        self.later.append(call)

    async def tell(self, text: str, blocks: Sequence[b.Block] | None = None) -> None:
        """Say something that only this person sees, where they are. `text` is not yet escaped."""
        shown = list(blocks) if blocks else b.sections(text)
        said = b.spoken(shown) if blocks else b.escape(text)
        if await say_over(self.client, self.body, shown):
            return
        if not await self._responded(text=said, blocks=shown, response_type="ephemeral", replace_original=False):
            await self.send(text, shown)

    async def _responded(self, **answer: Any) -> bool:
        """Answer by the address that Slack gave for it; return whether there is one and the answer was taken."""
        if self.respond is None:
            return False
        try:
            taken = await self.respond(**answer)
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("answer_not_taken", reason=type(error).__name__)
            return False
        if taken.status_code != HTTPStatus.OK:
            log.warning("answer_not_taken", reason=f"http_{taken.status_code}")
        return taken.status_code == HTTPStatus.OK

    def say_at_last(self, text: str, buttons: Sequence[b.Element] = ()) -> b.View | None:
        """Answer a form that was sent: in the place of the buttons that opened it, or else in the form's own place."""
        shown, place = [b.section(text), *([b.actions(buttons, "said")] if buttons else [])], self.opened_at
        if not place.get("ts"):
            return answer_view(shown)

        async def show() -> None:
            if not await self.settle(text, buttons, place=place):
                await self.send(text, shown)

        self.afterwards(show)
        return None

    def answer_form(self, shown: Sequence[b.Block]) -> b.View | None:
        """Answer a form that was sent: over Home in its own place; else in a message, where the way back stays."""
        if is_over_home(self.body):
            return answer_view(shown)
        self.afterwards(lambda: self.send("", shown))
        return None

    async def take_back(self, channel: str, ts: str) -> None:
        """Remove a message of the app's own; one that is gone is let go."""
        try:
            await self.client.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            log.warning("message_not_taken_back", reason=str(error.response.get("error")))

    async def send(self, text: str, blocks: Sequence[b.Block] | None = None) -> tuple[str, str]:
        """Write a message into the person's conversation with the app; return its channel and ts."""
        shown = list(blocks) if blocks else b.sections(text)
        answer = await self.client.chat_postMessage(
            channel=self.slack_id,
            text=b.spoken(shown) if blocks else b.escape(text),
            blocks=shown,
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["channel"]), str(answer["ts"])

    async def open(self, view: b.View) -> None:
        """Open a form, or put it on top of the one that is open."""
        await put_over(self.client, self.body, view)

    async def update_view(self, view: b.View) -> None:
        """Change the form that was clicked in; what stands in inputs of the same block id stays.

        A form that has been closed, or changed by an earlier click, is let go.
        """
        opened = self.body["view"]
        try:
            await self.client.views_update(view_id=opened["id"], hash=opened.get("hash"), view=view)
        except SlackApiError as error:
            reason = str(error.response.get("error"))
            if reason not in GONE_VIEWS:
                raise
            log.info("form_not_updated", reason=reason)

    async def replace(self, text: str, blocks: Sequence[b.Block] | None = None) -> None:
        """Put something else in the place of the message that was clicked; below it, where that cannot be."""
        shown = list(blocks) if blocks else b.sections(text)
        said = b.spoken(shown) if blocks else b.escape(text)
        if await say_within(self.client, self.body, shown):
            return
        if await self._responded(text=said, blocks=shown, replace_original=True):
            return
        if not await self._updated(self.place, shown):
            await self.send(text, shown)

    async def settle_or_tell(self, text: str, buttons: Sequence[b.Element] = ()) -> None:
        """Put `text` in the place of the buttons that were pressed, or else say it where the person is."""
        if not await self.settle(text, buttons):
            await self.tell(text, [b.section(text), *([b.actions(buttons, "said")] if buttons else [])])

    async def settle(
        self, text: str, buttons: Sequence[b.Element] = (), *, place: dict[str, str] | None = None
    ) -> bool:
        """Put `text` in the place of the buttons that were pressed, so that nothing there can be pressed again.

        `place` is that of an earlier click, for a form that was opened by it. Return whether there is such a message:
        one that is gone is let go.
        """
        where = self.place if place is None else place
        if not where.get("ts") or not where.get("channel"):
            return False
        message = self.body.get("message") if place is None else await self._message_at(where)
        blocks = (message or {}).get("blocks") or []
        if all(block.get("block_id") != where.get("block") for block in blocks):
            return False
        return await self._updated(where, _with_settled(blocks, where["block"], text, buttons))

    async def _updated(self, where: dict[str, str], shown: Sequence[b.Block]) -> bool:
        """Show `shown` in the message at `where`; return whether there is one that can be changed."""
        if not where.get("ts") or not where.get("channel"):
            return False
        try:
            await self.client.chat_update(
                channel=where["channel"], ts=where["ts"], text=_spoken(shown), blocks=list(shown), parse="none"
            )
        except SlackApiError as error:
            log.warning("message_not_settled", reason=str(error.response.get("error")))
            return False
        return True

    async def _message_at(self, where: dict[str, str]) -> dict[str, Any] | None:
        try:
            found = await self.client.conversations_history(
                channel=where["channel"], latest=where["ts"], oldest=where["ts"], inclusive=True, limit=1
            )
        except SlackApiError as error:
            log.warning("message_not_found", reason=str(error.response.get("error")))
            return None
        messages: list[dict[str, Any]] = found.get("messages") or []
        return messages[0] if messages else None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a form holds, by the name of the field (its block id), whatever the kind of the input."""

    values: dict[str, dict[str, Any]]

    def text(self, name: str) -> str:
        """What was written, or the value of what was chosen; "" for an empty field."""
        state = self._state(name)
        chosen = state.get("selected_option") or {}
        found = state.get("value") or chosen.get("value") or state.get("selected_date") or state.get("selected_time")
        return str(found or "").strip()

    def chosen(self, name: str) -> tuple[str, ...]:
        """The values of the boxes that are ticked."""
        return tuple(str(option["value"]) for option in self._state(name).get("selected_options") or [])

    def day(self, name: str) -> date | None:
        """The day that was picked."""
        picked = self._state(name).get("selected_date")
        return date.fromisoformat(picked) if picked else None

    def _state(self, name: str) -> dict[str, Any]:
        return next(iter((self.values.get(name) or {}).values()), None) or {}


def remember(**ids: str) -> str:
    """Write down what a form is to remember."""
    return json.dumps(ids, separators=(",", ":"))


def read_memory(text: str) -> dict[str, str]:
    """Read what `remember` wrote; nothing of what somebody else wrote."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _spoken(shown: Sequence[b.Block]) -> str:
    """Say blocks as text, within the 4,000 characters that an update may have, and never through an entity."""
    lines = b.spoken(shown).split("\n")
    while len("\n".join(lines)) > LONGEST_UPDATE and len(lines) > 1:
        lines = [*lines[:-2], "…"] if len(lines) > 2 else lines[:1]
    return "\n".join(lines)


def _with_settled(blocks: list[b.Block], block_id: str, text: str, buttons: Sequence[b.Element]) -> list[b.Block]:
    """Return `blocks` with the one named `block_id` replaced by `text` and, perhaps, other buttons."""
    settled = [b.context(text, block_id=f"{block_id}-said"), *([b.actions(buttons, block_id)] if buttons else [])]
    shown: list[b.Block] = []
    for block in blocks:
        if block.get("block_id") == f"{block_id}-said":
            continue
        shown += settled if block.get("block_id") == block_id else [block]
    return shown
