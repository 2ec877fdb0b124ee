"""The courier: one call of chat.postMessage for each note, and an honest answer about how it went.

The client must be built with `retry_handlers=[]`: the SDK's own retries post twice when a line is cut after Slack took
the message (measured: 58 of 58). Trying again is the outbox's business, which knows what went out.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.announcements import Announcement, Progress
from bot.domain.notes import (
    Absent,
    Doubt,
    Finding,
    Later,
    Lease,
    Note,
    Outcome,
    Picture,
    Refused,
    Sent,
    Unknown,
    Unreadable,
)
from bot.domain.nudges import Lane
from bot.domain.people import Person
from bot.slack import blocks as b
from bot.slack.failures import CALL_FAILS, MAY_HAVE_BEEN_TAKEN, NOT_TAKEN, sorted_failure, why_not_read
from bot.slack.pictures import Pictures
from bot.usecases.ports import HeardMarks

log = structlog.get_logger()

CALL_SECONDS, MARGIN_SECONDS = 15.0, 5.0  # how long a call may take, and what a lease must leave beyond that
EARLIER = timedelta(hours=1)  # Slack's clock may be behind ours, by more than bot/clock.py minds
# What Slack says of a message whose picture it cannot show, such as one that it has not looked at yet.
PICTURE_AT_FAULT = frozenset({"invalid_blocks", "invalid_blocks_format", "file_not_found", "slack_file_not_found"})
NO_PICTURES: Mapping[Picture, str] = {}
EVENT_TYPE, PAGE = "tandem_note", 200


class SlackCourier:
    """Brings notes to people in one workspace. `steady` is the clock of the leases, in seconds."""

    def __init__(
        self,
        client: AsyncWebClient,
        now: Callable[[], datetime],
        progress_blocks: "ProgressLine",
        steady: Callable[[], float],
    ) -> None:
        self._client = client
        self._now = now
        self._steady = steady
        self._progress_blocks = progress_blocks
        self._shown: dict[str, Progress] = {}
        self._pictures = Pictures(client, steady)

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        """Send `note` as a direct message. Addressed by user id, which needs no scope but chat:write."""
        pictures: Mapping[Picture, str] = {}
        if any(part.picture for part in note.parts):
            try:  # so many may wait for their turn that no time is left for the message itself
                async with asyncio.timeout(lease.deadline - self._steady() - CALL_SECONDS - MARGIN_SECONDS):
                    pictures = await self._pictures.of(note)
            except TimeoutError:
                return Later(self._now(), "no time left to begin", cause="lease")
        outcome = await self._posted(note, person, lease, pictures)
        if pictures and isinstance(outcome, Refused) and outcome.reason in PICTURE_AT_FAULT:
            self._pictures.forget(note)  # it was surely not taken: the words go without it
            outcome = await self._posted(note, person, lease, {})
        return outcome

    async def _posted(self, note: Note, person: Person, lease: Lease, pictures: Mapping[Picture, str]) -> Outcome:
        text, blocks = b.escape(note.text), blocks_of(note, pictures)
        if self._steady() + CALL_SECONDS + MARGIN_SECONDS > lease.deadline:
            return Later(self._now(), "no time left to begin", cause="lease")
        try:
            answer = await self._client.chat_postMessage(
                channel=str(person.slack_id),
                text=text,
                blocks=blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": _payload(note)},
                parse="none",
                unfurl_links=False,
                unfurl_media=False,
            )
        except CALL_FAILS as error:
            return sorted_failure(error, self._now())
        channel, ts = answer.get("channel"), answer.get("ts")
        return Sent(str(channel), str(ts)) if channel and ts else Unknown("no_name_for_the_message")

    async def find(self, doubt: Doubt) -> Finding:
        """Look for a note by its id in the metadata of the conversation's messages."""
        if not (doubt.channel or doubt.slack_id):
            return Unreadable("no_address")
        try:
            channel = doubt.channel or await self._conversation_with(doubt.slack_id)
            async for ts, payload in self._notes_in(channel, doubt.started_at - EARLIER):
                if payload.get("id") == doubt.note_id:
                    return Sent(channel, ts)
        except CALL_FAILS as error:
            return why_not_read(error, self._now())
        return Absent()

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> HeardMarks | Unreadable | Later:
        """Read which notes stand in a conversation."""
        try:
            channel = channel or await self._conversation_with(slack_id)
            found = [message async for message in self._notes_in(channel, since)]
        except CALL_FAILS as error:
            return why_not_read(error, self._now())
        return {mark: at for ts, payload in found for mark, at in _marks_of(ts, payload)}

    async def _conversation_with(self, slack_id: str) -> str:
        """Return our conversation with somebody; needs im:write, which is optional."""
        answer = await self._client.conversations_open(users=slack_id)
        return str(answer["channel"]["id"])

    async def _notes_in(self, channel: str, since: datetime) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        """Yield (ts, what travelled with it) of our notes since then, the newest first, page by page."""
        cursor = ""
        while True:
            answer = await self._client.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=PAGE,
                cursor=cursor or None,
            )
            for message in answer["messages"]:
                metadata = message.get("metadata") or {}
                if metadata.get("event_type") == EVENT_TYPE and isinstance(metadata.get("event_payload"), dict):
                    yield str(message["ts"]), metadata["event_payload"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def works(self) -> bool:
        """Tell whether Slack takes our token."""
        try:
            await self._client.auth_test()
        except CALL_FAILS:
            return False
        return True

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        """Update the progress line in place, when it would say something new; a line that is gone is let go."""
        if self._shown.get(announcement.id) == progress:
            return True
        shown = self._progress_blocks(announcement, progress)
        try:
            await self._client.chat_update(
                channel=announcement.channel, ts=announcement.ts, text=b.spoken(shown), blocks=shown, parse="none"
            )
        except SlackApiError as error:
            reason = str(error.response.get("error"))
            log.warning("progress_not_shown", reason=reason)
            return reason not in NOT_TAKEN | MAY_HAVE_BEEN_TAKEN
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("progress_not_shown", reason=type(error).__name__)
            return False
        self._shown[announcement.id] = progress
        if progress.finished:
            del self._shown[announcement.id]
        return True


ProgressLine = Callable[[Announcement, Progress], list[b.Block]]


def _payload(note: Note) -> dict[str, Any]:
    """What travels with a note: enough to know it again, nothing about anybody."""
    return {"id": note.id, "marks": list(note.marks), "lane": int(note.lane)}


def _marks_of(ts: str, payload: Mapping[str, Any]) -> Iterator[tuple[str, datetime | None]]:
    """Yield the marks of a note in a conversation, with its moment where it spends the person's day."""
    at = datetime.fromtimestamp(float(ts), UTC)
    for mark in payload.get("marks", ()):
        yield str(mark), None if payload.get("lane") == Lane.ANNOUNCEMENT else at


def blocks_of(note: Note, pictures: Mapping[Picture, str] = NO_PICTURES) -> list[b.Block]:
    """Lay out a note: its parts with their buttons, a line between them, the row below each note last.

    `pictures` are the ids of those that lie in Slack; in the place of any other stand its words.
    """
    shown: list[b.Block] = []
    for number, part in enumerate(note.parts):
        if number:
            shown.append(b.divider())
        shown += b.sections(part.text)
        if part.picture is not None:
            file_id = pictures.get(part.picture)
            shown += [b.picture(file_id, part.picture.alt)] if file_id else b.sections(part.picture.alt)
        if part.buttons:
            shown.append(b.actions([b.button_of(button) for button in part.buttons], f"part-{number}-{part.rule}"))
    return [*shown[:49], *_last_block(note)]


def _last_block(note: Note) -> list[b.Block]:
    """The row with [Why?], which answers for this very note; in a note that is only looked at it cannot be pressed."""
    if note.footer is None:
        return []
    if not note.id:
        return [b.context(note.footer.spoken)]
    return [b.actions([b.button_of(button) for button in note.footer.buttons], note.footer.rule)]
