"""Payloads from the documentation: what Slack takes, and what it refuses."""

from tests.playground.block_kit.cases import cases

GOOD, BAD = cases("good"), cases("bad")


def test_there_are_cases_enough() -> None:
    assert len(BAD) >= 60
    assert len(GOOD) >= 40
    assert len({case.name for case in (*BAD, *GOOD)}) == len(BAD) + len(GOOD)
