"""Reading roster.csv: what it means, and how it is refused."""

import csv
import io
from contextlib import suppress
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cells import read_cells
from bot.content.problems import FilesRefused
from bot.content.rosters import COLUMNS, Roster, RosterPair, RosterPerson, read_roster
from bot.domain.days import Span
from bot.domain.program import Program, Role, usual_windows
from bot.domain.rhythm import Rhythm, Unit

YEAR = Span(date(2017, 6, 1), date(2018, 4, 30))
PROGRAM = Program("", "spring", "Spring Program", ZoneInfo("America/Chicago"), YEAR, usual_windows(YEAR))
HEADER = "kind,key,name,slack,email,zone,roles,mentor,mentee,liaison,rhythm,starts,ends\n"
PEOPLE = """person,tom,Tom Baker,U0TOM,,America/New_York,mentor,,,,,,
person,maya,Maya Chen,,maya@example.org,,mentee,,,,,,
person,lena,Lena Fox,U0LENA,lena@example.org,,liaison mentor,,,,,,
"""
PAIR = "pair,tom-maya,,,,,,tom,maya,lena,every two weeks,2017-06-01,2018-04-30\n"
GOOD = HEADER + PEOPLE + PAIR


def problems_of(text: str | bytes) -> list[str]:
    """Return the mistakes of a roster, which has some."""
    with pytest.raises(FilesRefused) as refused:
        read_roster(text, "roster.csv", PROGRAM)
    return [str(problem) for problem in refused.value.problems]


def test_a_roster_means_what_it_says() -> None:
    roster = read_roster(GOOD, None, PROGRAM)

    assert roster == Roster(
        people=(
            RosterPerson("tom", "Tom Baker", "U0TOM", "", ZoneInfo("America/New_York"), frozenset({Role.MENTOR}), 2),
            RosterPerson("maya", "Maya Chen", None, "maya@example.org", None, frozenset({Role.MENTEE}), 3),
            RosterPerson(
                "lena", "Lena Fox", "U0LENA", "lena@example.org", None, frozenset({Role.LIAISON, Role.MENTOR}), 4
            ),
        ),
        pairs=(
            RosterPair("tom-maya", "tom", "maya", "lena", Rhythm(2, Unit.WEEK), date(2017, 6, 1), date(2018, 4, 30), 5),
        ),
    )


def test_what_a_pair_leaves_blank_is_left_open() -> None:
    roster = read_roster(HEADER + PEOPLE + "pair,tom-maya,,,,,,tom,maya,,,,\n", None, PROGRAM)

    assert roster.pairs == (RosterPair("tom-maya", "tom", "maya", None, None, None, None, 5),)


def test_pairs_may_come_before_their_people_and_columns_in_any_order() -> None:
    lines = [line.split(",") for line in (HEADER + PAIR + PEOPLE).splitlines()]
    turned = "\n".join(",".join(reversed(line)) for line in lines)

    roster = read_roster(turned, None, PROGRAM)

    assert [person.key for person in roster.people] == ["tom", "maya", "lena"]
    assert [pair.key for pair in roster.pairs] == ["tom-maya"]


def test_a_spreadsheets_mark_line_ends_and_empty_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    text = GOOD.replace("\n", "\r\n") + ",,,,,,,,,,,,\r\n\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())

    roster = read_roster(path, None, PROGRAM)

    assert roster.name == "ours.csv"
    assert (roster.people, roster.pairs) == (
        read_roster(GOOD, None, PROGRAM).people,
        read_roster(GOOD, None, PROGRAM).pairs,
    )


def test_blanks_around_a_cell_do_no_harm() -> None:
    assert read_roster(GOOD.replace(",", " , "), None, PROGRAM) == read_roster(GOOD, None, PROGRAM)


def test_a_quoted_name_may_hold_commas_and_quotes() -> None:
    roster = read_roster(GOOD.replace("Tom Baker", '"Baker, Tom ""T."""'), None, PROGRAM)

    assert roster.people[0].name == 'Baker, Tom "T."'


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("person,tom", "persn,tom", '2:1: "persn" is not a kind of line – did you mean "person"?'),
        (
            "person,tom",
            "person,Tom B",
            '2:8: "Tom B" is not a key: use small letters, digits and hyphens, such as maya or call-2.',
        ),
        ("person,maya", "person,tom", '3:8: The key "tom" is taken by line 2.'),
        ("Tom Baker", "", "2:12: This is empty: write a few words."),
        ("U0TOM", "U0LENA", '4:22: The Slack id "U0LENA" is taken by line 2.'),
        (
            "lena@example.org",
            "Maya@Example.org",
            '4:29: The e-mail address "Maya@Example.org" is taken by line 3.',
        ),
        ("U0TOM", "", "2:22: A person has a Slack id or an e-mail address, or both: this one has neither."),
        (
            "maya@example.org",
            "maya@example",
            '3:24: "maya@example" is not an e-mail address, such as maya@example.org.',
        ),
        (
            "America/New_York",
            "America/New_Yrok",
            '2:29: "America/New_Yrok" is not a time zone – did you mean "America/New_York"?',
        ),
        (",,mentee,", ",,mente,", '3:42: "mente" is not a role – did you mean "mentee"?'),
        (
            ",,mentee,",
            ",,,",
            "3:42: A person has a role, or several with a blank between them: "
            "mentor, mentee, liaison, coordinator, reader.",
        ),
        ("mentee,,,,,,", "mentee,,,,,2017-06-01,", '3:53: A person has nothing under "starts": leave it blank.'),
        ("pair,tom-maya,,", "pair,tom-maya,Tom,", '5:15: A pair has nothing under "name": leave it blank.'),
    ],
)
def test_a_mistake_in_a_persons_line_is_told_with_its_place(right: str, wrong: str, problem: str) -> None:
    assert problems_of(GOOD.replace(right, wrong, 1))[0] == f"roster.csv:{problem}"


