"""Load what the words of nudges refer to, for a whole batch of them, and only where some rule needs it."""

from collections.abc import Collection, Iterable

from bot.domain.endings import Rematch
from bot.domain.nudges import Nudge, Rule
from bot.domain.people import Pair
from bot.usecases.ports import Records
from bot.usecases.wording import Background

# What of a pair's words a rule needs: none of them goes to anybody but the two.
NEEDS_PROMISES = frozenset({Rule.APPOINTMENT, Rule.CHECKIN_REMINDER, Rule.NEXT_STEP})
NEEDS_GOALS = frozenset({Rule.MEETING_LOGGED, Rule.CELEBRATION, Rule.CLOSING, Rule.ENDING})
NEEDS_REPLIES = frozenset({Rule.APPOINTMENT, Rule.CELEBRATION, Rule.CLOSING})

NEEDS_MEETINGS = frozenset({Rule.CELEBRATION})
NEEDS_SAID = frozenset({Rule.MEETING_LOGGED})


async def load_background(records: Records, nudges: Collection[Nudge]) -> Background:
    """Return what these nudges refer to."""
    return Background(
        meetings=await records.meetings_by_id({n.facts["meeting"] for n in nudges if "meeting" in n.facts}),
        logs=await records.meetings_of(_pairs_for(nudges, NEEDS_MEETINGS)),
        promises=await records.promises(_pairs_for(nudges, NEEDS_PROMISES)),
        goals=await records.goals_of(_pairs_for(nudges, NEEDS_GOALS)),
        said=await records.said_at_meetings(_pairs_for(nudges, NEEDS_SAID)),
        replies=await records.replies(_pairs_for(nudges, NEEDS_REPLIES)),
        pairs=await _pairs_of_others(records, nudges),
        rematches=await _rematches(records, nudges),
    )


async def _pairs_of_others(records: Records, nudges: Iterable[Nudge]) -> dict[str, Pair]:
    """Return the pairs of which somebody hears who neither belongs to them nor follows them, by id."""
    askers = {
        (n.facts["person"], n.program_id) for n in nudges if n.pair_id is None and {"pair", "person"} <= n.facts.keys()
    }
    members = (await records.members_by_id(askers)).values() if askers else ()
    return {pair.id: pair for member in members for pair in member.pairs}


async def _rematches(records: Records, nudges: Iterable[Nudge]) -> dict[str, list[Rematch]]:
    """Return who would like a new partner, by the id of their pair, in the programs in which somebody hears of it."""
    found: dict[str, list[Rematch]] = {}
    for program_id in {n.program_id for n in nudges if n.slot.rule == Rule.REMATCH}:
        for rematch in await records.rematches(program_id):
            found.setdefault(rematch.pair_id, []).append(rematch)
    return found


def _pairs_for(nudges: Iterable[Nudge], rules: Collection[Rule]) -> set[str]:
    return {nudge.pair_id for nudge in nudges if nudge.slot.rule in rules and nudge.pair_id is not None}
