"""users.*: who is here."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.web_api.pages import page_of
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.shapes import SLACKBOT, bot_member, user_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member

MOST_USERS = 1000


def user_info(slack: Slack, args: Arguments) -> Json:
    """users.info."""
    member = _member(slack, args.needed("user"))
    if member is None:
        raise MethodRefused("user_not_found")
    return {"user": _shown(slack, member, args)}


def user_list(slack: Slack, args: Arguments) -> Json:
    """users.list: everybody, those who have left and the bots too, but nobody of another organization."""
    people = (person.member for person in slack.workspace.people.values() if not person.member.team)
    everybody = [SLACKBOT, *people, bot_member(slack.app)]
    page, rest = page_of(everybody, args, otherwise=MOST_USERS, error="invalid_arguments")
    shown = [_shown(slack, member, args) for member in page]
    return {"members": shown, "cache_ts": slack.clock.seconds(), **rest}


def lookup_by_email(slack: Slack, args: Arguments) -> Json:
    """users.lookupByEmail: those who have left are not found, nor anybody of another organization."""
    email = args.needed("email").lower()
    for person in slack.workspace.people.values():
        member = person.member
        if member.email.lower() == email and not member.deleted and not member.team:
            return {"user": _shown(slack, member, args)}
    raise MethodRefused("users_not_found")


def _member(slack: Slack, user: str) -> Member | None:
    if user in (BOT_USER, SLACKBOT.id):
        return bot_member(slack.app) if user == BOT_USER else SLACKBOT
    person = slack.person(user)
    return person.member if person else None


def _shown(slack: Slack, member: Member, args: Arguments) -> Json:
    person = slack.person(member.id)
    return user_object(
        member,
        slack.clock.now(),
        updated=person.changed if person else slack.workspace.begun,
        with_email="users:read.email" in slack.app.scopes,
        with_locale=args.flag("include_locale"),
        is_stranger=person is not None and not slack.knows(person),
        address=slack.address,
    )


METHODS = {
    "users.info": Method(user_info, scopes=("users:read",)),
    "users.list": Method(user_list, scopes=("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, scopes=("users:read.email",)),
}
