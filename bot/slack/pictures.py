"""Brings pictures to Slack, before the message that shows them: one after the other, no faster than Slack takes them.

A picture that is uploaded is nobody's until a message refers to it, so an upload can fail or come twice, and nobody
notices. Whatever goes wrong, there is no picture, and the message has its words.
"""

import asyncio
from collections.abc import Callable

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.notes import Note, Picture
from bot.slack.failures import CALL_FAILS, retry_after
from bot.slack.files import upload
from bot.slack.year_picture import draw_year

log = structlog.get_logger()

UPLOAD_SECONDS = 15.0  # for all of one upload
APART_SECONDS = 0.7  # below the hundred a minute that Slack takes of these calls
NOT_ALLOWED_SECONDS = 3600.0  # the scope is optional: who grants it later has pictures within the hour
MOST_KEPT = 200
NOT_ALLOWED = frozenset({"missing_scope", "not_allowed_token_type", "no_permission", "file_uploads_disabled"})


class Pictures:
    """Uploads pictures in one workspace. `steady` gives the seconds of a clock that only goes forward."""

    def __init__(self, client: AsyncWebClient, steady: Callable[[], float]) -> None:
        self._client = client
        self._steady = steady
        self._turn = asyncio.Lock()
        self._none_before = 0.0
        self._last: float | None = None
        self._kept: dict[Picture, str] = {}

    async def of(self, note: Note) -> dict[Picture, str]:
        """Bring the pictures of a note; return the ids of those that are there, perhaps none."""
        found = {part.picture: await self._brought(part.picture) for part in note.parts if part.picture is not None}
        return {picture: file_id for picture, file_id in found.items() if file_id}

    def forget(self, note: Note) -> None:
        """Bring the pictures of a note anew next time: Slack did not take a message with them."""
        for part in note.parts:
            if part.picture is not None:
                self._kept.pop(part.picture, None)

    async def _brought(self, picture: Picture) -> str:
        async with self._turn:
            if picture in self._kept:  # the other one of the pair has the same
                return self._kept[picture]
            if self._steady() < self._none_before:
                return ""
            await self._apart()
            try:
                async with asyncio.timeout(UPLOAD_SECONDS):
                    file_id = await self._upload(picture)
            except CALL_FAILS as error:
                self._learn(error)
                return ""
            self._keep(picture, file_id)
            return file_id

    async def _apart(self) -> None:
        """Wait a moment after the last one."""
        now = self._steady()
        if self._last is not None and (wait := self._last + APART_SECONDS - now) > 0:
            await asyncio.sleep(wait)
        self._last = self._steady()

    async def _upload(self, picture: Picture) -> str:
        content = draw_year(picture.figures)  # some 20 ms, once in 0.7 s: no thread is worth it
        file_id = await upload(self._client, "year.png", content, alt_txt=picture.alt[:1000])
        await self._client.files_completeUploadExternal(files=[{"id": file_id, "title": "year"}])
        return file_id

    def _learn(self, error: Exception) -> None:
        """Rest where Slack asks for it, and for longer where it does not allow pictures."""
        reason = type(error).__name__
        if isinstance(error, SlackApiError):
            body = getattr(error.response, "data", error.response)
            reason = str(body.get("error") or reason) if isinstance(body, dict) else reason
            status = int(getattr(error.response, "status_code", 0) or 0)
            if reason in NOT_ALLOWED:
                self._none_before = self._steady() + NOT_ALLOWED_SECONDS
            elif status == 429 or reason in ("ratelimited", "rate_limited"):
                self._none_before = self._steady() + retry_after(error.response).total_seconds()
        log.warning("picture_not_brought", reason=reason)

    def _keep(self, picture: Picture, file_id: str) -> None:
        self._kept[picture] = file_id
        while len(self._kept) > MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
