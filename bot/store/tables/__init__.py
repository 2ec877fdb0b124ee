"""The tables. Every row belongs to a workspace, and the database itself refuses one that points into another.

That is what the pairs of columns in the foreign keys are for: (workspace_id, person_id) must be a person of that
workspace. Only `events` has none: ids of Slack's, kept for a day, that say nothing about anybody.
"""

from bot.store.tables.outbox import agenda, announcements, events, heard, notes, nudges, paces
from bot.store.tables.pairs import (
    agreements,
    answers,
    appointments,
    corrections,
    drafts,
    endings,
    goal_moves,
    goals,
    handovers,
    meeting_words,
    meetings,
    phase_moves,
    promises,
    rematches,
    replies,
)
from bot.store.tables.people import members, pairs, pauses, people, programs, workspaces
from bot.store.tables.shape import OPEN, SENDING, UNKNOWN, metadata

__all__ = [
    "OPEN",
    "SENDING",
    "UNKNOWN",
    "agenda",
    "agreements",
    "announcements",
    "answers",
    "appointments",
    "corrections",
    "drafts",
    "endings",
    "events",
    "goal_moves",
    "goals",
    "handovers",
    "heard",
    "meeting_words",
    "meetings",
    "members",
    "metadata",
    "notes",
    "nudges",
    "paces",
    "pairs",
    "pauses",
    "people",
    "phase_moves",
    "programs",
    "promises",
    "rematches",
    "replies",
    "workspaces",
]
