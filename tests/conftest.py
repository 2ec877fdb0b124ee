"""What holds for every test: an odd zone, no settings of the developer's own, no way out of this machine."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.logs import set_up_logs

# A zone 12:45 or 13:45 hours ahead: whoever uses the machine's zone by mistake is found out.
os.environ["TZ"] = "Pacific/Chatham"
time.tzset()

# As in production: a traceback in plain words. structlog's default draws each with all its variables, for seconds.
set_up_logs("WARNING", "json")

settings.register_profile(
    "tandem", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
settings.load_profile("tandem")

HERE = Path(__file__).parent
LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sees no token and no database but its own."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "DATABASE_URL", "TANDEM_")) and name != "TANDEM_REQUIRE_BROWSER":
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command that sets up its own logs writes them to a file that is closed when its test is over."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere else fails the test that tries it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test may not reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what waits for a database or a Slack as slow, for `make check` to leave out.

    What takes long comes first, so that two workers end at about the same time; it says so itself.
    """
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        slow = folder in ("stories", "store", "privacy")
        if slow or (folder in ("usecases", "playground") and "memory" not in item.name):
            item.add_marker(pytest.mark.slow)
