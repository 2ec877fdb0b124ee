"""Tokens and scopes: who may call which method, and what of it all is not written down."""

import base64
from collections.abc import Mapping

from bot.playground.refusals import MethodRefused, out_of_scope
from bot.playground.web_api.method import Method
from bot.playground.workspace.installed_app import InstalledApp
from bot.playground.workspace.state import Json

SECRET = ("client_secret", "code", "access_token")


def token_in(authorization: str, given: Json) -> str:
    """The token of a call, from its header or else its arguments, where it does not stay.

    A client that names itself by HTTP Basic authentication is as one that gives its id and secret as arguments.
    """
    in_arguments = str(given.pop("token", ""))
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "basic":
        given |= _client(credentials.strip())
    return credentials.strip() if scheme.lower() == "bearer" else in_arguments


def admit(app: InstalledApp, method: Method, token: str) -> None:
    """Raise MethodRefused unless this token may call this method."""
    if method.token == "none":
        return
    if not token:
        raise MethodRefused("not_authed")
    if token in app.dead:
        raise MethodRefused(app.dead[token])
    if token not in (app.bot_token, app.app_token):
        raise MethodRefused("invalid_auth")
    if method.token not in ("any", _kind(app, token)):
        raise MethodRefused("not_allowed_token_type")
    held = _scopes(app, token)
    if method.scopes and held.isdisjoint(method.scopes):
        raise out_of_scope(",".join(method.scopes), ",".join(sorted(held)))


def scope_headers(app: InstalledApp, method: Method | None, token: str) -> Mapping[str, str]:
    """The headers that tell which scopes a token has, and of which ones the method wants one."""
    if token not in (app.bot_token, app.app_token) or token in app.dead:
        return {}
    accepted = method.scopes if method else ()
    return {
        "X-OAuth-Scopes": ",".join(sorted(_scopes(app, token))),
        "X-Accepted-OAuth-Scopes": ",".join(accepted),
    }


def without_secrets(told: Json) -> Json:
    """Arguments or an answer, as they may be written down and shown."""
    return {name: "(hidden)" if name in SECRET else value for name, value in told.items()}


def _kind(app: InstalledApp, token: str) -> str:
    return "app" if token == app.app_token else "bot"


def _scopes(app: InstalledApp, token: str) -> set[str]:
    return app.app_scopes if token == app.app_token else app.scopes


def _client(credentials: str) -> Json:
    try:
        client_id, _, secret = base64.b64decode(credentials, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": secret}
