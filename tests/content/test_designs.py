"""Reading program.toml: what it means, and how it is refused."""

from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.designs import LOOKS_LIKE, read_program
from bot.content.problems import FilesRefused
from bot.domain.days import Span, SpeakingHours
from bot.domain.program import KeyDate, Minimum, Phase, Program, Resource, Role, Training
from bot.domain.rhythm import Rhythm, Unit

SHORT = """key = "spring"
name = "Spring Program"
zone = "America/Chicago"
first_day = 2017-06-01
last_day = 2018-04-30
"""
WHOLE = (
    SHORT
    + """goals = ["Find your feet"]
areas = ["Cataloging"]
interests = ["Leadership"]

[phases]
planning = {from = 2017-05-12, to = 2017-06-14}
connecting = {from = 2017-06-15, to = 2017-08-31}
advancing = {from = 2017-09-01, to = 2018-02-28}
transitioning = {from = 2018-03-01, to = 2018-04-30}

[hours]
start = 10:00:00
end = 16:30:00
days = ["mon", "thu"]

[[quiet]]
name = "Winter break"
from = 2017-12-20
to = 2018-01-02

[[quiet]]
name = "One day, before the program"
from = 2017-05-01

[meetings]
rhythm = "every 3 weeks"
minimum = 1.5
minimum_unit = "hours a month"

[[key_dates]]
key = "annual"
name = "Annual"
from = 2017-06-22
to = 2017-06-27

[[trainings]]
key = "listen"
title = "How to listen"
audience = ["mentor", "liaison"]
sessions = [2017-06-16T15:00:00, 2017-06-15T14:00:00]
minutes = 45
link = "https://example.org/listen"

[[trainings]]
key = "ask"
title = "How to ask"
audience = ["mentee"]
recording = "https://example.org/ask"

[[resources]]
phase = "advancing"
title = "A plan"
link = "http://example.org/plan"
"""
)


def lines_of(text: str) -> list[str]:
    """Return the mistakes of a design, which has some."""
    with pytest.raises(FilesRefused) as refused:
        read_program(text, "program.toml")
    return [str(problem) for problem in refused.value.problems]


def test_a_short_design_has_the_usual_phases_hours_and_rhythm() -> None:
    assert read_program(SHORT) == Program(
        id="",
        key="spring",
        name="Spring Program",
        zone=ZoneInfo("America/Chicago"),
        span=Span(date(2017, 6, 1), date(2018, 4, 30)),
        windows={
            Phase.PLANNING: Span(date(2017, 6, 1), date(2017, 6, 17)),
            Phase.CONNECTING: Span(date(2017, 6, 18), date(2017, 9, 8)),
            Phase.ADVANCING: Span(date(2017, 9, 9), date(2018, 2, 22)),
            Phase.TRANSITIONING: Span(date(2018, 2, 23), date(2018, 4, 30)),
        },
        hours=SpeakingHours(time(9), time(17), frozenset({0, 1, 2, 3, 4})),
        rhythm=Rhythm(2, Unit.WEEK),
    )


def test_a_whole_design_means_what_it_says() -> None:
    assert read_program(WHOLE) == Program(
        id="",
        key="spring",
        name="Spring Program",
        zone=ZoneInfo("America/Chicago"),
        span=Span(date(2017, 6, 1), date(2018, 4, 30)),
        windows={
            Phase.PLANNING: Span(date(2017, 5, 12), date(2017, 6, 14)),
            Phase.CONNECTING: Span(date(2017, 6, 15), date(2017, 8, 31)),
            Phase.ADVANCING: Span(date(2017, 9, 1), date(2018, 2, 28)),
            Phase.TRANSITIONING: Span(date(2018, 3, 1), date(2018, 4, 30)),
        },
        hours=SpeakingHours(time(10), time(16, 30), frozenset({0, 3})),
        quiet=(Span(date(2017, 12, 20), date(2018, 1, 2)), Span(date(2017, 5, 1), date(2017, 5, 1))),
        rhythm=Rhythm(3, Unit.WEEK),
        minimum=Minimum(1.5, "hours a month"),
        goals=("Find your feet",),
        areas=("Cataloging",),
        interests=("Leadership",),
        key_dates=(KeyDate("annual", "Annual", Span(date(2017, 6, 22), date(2017, 6, 27))),),
        trainings=(
            Training(
                key="listen",
                title="How to listen",
                audience=frozenset({Role.MENTOR, Role.LIAISON}),
                sessions=(datetime(2017, 6, 15, 14), datetime(2017, 6, 16, 15)),  # noqa: DTZ001 the program's own zone
                minutes=45,
                link="https://example.org/listen",
            ),
            Training("ask", "How to ask", frozenset({Role.MENTEE}), (), recording="https://example.org/ask"),
        ),
        resources=(Resource(Phase.ADVANCING, "A plan", "http://example.org/plan"),),
    )


