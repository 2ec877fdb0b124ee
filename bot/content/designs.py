"""Read a program's design: program.toml."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content.located_toml import TomlFile, read_toml
from bot.content.problems import FilesRefused, Problem, did_you_mean, quoted
from bot.content.program_shape import (
    Hours,
    KeyDateTable,
    Meetings,
    PairsTable,
    ProgramTable,
    Quiet,
    ResourceTable,
    Table,
    TrainingTable,
    Window,
    Windows,
)
from bot.content.sources import Source
from bot.content.windows import all_windows, window_problems
from bot.domain.days import WEEKDAYS, Span, SpeakingHours
from bot.domain.program import KeyDate, Minimum, PairTerms, Phase, Program, Resource, Training

LOOKS_LIKE = {
    "key": 'key = "alcts-2017"',
    "name": 'name = "Mentoring 2017"',
    "zone": 'zone = "America/Chicago"',
    "first_day": "first_day = 2017-06-01, without quotes",
    "last_day": "last_day = 2018-05-31, without quotes",
    "goals": 'goals = ["Plan a career", "Learn a skill"]',
    "areas": 'areas = ["Cataloging", "Preservation"]',
    "interests": 'interests = ["Leadership", "Writing"]',
    "phases": "[phases], and under it advancing = {from = 2017-09-01, to = 2018-02-28}",
    "planning": "planning = {from = 2017-06-01, to = 2017-06-30}",
    "connecting": "connecting = {from = 2017-07-01, to = 2017-08-31}",
    "advancing": "advancing = {from = 2017-09-01, to = 2018-02-28}",
    "transitioning": "transitioning = {from = 2018-03-01, to = 2018-05-31}",
    "from": "from = 2017-12-23, without quotes",
    "to": "to = 2018-01-02, without quotes",
    "hours": "[hours], and under it start = 09:00:00",
    "start": "start = 09:00:00, without quotes",
    "end": "end = 17:00:00, without quotes",
    "days": 'days = ["mon", "tue", "wed", "thu", "fri"]',
    "quiet": "[[quiet]], and under it from = 2017-12-23",
    "meetings": '[meetings], and under it rhythm = "every 2 weeks"',
    "rhythm": 'rhythm = "every 2 weeks"',
    "minimum": "minimum = 2, a number above 0 without quotes",
    "minimum_unit": 'minimum_unit = "hours a month"',
    "pairs": "[pairs], and under it agreement_due = 30",
    "agreement_due": "agreement_due = 30, whole days after a pair's start",
    "goals_due": "goals_due = 30, whole days after a pair's start",
    "editable": "editable = 14, whole days",
    "follow_up_months": "follow_up_months = 3, whole months up to 12, or 0 for none",
    "meet": "meet = true, without quotes",
    "key_dates": '[[key_dates]], and under it key = "annual-meeting"',
    "trainings": '[[trainings]], and under it key = "first-call"',
    "title": 'title = "How to listen"',
    "audience": 'audience = ["mentor", "liaison"]',
    "sessions": "sessions = [2017-06-15T14:00:00], without quotes",
    "minutes": "minutes = 60, a whole number up to 1440",
    "link": 'link = "https://example.org/page"',
    "recording": 'recording = "https://example.org/recording"',
    "resources": '[[resources]], and under it phase = "planning"',
    "phase": 'phase = "planning"',
}

TABLES: dict[str, type[Table]] = {
    "": ProgramTable,
    "phases": Windows,
    **dict.fromkeys(Phase, Window),
    "hours": Hours,
    "quiet": Quiet,
    "meetings": Meetings,
    "pairs": PairsTable,
    "key_dates": KeyDateTable,
    "trainings": TrainingTable,
    "resources": ResourceTable,
}


def read_program(source: Source, name: str | None = None) -> Program:
    """Read a design from a path, bytes or text; the program has no id yet. `name` is what the file is called.

    Raises FilesRefused with every mistake.
    """
    file = read_toml(source, name or (source.name if isinstance(source, Path) else "program.toml"))
    problems = [*_twice(file), *_windows_that_do_not_fit(file)]
    try:
        table = ProgramTable.model_validate(file.content)
    except ValidationError as error:
        problems += [_problem(file, detail) for detail in error.errors(include_url=False)]
    if problems:
        raise FilesRefused(problems)
    return _program(table)


def _problem(file: TomlFile, detail: ErrorDetails) -> Problem:
    path = detail["loc"]
    label = next((part for part in reversed(path) if isinstance(part, str)), "")
    match detail["type"]:
        case "value_error":
            return file.problem(path, str(detail["ctx"]["error"]))
        case "extra_forbidden":
            hint = did_you_mean(label, _keys_at(path))
            return file.problem(path, f"There is no {quoted(label)} here{hint}", at_key=True)
        case "missing":
            return file.problem(path, f"{quoted(label)} is missing: write {LOOKS_LIKE[label]}.")
        case _:
            return file.problem(path, f"{quoted(label)} cannot be read: write it like {LOOKS_LIKE[label]}.")


def _keys_at(path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that there can be beside the last part of `path`."""
    table = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    return [field.alias or name for name, field in TABLES[table].model_fields.items()]


