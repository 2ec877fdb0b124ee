"""What happens to accounts and to the app itself: people leave and come back; the app is removed."""

import structlog

from bot.slack.directory import is_guest
from bot.slack.doors import Doors
from bot.slack.visit import Visit
from bot.usecases.follow_account import follow_account
from bot.usecases.stop_workspace import stop_workspace

log = structlog.get_logger()


def register(doors: Doors) -> None:
    """Listen to what Slack tells of people and of the app."""
    doors.event("user_change", account_changed, once=False, kept=True)
    doors.event("app_uninstalled", app_removed)
    doors.event("tokens_revoked", tokens_revoked)


async def account_changed(visit: Visit) -> None:
    """An account was changed: of interest is only whether it still is one, and a guest's. The roster keeps the rest."""
    user = visit.notice.get("user") or {}
    gone, guest = bool(user.get("deleted")), is_guest(user)
    if await follow_account(visit.world, visit.workspace_id, str(user.get("id", "")), gone=gone, guest=guest):
        log.info("account_left" if user.get("deleted") else "account_came_back", workspace=visit.workspace_id)


async def app_removed(visit: Visit) -> None:
    """The app was removed from the workspace: nothing is sent until it is installed again."""
    log.error("app_uninstalled", workspace=visit.workspace_id)
    await stop_workspace(visit.world, visit.workspace_id, "app_uninstalled")


async def tokens_revoked(visit: Visit) -> None:
    """Tokens were revoked; of interest are the bot's, without which nothing can be sent. A person's are not ours."""
    bots = (visit.notice.get("tokens") or {}).get("bot") or []
    if bots:
        log.error("tokens_revoked", workspace=visit.workspace_id, bot_tokens=len(bots))
        await stop_workspace(visit.world, visit.workspace_id, "token_revoked")