def test_a_design_is_read_from_a_file_and_from_bytes(tmp_path: Path) -> None:
    path = tmp_path / "program.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SHORT.replace("\n", "\r\n").encode())

    assert read_program(path) == read_program(SHORT.encode()) == read_program(SHORT)


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(FilesRefused) as refused:
        read_program(tmp_path / "spring.toml")

    assert str(refused.value) == "spring.toml:1:1: This file cannot be read: No such file or directory."


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        (
            'key = "spring"',
            'key = "Spring!"',
            '1:7: "Spring!" is not a key: use small letters, digits and hyphens, such as maya or call-2.',
        ),
        ('name = "Spring Program"', "", '1:1: "name" is missing: write name = "Mentoring 2017".'),
        ('"Spring Program"', "17", '2:8: "name" cannot be read: write it like name = "Mentoring 2017".'),
        ('"Spring Program"', '" "', "2:8: This is empty: write a few words."),
        (
            '"Spring Program"',
            r'"Spring\nProgram"',
            "2:8: This has a line break or another invisible character in it: write it on one line.",
        ),
        (
            "America/Chicago",
            "America/Chicgo",
            '3:8: "America/Chicgo" is not a time zone – did you mean "America/Chicago"?',
        ),
        ("America/Chicago", "Chicago", '3:8: "Chicago" is not a time zone – did you mean "America/Chicago"?'),
        ("America/Chicago", "New York", '3:8: "New York" is not a time zone – did you mean "America/New_York"?'),
        (
            "America/Chicago",
            "zzzzzz",
            '3:8: "zzzzzz" is not a time zone: write continent and city, such as America/Chicago or Europe/Berlin.',
        ),
        (
            "2017-06-01",
            '"2017-06-01"',
            '4:13: "first_day" cannot be read: write it like first_day = 2017-06-01, without quotes.',
        ),
        ("2017-06-01", "0217-06-01", "4:13: 0217-06-01 is not in a year that a program can be in: check the year."),
        (
            "2018-04-30",
            "2017-05-31",
            "5:12: The last day (2017-05-31) comes after the first day (2017-06-01), not before it.",
        ),
        ("2018-04-30", "2020-06-03", "5:12: A program lasts three years at most; this one lasts 1099 days."),
        ("2018-04-30", "2017-06-03", "5:12: A program lasts 4 days at least, one for each phase; this one lasts 3."),
        ("last_day =", "lastday =", '5:1: There is no "lastday" here – did you mean "last_day"?'),
    ],
)
def test_a_mistake_at_the_top_is_told_with_its_place(right: str, wrong: str, problem: str) -> None:
    assert f"program.toml:{problem}" in lines_of(SHORT.replace(right, wrong))


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        (
            "[hours]\nstart = 17:00:00\nend = 09:00:00",
            "8:7: The hours end (09:00) after they start (17:00), not before or with it.",
        ),
        ("[hours]\nend = 09:00:00", "7:7: The hours end (09:00) after they start (09:00), not before or with it."),
        ("[hours]\nstart = 18:00:00", "6:1: The hours end (17:00) after they start (18:00), not before or with it."),
        ('[hours]\ndays = ["mon", "tus"]', '7:16: "tus" is not a day of the week – did you mean "tue"?'),
        ("[hours]\ndays = []", '7:8: Without a day nothing is ever said: write, for example, days = ["mon", "wed"].'),
        ("[hours]\nstop = 17:00:00", '7:1: There is no "stop" here – write one of: start, end, days'),
        ("[[quiet]]\nfrom = 2017-12-24\nto = 2017-12-20", "8:6: This ends (2017-12-20) before it begins (2017-12-24)."),
        ('[[quiet]]\nname = "Break"', '6:1: "from" is missing: write from = 2017-12-23, without quotes.'),
        (
            '[quiet]\nname = "Break"',
            '6:1: "quiet" cannot be read: write it like [[quiet]], and under it from = 2017-12-23.',
        ),
        (
            "[meetings]\nminimum = 0",
            '7:11: "minimum" cannot be read: write it like minimum = 2, a number above 0 without quotes.',
        ),
        (
            '[meetings]\nminimum = 2\nminimum_unit = "coffees a month"',
            '8:16: "coffees a month" is not a unit that can be checked: write "hours a month", "minutes a week", '
            '"minutes a meeting" or "meetings a year"',
        ),
        (
            '[[key_dates]]\nkey = "a"\nname = "A"\nfrom = 2017-07-01\ntoo = 2017-07-01',
            '10:1: There is no "too" here – did you mean "to"?',
        ),
        (
            '[[resources]]\nphase = "advance"\ntitle = "x"\nlink = "https://x.org"',
            '7:9: "advance" is not a phase – did you mean "advancing"?',
        ),
        (
            '[[resources]]\nphase = "advancing"\ntitle = "x"\nlink = ""',
            "9:8: A resource has a link: write it in full, with https://.",
        ),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_place(added: str, problem: str) -> None:
    assert lines_of(SHORT + added) == [f"program.toml:{problem}"]


