"""Failures: what an error of Slack's, or of the line to it, says about the call that failed.

There are four kinds. Surely not taken and passing; surely not taken for good (by fault of the person, the workspace or
the message); perhaps taken. A word that we do not know is taken for the message's own fault, for which all others go
on, unless it comes with a status of 500 or more: then the message may have been taken.
"""

from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.domain.notes import Later, Outcome, Refused, Unknown, Unreadable

log = structlog.get_logger()

PERSON_AT_FAULT = frozenset(
    {"channel_not_found", "user_not_found", "user_not_visible", "user_disabled", "cannot_dm_bot", "is_inactive"}
    | {"app_access_restricted", "is_archived", "not_in_channel"}
)
# Whatever would refuse every message: so nothing is lost to it, and everything goes out once it is put right.
WORKSPACE_AT_FAULT = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_revoked", "token_expired", "missing_scope"}
    | {"messages_tab_disabled", "org_login_required", "team_access_not_granted", "access_denied", "accesslimited"}
    | {"team_added_to_org", "team_not_found", "enterprise_is_restricted", "ekm_access_denied", "restricted_action"}
    | {"no_permission", "not_allowed_token_type", "two_factor_setup_required", "is_bot"}
    | {"deprecated_endpoint", "method_deprecated", "unknown_method"}
)
MAY_HAVE_BEEN_TAKEN = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
NOT_TAKEN = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
CANNOT_BE_READ = PERSON_AT_FAULT | {"missing_scope", "not_allowed_token_type", "no_permission", "access_denied"}
PAUSE_WHEN_UNSAID, A_LONG_PAUSE = timedelta(seconds=30), timedelta(hours=1)
NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
# The last three: an answer that is no JSON object makes the SDK stumble over it.
CALL_FAILS = (
    SlackApiError,
    TimeoutError,
    aiohttp.ClientError,
    OSError,
    ValueError,
    AttributeError,
    KeyError,
    TypeError,
)


def _reason_of(error: SlackApiError) -> str:
    """Return Slack's word for it; "" where the answer has none: the page of a gateway, a body that cannot be read."""
    body = getattr(error.response, "data", error.response)
    return str(body.get("error") or "") if isinstance(body, dict) else ""


def _status_of(error: SlackApiError) -> int:
    """Return the HTTP status, also of an answer that the SDK could not read."""
    answer: Any = error.response
    return int(getattr(answer, "status_code", None) or getattr(answer, "status", None) or 0)


def retry_after(answer: Any) -> timedelta:
    """Read Retry-After, in seconds; where Slack says nothing usable, half a minute."""
    headers = {str(name).lower(): value for name, value in dict(getattr(answer, "headers", {}) or {}).items()}
    try:
        return timedelta(seconds=max(int(headers["retry-after"]), 1))
    except (KeyError, TypeError, ValueError):
        return PAUSE_WHEN_UNSAID


def sorted_failure(error: Exception, now: datetime) -> Outcome:
    """Sort a failure to send."""
    if isinstance(error, NOT_REACHED):
        return Later(now, type(error).__name__, cause="line")
    if not isinstance(error, SlackApiError):
        return Unknown(type(error).__name__)
    reason, status = _reason_of(error), _status_of(error)
    if status == 429 or reason in NOT_TAKEN:
        return Later(now + retry_after(error.response), reason or "ratelimited")
    if status >= 500 or not reason or reason in MAY_HAVE_BEEN_TAKEN:
        return Unknown(reason or f"http_{status}")
    return _refused(reason)


def _refused(reason: str) -> Refused:
    if reason in PERSON_AT_FAULT:
        return Refused(reason, whose="person")
    if reason in WORKSPACE_AT_FAULT:
        return Refused(reason, whose="workspace")
    log.error("slack_refuses_a_message", reason=reason)
    return Refused(reason)


def why_not_read(error: Exception, now: datetime) -> Unreadable | Later:
    """Sort a failure to read: it may be tried again, or it never will succeed as things are."""
    if isinstance(error, NOT_REACHED):
        return Later(now, type(error).__name__, cause="line")
    if not isinstance(error, SlackApiError):
        return Later(now + PAUSE_WHEN_UNSAID, type(error).__name__, cause="answer")
    reason, status = _reason_of(error), _status_of(error)
    if status == 429 or reason in NOT_TAKEN:
        return Later(now + retry_after(error.response), reason or "ratelimited")
    if reason in CANNOT_BE_READ:
        return Unreadable(reason)
    log.warning("conversation_not_read", reason=reason or f"http_{status}")
    pause = A_LONG_PAUSE if reason in WORKSPACE_AT_FAULT else PAUSE_WHEN_UNSAID
    return Later(now + pause, reason or f"http_{status}", cause="answer")