@pytest.mark.parametrize("slack_id", ["@tom", "u0tom", "U0", "T0TEAM", "U0TOM!", "U0 TOM"])
def test_what_is_not_a_member_id_is_refused_with_the_way_to_find_it(slack_id: str) -> None:
    assert problems_of(GOOD.replace("U0TOM", slack_id)) == [
        f'roster.csv:2:22: "{slack_id}" is not a Slack member id, such as U012AB3CD: in Slack, open the person\'s '
        'profile, then "Copy member ID". Or leave it blank and give an e-mail address.'
    ]


@pytest.mark.parametrize(
    ("pair", "problem"),
    [
        ("tm,maya,lena,,,", '5:20: Nobody here has the key "tm" – did you mean "tom"?'),
        (
            "tom,zzzzzz,lena,,,",
            '5:24: Nobody here has the key "zzzzzz": add a line of kind person, or write another key.',
        ),
        (",maya,lena,,,", "5:20: A pair has a mentor: write the key of a person."),
        ("maya,tom,lena,,,", '5:20: "maya" is not a mentor: add mentor to the roles in line 3.'),
        ("tom,maya,tom,,,", '5:29: "tom" is not a liaison: add liaison to the roles in line 2.'),
        ("tom,tom,,,,", "5:24: Nobody is their own mentor: mentor and mentee are two people."),
        ("lena,maya,lena,,,", '5:30: "lena" is one of the pair: the liaison is somebody else.'),
        (
            "tom,maya,,,2017-05-31,",
            "5:31: 2017-05-31 is outside of the program, which goes from 2017-06-01 to 2018-04-30.",
        ),
        (
            "tom,maya,,,,2018-05-01",
            "5:32: 2018-05-01 is outside of the program, which goes from 2017-06-01 to 2018-04-30.",
        ),
        ("tom,maya,,,2017-09-02,2017-09-01", "5:42: This pair ends (2017-09-01) before it starts (2017-09-02)."),
        ("tom,maya,,,6/1/2017,", '5:31: "6/1/2017" is not a date: write year, month and day, as in 2017-06-01.'),
        ("tom,maya,,,20170601,", '5:31: "20170601" is not a date: write year, month and day, as in 2017-06-01.'),
        ("tom,maya,,,2017-06-31,", '5:31: "2017-06-31" is not a date: write year, month and day, as in 2017-06-01.'),
        (
            "tom,maya,,often,,",
            '5:30: "often" is not a rhythm: write "weekly", "every 2 weeks", "monthly" or "every 10 days"',
        ),
    ],
)
def test_a_mistake_in_a_pairs_line_is_told_with_its_place(pair: str, problem: str) -> None:
    assert f"roster.csv:{problem}" in problems_of(HEADER + PEOPLE + "pair,tom-maya,,,,,," + pair)


def test_a_pair_and_a_person_may_have_the_same_key() -> None:
    assert read_roster(GOOD.replace("pair,tom-maya", "pair,tom"), None, PROGRAM).pairs[0].key == "tom"


def test_two_pairs_have_two_keys() -> None:
    assert problems_of(GOOD + "pair,tom-maya,,,,,,lena,maya,,,,") == [
        'roster.csv:6:6: The key "tom-maya" is taken by line 5.'
    ]


def test_the_same_two_are_not_paired_twice_at_one_time() -> None:
    first = "pair,one,,,,,,tom,maya,,,,2017-09-30\n"

    assert problems_of(HEADER + PEOPLE + first + "pair,two,,,,,,tom,maya,,,2017-09-30,") == [
        "roster.csv:6:6: The same two are paired in line 5 at the same time."
    ]
    assert read_roster(HEADER + PEOPLE + first + "pair,two,,,,,,tom,maya,,,2017-10-01,", None, PROGRAM)


