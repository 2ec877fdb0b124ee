"""All that a use case may touch: the records, and the courier who brings notes to people.

All moments are aware and in UTC; all dates are days on the calendar of the person or program that they belong to.
Ids are opaque; keys are the names that a coordinator gave in the roster.
"""

from bot.usecases.ports.records import Courier, Records, Store
from bot.usecases.ports.sending import Sending
from bot.usecases.ports.values import (
    RESTORED,
    HeardMarks,
    Look,
    PairRow,
    RecordsAway,
    Started,
    Trouble,
    Turn,
    Unclear,
    Workspace,
)

__all__ = [
    "RESTORED",
    "Courier",
    "HeardMarks",
    "Look",
    "PairRow",
    "Records",
    "RecordsAway",
    "Sending",
    "Started",
    "Store",
    "Trouble",
    "Turn",
    "Unclear",
    "Workspace",
]
