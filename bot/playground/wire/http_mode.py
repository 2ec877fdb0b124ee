"""HTTP mode: what people do reaches the app as signed requests to its one URL."""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.playground.wire.deliveries import Kind
from bot.playground.workspace.state import Json


class HttpLine:
    """Requests to the app's URL, signed as Slack signs them. The app may use one URL for everything."""

    def __init__(self, url: str, signing_secret: str):
        self._url = url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    @property
    def open_ends(self) -> int:
        """Always one: the URL."""
        return 1

    async def carry(self, kind: Kind, payload: Json, within: float, retry: int = 0) -> Json | None:
        """Send one request. Only a 200 in time counts as an acknowledgement."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        body, headers = _written(kind, payload)
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        try:
            async with asyncio.timeout(within):
                async with self._session.post(self._url, data=body, headers=headers | self._signed(body)) as answer:
                    return _read(await answer.text()) if answer.status == 200 else None
        except (TimeoutError, aiohttp.ClientError):
            return None

    async def hang_up(self) -> None:
        """Close our side."""
        if self._session is not None:
            await self._session.close()

    def _signed(self, body: bytes) -> dict[str, str]:
        now = str(int(time.time()))
        signature = hmac.new(self._secret, f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={signature}"}


def _written(kind: Kind, payload: Json) -> tuple[bytes, dict[str, str]]:
    if kind == "events_api":
        return json.dumps(payload).encode(), {"Content-Type": "application/json"}
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}


def _read(text: str) -> Json:
    """An acknowledgement's body: JSON, or plain text that is shown as it stands."""
    if not text:
        return {}
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text}
    return answer if isinstance(answer, dict) else {"text": text}
