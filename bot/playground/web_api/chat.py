"""chat.*: what the app says, changes and takes back."""

import json
from typing import Any

from bot.playground.block_kit.checks import blocks_of_attachments, blocks_of_message
from bot.playground.block_kit.filled_in import with_ids
from bot.playground.refusals import MethodRefused
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.web_api.places import destination, is_stamp, message_at, visible
from bot.playground.wire import messages
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.installed_app import BOT_ID
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

LONGEST_TEXT, LONGEST_UPDATE, LONGEST_MARKDOWN = 40_000, 4_000, 12_000
MOST_ATTACHMENTS = 100
LARGEST_BLOCKS = 13_200  # Slack names no figure; around here people met msg_blocks_too_long (bolt-js#2509)
LARGEST_METADATA = 8_000  # Slack names no figure here either
NO_PREVIEW = "[no preview available]"
COSTUME = ("username", "icon_emoji", "icon_url")


def post_message(slack: Slack, args: Arguments) -> Json:
    """chat.postMessage: to a conversation, or to a person, which opens the conversation with them."""
    channel = destination(slack, args.needed("channel"))
    content = said(args, LONGEST_TEXT) | in_thread(channel, args) | costume(slack, args)
    message = messages.say_as_app(slack, channel, content)
    return {"channel": channel.id, "ts": message.ts, "message": _without_metadata(message.body)}


def post_ephemeral(slack: Slack, args: Arguments) -> Json:
    """chat.postEphemeral: for one person's eyes; it is in no history and chat.update does not find it."""
    channel, user = destination(slack, args.needed("channel")), args.needed("user")
    if not channel.has_app:
        raise MethodRefused("not_in_channel")
    if user not in channel.members:
        raise MethodRefused("user_not_in_channel")
    refuse_longer(args, LONGEST_TEXT)
    content = said(args, LONGEST_TEXT) | in_thread(channel, args) | costume(slack, args)
    content.pop("metadata", None)
    return {"message_ts": messages.say_as_app(slack, channel, content, only_for=user).ts}


def update(slack: Slack, args: Arguments) -> Json:
    """chat.update: attachments and metadata that are not named stay as they were; blocks only if no text is given."""
    channel = visible(slack, args.needed("channel"))
    message = _own_message(channel, args.needed("ts"), "cant_update_message")
    if channel.archived or (channel.kind == "im" and slack.workspace.people[channel.members[0]].member.deleted):
        raise MethodRefused("is_inactive")
    messages.change(slack, channel, message, _other_words(message, args))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.body["text"],
        "message": _without_metadata(message.body),
    }


def delete(slack: Slack, args: Arguments) -> Json:
    """chat.delete: the app's own messages only."""
    channel = visible(slack, args.needed("channel"))
    message = _own_message(channel, args.needed("ts"), "cant_delete_message")
    messages.remove(slack, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(slack: Slack, args: Arguments) -> Json:
    """chat.getPermalink: the address of one message; of a reply, with its thread."""
    channel = visible(slack, args.needed("channel"))
    message = message_at(channel, args.needed("message_ts"))
    address = f"{slack.address}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread:
        address += f"?thread_ts={message.thread}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


def said(args: Arguments, longest: int) -> Json:
    """What a call wants to say, checked. Raise MethodRefused if it says nothing, or says it wrongly.

    An empty list of attachments takes away what was there.
    """
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
        content["blocks"] = with_ids(_checked(blocks))
    if attachments is not None:
        content["attachments"] = _counted(attachments)
    if args.has("metadata"):
        content["metadata"] = _metadata(args)
    return content


def refuse_longer(args: Arguments, longest: int) -> None:
    """Raise MethodRefused if the text is longer than that: of all methods only chat.postMessage cuts it instead."""
    if len(args.text("text")) > longest:
        raise MethodRefused("msg_too_long")


def in_thread(channel: Channel, args: Arguments) -> Json:
    """Where a reply belongs. One to a reply goes into the same thread."""
    if not args.text("thread_ts"):
        return {}
    if not is_stamp(args.text("thread_ts")):
        raise MethodRefused("invalid_thread_ts", [f"[ERROR] {args.text('thread_ts')} is not a valid thread_ts"])
    # Slack takes a reply to a message that is not there, and nobody ever sees it (python-slack-sdk#840): we refuse it.
    replied_to = message_at(channel, args.text("thread_ts"), "cannot_reply_to_message")
    root = replied_to.thread or replied_to.ts
    return {"thread_ts": root} | ({"subtype": "thread_broadcast"} if args.flag("reply_broadcast") else {})


def costume(slack: Slack, args: Arguments) -> Json:
    """Another name and picture, for an app that may put them on."""
    worn = {name: args.text(name) for name in COSTUME if args.text(name)}
    if not worn:
        return {}
    slack.demand("chat:write.customize")
    icons: Json = {}
    if "icon_emoji" in worn:
        icons["emoji"] = worn["icon_emoji"]
    if "icon_url" in worn:
        icons["image_48"] = worn["icon_url"]
    name = {"username": worn["username"]} if "username" in worn else {}
    return {"subtype": "bot_message", **name} | ({"icons": icons} if icons else {})


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
    return [_attached(number, attachment) for number, attachment in enumerate(attachments, start=1)]


def _attached(number: int, attachment: Json) -> Json:
    """An attachment as Slack keeps it: numbered, with words for where it cannot be shown."""
    words = attachment.get("fallback") or attachment.get("text") or NO_PREVIEW
    kept = {**attachment, "id": number, "fallback": words}
    return kept | ({"blocks": with_ids(attachment["blocks"])} if attachment.get("blocks") else {})


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


def _other_words(message: Message, args: Arguments) -> Json:
    """What an update changes: the words, or that a reply now stands in the conversation as well; never both."""
    if args.flag("reply_broadcast"):
        if any(args.has(name) for name in ("text", "markdown_text", "blocks", "attachments")):
            raise MethodRefused("no_dual_broadcast_content_update")
        if message.thread is None or "subtype" in message.body:
            raise MethodRefused("cant_broadcast_message")
        return {"subtype": "thread_broadcast"}
    refuse_longer(args, LONGEST_UPDATE)
    content = said(args, LONGEST_UPDATE)
    if not args.has("text") and not args.has("markdown_text"):
        del content["text"]
        return content
    return {"blocks": []} | content  # new words in place of the old blocks


def _own_message(channel: Channel, ts: str, otherwise: str) -> Message:
    message = message_at(channel, ts)
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
    "chat.getPermalink": Method(permalink),
}
