"""Load what the words of nudges refer to, for a whole batch of them, and only where some rule needs it."""

from collections.abc import Collection, Iterable

from bot.domain.nudges import Nudge, Rule
from bot.usecases.ports import Records
from bot.usecases.wording import Background

# What of a pair's words a rule needs: none of them goes to anybody but the two.
NEEDS_PROMISES = frozenset({Rule.APPOINTMENT, Rule.CHECKIN_REMINDER})
NEEDS_GOALS = frozenset({Rule.CELEBRATION, Rule.CLOSING, Rule.ENDING})
NEEDS_REPLIES = frozenset({Rule.CELEBRATION, Rule.CLOSING})

NEEDS_MEETINGS = frozenset({Rule.CELEBRATION})


async def load_background(records: Records, nudges: Collection[Nudge]) -> Background:
    """Return what these nudges refer to."""
    return Background(
        meetings=await records.meetings_by_id({n.facts["meeting"] for n in nudges if "meeting" in n.facts}),
        logs=await records.meetings_of(_pairs_for(nudges, NEEDS_MEETINGS)),
        promises=await records.promises(_pairs_for(nudges, NEEDS_PROMISES)),
        goals=await records.goals_of(_pairs_for(nudges, NEEDS_GOALS)),
        replies=await records.replies(_pairs_for(nudges, NEEDS_REPLIES)),
    )


def _pairs_for(nudges: Iterable[Nudge], rules: Collection[Rule]) -> set[str]:
    return {nudge.pair_id for nudge in nudges if nudge.slot.rule in rules and nudge.pair_id is not None}