def test_one_mentor_may_have_two_mentees() -> None:
    ann = "person,ann,Ann Lee,U0ANN,,,mentee,,,,,,\n"

    assert read_roster(GOOD + ann + "pair,tom-ann,,,,,,tom,ann,,,,", None, PROGRAM)


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (
            HEADER.replace("slack", "slak"),
            ['1:1: The column "slack" is missing.', '1:15: There is no column "slak" – did you mean "slack"?'],
        ),
        (HEADER.replace(",ends", ""), ['1:1: The column "ends" is missing.']),
        (HEADER.replace("ends", "ends,key"), ['1:79: The column "key" is here twice.']),
        (
            HEADER.replace(",", ";"),
            [f"1:1: This is not a roster's first line: it is {HEADER.strip()}, with commas."],
        ),
    ],
)
def test_a_wrong_first_line_is_told_and_nothing_else(header: str, problems: list[str]) -> None:
    assert problems_of(header + "persn,tom\n") == [f"roster.csv:{problem}" for problem in problems]


def test_an_empty_file_says_how_a_roster_begins() -> None:
    sentence = f"roster.csv:1:1: This file is empty: its first line is {HEADER.strip()}."

    assert problems_of("") == problems_of("\ufeff") == problems_of("\n,,,\n") == [sentence]


def test_a_roster_of_nobody_is_refused_since_it_would_withdraw_everybody() -> None:
    assert problems_of(HEADER) == ["roster.csv:1:1: There is nobody in this roster: add a line for each person."]


def test_a_line_with_too_few_or_too_many_cells_is_refused() -> None:
    assert problems_of(GOOD.replace("Tom Baker", "Baker, Tom") + "person,ann\n")[:2] == [
        "roster.csv:2:1: Cells in this line: 14, in the first line: 13. Put quotes around a text that has a comma.",
        'roster.csv:5:20: Nobody here has the key "tom": add a line of kind person, or write another key.',
    ]


def test_what_is_not_utf_8_is_told_where() -> None:
    sentence = 'This is not UTF-8 text: save the file again as "CSV UTF-8" or as UTF-8 text.'

    assert problems_of(GOOD.replace("Maya", "Mäya").encode("latin-1")) == [f"roster.csv:3:14: {sentence}"]
    assert problems_of(GOOD.encode("utf-16")) == [f"roster.csv:1:1: {sentence}"]


def test_lines_are_counted_right_below_a_cell_of_two_lines() -> None:
    assert problems_of(GOOD.replace("Tom Baker", '"Tom\nBaker"').replace("U0LENA", "lena")) == [
        "roster.csv:2:12: This has a line break or another invisible character in it: write it on one line.",
        'roster.csv:5:22: "lena" is not a Slack member id, such as U012AB3CD: in Slack, open the person\'s profile, '
        'then "Copy member ID". Or leave it blank and give an e-mail address.',
    ]


def test_a_column_counts_characters_and_not_bytes() -> None:
    assert problems_of(GOOD.replace("Tom Baker,U0TOM", "Ťöm,@tom"))[0].startswith('roster.csv:2:16: "@tom" is not')


def test_a_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    assert "roster.csv:3:13: This quote is never closed: put another one at the end of the cell." in problems_of(
        GOOD.replace("Maya Chen", '"Maya Chen')
    )


def test_words_after_a_closing_quote_are_refused() -> None:
    assert problems_of(GOOD.replace("Maya Chen", '"Maya" Chen')) == [
        "roster.csv:3:13: After the closing quote comes a comma or the end of the line: double a quote that is meant."
    ]


def test_all_mistakes_are_told_at_once_from_top_to_bottom() -> None:
    text = GOOD.replace("U0TOM", "tom").replace(",,mentee,", ",,mente,").replace("every two weeks", "often")

    assert [problem.split(": ")[0] for problem in problems_of(text)] == [
        "roster.csv:2:22",
        "roster.csv:3:42",
        "roster.csv:5:34",
    ]


ANY_CELL = st.one_of(
    st.sampled_from(
        ["person", "pair", "tom", "maya", "mentor", "mentee", "liaison", "U0TOM", "a@b.org", "weekly", "2017-07-01", ""]
    ),
    st.text(max_size=5),
)


@given(st.lists(st.lists(ANY_CELL, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=6))
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)

    with suppress(FilesRefused):
        assert read_roster(GOOD + text.getvalue(), None, PROGRAM)


@given(st.text(alphabet=',"\n\ra b', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert problems_of(text)


@given(st.lists(st.lists(st.text(alphabet='xy ",\n', max_size=5), min_size=2, max_size=4), max_size=5))
def test_cells_are_what_the_csv_module_makes_of_them(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)

    cells, problems = read_cells(text.getvalue(), "x.csv")

    assert not problems
    stripped = [[cell.strip() for cell in row] for row in rows]
    assert [[cell.text for cell in row] for row in cells] == [row for row in stripped if any(row)]


@given(st.lists(st.lists(st.text(alphabet='xy ",\n', max_size=5), min_size=2, max_size=4), max_size=5))
def test_a_cell_stands_where_it_says(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    lines = text.getvalue().splitlines(keepends=True)

    for cell in (cell for row in read_cells(text.getvalue(), "x.csv")[0] for cell in row):
        rest = "".join(lines[cell.line - 1 :])[cell.column - 1 :]
        first_row = next(csv.reader(io.StringIO(rest, newline="")), [])
        assert (first_row or [""])[0].strip() == cell.text
