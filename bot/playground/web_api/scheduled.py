"""chat.scheduleMessage and what belongs to it: messages for later, by the playground's clock."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.playground.refusals import MethodRefused, missing
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.chat import LONGEST_TEXT, in_thread, refuse_longer, said
from bot.playground.web_api.method import Method
from bot.playground.web_api.pages import page_of
from bot.playground.web_api.places import destination, visible
from bot.playground.wire import messages
from bot.playground.workspace.installed_app import BOT_ID
from bot.playground.workspace.scheduled import ScheduledMessage
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json
from bot.playground.workspace.walk import Hooks

FARTHEST = timedelta(days=120)
LOCKED = timedelta(seconds=60)  # so long before it goes out it cannot be taken back
WINDOW, MOST_IN_WINDOW = 300, 30
ON_A_PAGE = 100


def schedule(slack: Slack, args: Arguments) -> Json:
    """chat.scheduleMessage: `post_at` counts seconds since 1970."""
    channel = destination(slack, args.needed("channel"))
    refuse_longer(args, LONGEST_TEXT)
    content = said(args, LONGEST_TEXT) | in_thread(channel, args)
    post_at = _moment(slack, args)
    _refuse_crowd(slack, channel.id, post_at)
    message = ScheduledMessage(f"Q{slack.number():010d}", channel.id, post_at, slack.clock.seconds(), content)
    slack.scheduled.add(message)
    slack.bell.ring()
    return {
        "channel": channel.id,
        "scheduled_message_id": message.id,
        "post_at": int(post_at.timestamp()),
        "message": {"type": "delayed_message", "subtype": "bot_message", "bot_id": BOT_ID, **content},
    }


def waiting(slack: Slack, args: Arguments) -> Json:
    """chat.scheduledMessages.list: what is still to be sent, the earliest first."""
    if args.text("channel"):
        visible(slack, args.text("channel"), "invalid_channel")
    oldest, latest = args.number("oldest", 0), args.number("latest", 10**12)
    found = [
        one
        for one in slack.scheduled
        if args.text("channel") in ("", one.channel) and oldest <= one.post_at.timestamp() <= latest
    ]
    page, rest = page_of(found, args, otherwise=ON_A_PAGE, error="invalid_arguments")
    return {"scheduled_messages": [_listed(one) for one in page], **rest}


def take_back(slack: Slack, args: Arguments) -> Json:
    """chat.deleteScheduledMessage: not in the last minute."""
    channel = visible(slack, args.needed("channel"))
    message = slack.scheduled.get(args.needed("scheduled_message_id"))
    if message is None or message.channel != channel.id or message.post_at - slack.clock.now() < LOCKED:
        raise MethodRefused("invalid_scheduled_message_id")
    slack.scheduled.drop(message.id)
    slack.bell.ring()
    return {}


def what_is_scheduled(slack: Slack) -> Hooks:
    """The messages for later as something that the clock stops at."""

    async def next_due() -> datetime | None:
        return slack.scheduled.next_due()

    async def settle() -> None:
        post_due(slack)

    return Hooks(next_due, settle)


def post_due(slack: Slack) -> None:
    """Send what is due by now. What may not be said there any more is lost without a word, as in Slack."""
    for message in slack.scheduled.take_due(slack.clock.now()):
        if slack.app.installed:
            with suppress(MethodRefused):
                messages.say_as_app(slack, destination(slack, message.channel), message.content)


def _moment(slack: Slack, args: Arguments) -> datetime:
    if not args.text("post_at"):
        raise missing("post_at")
    seconds = args.number("post_at", 0, "invalid_time")
    ahead = seconds - slack.clock.now().timestamp()
    if ahead <= 0:
        raise MethodRefused("time_in_past")
    if ahead > FARTHEST.total_seconds():
        raise MethodRefused("time_too_far")
    return datetime.fromtimestamp(seconds, UTC)


def _refuse_crowd(slack: Slack, channel: str, post_at: datetime) -> None:
    """Slack does not say where its five minutes begin: we let them begin at each full five minutes."""
    window = int(post_at.timestamp()) // WINDOW
    beside = [one for one in slack.scheduled if one.channel == channel]
    if sum(int(one.post_at.timestamp()) // WINDOW == window for one in beside) >= MOST_IN_WINDOW:
        raise MethodRefused("restricted_too_many")


def _listed(message: ScheduledMessage) -> Json:
    return {
        "id": message.id,
        "channel_id": message.channel,
        "post_at": int(message.post_at.timestamp()),
        "date_created": message.created,
        "text": message.content.get("text", ""),
    }


METHODS = {
    "chat.scheduleMessage": Method(schedule, scopes=("chat:write",)),
    "chat.scheduledMessages.list": Method(waiting),
    "chat.deleteScheduledMessage": Method(take_back, scopes=("chat:write",)),
}
