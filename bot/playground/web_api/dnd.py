"""dnd.info and dnd.teamInfo: when people want no notifications."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.quiet import next_quiet
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Person

MOST_USERS = 50
NEVER: Json = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def info(slack: Slack, args: Arguments) -> Json:
    """dnd.info: of one person; of the app's own user if nobody is named."""
    user = args.text("user") or BOT_USER
    person = slack.person(user)
    if person is None and user != BOT_USER:
        raise MethodRefused("user_not_found")
    if person is not None and person.member.team:
        raise MethodRefused("user_not_visible")
    return _hours(slack, person)


def team_info(slack: Slack, args: Arguments) -> Json:
    """dnd.teamInfo: of up to fifty people. Those whom nobody knows are left out."""
    users = args.names("users")
    if not users:
        raise MethodRefused("no_users_provided")
    if len(users) > MOST_USERS:
        raise MethodRefused("too_many_users")
    known = [person for user in users if (person := slack.person(user))]
    if any(person.member.team for person in known):
        raise MethodRefused("user_not_visible")
    return {"users": {person.id: _hours(slack, person) for person in known}}


def _hours(slack: Slack, person: Person | None) -> Json:
    night = next_quiet(person.member, slack.clock.now(), slack.zone) if person else None
    if night is None:
        return NEVER
    begins, ends = (int(moment.timestamp()) for moment in night)
    return {"dnd_enabled": True, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}


METHODS = {
    "dnd.info": Method(info, scopes=("dnd:read",)),
    "dnd.teamInfo": Method(team_info, scopes=("dnd:read",)),
}
