"""What Slack hands out for a moment: trigger ids (one form, three seconds), response URLs (five uses, 30 minutes),
and the codes of an installation (one use, ten minutes).

All run by the real clock, as the app does: the playground's own clock stands still.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.refusals import MethodRefused

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
CODE_SECONDS = 10 * 60.0
KEPT = 2000  # the newest; older ones have expired anyway

Seconds = Callable[[], float]


@dataclass(slots=True)
class Trigger:
    """A person's own act, which lets the app open one form for them. `channel` is where they were, if anywhere."""

    user: str
    issued: float
    channel: str = ""
    used: bool = False


class Triggers:
    """The trigger ids given out."""

    def __init__(self, seconds: Seconds):
        self._seconds = seconds
        self._given: OrderedDict[str, Trigger] = OrderedDict()

    def issue(self, user: str, channel: str = "") -> str:
        """A fresh trigger id for what `user` just did, in `channel` if it was done in one."""
        trigger_id = f"{secrets.randbelow(10**12):012d}.{secrets.randbelow(10**10):010d}.{secrets.token_hex(16)}"
        self._given[trigger_id] = Trigger(user, self._seconds(), channel)
        if len(self._given) > KEPT:
            self._given.popitem(last=False)
        return trigger_id

    def look_at(self, trigger_id: str) -> Trigger:
        """The trigger behind an id. Raise MethodRefused if it is unknown, used or too old."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise MethodRefused("invalid_trigger_id")
        if trigger.used:
            raise MethodRefused("exchanged_trigger_id")
        if self._seconds() - trigger.issued > TRIGGER_SECONDS:
            raise MethodRefused("expired_trigger_id")
        return trigger


@dataclass(slots=True)
class ResponseUrl:
    """Where the app may answer one act. `message` is the `ts` of the message that was clicked, if it was one."""

    user: str
    channel: str
    message: str | None
    issued: float
    uses: int = 0


class ResponseUrls:
    """The response URLs given out, by token."""

    def __init__(self, seconds: Seconds):
        self._seconds = seconds
        self._given: OrderedDict[str, ResponseUrl] = OrderedDict()

    def issue(self, user: str, channel: str, message: str | None = None) -> str:
        """A fresh token."""
        token = secrets.token_urlsafe(24)
        self._given[token] = ResponseUrl(user, channel, message, self._seconds())
        if len(self._given) > KEPT:
            self._given.popitem(last=False)
        return token

    def look_at(self, token: str) -> ResponseUrl:
        """The URL behind a token. Raise MethodRefused if it is unknown, used up or too old."""
        url = self._given.get(token)
        if url is None or self._seconds() - url.issued > RESPONSE_SECONDS:
            raise MethodRefused("expired_url")
        if url.uses >= RESPONSE_USES:
            raise MethodRefused("used_url")
        return url


@dataclass(slots=True)
class Consent:
    """What somebody agreed to on the page that asks them. `named_uri` if the app named where to go from there."""

    user: str
    scopes: frozenset[str]
    redirect_uri: str
    named_uri: bool
    issued: float
    used: bool = False


class Codes:
    """The codes given out, each for one consent."""

    def __init__(self, seconds: Seconds):
        self._seconds = seconds
        self._given: dict[str, Consent] = {}

    def issue(self, user: str, scopes: frozenset[str], redirect_uri: str, *, named_uri: bool = True) -> str:
        """A fresh code."""
        code = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(32)}"
        self._given[code] = Consent(user, scopes, redirect_uri, named_uri, self._seconds())
        return code

    def look_at(self, code: str) -> Consent:
        """The consent behind a code. Raise MethodRefused if it is unknown, too old or used."""
        consent = self._given.get(code)
        if consent is None or self._seconds() - consent.issued > CODE_SECONDS:
            raise MethodRefused("invalid_code")
        if consent.used:
            raise MethodRefused("code_already_used")
        return consent
