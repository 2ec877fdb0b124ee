"""What Slack sends: slash commands, clicks, submissions, closed forms and events, field by field."""

import secrets
from typing import Any

from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.installed_app import APP_ID, BOT_USER, TEAM_ID
from bot.playground.workspace.shapes import view_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person

DOMAIN = "playground"


def slash_command(slack: Slack, person: Person, channel: Channel, command: str, text: str) -> Json:
    """A typed command. Every field is a string, as in a form."""
    token = slack.response_urls.issue(person.id, channel.id)
    return {
        "token": slack.app.verification_token,
        "team_id": TEAM_ID,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": person.id,
        "user_name": person.member.name,
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": f"{slack.address}/response/{token}",
        "trigger_id": slack.triggers.issue(person.id, channel.id),
    }


def click_on_message(
    slack: Slack, person: Person, message: Message, channel: Channel, action: Json, state: Json
) -> Json:
    """A click on an element of a message. An ephemeral one is not sent along: Slack does not keep it."""
    token = slack.response_urls.issue(person.id, channel.id, message.ts)
    payload = _act(slack, person, "block_actions") | {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        },
        "trigger_id": slack.triggers.issue(person.id, channel.id),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": state},
        "response_url": f"{slack.address}/response/{token}",
        "actions": [action],
    }
    return payload if message.only_for else payload | {"message": message.body}


def click_on_view(slack: Slack, person: Person, view: OpenView, action: Json) -> Json:
    """A click on an element of a form or of the home tab."""
    return _act(slack, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.triggers.issue(person.id),
        "view": view_object(view),
        "actions": [action],
    }


def view_submission(slack: Slack, person: Person, view: OpenView) -> Json:
    """A form that was sent."""
    return _act(slack, person, "view_submission") | {
        "trigger_id": slack.triggers.issue(person.id),
        "view": view_object(view),
        "response_urls": [],
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
        "is_ext_shared_channel": False,
        "event_context": secrets.token_hex(12),
    }


def app_home_opened(person: Person, channel: Channel, tab: str) -> Json:
    """The event of a person who opens the app, on the home or the messages tab."""
    body: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
    if tab == "home" and person.home is not None:
        body["view"] = view_object(person.home)
    return body


def _act(slack: Slack, person: Person, kind: str) -> dict[str, Any]:
    member = person.member
    return {
        "type": kind,
        "user": {"id": member.id, "username": member.name, "name": member.name, "team_id": TEAM_ID},
        "api_app_id": APP_ID,
        "token": slack.app.verification_token,
        "team": {"id": TEAM_ID, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
