"""The courier: one call of chat.postMessage for each note, and an honest answer about how it went.

The client must be built with `retry_handlers=[]`: the SDK's own retries post twice when a line is cut after Slack took
the message (measured: 58 of 58). Trying again is the outbox's business, which knows what went out.
"""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
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
    Refused,
    Sent,
    Unknown,
    Unreadable,
)
from bot.domain.people import Person
from bot.slack import blocks as b

log = structlog.get_logger()

PERSON_AT_FAULT = frozenset(
    {"channel_not_found", "user_not_found", "user_not_visible", "user_disabled", "cannot_dm_bot", "is_inactive"}
)
WORKSPACE_AT_FAULT = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_revoked", "token_expired", "missing_scope"}
    | {"messages_tab_disabled", "org_login_required", "team_access_not_granted", "access_denied"}
)
MAY_HAVE_BEEN_TAKEN = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
NOT_TAKEN = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "accesslimited", "team_added_to_org"})
CANNOT_BE_READ = frozenset({"missing_scope", "not_allowed_token_type", "no_permission", "access_denied"})
PAUSE_WHEN_UNSAID = timedelta(seconds=30)
CALL_SECONDS, MARGIN_SECONDS = 15.0, 5.0  # how long a call may take, and what a lease must leave beyond that
EARLIER = timedelta(minutes=5)  # Slack's clock may be behind ours
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

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        """Send `note` as a direct message. Addressed by user id, which needs no scope but chat:write."""
        blocks = blocks_of(note)
        if self._steady() + CALL_SECONDS + MARGIN_SECONDS > lease.deadline:
            return Later(self._now(), "no time left to begin", cause="lease")
        try:
            answer = await self._client.chat_postMessage(
                channel=str(person.slack_id),
                text=b.escape(note.text),
                blocks=blocks,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"id": note.id, "marks": list(note.marks)}},
                parse="none",
                unfurl_links=False,
                unfurl_media=False,
            )
            return Sent(str(answer["channel"]), str(answer["ts"]))
        except CALL_FAILS as error:
            return self._sorted(error)

    def _sorted(self, error: Exception) -> Outcome:
        """Sort a failure: surely not taken and passing, surely not taken for good, or perhaps taken."""
        if isinstance(error, NOT_REACHED):
            return Later(self._now(), type(error).__name__, cause="line")
        if not isinstance(error, SlackApiError):
            return Unknown(type(error).__name__)
        reason, status = _reason_of(error), int(getattr(error.response, "status_code", 0) or 0)
        if status == 429 or reason in NOT_TAKEN:
            return Later(self._now() + retry_after(error.response), reason or "ratelimited")
        if status >= 500 or not reason or reason in MAY_HAVE_BEEN_TAKEN:
            return Unknown(reason or f"http_{status}")
        if reason in PERSON_AT_FAULT:
            return Refused(reason, whose="person")
        if reason in WORKSPACE_AT_FAULT:
            return Refused(reason, whose="workspace")
        log.error("slack_refuses_a_message", reason=reason)
        return Refused(reason)

    async def find(self, doubt: Doubt) -> Finding:
        """Look for a note by its id in the metadata of the conversation's messages."""
        try:
            channel = doubt.channel or await self._conversation_with(doubt.slack_id)
            async for message in self._notes_in(channel, doubt.started_at - EARLIER):
                if message["metadata"]["event_payload"].get("id") == doubt.note_id:
                    return Sent(channel, str(message["ts"]))
        except CALL_FAILS as error:
            return self._why_not_read(error)
        return Absent()

    async def marks_since(self, slack_id: str, channel: str, since: datetime) -> frozenset[str] | Unreadable | Later:
        """Read which notes stand in a conversation."""
        try:
            channel = channel or await self._conversation_with(slack_id)
            found = [message["metadata"]["event_payload"] async for message in self._notes_in(channel, since)]
        except CALL_FAILS as error:
            return self._why_not_read(error)
        return frozenset(str(mark) for payload in found for mark in payload.get("marks", ()))

    async def _conversation_with(self, slack_id: str) -> str:
        """Return our conversation with somebody; needs im:write, which is optional."""
        answer = await self._client.conversations_open(users=slack_id)
        return str(answer["channel"]["id"])

    async def _notes_in(self, channel: str, since: datetime) -> AsyncIterator[dict[str, Any]]:
        """Yield the messages of ours since then, the newest first, page by page."""
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
                if (message.get("metadata") or {}).get("event_type") == EVENT_TYPE:
                    yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _why_not_read(self, error: Exception) -> Unreadable | Later:
        """Sort a failure to read: it may be tried again, or it never will succeed as things are."""
        if isinstance(error, NOT_REACHED):
            return Later(self._now(), type(error).__name__, cause="line")
        reason = _reason_of(error) if isinstance(error, SlackApiError) else type(error).__name__
        if reason in CANNOT_BE_READ | PERSON_AT_FAULT:
            return Unreadable(reason)
        is_limit = isinstance(error, SlackApiError) and reason in NOT_TAKEN
        wait = retry_after(error.response) if isinstance(error, SlackApiError) else PAUSE_WHEN_UNSAID
        return Later(self._now() + wait, reason, cause="limit" if is_limit else "answer")

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
NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
CALL_FAILS = (SlackApiError, TimeoutError, aiohttp.ClientError, OSError, ValueError)


def _reason_of(error: SlackApiError) -> str:
    answer: Any = error.response
    return str(answer.get("error") or "") if hasattr(answer, "get") else ""  # an empty body gives None


def retry_after(answer: Any) -> timedelta:
    """Read Retry-After, in seconds; where Slack says nothing usable, half a minute."""
    headers = {str(name).lower(): value for name, value in dict(getattr(answer, "headers", {}) or {}).items()}
    try:
        return timedelta(seconds=max(int(headers["retry-after"]), 1))
    except (KeyError, TypeError, ValueError):
        return PAUSE_WHEN_UNSAID


def blocks_of(note: Note) -> list[b.Block]:
    """Lay out a note: its parts with their buttons, a line between them, the small print last."""
    shown: list[b.Block] = []
    for number, part in enumerate(note.parts):
        if number:
            shown.append(b.divider())
        shown += b.sections(part.text)
        if part.buttons:
            shown.append(b.actions([b.button_of(button) for button in part.buttons], f"part-{number}-{part.rule}"))
    if note.footer:
        shown.append(b.context(note.footer))
    return shown[:50]
