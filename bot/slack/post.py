"""The courier: one call of chat.postMessage for each note, and an honest answer about how it went.

The client must be built with `retry_handlers=[]`: the SDK's own retries post twice when a line is cut after Slack took
the message (measured: 58 of 58). Trying again is the outbox's business, which knows what went out.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.announcements import Announcement, Progress
from bot.domain.notes import Later, Note, Outcome, Refused, Sent, Unknown
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
PAUSE_WHEN_UNSAID, PAUSE_FOR_WORKSPACE = timedelta(seconds=30), timedelta(minutes=15)
EVENT_TYPE = "tandem_note"


class SlackCourier:
    """Brings notes to people in one workspace."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], datetime], progress_blocks: "ProgressLine") -> None:
        self._client = client
        self._now = now
        self._progress_blocks = progress_blocks
        self._shown: dict[str, Progress] = {}

    async def post(self, note: Note, person: Person) -> Outcome:
        """Send `note` as a direct message. Addressed by user id, which needs no scope but chat:write."""
        try:
            answer = await self._client.chat_postMessage(
                channel=str(person.slack_id),
                text=b.escape(note.text),
                blocks=blocks_of(note),
                metadata={"event_type": EVENT_TYPE, "event_payload": {"id": note.id}},
                parse="none",
                unfurl_links=False,
                unfurl_media=False,
            )
            return Sent(str(answer["channel"]), str(answer["ts"]))
        except SlackApiError as error:
            return self._sorted(error)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Later(self._now() + PAUSE_WHEN_UNSAID, type(error).__name__)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            return Unknown(type(error).__name__)

    def _sorted(self, error: SlackApiError) -> Outcome:
        """Sort a refusal: surely not taken and passing, surely not taken for good, or perhaps taken."""
        answer: Any = error.response
        reason = str(answer.get("error", "")) if hasattr(answer, "get") else ""
        status = int(getattr(answer, "status_code", 0) or 0)
        if status == 429 or reason in NOT_TAKEN:
            return Later(self._now() + _retry_after(answer), reason or "ratelimited")
        if status >= 500 or not reason or reason in MAY_HAVE_BEEN_TAKEN:
            return Unknown(reason or f"http_{status}")
        if reason in PERSON_AT_FAULT:
            return Refused(reason, whose="person")
        if reason in WORKSPACE_AT_FAULT:
            log.error("slack_refuses_the_workspace", reason=reason)
            return Later(self._now() + PAUSE_FOR_WORKSPACE, reason)
        log.error("slack_refuses_a_message", reason=reason)
        return Refused(reason)

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


def _retry_after(answer: Any) -> timedelta:
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
