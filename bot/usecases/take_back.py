"""Take back what one has just said of a meeting: it is again as it was, for both, to the letter."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from bot.domain.meetings import Confirmed, Means, Meeting
from bot.domain.people import Pair, Person
from bot.domain.remembering import without_words
from bot.usecases.answer_meeting import unsay
from bot.usecases.keep_promises import forget_next_steps
from bot.usecases.move_goals import forget_meeting, hear_meeting
from bot.usecases.phrasing import day_words, facts_words
from bot.usecases.ports import Records
from bot.usecases.world import World


@dataclass(frozen=True, slots=True)
class Former:
    """A meeting as it was before somebody changed it; `then` is a mark of what it was right after that.

    `joined`: the change was that the partner logged the day, too, and had said nothing of it before. `line`: it left a
    line in the history.
    """

    meeting_id: str
    day: date
    minutes: int
    means: Means
    confirmed: Confirmed
    then: str
    joined: bool = False
    line: bool = False


def former_of(before: Meeting, now: Meeting, by: Person, *, joined: bool = False, line: bool = False) -> Former:
    """Return what brings back `before`, as long as the meeting is as `by` has made it `now`."""
    return Former(now.id, *before.facts, before.confirmed, _mark(now, by, joined=joined), joined, line)


def _mark(meeting: Meeting, by: Person, *, joined: bool) -> str:
    """Tell one state of a meeting from another one; the words of who has joined are among it, and cannot be read."""
    words = meeting.words_of(by.id) if joined else None
    return blake2b(f"{meeting.id}/{meeting.state}/{words}".encode(), digest_size=8).hexdigest()


async def take_back(world: World, pair: Pair, by: Person, former: Former) -> Meeting | None:
    """Let a meeting be as it was before `by` changed it; return it as it is then, None if it is gone.

    What has been changed since stays as it is. Whoever has heard of the change hears that it was taken back; who has
    not, hears nothing. Safe to call twice. Raises RuleBroken where its day has another meeting by now.
    """
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        meeting = await records.meeting(former.meeting_id)
        if meeting is None or meeting.pair_id != pair.id:
            return None
        if _mark(meeting, by, joined=former.joined) != former.then:
            return meeting
        same_day = await records.meeting_on(pair.id, former.day)
        if same_day is not None and same_day.id != meeting.id:
            raise world.broken("day_taken", day=day_words(former.day))
        was = replace(meeting, day=former.day, minutes=former.minutes, means=former.means, confirmed=former.confirmed)
        if former.joined:
            was = without_words(was, by.id)
            await forget_meeting(records, pair, by, meeting.id, now, own_only=True)
            await forget_next_steps(records, pair, by, meeting.id)
        await records.put_meeting(was)
        if former.line:
            await _forget_correction(records, was, by)
        await hear_meeting(records, pair, by, was.id, now)
        await unsay(records, pair, by, meeting, was, now)
        await records.look_now(now, pair_id=pair.id)
        return was


async def _forget_correction(records: Records, was: Meeting, by: Person) -> None:
    """Let go the line that the change left behind: the newest one, if it says what the meeting is again."""
    history = (await records.corrections([was.id])).get(was.id, [])
    if history and history[-1].person_id == by.id and history[-1].before == facts_words(was):
        await records.remove_correction(history[-1].id)
