"""The objects that Slack shows of people, views and conversations, field by field."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.installed_app import APP_ID, BOT_ID, BOT_USER, TEAM_ID, InstalledApp
from bot.playground.workspace.state import Json, Member, OpenView
from bot.playground.workspace.zones import zone_of

SLACKBOT = Member(id="USLACKBOT", name="slackbot", real_name="Slackbot", tz=None)  # is_bot is false: Slack's own oddity

PICTURES, ICONS = (24, 32, 48, 72, 192, 512), (36, 48, 72)


def user_object(
    member: Member,
    now: datetime,
    *,
    updated: int,
    with_email: bool,
    with_locale: bool = False,
    is_stranger: bool = False,
    address: str = "",
) -> Json:
    """A user as users.info gives them. Somebody who has left loses their zone and their roles.

    Of somebody of another organization Slack tells neither address nor locale; they are a stranger as long as they
    share no channel with the app. `updated` is when the account last changed, in seconds; `address` is where this
    Slack, and so their picture, is.
    """
    user: Json = {
        "id": member.id,
        "team_id": member.team or TEAM_ID,
        "name": member.name,
        "deleted": member.deleted,
        "profile": _profile(member, with_email and not member.team) | pictures(member.id, address),
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": updated,
    }
    if member.team:
        user["is_stranger"] = is_stranger
    if member.deleted:
        return user
    user |= _standing(member)
    if with_locale and not member.team:
        user["locale"] = member.locale
    return user | zone_of(member.tz, now)


def _standing(member: Member) -> Json:
    """What somebody is here, as long as they are here."""
    return {
        "color": "9f69e7",
        "real_name": member.real_name,
        "is_admin": member.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted or member.is_ultra_restricted,
        "is_ultra_restricted": member.is_ultra_restricted,
        "is_email_confirmed": bool(member.email),
        "who_can_share_contact_card": "EVERYONE",
    }


def pictures(user: str, address: str, sizes: Sequence[int] = PICTURES) -> Json:
    """The pictures of a user, by size."""
    return {f"image_{size}": f"{address}/avatars/{user}-{size}.svg" for size in sizes}


def bot_profile(app: InstalledApp, address: str, updated: int) -> Json:
    """The bot behind a message, or as bots.info gives it: with fewer pictures than people have."""
    return {
        "id": BOT_ID,
        "app_id": APP_ID,
        "name": app.name,
        "icons": pictures(BOT_USER, address, ICONS),
        "deleted": False,
        "updated": updated,
    }


def bot_member(app: InstalledApp) -> Member:
    """The app's own user."""
    return Member(id=BOT_USER, name=app.handle, real_name=app.bot_name, tz="America/Los_Angeles", is_bot=True)


def view_object(view: OpenView) -> Json:
    """A view as Slack gives it, in answers and in payloads. A home tab has no title and no buttons."""
    body = view.body
    shown: Json = {
        "id": view.id,
        "team_id": TEAM_ID,
        "type": body["type"],
        "blocks": view.blocks,
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": APP_ID,
        "external_id": view.external_id,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }
    return shown | ({"submit_disabled": body.get("submit_disabled", False)} if body["type"] == "modal" else {})


def channel_object(channel: Channel, *, user_deleted: bool = False, guests: Sequence[str] = ()) -> Json:
    """A conversation as conversations.info gives it.

    `user_deleted` tells of the other end of a direct message, `guests` are the other organizations in it.
    """
    shared: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_org_shared": False,
        "is_shared": bool(guests),
        "is_ext_shared": bool(guests),
        "context_team_id": TEAM_ID,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        return shared | {
            "user": channel.members[0],
            "is_user_deleted": user_deleted,
            "is_open": True,
            "priority": 0,
            "last_read": "0000000000.000000",
        }
    return shared | _room(channel) | {"shared_team_ids": [TEAM_ID, *guests]}


def _room(channel: Channel) -> Json:
    """What a conversation of more than two has of its own."""
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind != "channel",
        "is_private": channel.kind != "channel",
        "is_general": channel.kind == "channel" and channel.title == "general",
        "is_member": channel.has_app,
        "creator": BOT_USER,
        "unlinked": 0,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "is_pending_ext_shared": False,
        "previous_names": [],
        "topic": _remark(channel, "Group messaging" if channel.kind == "mpim" else channel.topic),
        "purpose": _remark(channel, _who_is_in(channel) if channel.kind == "mpim" else ""),
    } | ({"is_open": True, "priority": 0} if channel.kind == "mpim" else {})


def _who_is_in(channel: Channel) -> str:
    return "Group messaging with: " + " ".join(f"@{handle}" for handle in channel.handles)


def _remark(channel: Channel, words: str) -> Json:
    return {"value": words, "creator": BOT_USER if words else "", "last_set": channel.created if words else 0}


def _profile(member: Member, with_email: bool) -> Json:
    first, _, last = member.real_name.partition(" ")
    profile: Json = {
        "title": member.title,
        "phone": "",
        "skype": "",
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "display_name": member.name,
        "display_name_normalized": member.name,
        "status_text": "",
        "status_text_canonical": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "avatar_hash": f"g{hashlib.sha256(member.id.encode()).hexdigest()[:11]}",
        "first_name": first,
        "last_name": last,
        "team": member.team or TEAM_ID,
    }
    if with_email and member.email:
        profile["email"] = member.email
    if member.id == BOT_USER:
        profile |= {"bot_id": BOT_ID, "api_app_id": APP_ID, "always_active": True}
    return profile
