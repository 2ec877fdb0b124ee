"""users.*, team.info and auth.test: who is here, and who is asking."""

import base64

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.wire.interactions import DOMAIN
from bot.playground.workspace.installed_app import APP_ID, BOT_ID, BOT_USER, TEAM_ID
from bot.playground.workspace.shapes import SLACKBOT, bot_member, user_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member

MOST_USERS = 1000


def auth_test(slack: Slack, args: Arguments) -> Json:
    """auth.test: the app's bot and its workspace."""
    return {
        "url": slack.address + "/",
        "team": slack.team_name,
        "user": slack.app.handle,
        "team_id": TEAM_ID,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "app_name": slack.app.name,
        "is_enterprise_install": False,
    }


def api_test(slack: Slack, args: Arguments) -> Json:
    """api.test: gives the arguments back, and fails on request."""
    if args.text("error"):
        raise MethodRefused(args.text("error"))
    return {"args": dict(args.given)}


def user_info(slack: Slack, args: Arguments) -> Json:
    """users.info."""
    member = _member(slack, args.needed("user"))
    if member is None:
        raise MethodRefused("user_not_found")
    return {"user": _shown(slack, member, args)}


def user_list(slack: Slack, args: Arguments) -> Json:
    """users.list: everybody, those who have left and the bots too, in pages."""
    everybody = [SLACKBOT, *(person.member for person in slack.workspace.people.values()), bot_member(slack.app)]
    limit, start = args.number("limit", MOST_USERS), _page_start(args.text("cursor"))
    page, rest = everybody[start : start + limit], everybody[start + limit :]
    return {
        "members": [_shown(slack, member, args) for member in page],
        "cache_ts": slack.clock.seconds(),
        "response_metadata": {"next_cursor": _cursor(start + limit) if rest else ""},
    }


def lookup_by_email(slack: Slack, args: Arguments) -> Json:
    """users.lookupByEmail: those who have left are not found."""
    email = args.needed("email").lower()
    for person in slack.workspace.people.values():
        if person.member.email.lower() == email and not person.member.deleted:
            return {"user": _shown(slack, person.member, args)}
    raise MethodRefused("users_not_found")


def team_info(slack: Slack, args: Arguments) -> Json:
    """team.info."""
    return {"team": {"id": TEAM_ID, "name": slack.team_name, "domain": DOMAIN, "email_domain": "", "icon": {}}}


def _member(slack: Slack, user: str) -> Member | None:
    if user in (BOT_USER, SLACKBOT.id):
        return bot_member(slack.app) if user == BOT_USER else SLACKBOT
    person = slack.person(user)
    return person.member if person else None


def _shown(slack: Slack, member: Member, args: Arguments) -> Json:
    return user_object(
        member,
        slack.clock.now(),
        with_email="users:read.email" in slack.app.scopes,
        with_locale=args.flag("include_locale"),
    )


def _cursor(start: int) -> str:
    return base64.b64encode(f"from:{start}".encode()).decode()


def _page_start(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("from:")) if cursor else 0
    except ValueError:
        raise MethodRefused("invalid_cursor") from None


METHODS = {
    "auth.test": Method(auth_test),
    "api.test": Method(api_test, token="none"),
    "users.info": Method(user_info, scopes=("users:read",)),
    "users.list": Method(user_list, scopes=("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, scopes=("users:read.email",)),
    "team.info": Method(team_info, scopes=("team:read",)),
}
