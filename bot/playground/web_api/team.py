"""team.info and bots.info: the workspace, and the app's bot."""

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.workspace.installed_app import BOT_ID, BOT_USER, DOMAIN, TEAM_ID
from bot.playground.workspace.shapes import bot_profile, pictures
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

ICONS = (34, 44, 68, 88, 102, 132, 230)


def team_info(slack: Slack, args: Arguments) -> Json:
    """team.info: of this workspace; of no other."""
    if args.text("team") not in ("", TEAM_ID):
        raise MethodRefused("team_not_found")
    icon = {**pictures(TEAM_ID, slack.address, ICONS), "image_default": True}
    return {
        "team": {
            "id": TEAM_ID,
            "name": slack.team_name,
            "url": f"{slack.address}/",
            "domain": DOMAIN,
            "email_domain": "",
            "icon": icon,
        }
    }


def bots_info(slack: Slack, args: Arguments) -> Json:
    """bots.info: by the bot's id, which is not that of its user."""
    if args.text("bot") != BOT_ID:
        raise MethodRefused("bot_not_found" if args.text("bot") else "missing_argument")
    return {"bot": bot_profile(slack.app, slack.address, slack.workspace.begun) | {"user_id": BOT_USER}}


METHODS = {
    "team.info": Method(team_info, scopes=("team:read",)),
    "bots.info": Method(bots_info, scopes=("users:read",)),
}
