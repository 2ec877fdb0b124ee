"""Threads: what a message tells of the replies to it."""

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.state import Json

COUNTED = ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply", "is_locked", "subscribed")


def recount(channel: Channel, root: str) -> None:
    """Bring what a message tells of its replies up to date; without any left it tells nothing."""
    parent = channel.messages.get(root)
    if parent is None:
        return
    replies = [one.body for one in channel.thread(root) if one is not parent]
    bare = {name: value for name, value in parent.body.items() if name not in COUNTED}
    parent.body = bare | _told(root, replies) if replies else bare


def _told(root: str, replies: list[Json]) -> Json:
    users = list(dict.fromkeys(reply["user"] for reply in replies))
    return {
        "thread_ts": root,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1]["ts"],
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }
