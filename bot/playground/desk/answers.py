"""What the app answers outside the Web API: in an acknowledgement, and at a response URL."""

from typing import Any

from bot.playground.refusals import ActRefused, MethodRefused
from bot.playground.web_api import views
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.chat import LONGEST_TEXT, in_thread, said
from bot.playground.wire import messages
from bot.playground.workspace.channels import Channel, Message
from bot.playground.workspace.passes import ResponseUrl
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person


def show_reply(slack: Slack, person: Person, channel: Channel, reply: Json) -> Message | None:
    """Show what an acknowledged command was answered with: to that person alone, unless the app says in_channel."""
    if not (reply.get("text") or reply.get("blocks") or reply.get("attachments")):
        return None
    try:
        content = said(Arguments(reply), LONGEST_TEXT)
    except MethodRefused as refusal:
        raise _badly(refusal) from refusal
    only_for = None if reply.get("response_type") == "in_channel" else person.id
    return messages.say_as_app(slack, channel, content, only_for)


def settle_submission(slack: Slack, person: Person, view: OpenView, reply: Json) -> dict[str, str]:
    """Do what the app wants after a submission, and give the errors that it found in the form, by block_id.

    Slack takes words, or any other answer without a known `response_action`, for trouble, and the form stays open
    (vercel/eve#277).
    """
    action = reply.get("response_action")
    if action == "errors":
        return _errors(view, reply.get("errors"))
    if action == "clear":
        views.close_all(slack, person)
    elif action in ("update", "push"):
        try:
            views.take(slack, person, reply.get("view"), action, view)
        except MethodRefused as refusal:
            raise _badly(refusal) from refusal
    elif reply:
        raise answered_badly("a form is closed by an empty acknowledgement.")
    else:
        views.close(slack, person, view)
    return {}


def respond(slack: Slack, token: str, body: Json) -> None:
    """Do what was sent to a response URL. Raise MethodRefused if it cannot be done."""
    url = slack.response_urls.look_at(token)
    channel = slack.channel(url.channel)
    if channel is None:
        raise MethodRefused("channel_not_found")
    if slack.workspace.people[url.user].member.deleted:
        raise MethodRefused("user_disabled")
    original = channel.messages.get(url.message) if url.message else None
    if body.get("delete_original") is True:
        _delete(slack, channel, original)
    else:
        _say(slack, channel, original, url, body)
    url.uses += 1


def answered_badly(what: str) -> ActRefused:
    """What a person is told whose app gave an answer that Slack does not take; `what` says what is wrong with it."""
    return ActRefused("app_answered_badly", f"The app answered in a way that Slack does not take: {what}", 502)


def _delete(slack: Slack, channel: Channel, original: Message | None) -> None:
    if original is None:
        raise MethodRefused("message_not_found")
    messages.remove(slack, channel, original)


def _say(slack: Slack, channel: Channel, original: Message | None, url: ResponseUrl, body: Json) -> None:
    content = said(Arguments(body), LONGEST_TEXT)
    if body.get("replace_original") is True and original is not None:
        messages.change(slack, channel, original, {"blocks": [], **content})
        return
    only_for = None if body.get("response_type") == "in_channel" else url.user
    messages.say_as_app(slack, channel, content | in_thread(channel, Arguments(body)), only_for)


def _errors(view: OpenView, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise answered_badly("its errors name no input of the form.")
    return {str(block_id): str(sentence) for block_id, sentence in errors.items()}


def _badly(refusal: MethodRefused) -> ActRefused:
    return answered_badly(" ".join([f"{refusal.error}.", *refusal.messages]))
