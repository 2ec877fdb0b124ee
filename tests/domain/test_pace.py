"""The pace of calls: never faster than it says, slower when Slack asks, and found by whoever has nothing told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notes import Absent, Finding, Later, Outcome, Refused, Sent, Unknown, Unreadable
from bot.domain.pace import LIMITS, POSTS, READS, UNLIMITED, Limits, Pace, learned

NOW = datetime(2017, 6, 12, 15, 0, tzinfo=UTC)
LIMIT = Limits(start=2.0, least=0.5, most=4.0, burst=5)
FRESH = Pace.fresh("W1", POSTS, NOW, LIMIT)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def seconds_until(moment: datetime) -> float:
    return (moment - NOW).total_seconds()


# -- turns ------------------------------------------------------------------------------------------------------------


def test_who_was_never_called_may_be_called_a_whole_burst_at_once() -> None:
    assert FRESH.turns(NOW) == 5
    assert FRESH.taken(5, NOW).turns(NOW) == 0


def test_after_a_burst_turns_come_one_by_one() -> None:
    tired = FRESH.taken(5, NOW)

    assert tired.next_at == after(0.5)  # two a second
    assert [tired.turns(after(s)) for s in (0.4, 0.5, 0.9, 1.0, 2.4, 2.5)] == [0, 1, 1, 2, 4, 5]


def test_however_long_nobody_calls_it_is_a_burst_and_no_more() -> None:
    rested = FRESH.taken(5, NOW)

    assert rested.turns(after(3600)) == 5
    assert rested.taken(5, after(3600)).turns(after(3600)) == 0


def test_turns_that_nobody_took_change_nothing() -> None:
    assert FRESH.taken(0, NOW) is FRESH


def test_part_of_a_burst_leaves_the_rest() -> None:
    assert FRESH.taken(2, NOW).turns(NOW) == 3


@st.composite
def calls(draw: st.DrawFn) -> tuple[Limits, list[tuple[float, int]]]:
    """Limits, and when somebody comes (in seconds after who came before, also back in time) and how much they want."""
    start = draw(st.floats(0.1, 9))
    limits = Limits(start, least=start / 10, most=start * draw(st.floats(1, 4)), burst=draw(st.integers(1, 9)))
    gaps = st.one_of(st.floats(0, 0.5), st.floats(0, 40), st.just(0.0))
    return limits, draw(st.lists(st.tuples(gaps, st.integers(1, 12)), min_size=1, max_size=60))


@given(calls())
def test_no_stretch_of_time_has_more_calls_than_a_burst_and_the_highest_rate(
    given_calls: tuple[Limits, list[tuple[float, int]]],
) -> None:
    limits, visits = given_calls
    pace, at, begun = Pace.fresh("W1", POSTS, NOW, limits), 0.0, list[float]()
    for gap, wanted in visits:
        at += gap
        turns = min(pace.turns(after(at)), wanted)
        pace = pace.taken(turns, after(at))
        begun += [at] * turns

    for first, since in enumerate(begun):
        for last, until in enumerate(begun[first:], first):
            assert last - first + 1 <= limits.burst + (until - since) * limits.most + 0.01


@given(calls(), st.lists(st.floats(-7200, 7200), min_size=60, max_size=60))
def test_a_clock_that_goes_back_earns_nobody_a_turn(
    given_calls: tuple[Limits, list[tuple[float, int]]], leaps: list[float]
) -> None:
    """However often the clock shows an hour anew: in that hour nobody is called more than in any other."""
    limits, visits = given_calls
    pace, at, taken, shown = Pace.fresh("W1", POSTS, NOW, limits), 0.0, 0, [0.0]
    for (gap, wanted), leap in zip(visits, leaps, strict=False):
        at += gap + leap
        shown.append(at)
        turns = min(pace.turns(after(at)), wanted)
        before, pace = pace.next_at, pace.taken(turns, after(at))
        taken += turns
        assert pace.next_at >= before

    assert taken <= limits.burst + (max(shown) - min(shown)) * limits.most + 0.01


# -- a 429 ------------------------------------------------------------------------------------------------------------


def test_after_a_429_nobody_calls_before_the_rest_is_over() -> None:
    limited = FRESH.limited(after(30), NOW)

    assert [limited.turns(after(s)) for s in (0, 29.99)] == [0, 0]
    assert limited.turns(after(30)) == 1


def test_after_the_rest_comes_one_and_not_a_burst() -> None:
    limited = FRESH.limited(after(30), NOW)  # 1.6 a second

    assert limited.taken(1, after(30)).turns(after(30.5)) == 0
    assert limited.taken(1, after(30)).turns(after(30.625)) == 1


def test_several_429s_of_one_burst_slow_it_once_and_the_longest_rest_counts() -> None:
    once = FRESH.limited(after(10), NOW)
    again = once.limited(after(30), after(0.2)).limited(after(5), after(0.3))

    assert once.rate == pytest.approx(1.6)
    assert again.rate == once.rate
    assert again.resumes_at == after(30)
    assert again.turns(after(29)) == 0


def test_a_429_after_the_rest_slows_it_once_more_and_never_below_the_least() -> None:
    pace = FRESH
    for n in range(20):
        pace = pace.limited(after(10 * n + 1), after(10 * n))

    assert FRESH.limited(after(1), NOW).limited(after(9), after(2)).rate == pytest.approx(1.28)
    assert pace.rate == 0.5


@given(st.lists(st.tuples(st.floats(0, 20), st.floats(-5, 90)), max_size=30), st.floats(0, 200))
def test_no_429_shortens_a_rest(refusals: list[tuple[float, float]], later: float) -> None:
    pace, at = FRESH, 0.0
    for gap, rest in refusals:
        at += gap
        before, pace = pace, pace.limited(after(at + rest), after(at))
        assert pace.resumes_at >= before.resumes_at
        assert pace.next_at >= before.next_at

    assert pace.turns(after(at + later)) == 0 or after(at + later) >= pace.resumes_at


# -- growth -----------------------------------------------------------------------------------------------------------


def test_it_grows_by_a_tenth_every_ten_seconds_until_the_limit_was_met() -> None:
    assert FRESH.taken(1, after(9.9)).rate == 2.0
    assert FRESH.taken(1, after(10)).rate == pytest.approx(2.2)
    assert FRESH.taken(1, after(10)).taken(1, after(19.9)).rate == pytest.approx(2.2)
    assert FRESH.taken(1, after(10)).taken(1, after(20)).rate == pytest.approx(2.42)


def test_then_it_grows_by_a_twentieth() -> None:
    limited = FRESH.limited(after(1), NOW)  # 1.6 a second

    assert limited.taken(1, after(10)).rate == pytest.approx(1.68)


def test_it_never_grows_beyond_the_most_nor_while_nobody_calls() -> None:
    pace = FRESH
    for n in range(1, 30):
        pace = pace.taken(1, after(10 * n))

    assert pace.rate == 4.0
    assert FRESH.taken(1, after(3600)).rate == pytest.approx(2.2)


# -- a line that is cut -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("failures", "chance", "rest"),
    [
        (0, 0.5, 5),
        (1, 0.5, 10),
        (2, 0.5, 20),
        (0, 0.0, 3.75),
        (0, 1.0, 6.25),
        (7, 0.5, 600),
        (5000, 1.0, 750),  # weeks of it
    ],
)
def test_a_rest_doubles_is_spread_and_has_an_end(failures: int, chance: float, rest: float) -> None:
    tired = replace(FRESH, failures=failures).unreached(NOW, chance)

    assert seconds_until(tired.resumes_at) == pytest.approx(rest)
    assert tired.failures == failures + 1
    assert tired.rate == FRESH.rate


def test_the_other_calls_of_a_burst_do_not_make_the_rest_longer() -> None:
    once = FRESH.unreached(NOW, 0.5)

    assert once.unreached(after(0.1), 0.9) == once
    assert once.unreached(after(5), 0.5).resumes_at == after(15)


def test_the_first_call_that_is_answered_ends_the_doubling() -> None:
    tired = FRESH.unreached(NOW, 0.5).unreached(after(5), 0.5)

    assert tired.reached().failures == 0
    assert tired.reached().unreached(after(60), 0.5).resumes_at == after(65)
    assert FRESH.reached() is FRESH


@pytest.mark.parametrize(
    ("outcome", "failures", "rests"),
    [
        (Later(after(20), "ratelimited"), 1, 20),
        (Later(NOW, "ClientConnectorError", cause="line"), 2, 10),
        (Later(NOW, "no time left to begin", cause="lease"), 1, 0),
        (Later(after(30), "http_500", cause="answer"), 1, 0),
        (Unknown("TimeoutError"), 1, 0),
        (Sent("D1", "1.0"), 0, 0),
        (Refused("user_disabled", whose="person"), 0, 0),
        (Absent(), 0, 0),
        (Unreadable("missing_scope"), 0, 0),
    ],
)
def test_what_a_pace_learns_of_each_outcome(outcome: Outcome | Finding, failures: int, rests: float) -> None:
    pace = learned(replace(FRESH, failures=1), outcome, NOW, chance=0.5)

    assert (pace.failures, seconds_until(pace.resumes_at)) == (failures, rests)


# -- how long ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "seconds"), [(0, 0), (5, 0), (6, 0.5), (1005, 500)])
def test_how_long_so_many_calls_take(people: int, seconds: float) -> None:
    assert FRESH.lasts(people) == timedelta(seconds=seconds)


def test_where_there_is_no_limit_nothing_waits_but_a_429_is_obeyed() -> None:
    free = Pace.fresh("W1", POSTS, NOW, UNLIMITED)

    assert free.turns(NOW) > 100_000
    assert free.taken(100_000, NOW).turns(NOW) > 100_000
    assert free.limited(after(30), NOW).turns(after(29)) == 0
    assert free.lasts(100_000) == timedelta(0)


def test_the_limits_that_we_begin_with_are_slack_s_own_figures() -> None:
    assert LIMITS[POSTS].most * 60 == 525
    assert LIMITS[READS].most * 60 == 48  # Tier 3: 50 or more
    assert LIMITS[READS].least * 60 <= 1  # sold outside the Marketplace: one
    assert all(limits.least <= limits.start <= limits.most for limits in LIMITS.values())
