"""One line for each event, with names and values; nothing that people wrote, and no token."""

import logging
import sys

import structlog


def set_up_logs(level: str, form: str) -> None:
    """Send log lines of `level` and above to standard error, as text or as JSON."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=max(logging.getLevelNamesMapping()[level], logging.WARNING), handlers=[handler])
    # A tick that takes longer than its beat is no event: the next one does the rest.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


class OneLine(logging.Formatter):
    """What the libraries have to say, in one line: an unreachable Slack is no reason for a traceback each time."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the first line of the message, with the kind of error that it tells of."""
        first, *_ = record.getMessage().splitlines() or [""]
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname.lower()} {record.name}: {first} {kind}".rstrip()
