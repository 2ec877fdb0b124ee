"""A program year in a Slack that breaks on purpose: each message is there once, as in a year in which all goes well."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.playground.workspace.faults import Faults
from tests.stories.conftest import Stage

LAST_DAY = datetime(2018, 5, 1, 12, tzinfo=UTC)
REAL_TIME = frozenset({"hang", "hang_before", "slow"})  # they would keep the test waiting, and nothing else


def said(stage: Stage) -> Counter[str]:
    """Count what the messages in all conversations say, by the opaque marks that they carry."""
    messages = [
        message.body
        for channel in stage.playground.slack.workspace.channels.values()
        for message in channel.messages.values()
    ]
    carried = [body["metadata"]["event_payload"] for body in messages if body.get("metadata")]
    return Counter(mark for payload in carried for mark in payload["marks"])


async def lives_a_year(stage: Stage) -> Counter[str]:
    await stage.tick()
    await stage.goes_to(LAST_DAY)
    return said(stage)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_after_a_year_of_faults_each_message_is_there_once(stage: Stage, seed: int) -> None:
    calls = (fault for fault in Faults.storm(0.25, seed) if fault.method == "*")  # nobody acts: of calls only
    stage.playground.faults.extend(fault for fault in calls if fault.how not in REAL_TIME)

    found = await lives_a_year(stage)

    async with stage.tandem.store.begin() as records:
        trouble = await records.trouble(stage.now)
    assert sum(1 for call in stage.calls() if call.fault) > 15
    assert set(found.values()) == {1}
    assert (trouble.stuck, trouble.unknown, trouble.undecided, trouble.refused) == (0, 0, 0, {})
