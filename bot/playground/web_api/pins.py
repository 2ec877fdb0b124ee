"""pins.add and bookmarks.add: what is kept at the head of a channel."""

import re

from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.web_api.places import is_stamp, joined, message_at, visible
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.installed_app import BOT_USER, TEAM_ID
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

MOST = 100  # of either, in one channel
EMOJI = re.compile(r":[a-z0-9_+'-]+:")


def pin(slack: Slack, args: Arguments) -> Json:
    """pins.add: a message, once."""
    if not args.text("channel"):
        raise MethodRefused("channel_not_found")
    channel = joined(slack, args.text("channel"))
    if not args.text("timestamp"):
        raise MethodRefused("no_item_specified")
    if not is_stamp(args.text("timestamp")):
        raise MethodRefused("bad_timestamp")
    message = message_at(channel, args.text("timestamp"))
    if message.ts in channel.pins:
        raise MethodRefused("already_pinned")
    if len(channel.pins) >= MOST:
        raise MethodRefused("too_many_pins")
    channel.pins.append(message.ts)
    by = {"channel": channel.id, "pinned_by": BOT_USER, "pinned_ts": slack.clock.seconds()}
    message.body = {**message.body, "pinned_to": [channel.id], "pinned_info": by}
    slack.bell.ring()
    return {}


def bookmark(slack: Slack, args: Arguments) -> Json:
    """bookmarks.add: a link."""
    channel = visible(slack, args.needed("channel_id"))
    if not channel.has_app:
        raise MethodRefused("permission_denied")
    _refuse_bad_bookmark(args)
    if len(channel.bookmarks) >= MOST:
        raise MethodRefused("too_many_bookmarks")
    kept = _bookmark(slack, channel, args)
    channel.bookmarks.append(kept)
    slack.bell.ring()
    return {"bookmark": kept}


def _refuse_bad_bookmark(args: Arguments) -> None:
    args.needed("title")
    if args.needed("type") != "link":
        raise MethodRefused("invalid_bookmark_type")
    if not args.text("link").startswith(("http://", "https://")):
        raise MethodRefused("invalid_link")
    if args.text("emoji") and not EMOJI.fullmatch(args.text("emoji")):
        raise MethodRefused("invalid_emoji")


def _bookmark(slack: Slack, channel: Channel, args: Arguments) -> Json:
    return {
        "id": f"Bk{slack.number():010d}",
        "channel_id": channel.id,
        "title": args.text("title"),
        "link": args.text("link"),
        "emoji": args.text("emoji"),
        "icon_url": None,
        "type": args.text("type"),
        "entity_id": None,
        "date_created": slack.clock.seconds(),
        "date_updated": 0,
        "rank": f"{len(channel.bookmarks):03d}",
        "last_updated_by_user_id": BOT_USER,
        "last_updated_by_team_id": TEAM_ID,
        "shortcut_id": None,
        "app_id": None,
    }


METHODS = {
    "pins.add": Method(pin, scopes=("pins:write",)),
    "bookmarks.add": Method(bookmark, scopes=("bookmarks:write",)),
}
