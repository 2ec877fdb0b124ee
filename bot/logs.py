"""One line for each event, with names and values; nothing that people wrote, and no token.

What an error says is left out, whoever raised it: SQLAlchemy's hold rows, psycopg's hold keys, Slack's hold what we
sent, Python's hold what could not be read. Its kind and the places that it went through are enough to find it. The
libraries' own lines are cut where their values begin. What looks like a token is taken out last, wherever it stands.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import structlog

HERE = Path(__file__).resolve().parent.parent
MOST_PLACES = 12
SECRETS = re.compile(
    r"xox[a-z](?:\.xox[a-z])?-[\w-]+|xapp-[\w-]+|(?<=ticket=)[^&\s'\"]+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
VALUES_BEGIN = re.compile(r"[\n:;(){}\[\]<>=`'\"“‘]")


def set_up_logs(level: str, form: str) -> None:
    """Send log lines of `level` and above to standard error, as text or as JSON.

    Of the libraries only warnings and errors, at whatever level: at DEBUG they tell all that was said.
    """
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            tell_error,
            without_secrets,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=max(logging.getLevelNamesMapping()[level], logging.WARNING), handlers=[library_handler(form)]
    )
    # A tick that takes longer than its beat is no event: the next one does the rest.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def library_handler(form: str) -> logging.Handler:
    """Return the handler for what the libraries log, safe at any level."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(form))
    return handler


class OneLine(logging.Formatter):
    """What the libraries have to say, in one line, without the values in it."""

    def __init__(self, form: str = "text") -> None:
        super().__init__()
        self._render: structlog.typing.Processor = (
            structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
        )

    def format(self, record: logging.LogRecord) -> str:
        """Return the words before the first value, and the kind of error that the record tells of."""
        told: structlog.typing.EventDict = {
            "event": VALUES_BEGIN.split(str(record.msg), maxsplit=1)[0].strip() or "said_something",
            "level": record.levelname.lower(),
            "logger": record.name,
            "at": f"{record.filename}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            told["kind"] = record.exc_info[0].__name__
        return str(self._render(None, "", without_secrets(None, "", told)))


def tell_error(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Put the kinds of an error and the places that it went through where the error is; never what it says."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = " < ".join(type(one).__name__ for one in _causes(error))
        event["places"] = " > ".join(_places(error.__traceback__))
    return event


def without_secrets(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Take out of every value what looks like a token, a ticket, or the password in an address."""
    return {name: SECRETS.sub("…", value) if isinstance(value, str) else value for name, value in event.items()}


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    """Return where an error went through, the outermost first: file, line and function, without their words."""
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames][-MOST_PLACES:]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(HERE)) if path.is_relative_to(HERE) else "/".join(path.parts[-2:])
