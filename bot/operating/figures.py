"""Figures of what this process does, as Prometheus reads them. A registry of their own: nothing global."""

import math
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.domain.notes import Outcome
from bot.operating.signs import Signs

ACK_BUCKETS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)  # Slack waits 3 s
JOB_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0, 300.0, 1800.0)
A_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}")  # an error code of Slack's, or the name of a class


@dataclass(frozen=True, slots=True)
class PaceSeen:
    """How fast one method may be called in one workspace: calls a minute, and seconds until it may be called again."""

    workspace: str
    method: str
    rate: float
    paused: float = 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records tell, over all workspaces. `oldest_age` is in seconds, 0 where nothing is due."""

    unknown: int
    stuck: int
    oldest_age: float
    paces: Sequence[PaceSeen] = ()


class Figures:
    """All that is counted and measured; `signs` tells what cannot be counted."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._notes = Counter(
            "tandem_notes", "Messages by what became of them, and why.", ["outcome", "reason"], registry=registry
        )
        self._acks = Histogram(
            "tandem_acknowledgement_seconds",
            "From the arrival of what Slack sends to its acknowledgement.",
            ["kind"],
            buckets=ACK_BUCKETS,
            registry=registry,
        )
        self._jobs = Histogram(
            "tandem_job_seconds", "How long each run of a job takes.", ["job"], buckets=JOB_BUCKETS, registry=registry
        )
        self._failed = Counter("tandem_jobs_failed", "Runs of a job that failed.", ["job"], registry=registry)
        self._add_signs()
        self._add_facts()

    def _add_signs(self) -> None:
        """What is read from the process itself whenever it is asked for; NaN where it is not its task."""
        signs = self.signs

        def gauge(name: str, text: str) -> Gauge:
            return Gauge(name, text, registry=self.registry)

        gauge("tandem_tick_lag_seconds", "How late the newest tick began.").set_function(
            lambda: signs.pulse.lag if signs.pulse else math.nan
        )
        gauge("tandem_tick_age_seconds", "Since a tick began, ended, or got something done.").set_function(
            lambda: signs.pulse.age if signs.pulse else math.nan
        )
        gauge("tandem_sockets_connected", "Connections to Slack.").set_function(
            lambda: signs.sockets.connected if signs.sockets else math.nan
        )
        gauge("tandem_socket_frame_age_seconds", "Since anything was heard on a connection.").set_function(
            lambda: signs.sockets.frame_age if signs.sockets else math.nan
        )
        gauge("tandem_socket_silences", "Connections given up because nothing was heard on them.").set_function(
            lambda: signs.sockets.silences if signs.sockets else math.nan
        )
        gauge("tandem_clock_leaps", "How often the clock leapt since the start.").set_function(lambda: signs.leaps())

    def _add_facts(self) -> None:
        def gauge(name: str, text: str, *labels: str) -> Gauge:
            return Gauge(name, text, labels, registry=self.registry)

        self._database = gauge("tandem_database_up", "1: the database answered in time just now.")
        self._unknown = gauge("tandem_notes_unknown", "Messages of which nobody knows whether they arrived.")
        self._stuck = gauge("tandem_notes_stuck", "Messages in sending whose lease has run out.")
        self._oldest = gauge("tandem_oldest_open_age_seconds", "How long the oldest open nudge has been due.")
        self._rate = gauge("tandem_pace_rate", "Calls a minute that may be made.", "workspace", "method")
        self._paused = gauge("tandem_pace_paused_seconds", "Until it may be called again.", "workspace", "method")

    # -- counting -------------------------------------------------------------------------------------------------

    def note(self, outcome: Outcome) -> None:
        """Count what became of a note."""
        reason = str(getattr(outcome, "reason", ""))
        self._notes.labels(type(outcome).__name__.lower(), _code(reason)).inc()
        if self.signs.pulse:
            self.signs.pulse.touch()

    def acknowledged(self, kind: str, seconds: float) -> None:
        """Measure an acknowledgement: of a command, click, form, menu or event."""
        self._acks.labels(kind).observe(seconds)

    @contextmanager
    def job(self, name: str) -> Iterator[None]:
        """Measure a run of a job, and count it where it fails."""
        pulse = self.signs.pulse if name == "tick" else None
        if pulse:
            pulse.begin()
        began = time.monotonic()
        try:
            yield
        except Exception:
            self._failed.labels(name).inc()
            raise
        finally:
            self._jobs.labels(name).observe(time.monotonic() - began)
            if pulse:
                pulse.touch()

    # -- telling --------------------------------------------------------------------------------------------------

    def page(self, facts: Facts | None) -> bytes:
        """Return everything in Prometheus' text format; without `facts`, because the database did not answer, NaN."""
        self._database.set(0 if facts is None else 1)
        self._unknown.set(math.nan if facts is None else facts.unknown)
        self._stuck.set(math.nan if facts is None else facts.stuck)
        self._oldest.set(math.nan if facts is None else facts.oldest_age)
        self._rate.clear()
        self._paused.clear()
        for pace in facts.paces if facts else ():
            self._rate.labels(pace.workspace, pace.method).set(pace.rate)
            self._paused.labels(pace.workspace, pace.method).set(pace.paused)
        return generate_latest(self.registry)


def _code(reason: str) -> str:
    """Return a reason as it is where it is a code; anything else could be endless, or tell what nobody should read."""
    return reason if not reason or A_CODE.fullmatch(reason) else "other"
