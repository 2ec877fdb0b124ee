"""Says on stderr what is being measured, so that a minute without a line of the table is not mistaken for an end."""

import sys
import time

_begun = time.monotonic()


def say(sentence: str) -> None:
    """Say it, with the seconds since the start."""
    print(f"{time.monotonic() - _begun:5.0f} s  {sentence}", file=sys.stderr, flush=True)  # noqa: T201
