"""Whatever people write has a circle of people who see it: a column that nobody decided about fails here."""

from sqlalchemy import JSON

from bot.domain.privacy import FIELDS, REPLIES
from bot.domain.replies import Question
from bot.store.columns import Prose
from bot.store.tables import metadata

# What the program knows of people, or says itself: names, addresses of Slack's, reasons of Slack's, announcements.
OPEN = {
    "announcements.channel",
    "announcements.link",
    "announcements.text",
    "announcements.ts",
    "notes.channel",
    "notes.reason",
    "notes.ts",
    "nudges.facts",
    "pairs.channel",
    "pairs.rhythm",
    "people.channel",
    "people.email",
    "people.name",
    "people.preferences",
    "people.unreachable",
    "programs.design",
    "workspaces.name",
    "workspaces.stopped",
}


def test_somebody_has_decided_who_sees_what_people_write() -> None:
    written = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Prose | JSON)
    }

    assert written - FIELDS.keys() == OPEN


def test_no_field_is_decided_about_that_is_not_there() -> None:
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}

    assert FIELDS.keys() <= columns


def test_each_question_has_its_circle() -> None:
    assert REPLIES.keys() == set(Question)
