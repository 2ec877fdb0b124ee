"""auth.* and api.test: who is asking, and taking a token back."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.wire import removal
from bot.playground.workspace.installed_app import APP_ID, BOT_ID, BOT_USER, TEAM_ID
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json


def auth_test(slack: Slack, args: Arguments) -> Json:
    """auth.test: the app's bot and its workspace. An app-level token is of no workspace: it names the app alone."""
    if args.token == slack.app.app_token:
        return {"app_name": slack.app.name, "app_id": APP_ID}
    return {
        "url": slack.address + "/",
        "team": slack.team_name,
        "user": slack.app.handle,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def auth_revoke(slack: Slack, args: Arguments) -> Json:
    """auth.revoke: the token is dead from now on, and with it, being the only one, the app is out of the workspace."""
    if args.flag("test"):
        return {"revoked": False}
    removal.remove(slack, because="token_revoked")
    return {"revoked": True}


def api_test(slack: Slack, args: Arguments) -> Json:
    """api.test: gives the arguments back, and fails on request."""
    if args.text("error"):
        raise MethodRefused(args.text("error"), args=dict(args.given))
    return {"args": dict(args.given)}


METHODS = {
    "auth.test": Method(auth_test, token="any"),
    "auth.revoke": Method(auth_revoke),
    "api.test": Method(api_test, token="none"),
}
