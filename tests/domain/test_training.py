"""Training reminders: ahead of the first session, on the day of an only one, and the recording for who missed it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import Span, SpeakingHours
from bot.domain.people import Member, Person, Preferences
from bot.domain.phases import turns
from bot.domain.program import Role, Training
from bot.domain.rules.training import moment_of, training
from tests.domain.cast import GUAM, MAYA, PAIR, PROGRAM, mentee, of_program


def at(month: int, day: int, hour: int = 13, minute: int = 0, *, year: int = 2017) -> datetime:
    """A session as a program file has it: naive, on Chicago's clock."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001


LISTENING = Training("listening", "Listening Well", frozenset({Role.MENTEE}), (at(11, 14),))  # a Tuesday


def reminders(
    *sessions: datetime, person: Person = MAYA, quiet: Span | None = None, recording: str = ""
) -> list[tuple[str, date, date]]:
    course = replace(LISTENING, sessions=sessions, recording=recording)
    program = of_program(trainings=(course,), quiet=(quiet,) if quiet else ())
    member = Member(program, person, frozenset({Role.MENTEE}))
    return [(dict(entry.facts)["step"], entry.first, entry.last) for entry in training(member, date(2017, 1, 1))]


def test_what_is_over_is_not_told() -> None:
    member = Member(of_program(trainings=(LISTENING,)), MAYA, frozenset({Role.MENTEE}))

    assert [entry.first for entry in training(member, november(13))] == [november(10), november(14)]
    assert [entry.first for entry in training(member, november(14))] == [november(14)]
    assert list(training(member, november(15))) == []


def november(day: int) -> date:
    return date(2017, 11, day)


def test_a_session_is_told_three_days_ahead_and_on_its_day() -> None:
    assert reminders(at(11, 16)) == [
        ("ahead", november(13), november(15)),
        ("today-1", november(16), november(16)),
    ]


def test_three_days_before_a_tuesday_is_the_friday() -> None:
    assert reminders(at(11, 14))[0] == ("ahead", november(10), november(13))


def test_a_training_is_for_the_roles_that_it_names() -> None:
    program = of_program(trainings=(LISTENING,))

    assert list(training(Member(program, MAYA, frozenset({Role.MENTOR, Role.LIAISON})), date(2017, 1, 1))) == []
    assert len(list(training(Member(program, MAYA, frozenset({Role.MENTOR, Role.MENTEE})), date(2017, 1, 1)))) == 2


def test_several_sessions_are_told_once_ahead_of_the_first_for_who_has_been_there_needs_no_more() -> None:
    assert reminders(at(11, 16), at(11, 14)) == [("ahead", november(10), november(13))]


def test_two_sessions_on_one_day_are_one_reminder() -> None:
    assert [step for step, _, _ in reminders(at(11, 14, 10), at(11, 14, 15))] == ["ahead", "today-1"]


def test_four_in_the_morning_in_guam_is_told_the_working_day_before() -> None:
    maya = replace(MAYA, zone=GUAM)  # 13:00 on Tuesday in Chicago is 05:00 on Wednesday in Guam

    assert reminders(at(11, 14, 12), person=maya)[1] == ("today-1", november(14), november(14))


def test_a_session_when_the_hours_begin_is_told_the_day_before() -> None:
    assert reminders(at(11, 15, 9))[1][1] == november(14)
    assert reminders(at(11, 15, 9, 1))[1][1] == november(15)


def test_a_session_on_a_saturday_is_told_on_friday() -> None:
    assert reminders(at(11, 18))[1] == ("today-1", november(17), november(17))


def test_a_session_on_a_quiet_day_is_told_on_the_working_day_before() -> None:
    assert reminders(at(11, 24), quiet=Span(november(23), november(24)))[1][1] == november(22)


def test_who_does_not_listen_on_tuesdays_is_told_on_monday() -> None:
    maya = replace(MAYA, preferences=Preferences(hours=SpeakingHours(time(9), time(17), frozenset({0, 3}))))

    assert reminders(at(11, 14), person=maya) == [
        ("ahead", november(9), november(12)),
        ("today-1", november(13), november(13)),
    ]


def test_a_session_on_the_first_day_is_told_on_that_day_only() -> None:
    assert reminders(at(6, 1)) == [("today-1", date(2017, 6, 1), date(2017, 6, 1))]


def test_a_session_outside_of_the_program_is_told_to_nobody() -> None:
    assert reminders(at(5, 10)) == []
    assert reminders(at(6, 5, year=2018)) == []


def test_who_plans_with_a_pair_is_reminded_of_a_training_before_the_first_day() -> None:
    course = replace(LISTENING, sessions=(at(5, 23),))  # planning began on 15 May
    pair = replace(PAIR, program=of_program(trainings=(course,)))

    assert [(entry.first, entry.last) for entry in training(mentee(pair), date(2017, 5, 1))] == [
        (date(2017, 5, 19), date(2017, 5, 22)),
        (date(2017, 5, 23), date(2017, 5, 23)),
    ]
    later = replace(pair, starts=date(2017, 6, 12))
    assert list(training(mentee(later), date(2017, 5, 1))) == []


def test_the_recording_comes_once_with_the_next_idea_after_the_last_session() -> None:
    found = reminders(at(11, 14), at(11, 16), recording="https://example.org/watch")
    ideas = [turn.day for turn in turns(PROGRAM) if turn.day > november(16)]

    assert found[-1] == ("recording", date(2017, 12, 8), date(2017, 12, 21))
    assert ideas[0] == date(2017, 12, 8)


def test_a_recording_with_no_idea_near_comes_the_day_after_the_last_session() -> None:
    last_idea = max(turn.day for turn in turns(PROGRAM))
    found = reminders(datetime.combine(last_idea + timedelta(days=1), time(12)), recording="https://example.org/watch")

    assert found[-1][1] == PROGRAM.working_day_from(last_idea + timedelta(days=2))


def test_a_recording_of_what_came_before_the_program_is_shown_on_its_first_day() -> None:
    found = reminders(at(5, 10), recording="https://example.org/watch")

    assert found == [("recording", date(2017, 6, 1), date(2017, 6, 14))]


def test_a_recording_without_sessions_is_shown_on_the_first_day() -> None:
    assert [step for step, _, _ in reminders(recording="https://example.org/watch")] == ["recording"]


def test_a_session_begins_on_the_program_s_clock() -> None:
    before, after = moment_of(PROGRAM, at(11, 3)), moment_of(PROGRAM, at(11, 6))

    assert before.astimezone(ZoneInfo("UTC")).hour == 18
    assert after.astimezone(ZoneInfo("UTC")).hour == 19
