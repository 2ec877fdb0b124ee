"""What becomes of a person's open nudges at a moment: said, held, lapsed or withdrawn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span, SpeakingHours
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Member, Person, Preferences
from bot.domain.program import Role
from bot.domain.release import Release, release, speaking_for
from tests.domain.cast import MAYA, PAIR, PROGRAM, mentee

NOON = datetime(2017, 6, 6, 17, tzinfo=UTC)  # Tuesday, 12:00 in Chicago
NIGHT = datetime(2017, 6, 7, 3, tzinfo=UTC)  # 22:00
NEXT_MORNING = datetime(2017, 6, 7, 14, tzinfo=UTC)
MONDAY, TUESDAY = date(2017, 6, 5), date(2017, 6, 6)


def nudge(occurrence: str = "1", *, rule: str = Rule.TRAINING, lane: Lane = Lane.REMINDER, days: int = 3) -> Nudge:
    slot = Slot(rule, "spring", occurrence, "maya")
    return Nudge(slot, "g", MAYA.id, lane, NOON, NOON + timedelta(days=days), id=occurrence)


def sort(
    *nudges: Nudge,
    person: Person = MAYA,
    spoken: Sequence[date] = (),
    now: datetime = NOON,
    true_slots: frozenset[Slot] | None = None,
) -> Release:
    member = Member(PROGRAM, person, frozenset({Role.MENTEE}))
    slots = frozenset(one.slot for one in nudges) if true_slots is None else true_slots
    return release(member, nudges, slots, spoken, now)


def test_what_is_due_in_a_person_s_hours_is_said_together() -> None:
    assert sort(nudge("1"), nudge("2")) == Release(say=(nudge("1"), nudge("2")))


MAY_MORNING = datetime(2017, 5, 22, 15, tzinfo=UTC)  # Monday, 10:00 in Chicago; planning began on the 15th


def test_before_the_first_day_only_ideas_and_trainings_are_said_and_the_rest_waits_for_it() -> None:
    idea, training, hello = (
        nudge(rule, rule=rule, days=30) for rule in (Rule.PHASE_PROMPT, Rule.TRAINING, Rule.FIRST_MOVE)
    )

    sorted_out = sort(idea, training, hello, now=MAY_MORNING)

    assert sorted_out == Release(say=(idea, training), hold=(hello,), until=datetime(2017, 6, 1, 14, tzinfo=UTC))


def test_before_planning_begins_nothing_is_said() -> None:
    idea = nudge(rule=Rule.PHASE_PROMPT, days=30)

    assert sort(idea, now=datetime(2017, 5, 10, 15, tzinfo=UTC)) == Release(
        hold=(idea,), until=datetime(2017, 5, 15, 14, tzinfo=UTC)
    )


def test_before_the_first_day_one_note_a_day_is_the_most_as_well() -> None:
    idea = nudge(rule=Rule.PHASE_PROMPT, days=30)

    assert sort(idea, spoken=[date(2017, 5, 22)], now=MAY_MORNING).until == datetime(2017, 5, 23, 14, tzinfo=UTC)


def test_a_digest_alone_waits_for_the_first_day() -> None:
    digest = nudge(rule=Rule.DIGEST, days=30)

    assert sort(digest, now=MAY_MORNING) == Release(hold=(digest,), until=datetime(2017, 6, 1, 14, tzinfo=UTC))


def test_at_night_it_waits_for_the_morning() -> None:
    assert sort(nudge(), now=NIGHT) == Release(hold=(nudge(),), until=NEXT_MORNING)


def test_what_is_no_longer_true_is_withdrawn() -> None:
    assert sort(nudge("1"), nudge("2"), true_slots=frozenset({nudge("2").slot})) == Release(
        say=(nudge("2"),), withdraw=(nudge("1"),)
    )


def test_what_is_too_late_lapses_to_the_second() -> None:
    short = nudge(days=1)

    assert sort(short, now=short.too_late) == Release(lapse=(short,))
    assert sort(short, now=short.too_late - timedelta(seconds=1)).say == (short,)


def test_what_is_too_late_lapses_even_when_it_is_no_longer_true() -> None:
    short = nudge(days=1)

    assert sort(short, now=short.too_late, true_slots=frozenset()) == Release(lapse=(short,))


def test_a_kind_that_is_switched_off_is_withdrawn_and_the_others_are_said() -> None:
    muted = replace(MAYA, preferences=Preferences(muted=frozenset({"training"})))
    prompt = nudge("2", rule=Rule.PHASE_PROMPT)

    assert sort(nudge("1"), prompt, person=muted) == Release(say=(prompt,), withdraw=(nudge("1"),))


def test_in_a_break_nothing_is_said_until_it_is_over() -> None:
    away = replace(MAYA, pauses=(Span(MONDAY, date(2017, 6, 8)),))

    assert sort(nudge(days=9), person=away) == Release(
        hold=(nudge(days=9),), until=datetime(2017, 6, 9, 14, tzinfo=UTC)
    )


def test_to_whom_slack_does_not_deliver_nothing_is_sent() -> None:
    gone = replace(MAYA, unreachable="user_disabled")

    assert sort(nudge(), person=gone) == Release(withdraw=(nudge(),))


def test_a_person_without_a_slack_id_waits_until_there_is_one() -> None:
    unknown = replace(MAYA, slack_id=None)

    held = sort(nudge(), person=unknown)

    assert (held.say, held.hold) == ((), (nudge(),))
    assert held.until is not None
    assert held.until > NOON


def test_once_a_day_is_enough() -> None:
    assert sort(nudge(), spoken=[TUESDAY]) == Release(hold=(nudge(),), until=NEXT_MORNING)


def test_three_times_a_week_is_enough() -> None:
    wednesday, thursday = date(2017, 6, 7), datetime(2017, 6, 8, 17, tzinfo=UTC)
    long = nudge(days=20)

    held = sort(long, spoken=[MONDAY, TUESDAY, wednesday], now=thursday)

    assert held == Release(hold=(long,), until=datetime(2017, 6, 12, 14, tzinfo=UTC))


def test_an_announcement_spends_nothing_of_the_budget() -> None:
    copy = nudge(rule=Rule.ANNOUNCEMENT, lane=Lane.ANNOUNCEMENT)

    assert sort(copy, spoken=[TUESDAY]) == Release(say=(copy,))


def test_an_announcement_waits_for_the_morning_all_the_same() -> None:
    copy = nudge(rule=Rule.ANNOUNCEMENT, lane=Lane.ANNOUNCEMENT)

    assert sort(copy, now=NIGHT) == Release(hold=(copy,), until=NEXT_MORNING)


def test_after_the_last_moment_of_the_program_what_is_open_lapses() -> None:
    after_five = datetime(2018, 4, 30, 22, 30, tzinfo=UTC)
    late = replace(nudge(), too_late=after_five + timedelta(days=9))

    assert sort(late, now=after_five) == Release(lapse=(late,))


@pytest.mark.parametrize(
    ("spoken", "until"),
    [
        ((23,), None),  # today is the second, and the third is left for Friday
        ((23, 24), datetime(2018, 4, 27, 14, tzinfo=UTC)),  # there is one left: Friday, together with the thanks
    ],
)
def test_the_last_place_of_the_last_week_is_kept_for_the_thanks(
    spoken: tuple[int, ...], until: datetime | None
) -> None:
    program = replace(PROGRAM, span=Span(date(2017, 6, 1), date(2018, 4, 27)))  # a Friday
    member = mentee(replace(PAIR, program=program))
    wednesday = datetime(2018, 4, 25, 17, tzinfo=UTC)
    late = replace(nudge(), too_late=wednesday + timedelta(days=9))

    found = release(member, [late], {late.slot}, [date(2018, 4, day) for day in spoken], wednesday)

    assert found == (Release(hold=(late,), until=until) if until else Release(say=(late,)))


def test_nothing_to_sort_is_nothing_to_do() -> None:
    assert sort() == Release()


@pytest.mark.parametrize(("hour", "said"), [(17, False), (18, True), (20, True), (21, False)])
def test_hours_of_one_s_own_count_instead_of_the_program_s(hour: int, said: bool) -> None:
    evening = SpeakingHours(time(18), time(21))
    maya = replace(MAYA, preferences=Preferences(hours=evening))
    now = datetime(2017, 6, 6, hour, tzinfo=MAYA.zone).astimezone(UTC)

    assert bool(sort(nudge(), person=maya, now=now).say) is said


people = st.builds(
    lambda muted, unreachable, slack_id, pause: replace(
        MAYA,
        preferences=Preferences(muted=muted),
        unreachable=unreachable,
        slack_id=slack_id,
        pauses=pause,
    ),
    st.frozensets(st.sampled_from([Rule.TRAINING, Rule.PHASE_PROMPT])),
    st.sampled_from(["", "", "user_disabled"]),
    st.sampled_from(["U0MAYA", "U0MAYA", None]),
    st.sampled_from([(), (Span(MONDAY, TUESDAY),)]),
)
bundles = st.lists(
    st.builds(
        lambda number, rule, days: nudge(str(number), rule=rule, days=days),
        st.integers(1, 99),
        st.sampled_from([Rule.TRAINING, Rule.PHASE_PROMPT, Rule.DIGEST]),
        st.integers(-2, 5),
    ),
    max_size=5,
    unique_by=lambda one: one.slot,
)


@given(people, bundles, st.lists(st.dates(date(2017, 6, 1), date(2017, 6, 9)), unique=True), st.integers(0, 200))
def test_each_nudge_is_sorted_once_and_what_is_held_has_its_hour(
    person: Person, nudges: list[Nudge], spoken: list[date], hours: int
) -> None:
    now = NOON + timedelta(hours=hours)

    found = sort(*nudges, person=person, spoken=spoken, now=now)

    everything = (*found.say, *found.hold, *found.lapse, *found.withdraw)
    assert sorted(one.id for one in everything) == sorted(one.id for one in nudges)
    assert bool(found.hold) == (found.until is not None)
    assert found.until is None or found.until > now
    if found.say:
        assert person.slack_id
        assert not person.unreachable
        assert speaking_for(person, PROGRAM, spoken).next_moment(now) == now
        assert all(now < one.too_late and one.slot.rule not in person.preferences.muted for one in found.say)
