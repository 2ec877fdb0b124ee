"""A design and preferences come back from JSON as they went."""

import json
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.content.designs import read_program as read_design
from bot.domain.days import Span, SpeakingHours
from bot.domain.people import Preferences
from bot.domain.program import KeyDate, Minimum, Phase, Program, Resource, Role, Training
from bot.domain.rhythm import Rhythm, Unit
from bot.store.documents import read_preferences, read_program, write_preferences, write_program
from tests.store.cast import a_program

texts = st.text(max_size=12)
several_texts = st.lists(texts, max_size=3).map(tuple)
dates = st.dates(date(1990, 1, 1), date(2100, 1, 1))
spans = st.builds(Span, dates, dates)
hours = st.builds(SpeakingHours, st.times(), st.times(), st.frozensets(st.integers(0, 6)))
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
roles = st.frozensets(st.sampled_from(Role))
sessions = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - in the program's zone
trainings = st.builds(
    Training, texts, texts, roles, st.lists(sessions, max_size=3).map(tuple), st.integers(0, 999), texts, texts
)
programs = st.builds(
    Program,
    id=texts,
    key=texts,
    name=texts,
    zone=zones,
    span=spans,
    windows=st.permutations(list(Phase)).flatmap(lambda phases: st.fixed_dictionaries(dict.fromkeys(phases, spans))),
    hours=hours,
    quiet=st.lists(spans, max_size=3).map(tuple),
    rhythm=st.builds(Rhythm, st.integers(1, 366), st.sampled_from(Unit)),
    minimum=st.none() | st.builds(Minimum, st.floats(0, 1000), texts),
    goals=several_texts,
    areas=several_texts,
    interests=several_texts,
    key_dates=st.lists(st.builds(KeyDate, texts, texts, spans), max_size=2).map(tuple),
    trainings=st.lists(trainings, max_size=2).map(tuple),
    resources=st.lists(st.builds(Resource, st.sampled_from(Phase), texts, texts), max_size=2).map(tuple),
)


@given(programs)
def test_a_design_comes_back_as_it_went(program: Program) -> None:
    document = json.dumps(write_program(program))

    read = read_program(program.id, document)

    assert read == program
    assert list(read.windows) == list(program.windows)


@given(st.builds(Preferences, st.frozensets(texts), st.none() | hours, st.booleans()))
def test_preferences_come_back_as_they_went(preferences: Preferences) -> None:
    document = json.dumps(write_preferences(preferences))

    assert read_preferences(document) == preferences


def test_the_id_of_a_program_is_its_row_s_and_not_its_design_s() -> None:
    program = replace(a_program("spring"), id="written")

    document = write_program(program)

    assert "written" not in json.dumps(document)
    assert read_program("read", json.dumps(document)).id == "read"


def test_a_document_from_before_a_field_was_there_is_read_with_its_default() -> None:
    document = write_program(a_program("spring"))
    del document["resources"], document["hours"]

    read = read_program("p", json.dumps(document))

    assert read.resources == ()
    assert read.hours == SpeakingHours(time(9), time(17), frozenset({0, 1, 2, 3, 4}))
    assert read_preferences("{}") == Preferences()


def test_a_design_file_survives_the_database_s_document() -> None:
    design = read_design(
        'key = "k"\nname = "N"\nzone = "Asia/Kathmandu"\nfirst_day = 2026-01-05\nlast_day = 2026-12-18\n'
    )

    assert read_program(design.id, json.dumps(write_program(design))) == design
