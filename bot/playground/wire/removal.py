"""The removal of the app: its token dies, its homes and forms go, and it hears of it twice."""

from bot.playground.wire import interactions
from bot.playground.workspace.installed_app import BOT_USER
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json


def remove(slack: Slack, because: str = "account_inactive") -> None:
    """Take the app out of the workspace, and let it hear of that without waiting for it."""
    for event in removed(slack, because):
        if event["type"] in slack.app.events:
            slack.deliveries.mention(interactions.event(slack, event))


def removed(slack: Slack, because: str = "account_inactive") -> tuple[Json, Json]:
    """Take the app out of the workspace, and give the two events of it: Slack sends them in either order.

    Its sockets stay: an app-level token belongs to the app itself, not to a workspace.
    """
    slack.app.remove(because)
    for person in slack.workspace.people.values():
        person.home = None
        person.modals.clear()
    slack.views.clear()
    slack.external_ids.clear()
    slack.bell.ring()
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}, {"type": "app_uninstalled"}
