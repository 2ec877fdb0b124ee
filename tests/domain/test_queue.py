"""How long it takes until what waits has had its turn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.pace import Limits, Pace, Queue

NOON = datetime(2017, 6, 6, 17, tzinfo=UTC)
THREE_A_SECOND = Pace.fresh("w", "chat.postMessage", NOON, Limits(start=3.0, least=0.5, most=8.75, burst=5))


def test_what_waits_ahead_counts_as_well() -> None:
    queue = Queue(THREE_A_SECOND, due=35)

    assert queue.lasts(NOON) == timedelta(seconds=10)  # 30 beyond the first burst, at three a second
    assert queue.lasts(NOON, more=60) == timedelta(seconds=30)


def test_a_rest_that_slack_asks_for_counts_as_well() -> None:
    resting = replace(THREE_A_SECOND, resumes_at=NOON + timedelta(seconds=40))

    assert Queue(resting).lasts(NOON) == timedelta(seconds=40)
    assert Queue(resting).lasts(NOON + timedelta(minutes=1)) == timedelta(0)
