"""Opaque ids that sort by the time they were made, so that new rows lie together at the end of an index."""

import itertools
import secrets
import time
from collections.abc import Callable

NewId = Callable[[], str]

# A counter that starts at the clock and never goes back, so that ids made one after the other sort so.
_ticks = itertools.count(time.time_ns())


def new_id() -> str:
    """Make an id of 24 hexadecimal digits: when this process counted it, and 32 random bits."""
    return f"{next(_ticks):016x}{secrets.randbits(32):08x}"
