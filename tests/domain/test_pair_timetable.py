"""What holds for all that is said about any pair, whatever the two do."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Span, wall
from bot.domain.nudges import Rule, decide
from bot.domain.people import Answer, AnswerKind, Pair
from bot.domain.rhythm import Rhythm, Unit
from bot.domain.rules import pair_timetable
from bot.domain.rules.checkin_reminder import reminders_of
from tests.domain.cast import CHICAGO, FIRST_DAY, GUAM, LAST_DAY, MAYA, PAIR, TOM, pausing

days = st.dates(FIRST_DAY, LAST_DAY)
rhythms = st.one_of(
    st.builds(Rhythm, st.integers(1, 60), st.just(Unit.DAY)),
    st.builds(Rhythm, st.integers(1, 8), st.just(Unit.WEEK)),
    st.builds(Rhythm, st.integers(1, 3), st.just(Unit.MONTH)),
)
pauses = st.lists(
    st.builds(lambda first, more: Span(first, first + timedelta(days=more)), days, st.integers(0, 50)), max_size=3
).map(tuple)


@st.composite
def answers(draw: st.DrawFn, first: date, last: date) -> Answer:
    who, day = draw(st.sampled_from([MAYA, TOM])), draw(st.dates(first, last))
    kind = draw(st.sampled_from(AnswerKind))
    ask = day + timedelta(days=draw(st.integers(1, 60))) if kind is AnswerKind.NOT_YET else None
    return Answer("q", who.id, kind, day, wall(day, time(12), who.zone), remind_on=ask)


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    first, last = sorted((draw(days), draw(days)))
    met = draw(st.lists(st.dates(first, last), max_size=3))
    answer = draw(st.one_of(st.none(), answers(first, last)))
    return replace(
        PAIR,
        mentee=replace(MAYA, pauses=draw(pauses), zone=draw(st.sampled_from([CHICAGO, GUAM]))),
        mentor=replace(TOM, pauses=draw(pauses)),
        starts=first,
        ends=draw(st.sampled_from([None, last])),
        rhythm=draw(st.one_of(st.none(), rhythms)),
        meetings=len(met),
        last_meeting=max(met, default=None),
        answer=answer,
        snoozes=(answer,) if answer and answer.kind is AnswerKind.NOT_YET else (),
        help_asked=answer if answer and answer.kind is AnswerKind.IN_THE_WAY else None,
    )


@given(pairs())
def test_every_entry_lies_within_the_pair_s_time_and_outside_of_breaks(pair: Pair) -> None:
    for entry in pair_timetable(pair):
        assert pair.span.first <= entry.first <= entry.last <= pair.span.last
        assert entry.begins < entry.ends
        for pause in (*pair.mentor.pauses, *pair.mentee.pauses):
            assert entry.last < pause.first or pause.last < entry.first


@given(pairs())
def test_nobody_is_reminded_before_the_rhythm_has_run_unless_they_asked_for_it(pair: Pair) -> None:
    since = reminders_of(pair).since
    for entry in pair_timetable(pair):
        if entry.slot.rule == Rule.CHECKIN_REMINDER and not reminders_of(pair).asked:
            counted = [since + timedelta(days=n) for n in range(1, (entry.first - since).days + 1)]
            running = [day for day in counted if not any(day in span for span in pair.stops)]
            assert len(running) > (pair.agreed_rhythm.after(since) - since).days


@given(pairs())
def test_nobody_is_reminded_more_than_twice_since_the_last_sign_of_life(pair: Pair) -> None:
    slots = {entry.slot for entry in pair_timetable(pair) if entry.slot.rule == Rule.CHECKIN_REMINDER}

    per_person = Counter(slot.person for slot in slots)

    assert all(count <= 2 for count in per_person.values())


@given(pairs())
def test_the_two_reminders_are_a_week_apart_at_least(pair: Pair) -> None:
    reminders = reminders_of(pair)

    assert (reminders.second - reminders.first).days >= 7


@given(pairs())
def test_a_pair_that_has_met_is_never_sent_up_the_ladder(pair: Pair) -> None:
    ladder = [entry for entry in pair_timetable(pair) if entry.slot.rule == Rule.FIRST_MOVE]

    assert not (pair.meetings and ladder)


@given(pairs(), st.integers(-40, 400))
def test_each_next_look_finds_something_new_until_there_is_nothing_more(pair: Pair, ahead: int) -> None:
    entries = list(pair_timetable(pair))
    now: datetime | None = datetime(2017, 6, 1, 12, tzinfo=UTC) + timedelta(days=ahead)
    looks = 0

    while now is not None:
        decision = decide(entries, now)
        if decision.look_again is not None:
            assert decision.look_again > now
            fresh = decide(entries, decision.look_again).due
            assert [entry for entry in fresh if entry not in decision.due]
        now = decision.look_again
        looks += 1

    assert looks <= len(entries) + 1


def test_what_a_break_falls_into_is_said_before_or_after_it() -> None:
    away = pausing(PAIR, mentee=Span(date(2017, 6, 5), date(2017, 6, 6)))

    to_tom = [
        (e.first.day, e.last.day) for e in pair_timetable(away) if e.slot.rule == "first_move" and e.person == TOM
    ]

    assert to_tom == [(1, 4), (7, 9)]
