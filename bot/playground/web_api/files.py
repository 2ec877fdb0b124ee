"""files.*: a file is announced, uploaded to an address of its own (see uploads.py), and then completed and shared."""

from typing import Any

from bot.playground.refusals import MethodRefused, missing
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.chat import LONGEST_TEXT, costume, in_thread, said
from bot.playground.web_api.method import Method
from bot.playground.web_api.places import destination
from bot.playground.wire import messages
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.files import LARGEST_FILE, File, file_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json

LONGEST_ALT, LARGEST_SNIPPET, MOST_CHANNELS = 1000, 2**20, 100


def upload_url(slack: Slack, args: Arguments) -> Json:
    """files.getUploadURLExternal: an address for so many bytes."""
    name, length = args.needed("filename"), args.number("length", 0)
    if length <= 0:
        raise MethodRefused("missing_argument") if args.has("length") else missing("length")
    if length > LARGEST_FILE:
        raise MethodRefused("file_upload_size_restricted")
    snippet, alt = args.text("snippet_type"), args.text("alt_txt")
    if len(alt) > LONGEST_ALT:
        raise MethodRefused("alt_txt_too_large")
    if snippet and not snippet.replace("_", "").isalnum():
        raise MethodRefused("unknown_snippet_type")
    if snippet and length > LARGEST_SNIPPET:
        raise MethodRefused("snippet_too_large")
    file = File(f"F{slack.number():010d}", name, length, slack.clock.seconds(), alt, snippet)
    return {"upload_url": f"{slack.address}/upload/{slack.files.expect(file)}", "file_id": file.id}


def complete(slack: Slack, args: Arguments) -> Json:
    """files.completeUploadExternal: shares what was uploaded, in one message for each channel; or keeps it private."""
    files = _uploaded(slack, args.structure("files", "invalid_arguments"))
    channels = _channels(slack, args)
    content = _words(args) | costume(slack, args)
    replies = [in_thread(channel, args) for channel in channels]
    for file, title in files:
        file.title, file.completed = title, True
    for channel, reply in zip(channels, replies, strict=True):
        _share(slack, channel, [file for file, _ in files], content | reply)
    slack.bell.ring()
    return {"files": [file_object(file, slack.address) for file, _ in files]}


def info(slack: Slack, args: Arguments) -> Json:
    """files.info."""
    file = slack.files.seen(args.needed("file"))
    if file is None:
        raise MethodRefused("file_not_found")
    shown = file_object(file, slack.address)
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def _uploaded(slack: Slack, asked: Any) -> list[tuple[File, str]]:
    """The files that are named, each with its title."""
    if not asked:
        raise missing("files")
    if not isinstance(asked, list) or not all(isinstance(one, dict) and one.get("id") for one in asked):
        raise MethodRefused("invalid_arguments", ["[ERROR] must be a list of objects with an id: files"])
    found = [(slack.files.all.get(str(one["id"])), str(one.get("title") or "")) for one in asked]
    files = [(file, title) for file, title in found if file and file.content is not None and not file.completed]
    if len(files) < len(found):
        raise MethodRefused("file_not_found")
    return files


def _channels(slack: Slack, args: Arguments) -> list[Channel]:
    names = args.names("channels")
    if len(names) > MOST_CHANNELS:
        raise MethodRefused("channels_limit_exceeded")
    listed = [_destination(slack, name, "invalid_channel") for name in names]
    if args.text("channel_id"):
        listed.insert(0, _destination(slack, args.text("channel_id"), "channel_not_found"))
    return listed


def _destination(slack: Slack, name: str, error: str) -> Channel:
    """A file is only shared where the app is, even by an app that may write everywhere."""
    try:
        channel = destination(slack, name)
    except MethodRefused as refusal:
        raise MethodRefused(error) if refusal.error == "channel_not_found" else refusal from None
    if not channel.has_app:
        raise MethodRefused("not_in_channel")
    return channel


def _words(args: Arguments) -> Json:
    """What goes with it: the comment, or else blocks, or else nothing."""
    if args.text("initial_comment"):
        return said(Arguments({"text": args.text("initial_comment")}), LONGEST_TEXT)
    if args.has("blocks"):
        return said(Arguments({"blocks": args.given["blocks"]}), LONGEST_TEXT)
    return {}


def _share(slack: Slack, channel: Channel, files: list[File], content: Json) -> None:
    ts = slack.clock.stamp()
    for file in files:
        file.share(channel, ts)
    shown = [file_object(file, slack.address) for file in files]
    sharing = {"subtype": "file_share", **content, "ts": ts, "files": shown, "upload": True, "display_as_bot": False}
    messages.say_as_app(slack, channel, sharing)


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, scopes=("files:write",)),
    "files.completeUploadExternal": Method(complete, scopes=("files:write",)),
    "files.info": Method(info, scopes=("files:read",)),
}
