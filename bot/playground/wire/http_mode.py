"""HTTP mode: what people do reaches the app as signed requests to its one URL."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode

import aiohttp

from bot.playground.guard import refuse_afar
from bot.playground.wire.line import FIRST, Kind, Outcome, Retry
from bot.playground.workspace.state import Json

SENDER = {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)", "Accept": "*/*"}
JSON_BODY = {"Content-Type": "application/json"}
FORM_BODY = {"Content-Type": "application/x-www-form-urlencoded"}


class HttpLine:
    """Requests to the app's URL, signed as Slack signs them. The app may use one URL for everything.

    `verified` says whether the URL has proved to be the app's; None as long as nobody has asked.
    """

    def __init__(self, url: str, signing_secret: str, verification_token: str = ""):
        """Raise ValueError if `url` leads away from this machine."""
        self._url = refuse_afar(url)
        self._secret = signing_secret.encode()
        self._token = verification_token
        self._session: aiohttp.ClientSession | None = None
        self.verified: bool | None = None

    @property
    def open_ends(self) -> int:
        """Always one: the URL."""
        return 1

    async def carry(self, kind: Kind, payload: Json, within: float, retry: Retry = FIRST) -> Outcome:
        """Send one request. Only a 200 in time is an acknowledgement; for an event any 2xx is."""
        body, headers = _written(kind, payload)
        if retry.number:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with asyncio.timeout(within):
                status, text, answered = await self._post(body, headers)
        except TimeoutError:
            return Outcome(None, "http_timeout")
        except aiohttp.ClientError:
            return Outcome(None, "connection_failed")
        if status == 200 or (kind == "events_api" and 200 < status < 300):
            return Outcome(_read(text))
        return Outcome(None, "http_error", final=answered.get("X-Slack-No-Retry") == "1")

    async def verify(self, within: float) -> bool:
        """Ask the URL to prove that it is the app's: it has to give the challenge back. Keep and give the result."""
        challenge = secrets.token_hex(26)
        body = json.dumps({"token": self._token, "challenge": challenge, "type": "url_verification"}).encode()
        try:
            async with asyncio.timeout(within):
                status, text, _ = await self._post(body, dict(JSON_BODY))
        except (TimeoutError, aiohttp.ClientError):
            status, text = 0, ""
        self.verified = status == 200 and challenge in _challenges_in(text)
        return self.verified

    async def hang_up(self) -> None:
        """Close our side."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str, Mapping[str, str]]:
        """Slack follows two redirects of an event; we follow none, since they may lead away from this machine."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        headers = SENDER | headers | self._signed(body)
        async with self._session.post(self._url, data=body, headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text(errors="replace"), answer.headers

    def _signed(self, body: bytes) -> dict[str, str]:
        now = str(int(time.time()))
        signature = hmac.new(self._secret, f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={signature}"}


def _written(kind: Kind, payload: Json) -> tuple[bytes, dict[str, str]]:
    if kind == "events_api":
        return json.dumps(payload).encode(), dict(JSON_BODY)
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), dict(FORM_BODY)


def _read(text: str) -> Json:
    """An acknowledgement's body: JSON, or plain text that is shown as it stands."""
    if not text:
        return {}
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text}
    return answer if isinstance(answer, dict) else {"text": text}


def _challenges_in(text: str) -> list[str]:
    """The challenge may come back as it is, in a form, or in JSON."""
    return [text.strip(), *parse_qs(text).get("challenge", []), str(_read(text).get("challenge", ""))]
