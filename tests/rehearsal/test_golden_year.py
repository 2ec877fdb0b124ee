"""The golden pages of the year: every note that a pair of each kind gets, for a coordinator to read and approve.

`UPDATE_GOLDEN=1 pytest tests/rehearsal/test_golden_year.py` renews them on purpose; then they are read anew.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.content.designs import read_program
from bot.content.prompts import load_prompts
from bot.content.rosters import read_roster
from bot.content.shipped import shipped_program
from bot.content.words import load_words
from bot.rehearsal.behaviors import Behavior
from bot.rehearsal.year import Delivered, rehearse
from bot.usecases.compose_note import Composer
from tests import golden

TOM, MAYA, LENA = "tom-lindqvist", "maya-okafor", "lena-brandt"
PEOPLE = {TOM: "Tom, the mentor", MAYA: "Maya, the mentee", LENA: "Lena, the liaison"}
THE_TWO = (TOM, MAYA)
KINDS = (Behavior.HEALTHY, Behavior.SLOW, Behavior.PAUSED, Behavior.SILENT)
PAGES = {
    Behavior.HEALTHY: """
Maya and Tom meet every two weeks and take turns in logging. They sign their agreement in the first days, set three
goals, plan every third meeting, answer what they are asked, round off in April, and may be asked once more later.""",
    Behavior.SLOW: """
Maya and Tom meet for the first time after three weeks. They begin their agreement and their goals when they are
reminded, and then meet every two weeks.""",
    Behavior.PAUSED: """
Maya and Tom live as a healthy pair does; but Maya takes a break from September 1 to October 15.""",
    Behavior.SILENT: """
Neither Maya nor Tom ever answers anything.""",
}
ASKING_TO_MEET = {"first_move", "checkin_reminder", "appointment", "appointment_set", "meeting_logged", "phase_prompt"}
BREAK = date(2017, 9, 2), date(2017, 10, 15)  # from the day after Maya said so
FOOTER = "\n\n[Why?]"


@cache
def year(behavior: Behavior) -> list[Delivered]:
    """Return what the three hear in a program in which there is only this pair."""
    program_file, roster_file = shipped_program("alcts-2017")
    program = read_program(program_file)
    roster = read_roster(roster_file, None, program)
    alone = replace(roster, pairs=tuple(pair for pair in roster.pairs if pair.key == "pair-01"))
    messages = rehearse(program, alone, behavior, Composer(load_words(), load_prompts()))
    return [message for message in messages if message.to in PEOPLE]


def in_all(behavior: Behavior, person: str) -> int:
    return sum(1 for message in year(behavior) if message.to == person)


def most_in_a_week(behavior: Behavior, person: str) -> int:
    weeks = Counter(message.local.date().isocalendar()[:2] for message in year(behavior) if message.to == person)
    return max(weeks.values())


def page(behavior: Behavior) -> Iterator[str]:
    words = load_words()
    yield f"# The year of a {behavior} pair\n"
    yield f"{PAGES[behavior].strip()}\n"
    yield "| to | notes in all | most in a week |"
    yield "|---|---|---|"
    for person, name in PEOPLE.items():
        yield f"| {name} | {in_all(behavior, person)} | {most_in_a_week(behavior, person)} |"
    yield "\nIn brackets stands what each kind of note is called in the settings. Under each note stand [Why?], which"
    yield "says why it came, and [Choose what you get]."
    day, before = date.min, ""
    for message in sorted(year(behavior), key=lambda message: (message.local, message.to)):
        if message.local.date() != day:
            day = message.local.date()
            yield f"\n## {day:%A, %B} {day.day}, {day.year}"
        kinds = ", ".join(dict.fromkeys(words.say(f"kinds.{kind}") for kind in message.kinds))
        yield f"\n**To {PEOPLE[message.to]}**, {message.local:%H:%M} ({kinds})\n"
        text = message.text.split(FOOTER)[0]
        same = message.to == LENA and text == before
        yield from ["> As the week before."] if same else (f"> {line}".rstrip() for line in text.splitlines())
        before = text if message.to == LENA else before


@pytest.mark.parametrize("behavior", KINDS)
def test_the_page_of_the_year_is_as_it_was_read(behavior: Behavior) -> None:
    golden.check(f"year/{behavior}.md", "\n".join(page(behavior)) + "\n")


@pytest.mark.parametrize("person", THE_TWO)
def test_in_a_healthy_year_nobody_hears_more_than_twice_a_week_and_fewer_than_forty_times(person: str) -> None:
    assert most_in_a_week(Behavior.HEALTHY, person) <= 2
    assert in_all(Behavior.HEALTHY, person) < 40


def test_in_a_healthy_year_nobody_is_reminded_of_what_is_done() -> None:
    kinds = {kind for message in year(Behavior.HEALTHY) if message.to in THE_TWO for kind in message.kinds}

    assert not {"checkin_reminder", "agreement", "goals"} & kinds


def test_a_slow_pair_is_reminded_of_each_thing_until_it_is_done() -> None:
    def days(kind: str, person: str) -> list[date]:
        return [m.local.date() for m in year(Behavior.SLOW) if m.to == person and kind in m.kinds]

    assert days("agreement", MAYA) == [date(2017, 7, 3)]  # she writes that week
    assert days("agreement", TOM) == [date(2017, 7, 12)]  # a week after he has heard of it
    assert days("goals", MAYA) == [date(2017, 6, 26)]
    assert days("goals", TOM) == [date(2017, 7, 3)]
    assert days("checkin_reminder", MAYA) == [date(2017, 6, 16), date(2017, 6, 23)]
    assert max(most_in_a_week(Behavior.SLOW, person) for person in THE_TWO) <= 3
    assert max(in_all(Behavior.SLOW, person) for person in THE_TWO) < 40


def test_a_paused_pair_hears_nothing_of_meetings_during_the_break() -> None:
    first, last = BREAK
    heard = [m for m in year(Behavior.PAUSED) if m.to in THE_TWO and first <= m.local.date() <= last]

    assert [(m.to, m.kinds) for m in heard] == [(TOM, ("pause",))]
    assert not any(ASKING_TO_MEET & {*message.kinds} for message in heard)
    assert not any("checkin_reminder" in message.kinds for message in year(Behavior.PAUSED))  # nor is anything overdue


def test_a_silent_pair_hears_no_more_than_a_polite_person_would_bear() -> None:
    """Two notes a month, and after the fifth week nothing that wants an answer about meetings or forms."""
    for person in THE_TWO:
        own = [message for message in year(Behavior.SILENT) if message.to == person]
        asking = [m for m in own if {"checkin_reminder", "first_move", "agreement", "goals", "closing"} & {*m.kinds}]

        assert len(own) <= 22
        assert len(asking) == 5
        assert asking[-1].local.date() <= date(2017, 7, 10)
