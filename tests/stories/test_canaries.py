"""No word that people wrote is in any log, at DEBUG and with errors on every floor: canaries are typed everywhere."""

import io
import logging
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from bot.logs import library_handler, set_up_logs
from bot.playground import Fault
from bot.settings import Settings
from scheduler.jobs import tick
from tests.stories.conftest import Stage
from tests.stories.people import Desk

CANARY = "canary4711"
MEETING = {"day": date(2017, 6, 12), "minutes": 45, "means": "Phone"}


@dataclass
class Overheard:
    """What is written to standard error, and what the libraries would have written there by themselves."""

    written: io.StringIO
    raw: io.StringIO


@pytest.fixture(params=["text", "json"])
def overheard(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Overheard]:
    """Log all that can be logged, of ours and of every library's."""
    heard = Overheard(io.StringIO(), io.StringIO())
    monkeypatch.setattr(sys, "stderr", heard.written)
    set_up_logs("DEBUG", request.param)
    root, handlers = logging.getLogger(), [library_handler(request.param), logging.StreamHandler(heard.raw)]
    before = root.level
    root.setLevel(logging.DEBUG)
    for handler in handlers:
        root.addHandler(handler)
    yield heard
    for handler in handlers:
        root.removeHandler(handler)
    root.setLevel(before)
    monkeypatch.undo()
    set_up_logs("WARNING", "json")


def spoil(stage: Stage, statement: str) -> None:
    """Do something to the records behind the bot's back."""
    database = str(stage.tandem.engine.url.database)
    with sqlite3.connect(database, timeout=10) as connection:
        connection.execute(statement)
    connection.close()


async def types_everywhere(maya: Desk, ada: Desk, stranger: Desk) -> None:
    """Put a canary wherever something can be typed."""
    for line in (
        f"/goal set {CANARY}",
        f"/goal done {CANARY}",
        f"/mentoring {CANARY}",
        f"/mentoring pause until {CANARY}",
        f"/mentoring next {CANARY}",
        f"/checkin {CANARY}",
    ):
        await maya.types(line)
        while maya.modals:
            await maya.closes(whole_stack=True)
    await maya.says(f"Hello, {CANARY}")
    await stranger.says(CANARY)
    await maya.types("/mentoring next friday")
    await maya.submits(place=CANARY)
    await maya.types("/mentoring steps")
    await maya.clicks("Add a next step")
    await maya.submits(what=CANARY)
    await maya.closes()
    await maya.types("/goal set")
    await maya.submits(what=CANARY, help=CANARY)
    await maya.types("/checkin")
    await maya.submits(**MEETING, next_step=CANARY, notes=CANARY, private=CANARY)
    await maya.types("/checkin list")
    await maya.clicks("Open")
    await maya.closes(whole_stack=True)
    await maya.types("/mentoring word")
    await maya.submits(words=CANARY)
    await maya.types("/mentoring end")
    await maya.submits(reason=CANARY)
    await maya.submits()
    await maya.types("/mentoring rematch")
    await maya.submits(words=CANARY)
    await maya.types("/agreement")
    await maya.submits(rhythm="every month")
    await maya.clicks("agreement_typed:off_limits", CANARY)
    await maya.submits(confidential=CANARY, ending=CANARY, expectations=CANARY)
    await maya.closes(whole_stack=True)
    await ada.types("/announce")
    await ada.submits(text=CANARY, audience=["mentor", "mentee"])
    await ada.clicks("announce_send")


async def test_what_people_type_is_in_no_log(
    overheard: Overheard, stage: Stage, maya: Desk, ada: Desk, stranger: Desk
) -> None:
    await types_everywhere(maya, ada, stranger)
    await stage.tick()

    assert CANARY in overheard.raw.getvalue()  # the libraries would have told it
    assert CANARY not in overheard.written.getvalue()
    assert "Received message" in overheard.written.getvalue()


async def test_nor_is_it_when_the_database_slack_and_a_use_case_fail(
    overheard: Overheard, stage: Stage, maya: Desk, tom: Desk, ada: Desk
) -> None:
    await maya.types("/goal set")
    spoil(stage, f"CREATE TRIGGER no BEFORE INSERT ON goals BEGIN SELECT RAISE(ABORT, '{CANARY}'); END")
    await maya.submits(what=CANARY, help=CANARY)  # a database's error may hold the row

    refusal = {"error": "invalid_blocks", "response_metadata": {"messages": [f"[ERROR] {CANARY}"]}}
    stage.playground.faults.append(Fault("views.open", refusal))
    await tom.types(f"/goal set {CANARY}")  # Slack's refusal holds it

    stage.playground.faults.append(Fault("chat.postMessage", refusal, times=None))
    await ada.types("/announce")
    await ada.submits(text=CANARY, audience=["mentor", "mentee"])
    await ada.clicks("announce_send")
    await stage.tick()
    stage.playground.faults.clear()

    await tom.types("/checkin")
    await tom.submits(**MEETING, notes=CANARY)
    spoil(stage, f"UPDATE meetings SET means = '{CANARY}'")
    await tom.types("/mentoring status")  # what cannot be read is in Python's own error
    with pytest.raises(ValueError, match=CANARY):
        await tick_as_the_scheduler_does(stage)

    written = overheard.written.getvalue()
    assert CANARY not in written
    assert written.count("bug") >= 3
    for kind in ("IntegrityError", "SlackApiError", "ValueError"):
        assert kind in written


async def tick_as_the_scheduler_does(stage: Stage) -> None:
    spoil(stage, "UPDATE agenda SET due_at = '2017-06-01 00:00:00'")
    spoil(stage, "UPDATE nudges SET not_before = '2017-06-01 00:00:00'")
    await tick(stage.tandem)


async def test_no_token_and_no_ticket_is_in_any_log(
    overheard: Overheard, stage: Stage, maya: Desk, ada: Desk, stranger: Desk
) -> None:
    stage.playground.sockets.cut()
    await stage.playground.until(lambda: stage.playground.slack.deliveries.connected > 0, 15)
    await types_everywhere(maya, ada, stranger)

    written = overheard.written.getvalue()
    for secret in (stage.playground.bot_token, stage.playground.app_token, stage.playground.signing_secret, "ticket="):
        assert secret not in written
    assert "xoxb-" not in written
    assert "xapp-" not in written


def test_the_settings_show_no_secret() -> None:
    settings = Settings(
        _env_file=None,
        slack_bot_token="xoxb-1-secret",
        slack_app_token="xapp-1-secret",
        slack_signing_secret="a-secret",
        database_url="postgresql://tandem:a-secret@db.test/tandem",
    )

    assert "secret" not in repr(settings).replace("slack_signing_secret", "")
