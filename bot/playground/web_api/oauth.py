"""oauth.*: a code, which somebody's consent has given, becomes a token."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.workspace.installed_app import APP_ID, BOT_USER, TEAM_ID
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json


def access(slack: Slack, args: Arguments) -> Json:
    """oauth.v2.access: installs the app with the scopes that were consented to."""
    refuse_wrong_client(slack, args)
    if args.text("grant_type") not in ("", "authorization_code"):
        raise MethodRefused("invalid_grant_type")  # tokens do not rotate here, so there is nothing else to grant
    consent = slack.codes.look_at(args.text("code"))
    if args.text("redirect_uri") != (consent.redirect_uri if consent.named_uri else ""):
        raise MethodRefused("bad_redirect_uri")
    consent.used = True
    _install(slack, consent.scopes)
    return {
        "access_token": slack.app.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(consent.scopes)),
        "bot_user_id": BOT_USER,
        "app_id": APP_ID,
        "team": {"id": TEAM_ID, "name": slack.team_name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": consent.user},
    }


def refuse_wrong_client(slack: Slack, args: Arguments) -> None:
    """Raise MethodRefused unless the call names the app by its id and its secret."""
    if args.text("client_id") != slack.app.client_id:
        raise MethodRefused("invalid_client_id")
    if args.text("client_secret") != slack.app.client_secret:
        raise MethodRefused("bad_client_secret")


def _install(slack: Slack, scopes: frozenset[str]) -> None:
    """Scopes add up as long as the app is there; somebody who installs it anew begins anew."""
    app = slack.app
    granted = scopes | app.scopes if app.installed else scopes
    app.scopes.clear()  # the set stays the same one: tests hold on to it
    app.scopes.update(granted)
    app.put_in()
    slack.bell.ring()


METHODS = {"oauth.v2.access": Method(access, token="none")}
