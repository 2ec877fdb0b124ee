"""chat.*: what the app says."""

import json
from typing import Any

from bot.playground.block_kit.checks import blocks_of_attachments, blocks_of_message
from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.wire import messages
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.installed_app import BOT_ID, BOT_USER
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

LONGEST_TEXT, LONGEST_UPDATE, LONGEST_MARKDOWN = 40_000, 4_000, 12_000
MOST_ATTACHMENTS = 100
LARGEST_BLOCKS = 13_200  # Slack names no figure; around here people met msg_blocks_too_long (bolt-js#2509)
LARGEST_METADATA = 8_000  # Slack names no figure here either


def post_message(slack: Slack, args: Arguments) -> Json:
    """chat.postMessage: to a conversation, or to a person, which opens the conversation with them."""
    channel = destination(slack, args.needed("channel"))
    content = said(args, LONGEST_TEXT)
    message = messages.say_as_app(slack, channel, content)
    return {"channel": channel.id, "ts": message.ts, "message": _without_metadata(message.body)}


def post_ephemeral(slack: Slack, args: Arguments) -> Json:
    """chat.postEphemeral: for one person's eyes; it is in no history and chat.update does not find it."""
    channel, user = destination(slack, args.needed("channel")), args.needed("user")
    if user not in channel.members:
        raise MethodRefused("user_not_in_channel")
    message = messages.say_as_app(slack, channel, said(args, LONGEST_TEXT), only_for=user)
    return {"message_ts": message.ts}


def update(slack: Slack, args: Arguments) -> Json:
    """chat.update: blocks, attachments and metadata that are not named stay as they were."""
    channel = destination(slack, args.needed("channel"))
    message = _own_message(channel, args.needed("ts"), "cant_update_message")
    if len(args.text("text")) > LONGEST_UPDATE:
        raise MethodRefused("msg_too_long")
    content = said(args, LONGEST_UPDATE)
    if not args.has("text") and not args.has("markdown_text"):
        del content["text"]
    messages.change(slack, channel, message, content)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.body["text"],
        "message": _without_metadata(message.body),
    }


def delete(slack: Slack, args: Arguments) -> Json:
    """chat.delete: the app's own messages only."""
    channel = _known(slack, args.needed("channel"))
    message = _own_message(channel, args.needed("ts"), "cant_delete_message")
    messages.remove(slack, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def destination(slack: Slack, name: str) -> Channel:
    """The conversation that `name` means, a person's id included. Raise MethodRefused if nothing may be said there."""
    refuse_bots(slack, name)
    channel = slack.im_with(name) if slack.person(name) else _known(slack, name)
    if channel.kind == "im":
        if slack.workspace.people[channel.members[0]].member.deleted:
            raise MethodRefused("user_disabled")
        if not slack.app.messages_tab:
            raise MethodRefused("messages_tab_disabled")
    return channel


def refuse_bots(slack: Slack, user: str) -> None:
    """Raise MethodRefused if `user` is a bot: bots do not talk to each other."""
    person = slack.person(user)
    if user in (BOT_USER, "USLACKBOT") or (person is not None and person.member.is_bot):
        raise MethodRefused("cannot_dm_bot")


def said(args: Arguments, longest: int) -> Json:
    """What a call wants to say, checked. Raise MethodRefused if it says nothing, or says it wrongly."""
    blocks = args.structure("blocks", "invalid_blocks_format")
    attachments = args.structure("attachments", "invalid_attachments")
    markdown = args.text("markdown_text")
    text = args.text("text")
    if markdown and (text or blocks):
        raise MethodRefused("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise MethodRefused("msg_too_long")
    if not (text or blocks or attachments or markdown):
        raise MethodRefused("no_text")
    content: Json = {"text": (text or markdown)[:longest]}
    if markdown:
        blocks = [{"type": "markdown", "text": markdown}]
    if blocks is not None:
        content["blocks"] = messages.with_ids(_checked(blocks))
    if attachments:
        content["attachments"] = _counted(attachments)
    if args.has("metadata"):
        content["metadata"] = _metadata(args)
    if args.has("thread_ts"):
        content["thread_ts"] = args.text("thread_ts")
    return content


def _checked(blocks: Any) -> list[Json]:
    if not isinstance(blocks, list):
        raise MethodRefused("invalid_blocks_format")
    problems = blocks_of_message(blocks)
    if problems:
        raise MethodRefused("invalid_blocks", problems, errors=[each.removeprefix("[ERROR] ") for each in problems])
    # Tables have a limit of their own, which would not fit into this one.
    weighed = [block for block in blocks if block["type"] not in ("table", "data_table")]
    if len(json.dumps(weighed, ensure_ascii=False)) > LARGEST_BLOCKS:
        raise MethodRefused("msg_blocks_too_long")
    return blocks


def _counted(attachments: Any) -> list[Json]:
    if not isinstance(attachments, list):
        raise MethodRefused("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise MethodRefused("too_many_attachments")
    problems = blocks_of_attachments(attachments)
    if problems:
        raise MethodRefused("invalid_attachments", problems)
    return attachments


def _metadata(args: Arguments) -> Json:
    metadata = args.structure("metadata", "invalid_metadata_format")
    if not isinstance(metadata, dict):
        raise MethodRefused("invalid_metadata_format")
    if metadata == {}:
        return metadata
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise MethodRefused("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise MethodRefused("metadata_too_large")
    return metadata


def _known(slack: Slack, channel_id: str) -> Channel:
    channel = slack.channel(channel_id)
    if channel is None:
        raise MethodRefused("channel_not_found")
    return channel


def _own_message(channel: Channel, ts: str, otherwise: str) -> Message:
    message = channel.messages.get(ts)
    if message is None or message.only_for is not None:
        raise MethodRefused("message_not_found")
    if message.body.get("bot_id") != BOT_ID:
        raise MethodRefused(otherwise)
    return message


def _without_metadata(body: Json) -> Json:
    return {name: value for name, value in body.items() if name != "metadata"}


METHODS = {
    "chat.postMessage": Method(post_message, scopes=("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, scopes=("chat:write",)),
    "chat.update": Method(update, scopes=("chat:write",)),
    "chat.delete": Method(delete, scopes=("chat:write",)),
}
