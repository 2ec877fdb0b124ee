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
    logging.basicConfig(level=max(logging.getLevelNamesMapping()[level], logging.WARNING), stream=sys.stderr)
    # A tick that takes longer than its beat is no event: the next one does the rest.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
