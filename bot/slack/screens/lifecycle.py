"""What happens to accounts and to the app itself: people leave and come back; the app is removed."""

import structlog

from bot.slack.doors import Doors
from bot.slack.visit import Visit
from bot.usecases.follow_account import follow_account

log = structlog.get_logger()


def register(doors: Doors) -> None:
    """Listen to what Slack tells of people and of the app."""
    doors.event("user_change", account_changed, once=False, kept=True)
    doors.event("app_uninstalled", app_removed)
    doors.event("tokens_revoked", tokens_revoked)


async def account_changed(visit: Visit) -> None:
    """An account was changed: of interest is only whether it still is one. The roster keeps name and zone."""
    user = visit.notice.get("user") or {}
    if await follow_account(visit.world, visit.workspace_id, str(user.get("id", "")), gone=bool(user.get("deleted"))):
        log.info("account_left" if user.get("deleted") else "account_came_back", workspace=visit.workspace_id)


async def app_removed(visit: Visit) -> None:
    """The app was removed from the workspace: nothing can be sent until it is installed again."""
    log.error("app_uninstalled", workspace=visit.workspace_id)


async def tokens_revoked(visit: Visit) -> None:
    """Tokens were revoked; of interest are the bot's, without which nothing can be sent."""
    bots = (visit.notice.get("tokens") or {}).get("bot") or []
    log.error("tokens_revoked", workspace=visit.workspace_id, bot_tokens=len(bots))
