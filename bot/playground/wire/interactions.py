"""What Slack sends: commands, shortcuts, clicks, lookups, submissions, closed forms and events, field by field."""

import secrets
from collections.abc import Iterator
from typing import Any

from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.installed_app import APP_ID, BOT_USER, DOMAIN, TEAM_ID
from bot.playground.workspace.shapes import view_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person


def slash_command(slack: Slack, person: Person, channel: Channel, command: str, text: str) -> Json:
    """A typed command. Every field is a string, as in a form."""
    return {
        "token": slack.app.verification_token,
        "team_id": TEAM_ID,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": _name_told(channel),
        "user_id": person.id,
        "user_name": person.member.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": _response_url(slack, person, channel.id),
        "trigger_id": slack.triggers.issue(person.id, channel.id),
    }


def global_shortcut(slack: Slack, person: Person, callback_id: str) -> Json:
    """A shortcut that stands everywhere: it has no conversation, and no response URL."""
    return _shortcut(slack, person, "shortcut", callback_id) | {"trigger_id": slack.triggers.issue(person.id)}


def message_shortcut(slack: Slack, person: Person, callback_id: str, channel: Channel, message: Message) -> Json:
    """A shortcut that was used on a message, which comes along whole."""
    return _shortcut(slack, person, "message_action", callback_id) | {
        "trigger_id": slack.triggers.issue(person.id, channel.id),
        "response_url": _response_url(slack, person, channel.id),
        "message_ts": message.ts,
        "message": message.body,
        "channel": _channel(channel),
    }


def click_on_message(
    slack: Slack, person: Person, message: Message, channel: Channel, action: Json, state: Json
) -> Json:
    """A click on an element of a message. An ephemeral one is not sent along: Slack does not keep it."""
    return (
        _act(slack, person, "block_actions")
        | in_message(channel, message, action["block_id"])
        | {
            "trigger_id": slack.triggers.issue(person.id, channel.id),
            "state": {"values": state},
            "response_url": _response_url(slack, person, channel.id, message),
            "actions": [action],
        }
    )


def click_on_view(slack: Slack, person: Person, view: OpenView, action: Json) -> Json:
    """A click on an element of a form or of the home tab."""
    trigger_id = slack.triggers.issue(person.id)
    return _act(slack, person, "block_actions") | in_view(view) | {"trigger_id": trigger_id, "actions": [action]}


def block_suggestion(slack: Slack, person: Person, around: Json, target: tuple[str, str], value: str) -> Json:
    """What was typed into a menu whose options come from the app. `around` tells where it stands."""
    block_id, action_id = target
    asked = {"block_id": block_id, "action_id": action_id, "value": value}
    return _act(slack, person, "block_suggestion") | around | asked


def in_message(channel: Channel, message: Message, block_id: str) -> Json:
    """The fields that tell in which message something happened, and in which of its attachments if it was in one."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.body.get("thread_ts"):
        container["thread_ts"] = message.body["thread_ts"]
    attachment = message.attachment_with(block_id)
    if attachment is not None:
        container |= {"type": "message_attachment", "attachment_id": attachment, "is_app_unfurl": False}
    told: Json = {"container": container, "channel": _channel(channel)}
    return told if message.only_for else told | {"message": message.body}


def in_view(view: OpenView) -> Json:
    """The fields that tell in which view something happened."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_object(view)}


def view_submission(slack: Slack, person: Person, view: OpenView) -> Json:
    """A form that was sent, with a response URL for each conversation that was chosen for one."""
    return _act(slack, person, "view_submission") | {
        "trigger_id": slack.triggers.issue(person.id),
        "view": view_object(view),
        "response_urls": [_url_for(slack, person, *chosen) for chosen in _conversations_to_answer(view)],
    }


def view_closed(slack: Slack, person: Person, view: OpenView, cleared: bool) -> Json:
    """A form that was closed without being sent; `cleared` if the whole stack went."""
    return _act(slack, person, "view_closed") | {"view": view_object(view), "is_cleared": cleared}


def event(slack: Slack, body: Json) -> Json:
    """An event in its wrapper. `body` is the event itself; its `event_ts` is added."""
    stamp = body.get("event_ts") or slack.clock.stamp()
    return {
        "token": slack.app.verification_token,
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "event": body | {"event_ts": stamp},
        "type": "event_callback",
        "event_id": "Ev" + secrets.token_hex(5).upper(),
        "event_time": slack.clock.seconds(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM_ID,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": _is_shared(slack, body),
        "event_context": secrets.token_hex(12),
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
    }


def app_home_opened(person: Person, channel: Channel, tab: str) -> Json:
    """The event of a person who opens the app, on the home or the messages tab."""
    body: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
    if tab == "home" and person.home is not None:
        body["view"] = view_object(person.home)
    return body


def _shortcut(slack: Slack, person: Person, kind: str, callback_id: str) -> Json:
    told = _act(slack, person, kind) | {"callback_id": callback_id, "action_ts": slack.clock.stamp()}
    del told["api_app_id"]  # Slack's own payloads of shortcuts have none
    return told


def _response_url(slack: Slack, person: Person, channel_id: str, message: Message | None = None) -> str:
    token = slack.response_urls.issue(person.id, channel_id, message.ts if message else None)
    return f"{slack.address}/response/{token}"


def _conversations_to_answer(view: OpenView) -> Iterator[tuple[str, str, str]]:
    """The block, the action and the channel of each menu whose choice the app may answer to."""
    for block in view.blocks:
        element = block.get("element") or {}
        if block["type"] == "input" and element.get("response_url_enabled"):
            held = view.values[block["block_id"]][element["action_id"]]
            chosen = held.get("selected_conversation") or held.get("selected_channel")
            if chosen:
                yield block["block_id"], element["action_id"], chosen


def _url_for(slack: Slack, person: Person, block_id: str, action_id: str, channel_id: str) -> Json:
    url = _response_url(slack, person, channel_id)
    return {"response_url": url, "channel_id": channel_id, "block_id": block_id, "action_id": action_id}


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": _name_told(channel)}


def _name_told(channel: Channel) -> str:
    """The name of a private channel is told to nobody who may not be in it."""
    return "privategroup" if channel.kind == "group" else channel.name


def _is_shared(slack: Slack, body: Json) -> bool:
    """Whether it happened in a conversation with somebody of another organization."""
    channel_id = body.get("channel")
    channel = slack.workspace.channels.get(channel_id) if isinstance(channel_id, str) else None
    people = (slack.person(user) for user in channel.members) if channel else ()
    return any(person is not None and person.member.team for person in people)


def _act(slack: Slack, person: Person, kind: str) -> dict[str, Any]:
    member = person.member
    return {
        "type": kind,
        "user": {"id": member.id, "username": member.name, "name": member.name, "team_id": member.team or TEAM_ID},
        "api_app_id": APP_ID,
        "token": slack.app.verification_token,
        "team": {"id": TEAM_ID, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
