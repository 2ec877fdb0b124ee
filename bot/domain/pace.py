"""How fast Slack may be called: a pace for each method in each workspace, shared by all who call.

Slack does not tell its limits ("several hundred messages a minute"), so a pace finds them: it grows gently while all
goes well and falls when Slack says 429, as the Internet's own traffic does. The pace *is* the schedule: it says when
the next call falls due, so that whoever holds its row hands out turns, and nobody else needs to count.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import floor

from bot.domain.notes import Absent, Finding, Later, Outcome, Refused, Sent, Unreadable

# A twentieth more every ten seconds, a fifth less after a 429; a tenth more while the limit was never met. In parts
# of the rate, so that the same figures suit three hundred messages a minute and one read a minute. Less growth falls
# behind a limit that rises; more growth, or a gentler fall, costs more than five refusals in a thousand
# (tests/domain/test_pace_under_limits.py holds both).
EVERY = timedelta(seconds=10)
GROWTH, SEARCH, FACTOR = 0.05, 0.1, 0.8
LONG_AGO = datetime(2013, 8, 1, tzinfo=UTC)  # before there was a Slack
FIRST_REST, LONGEST_REST = 5.0, 600.0  # seconds, when Slack cannot be reached at all


@dataclass(frozen=True, slots=True)
class Limits:
    """What is known of a method's limit: calls a second to begin with, at least and at most; how many at once."""

    start: float
    least: float
    most: float
    burst: int


UNLIMITED = Limits(1e6, 1e6, 1e6, 1_000_000)
LIMITS = {
    # "Several hundred per minute" in a workspace: begin at 240, never beyond 525. A burst is what falls due while a
    # worker waits a second for answers.
    "chat.postMessage": Limits(start=4.0, least=0.5, most=8.75, burst=5),
    # Tier 3 is 50 a minute or more; where an app may have but one a minute, Slack's 429 teaches it.
    "conversations.history": Limits(start=0.8, least=1 / 120, most=0.8, burst=3),
}
POSTS, READS = "chat.postMessage", "conversations.history"


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of one method in one workspace. All moments are in UTC.

    `rate` is in calls a second, `next_at` when the next call falls due, `resumes_at` the end of a rest that Slack
    asked for or that it needs, `raised_at` when the rate was last changed. `found` tells whether the limit was met
    once: until then it grows faster. `failures` counts calls in a row that did not reach Slack.
    """

    workspace_id: str
    method: str
    rate: float
    next_at: datetime
    resumes_at: datetime
    raised_at: datetime
    found: bool = False
    failures: int = 0
    limits: Limits = UNLIMITED

    @classmethod
    def fresh(cls, workspace_id: str, method: str, now: datetime, limits: Limits) -> "Pace":
        """Return the pace of what was never called: a whole burst may begin at once, and nobody waits longer."""
        return cls(workspace_id, method, limits.start, LONG_AGO, now, now, limits=limits)

    def turns(self, now: datetime) -> int:
        """Return how many calls may begin at `now`; a burst at most, however long nobody has called."""
        if now < max(self.resumes_at, self.next_at):
            return 0
        return floor((now - self._earliest(now)).total_seconds() * self.rate + 1e-6) + 1

    def taken(self, calls: int, now: datetime) -> "Pace":
        """Return the pace after so many calls have begun."""
        if not calls:
            return self
        grown = self._grown(now)
        return replace(grown, next_at=grown._earliest(now) + timedelta(seconds=calls / grown.rate))

    def limited(self, until: datetime, now: datetime) -> "Pace":
        """Return the pace after a 429: nobody calls before `until`, and then one by one.

        Several of them in one rest slow it only once.
        """
        resumes_at = max(self.resumes_at, until)
        rested = replace(self, resumes_at=resumes_at, next_at=max(self.next_at, resumes_at))
        if now < self.resumes_at:
            return rested
        return replace(rested, rate=max(self.rate * FACTOR, self.limits.least), raised_at=now, found=True)

    def unreached(self, now: datetime, chance: float) -> "Pace":
        """Return the pace after a call that did not reach Slack: a rest that doubles, spread by `chance` (0 to 1)."""
        if now < self.resumes_at:
            return self
        rest = min(FIRST_REST * 2 ** min(self.failures, 10), LONGEST_REST) * (0.75 + chance / 2)
        return replace(self, failures=self.failures + 1, resumes_at=now + timedelta(seconds=rest))

    def reached(self) -> "Pace":
        """Return the pace after a call that Slack answered."""
        return replace(self, failures=0) if self.failures else self

    def lasts(self, calls: int) -> timedelta:
        """Return about how long so many calls take at this pace, the first burst aside."""
        return timedelta(seconds=max(calls - self.limits.burst, 0) / self.rate)

    def _earliest(self, now: datetime) -> datetime:
        """Return `next_at`, or as long ago as a whole burst reaches back."""
        return max(self.next_at, now - timedelta(seconds=(self.limits.burst - 1) / self.rate))

    def _grown(self, now: datetime) -> "Pace":
        if now - self.raised_at < EVERY or self.rate >= self.limits.most:
            return self
        rate = min(self.rate * (1 + (GROWTH if self.found else SEARCH)), self.limits.most)
        saved = (now - self._earliest(now)) * (self.rate / rate)  # as many calls as before, not as many seconds
        return replace(self, rate=rate, next_at=now - saved, raised_at=now)


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in a workspace for its turn: `due` messages in all, `own` of them of what was asked about."""

    pace: Pace
    due: int = 0
    own: int = 0

    def lasts(self, now: datetime, more: int = 0) -> timedelta:
        """Return about how long it takes until all that is due, and so many `more`, have had their turn."""
        rest = max(self.pace.resumes_at - now, timedelta(0))
        return rest + self.pace.lasts(self.due + more)


def learned(pace: Pace, outcome: Outcome | Finding, now: datetime, chance: float) -> Pace:
    """Return what a pace is after a call ended so; `chance` (0 to 1) spreads the rests of many workers."""
    match outcome:
        case Later(until=until, cause="limit"):
            return pace.limited(until, now)
        case Later(cause="line"):
            return pace.unreached(now, chance)
        case Sent() | Refused() | Absent() | Unreadable():
            return pace.reached()
        case _:
            return pace
