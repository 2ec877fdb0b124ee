"""Slack's list of people, by e-mail address or id."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases.find_people import SlackUser

log = structlog.get_logger()
NOBODY = frozenset({"users_not_found", "user_not_found", "user_not_visible"})


class SlackDirectory:
    """Asks Slack. Needs users:read, and users:read.email for addresses."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def by_email(self, email: str) -> SlackUser | None:
        """Return who has this address."""
        return await self._ask("users_lookupByEmail", email=email)

    async def by_id(self, slack_id: str) -> SlackUser | None:
        """Return who has this id."""
        return await self._ask("users_info", user=slack_id)

    async def time(self) -> datetime | None:
        """Return what time it is at Slack, by the Date of an answer; None when it does not answer."""
        try:
            answer = await self._client.api_test()
            return parsedate_to_datetime({k.lower(): v for k, v in answer.headers.items()}["date"])
        except (SlackApiError, TimeoutError, aiohttp.ClientError, OSError, KeyError, ValueError):
            return None

    async def _ask(self, method: str, **arguments: str) -> SlackUser | None:
        try:
            answer = await getattr(self._client, method)(**arguments)
        except SlackApiError as error:
            reason = str(error.response.get("error"))
            if reason not in NOBODY:
                log.warning("person_not_looked_up", reason=reason)
            return None
        return _user(answer["user"])


def _user(found: dict[str, Any]) -> SlackUser:
    return SlackUser(
        str(found["id"]), _zone(str(found.get("tz") or "")), bool(found.get("deleted")), guest=is_guest(found)
    )


def is_guest(user: dict[str, Any]) -> bool:
    """Tell whether Slack's description of somebody is that of a guest, of one channel or of several."""
    return bool(user.get("is_restricted") or user.get("is_ultra_restricted"))


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
