"""The conversation of the two of a pair with Tandem: what concerns both is said there, where there is one."""

import structlog
from slack_sdk.errors import SlackApiError

from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.visit import Visit

log = structlog.get_logger()


async def say_to_both(visit: Visit, pair: Pair, text: str) -> None:
    """Say something to both, where they have a conversation; else nothing. `text` is not yet escaped.

    For what was done by hand just now. One that is gone is let go: each of the two hears of it alone in any case.
    """
    if not pair.channel:
        return
    try:
        await visit.client.chat_postMessage(
            channel=pair.channel,
            text=b.escape(text),
            blocks=b.sections(text),
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
        )
    except SlackApiError as error:
        log.warning("not_said_to_both", reason=str(error.response.get("error")))
