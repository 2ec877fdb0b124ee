"""Together: a conversation of the two of a pair with Tandem, opened once, for what concerns both."""

from dataclasses import replace

import structlog
from slack_sdk.errors import SlackApiError

from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.both import say_to_both
from bot.slack.doors import SLACK_IS_BUSY, Doors
from bot.slack.visit import Visit
from bot.usecases.phrasing import first_name, listed

log = structlog.get_logger()


async def typed(visit: Visit) -> None:
    """`/mentoring together`, for each pair of the person's."""
    for pair in visit.pairs:
        await _open(visit, pair)


async def opened(visit: Visit) -> None:
    """[Talk together]."""
    await _open(visit, visit.pair(visit.value))


async def _open(visit: Visit, pair: Pair) -> None:
    words, partner = visit.world.words, pair.partner_of(visit.person.id)
    channel = pair.channel or await _channel(visit, pair)
    if not channel:
        await visit.tell(words.say("together.cannot", partner=first_name(partner.name)))
        return
    if channel == pair.channel or not await _kept(visit, pair, channel):
        await visit.tell(words.say("together.already", partner=first_name(partner.name)))
        return
    names = listed(first_name(one.name) for one in (pair.mentee, pair.mentor))
    await say_to_both(visit, replace(pair, channel=channel), words.say("together.opened", names=names))
    await visit.tell(words.say("together.told", partner=first_name(partner.name)))


async def _kept(visit: Visit, pair: Pair, channel: str) -> bool:
    """Keep the conversation; return whether it was new: of two who click at once, only one is welcomed."""
    async with visit.world.store.begin() as records:
        await records.lock_pair(pair.id)
        member = await records.members_by_id({(visit.person.id, pair.program.id)})
        known = next((one.channel for m in member.values() for one in m.pairs if one.id == pair.id), "")
        if known:
            return False
        await records.put_pair_channel(pair.id, channel)
    return True


async def _channel(visit: Visit, pair: Pair) -> str:
    """Open it: the same two have the same conversation each time; "" where that cannot be."""
    both = [one.slack_id for one in (pair.mentor, pair.mentee)]
    if not all(both):
        return ""
    try:
        answer = await visit.client.conversations_open(users=",".join(filter(None, both)))
    except SlackApiError as error:
        reason = str(error.response.get("error"))
        if reason in SLACK_IS_BUSY:
            raise
        log.info("no_conversation_of_two", reason=reason)
        return ""
    return str(answer["channel"]["id"])


def build_button(pair: Pair) -> b.Element:
    """Return the button that opens the conversation, for a Home or a status."""
    return b.button("open_together", "Talk together", pair.id)


def register(doors: Doors) -> None:
    """Answer `/mentoring together` and the button."""
    doors.word("together", "together.help", typed)
    doors.action("open_together", opened)