def test_an_unreadable_rhythm_says_what_a_rhythm_is() -> None:
    assert lines_of(SHORT + '[meetings]\nrhythm = "often"') == [
        'program.toml:7:10: "often" is not a rhythm: write "weekly", "every 2 weeks", "monthly" or "every 10 days"'
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "6:1: A training has a session, or a recording, or both: this one has neither."),
        (
            "sessions = [2017-06-15]",
            '10:13: "sessions" cannot be read: write it like sessions = [2017-06-15T14:00:00], without quotes.',
        ),
        (
            "sessions = [2017-06-15T14:00:00Z]",
            "10:13: Write a session in the program's own time, without an offset: 2017-06-15T14:00:00.",
        ),
        (
            'recording = "https://x.org"\nminutes = 0',
            '11:11: "minutes" cannot be read: write it like minutes = 60, a whole number up to 1440.',
        ),
    ],
)
def test_a_mistake_in_a_training_is_told_with_its_place(line: str, problem: str) -> None:
    training = f'[[trainings]]\nkey = "a"\ntitle = "A"\naudience = ["mentor"]\n{line}\n'

    assert lines_of(SHORT + training) == [f"program.toml:{problem}"]


@pytest.mark.parametrize(
    "link", ["www.example.org", "javascript://x", "https://x.org/>|", "https://[x", "https:// x.org", "https://"]
)
def test_what_no_browser_opens_is_not_a_link(link: str) -> None:
    training = f'[[trainings]]\nkey = "a"\ntitle = "A"\naudience = ["mentor"]\nrecording = "{link}"\n'

    assert lines_of(SHORT + training) == [
        f'program.toml:10:13: "{link}" is not a link: it begins with https:// or http:// and has no spaces.'
    ]


def test_the_audience_of_a_training_is_made_of_roles() -> None:
    training = '[[trainings]]\nkey = "a"\ntitle = "A"\nrecording = "https://x.org"\naudience = '

    assert lines_of(SHORT + training + '["mentor",\n  "mentees"]') == [
        'program.toml:11:3: "mentees" is not a role – did you mean "mentee"?'
    ]
    assert lines_of(SHORT + training + "[]") == [
        'program.toml:10:12: A training is for somebody: write, for example, audience = ["mentor"].'
    ]


def test_two_trainings_have_two_keys() -> None:
    training = '[[trainings]]\nkey = "a"\ntitle = "A"\nrecording = "https://x.org"\naudience = ["mentee"]\n'

    assert lines_of(SHORT + training + training) == ['program.toml:12:7: The key "a" is taken by another one above.']


@pytest.mark.parametrize(
    ("phases", "problems"),
    [
        (
            ["planning = {from = 2017-06-01, to = 2017-06-30}", "connecting = {from = 2017-06-30, to = 2017-08-31}"],
            ["8:14: connecting begins on 2017-06-30, but planning ends on 2017-06-30: phases do not overlap."],
        ),
        (
            ["planning = {from = 2017-06-01, to = 2017-06-30}", "connecting = {from = 2017-07-02, to = 2017-08-31}"],
            ["8:14: No phase covers the days from 2017-06-30 to 2017-07-02: connecting begins on 2017-07-01."],
        ),
        (
            ["planning = {from = 2017-08-01, to = 2017-08-31}", "connecting = {from = 2017-06-01, to = 2017-07-31}"],
            [
                "7:12: The program begins on 2017-06-01, but planning only on 2017-08-01: it begins with the program.",
                "8:14: The phases are out of order: connecting comes after planning, not before it.",
            ],
        ),
        (
            ["transitioning = {from = 2018-03-01, to = 2018-04-29}"],
            [
                "7:17: The program ends on 2018-04-30, but transitioning already on 2018-04-29: "
                "it ends with the program."
            ],
        ),
        (
            ["planning = {from = 2017-06-01, to = 2017-06-30}", "advancing = {from = 2017-07-01, to = 2017-08-31}"],
            ["8:13: No day is left for connecting: give every phase a window, or leave room for it."],
        ),
        (
            ["advancing = {from = 2017-06-02, to = 2018-04-30}"],
            [
                "7:13: No day is left for planning and connecting: give every phase a window, or leave room for it.",
                "7:13: No day is left for transitioning: give every phase a window, or leave room for it.",
            ],
        ),
        (
            ["planning = {from = 2017-06-30, to = 2017-06-01}"],
            ["7:37: This ends (2017-06-01) before it begins (2017-06-30)."],
        ),
        (
            ["planing = {from = 2017-06-01, to = 2017-06-30}"],
            ['7:1: There is no "planing" here – did you mean "planning"?'],
        ),
        (["planning = {from = 2017-06-01}"], ['7:12: "to" is missing: write to = 2018-01-02, without quotes.']),
    ],
)
def test_phases_that_do_not_fit_are_refused(phases: list[str], problems: list[str]) -> None:
    text = SHORT + "[phases]\n" + "\n".join(phases)

    assert lines_of(text) == [f"program.toml:{problem}" for problem in problems]


