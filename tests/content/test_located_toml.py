"""Where things stand in a TOML file."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.located_toml import TomlPath, read_toml
from bot.content.problems import FilesRefused
from bot.content.shipped import shipped_program

TEXT = '''# A comment with [brackets] = "and quotes"
title = "a \\" # ] b" # not the end
"quoted.key" . 'x' = 1
moment = 2017-06-01 07:32:00
[a]
b.c = [1, [2, 3], # }
  "x,]", """two
"lines" """ , {p = 1, "q" = [true]} , ]
none = { }
[[t]]
k = 1
[t.sub]
z = 1
[[t.many]]
y=2
[[t.many]]
y=3
[[t]]
k = \'\'\'it's\'\'\'
'''


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 9),
        (("quoted.key", "x"), 3, 22),
        (("moment",), 4, 10),
        (("a",), 5, 1),
        (("a", "b", "c", 1, 1), 6, 15),
        (("a", "b", "c", 2), 7, 3),
        (("a", "b", "c", 4, "q", 0), 8, 30),
        (("a", "none"), 9, 8),
        (("t", 0, "k"), 11, 5),
        (("t", 0, "sub", "z"), 13, 5),
        (("t", 0, "many", 1, "y"), 17, 3),
        (("t", 1, "k"), 19, 5),
    ],
)
def test_a_problem_stands_where_the_value_begins(path: TomlPath, line: int, column: int) -> None:
    problem = read_toml(TEXT, "x.toml").problem(path, "Look here.")

    assert str(problem) == f"x.toml:{line}:{column}: Look here."


def test_a_problem_with_a_key_stands_where_the_key_begins() -> None:
    problem = read_toml(TEXT, "x.toml").problem(("a", "b"), "Look here.", at_key=True)

    assert (problem.line, problem.column) == (6, 1)


@pytest.mark.parametrize(
    ("path", "line"), [(("t", 1, "missing"), 18), (("t", 0, "sub", "missing", 3), 12), (("missing",), 1)]
)
def test_what_is_missing_is_looked_for_in_its_table(path: TomlPath, line: int) -> None:
    problem = read_toml(TEXT, "x.toml").problem(path, "This is missing.")

    assert (problem.line, problem.column) == (line, 1)


def test_everything_in_a_real_design_has_a_place() -> None:
    path, _ = shipped_program("alcts-2017")

    file = read_toml(path, "program.toml")

    assert set(_paths(file.content, ())) <= file.keys.keys() | file.values.keys()


def test_lines_that_end_as_on_windows_count_once() -> None:
    problem = read_toml("a = 1\r\nb = 2\r\n", "x.toml").problem(("b",), "Look here.")

    assert (problem.line, problem.column) == (2, 5)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = 1\nb = \n", "x.toml:2:5: This is not TOML: Invalid value."),
        ("a = 1\na = 2\n", "x.toml:2:6: This is not TOML: Cannot overwrite a value."),
        ("a = “b”\n", 'x.toml:1:5: This is not TOML: Invalid value. A text stands in straight quotes: ".'),
        (
            'a = "b\nc"\n',
            "x.toml:1:7: This is not TOML: Illegal character '\\n'. A text of several lines stands between "
            '""" and """.',
        ),
        ("a = [1\n", "x.toml:1:7: This is not TOML: Unclosed array."),
        ("a = " + 5000 * "[", "x.toml:1:1: This is nested too deeply."),
    ],
)
def test_what_is_not_toml_is_refused_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        read_toml(text, "x.toml")

    assert str(refused.value) == problem


@given(st.text(alphabet="ab=[]{}.,\"'#\n 1\\", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(FilesRefused):
        file = read_toml(text, "x.toml")
        assert set(_paths(file.content, ())) <= file.keys.keys() | file.values.keys()


def _paths(value: object, path: TomlPath) -> Iterator[TomlPath]:
    """Yield the path of everything below `value`."""
    items: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, inner in items:
        yield (*path, key)
        yield from _paths(inner, (*path, key))
