"""What the screens of meetings have in common: whose meetings somebody may log and look at, and how one answers."""

from collections.abc import Sequence
from datetime import date

from bot.domain.meetings import Confirmed, Correction, Means, Meeting
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.visit import Visit, read_memory, remember
from bot.usecases.log_meeting import ToBeCorrected
from bot.usecases.take_back import Former, former_of
from bot.usecases.world import own_pair


def pairs_that_met(visit: Visit) -> tuple[Pair, ...]:
    """Return the person's own pairs whose meetings can be logged: those under way, then those that ended early.

    A pair that is over has days on which it met, as long as its program runs. Raises RuleBroken when there is none.
    """
    today = visit.today
    own = [pair for member in visit.current for pair in member.pairs]
    ended = tuple(pair for pair in own if pair.span.first <= pair.span.last < today)
    under_way = tuple(pair for pair in own if pair.active_on(today))
    return (*under_way, *ended) if ended else visit.pairs_under_way


def pair_that_met(visit: Visit, pair_id: str) -> Pair:
    """Return the person's own pair with this id; raises RuleBroken for any other."""
    return own_pair(visit.world, pairs_that_met(visit), pair_id)


async def meeting_on_record(visit: Visit, meeting_id: str) -> Meeting | None:
    """Return a meeting, whoever it belongs to, or None if it is gone."""
    if not meeting_id:
        return None
    async with visit.world.store.begin() as records:
        return await records.meeting(meeting_id)


async def history_of(visit: Visit, meeting: Meeting) -> Sequence[Correction]:
    """Return what was put right about a meeting, oldest first."""
    async with visit.world.store.begin() as records:
        return (await records.corrections([meeting.id])).get(meeting.id, [])


async def offer_correction(visit: Visit, refusal: ToBeCorrected) -> None:
    """Say that a meeting stays as it is, beside the button with which it is put right."""
    correct = b.button("correct_meeting", visit.world.words.say("buttons.correct_it"), refusal.meeting_id)
    await visit.tell(str(refusal), [b.section(str(refusal)), b.actions([correct], "stays-on-record")])


def undo_button(
    label: str, before: Meeting, now: Meeting, person: Person, *, joined: bool = False, line: bool = False
) -> b.Element:
    """Make [Undo]: it carries what the meeting was. Where a second press changed nothing, it takes back the answer."""
    former = former_of(before, now, person, joined=joined, line=line)
    changed = before.state != now.state or joined
    return b.button("meeting_unanswer", label, _carried(former) if changed else now.id)


def _carried(former: Former) -> str:
    return remember(
        meeting=former.meeting_id,
        day=former.day.isoformat(),
        minutes=str(former.minutes),
        means=former.means.value,
        was=former.confirmed.value,
        then=former.then,
        joined="yes" if former.joined else "",
        line="yes" if former.line else "",
    )


def read_former(value: str) -> Former | None:
    """Return what `undo_button` carries; None for a plain answer, whose value is the meeting's id."""
    found = read_memory(value)
    try:
        facts = date.fromisoformat(found["day"]), int(found["minutes"]), Means(found["means"])
        joined, line = bool(found.get("joined")), bool(found.get("line"))
        return Former(found["meeting"], *facts, Confirmed(found["was"]), found["then"], joined, line)
    except (KeyError, ValueError):
        return None