def test_a_phase_left_out_has_the_days_between_its_neighbors() -> None:
    text = SHORT + "[phases]\nconnecting = {from = 2017-07-01, to = 2017-08-31}\n"

    assert read_program(text).windows == {
        Phase.PLANNING: Span(date(2017, 6, 1), date(2017, 6, 30)),
        Phase.CONNECTING: Span(date(2017, 7, 1), date(2017, 8, 31)),
        Phase.ADVANCING: Span(date(2017, 9, 1), date(2018, 2, 20)),  # five of seven parts of 242 days
        Phase.TRANSITIONING: Span(date(2018, 2, 21), date(2018, 4, 30)),
    }


def test_phases_left_out_have_a_day_each_where_there_is_no_more() -> None:
    text = SHORT + "[phases]\nadvancing = {from = 2017-06-03, to = 2018-04-29}\n"

    windows = read_program(text).windows

    assert windows[Phase.PLANNING] == Span(date(2017, 6, 1), date(2017, 6, 1))
    assert windows[Phase.CONNECTING] == Span(date(2017, 6, 2), date(2017, 6, 2))
    assert windows[Phase.TRANSITIONING] == Span(date(2018, 4, 30), date(2018, 4, 30))


def test_all_mistakes_are_told_at_once_from_top_to_bottom() -> None:
    text = (
        WHOLE.replace('"spring"', '"Spring!"')
        .replace("connecting = {from = 2017-06-15", "connecting = {from = 2017-06-16")
        .replace('"thu"', '"thursday"')
        .replace('["mentee"]', '["mentees"]')
    )

    assert [line.split(": ")[0] for line in lines_of(text)] == [
        "program.toml:1:7",
        "program.toml:12:14",
        "program.toml:19:16",
        "program.toml:52:13",
    ]


@given(
    st.lists(st.integers(1, 60), min_size=4, max_size=4),
    st.sets(st.sampled_from(list(Phase))),
)
def test_whatever_phases_are_left_out_every_day_has_one(lengths: list[int], left_out: set[Phase]) -> None:
    edges = [date(2017, 6, 1).toordinal() + sum(lengths[:number]) for number in range(5)]
    days = [(date.fromordinal(first), date.fromordinal(after - 1)) for first, after in pairwise(edges)]
    given_windows = [
        f"{phase} = {{from = {first}, to = {last}}}\n"
        for phase, (first, last) in zip(Phase, days, strict=True)
        if phase not in left_out
    ]

    program = read_program(SHORT.replace("2018-04-30", str(days[-1][1])) + "[phases]\n" + "".join(given_windows))

    windows = list(program.windows.values())
    assert list(program.windows) == list(Phase)
    assert windows[0].first == program.span.first
    assert windows[-1].last == program.span.last
    assert all(before.last.toordinal() + 1 == after.first.toordinal() for before, after in pairwise(windows))
    assert all(window.days >= 1 for window in windows)


VALUES = st.sampled_from(
    [
        "1",
        '"x"',
        "[]",
        "{}",
        "2017-06-01",
        "2017-06-01T10:00:00",
        "09:00:00",
        "true",
        "nan",
        '[["a"]]',
        "{from = 1}",
        "[{}]",
    ]
)
KEYS = st.sampled_from([*LOOKS_LIKE, "x"])


@given(st.dictionaries(KEYS, VALUES))
def test_any_values_are_read_or_refused(values: dict[str, str]) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in values.items())

    assert lines_of(text)
