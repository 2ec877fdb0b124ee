"""Logs: one line an event, the same in text and JSON, and no word of anybody's in it."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot.logs import library_handler, set_up_logs

CANARY = "canary-4711"
log = structlog.get_logger()


@pytest.fixture(params=["text", "json"])
def written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """Log everything, ours and the libraries', in this form; what was written can be read."""
    paper = io.StringIO()
    monkeypatch.setattr(sys, "stderr", paper)
    set_up_logs("DEBUG", request.param)
    handler, library = library_handler(request.param), logging.getLogger("a_library")
    library.addHandler(handler)
    library.setLevel(logging.DEBUG)
    yield paper.getvalue
    library.removeHandler(handler)
    monkeypatch.undo()
    set_up_logs("WARNING", "json")


def raised(error: Exception, cause: Exception | None = None) -> None:
    """Let an error go wrong where it is logged by us, and by a library in two ways."""

    def fails() -> None:
        raise error from cause

    try:
        fails()
    except type(error):
        log.exception("it_went_wrong", rules=["digest"])
        logging.getLogger("a_library").exception("Failed to run a listener: %s", error)
        logging.getLogger("a_library").exception(f"Failed to run a listener: {error}")


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"invalid isoformat string: '{CANARY}'"),
        KeyError(CANARY),
        RuntimeError(f"first line\n{CANARY}"),
    ],
)
def test_what_an_error_says_is_not_written_but_its_kind_and_places_are(
    written: Callable[[], str], error: Exception
) -> None:
    raised(error, LookupError(CANARY))

    assert CANARY not in written()
    assert f"{type(error).__name__} < LookupError" in written()
    assert "tests/test_logs.py:" in written()
    assert " fails" in written()


def test_each_event_is_one_line(written: Callable[[], str]) -> None:
    raised(RuntimeError("one\ntwo"))
    log.info("plain", kind="a\nb")

    assert len(written().splitlines()) == 4


def test_a_library_s_line_ends_where_its_values_begin(written: Callable[[], str]) -> None:
    library = logging.getLogger("a_library")
    library.debug(f"Received message (type: TEXT, data: {CANARY})")
    library.debug(f"Sending a message: {CANARY} from session: s_1")
    library.warning("Unhandled request %s", {"text": CANARY})
    library.error(f"{{{CANARY}}}")

    assert CANARY not in written()
    for words in ("Received message", "Sending a message", "Unhandled request", "said_something"):
        assert words in written()


@pytest.mark.parametrize(
    "secret",
    ["xoxb-12-34-abc", "xoxe.xoxb-1-abc", "xoxp-1-2", "xapp-1-A0-9-fff"],
)
def test_a_token_is_taken_out_wherever_it_stands(written: Callable[[], str], secret: str) -> None:
    log.warning("called", url=f"https://slack.test/?token={secret}&x=1")
    logging.getLogger("a_library").warning(f"used {secret} twice")

    assert secret not in written()
    assert "xox" not in written()
    assert "twice" in written()


def test_a_ticket_and_a_password_in_an_address_are_taken_out(written: Callable[[], str]) -> None:
    log.warning("cannot_reach", url="wss://slack.test/link/?ticket=s3cret-ticket&app_id=1")
    log.warning("cannot_reach", url="postgresql://tandem:hunter2@db.test/tandem")

    assert "s3cret" not in written()
    assert "hunter2" not in written()
    assert "db.test/tandem" in written()


def test_json_lines_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = io.StringIO()
    monkeypatch.setattr(sys, "stderr", paper)
    set_up_logs("INFO", "json")
    log.debug("too_quiet")
    log.info("planned", number=3)
    monkeypatch.undo()
    set_up_logs("WARNING", "json")

    [line] = paper.getvalue().splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"], told["number"]) == ("planned", "info", 3)
    assert told["timestamp"].endswith("Z")