def _twice(file: TomlFile) -> Iterator[Problem]:
    """Yield the keys that two trainings or two dates share."""
    for table in ("trainings", "key_dates"):
        entries = file.content.get(table)
        taken: set[str] = set()
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            key = entry.get("key") if isinstance(entry, dict) else None
            if isinstance(key, str) and key in taken:
                yield file.problem((table, number, "key"), f"The key {quoted(key)} is taken by another one above.")
            taken.add(str(key))


def _windows_that_do_not_fit(file: TomlFile) -> Iterator[Problem]:
    """Yield the problems of the phases, as far as they can be read."""
    program = _days(file.content.get("first_day"), file.content.get("last_day"))
    phases = file.content.get("phases")
    if program is None or not isinstance(phases, dict):
        return
    tables = {phase: phases[phase] for phase in Phase if isinstance(phases.get(phase), dict)}
    given = {phase: span for phase, table in tables.items() if (span := _days(table.get("from"), table.get("to")))}
    if len(given) == len(phases):
        for phase, sentence in window_problems(program, given):
            yield file.problem(("phases", phase), sentence)


def _days(first: object, last: object) -> Span | None:
    """Return the span when both are dates, of sane years and in order."""
    if type(first) is date and type(last) is date and first.year >= 1990 and first <= last and last.year < 2200:
        return Span(first, last)
    return None


def _program(table: ProgramTable) -> Program:
    span = Span(table.first_day, table.last_day)
    windows = {phase: window.span for phase in Phase if (window := getattr(table.phases, phase))}
    minimum = table.meetings.minimum
    return Program(
        id="",
        key=table.key,
        name=table.name,
        zone=table.zone,
        span=span,
        windows=all_windows(span, windows),
        hours=_hours(table),
        quiet=tuple(quiet.span for quiet in table.quiet),
        rhythm=table.meetings.rhythm,
        minimum=None if minimum is None else Minimum(minimum, table.meetings.minimum_unit),
        pairs=PairTerms(**table.pairs.model_dump()),
        goals=tuple(table.goals),
        areas=tuple(table.areas),
        interests=tuple(table.interests),
        key_dates=tuple(KeyDate(one.key, one.name, one.span, one.meet) for one in table.key_dates),
        trainings=_trainings(table),
        resources=tuple(Resource(one.phase, one.title, one.link) for one in table.resources),
    )


def _hours(table: ProgramTable) -> SpeakingHours:
    hours = table.hours
    return SpeakingHours(hours.start, hours.end, frozenset(WEEKDAYS.index(day) for day in hours.days))


def _trainings(table: ProgramTable) -> tuple[Training, ...]:
    return tuple(
        Training(
            key=one.key,
            title=one.title,
            audience=frozenset(one.audience),
            sessions=tuple(sorted(one.sessions)),
            minutes=one.minutes,
            link=one.link,
            recording=one.recording,
        )
        for one in table.trainings
    )
