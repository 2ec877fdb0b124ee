"""Comma-separated text as rows of cells, each with its place: the `csv` module does not tell columns."""

import re
from dataclasses import dataclass

from bot.content.problems import Problem

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_PLAIN = re.compile(r"[^,\n]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, without blanks around it, and the place where it begins, both from 1."""

    text: str
    line: int
    column: int


def read_cells(text: str, name: str) -> tuple[list[list[Cell]], list[Problem]]:
    """Return the rows that hold anything, and what is wrong with the quotes.

    As `csv` reads them: a quoted cell may hold commas, line breaks and doubled quotes. After a quote that is never
    closed nothing is read.
    """
    text = text.replace("\r", "\n").removesuffix("\n")
    rows: list[list[Cell]] = [[]]
    problems: list[Problem] = []
    at, line, start = 0, 1, 0
    while at <= len(text):
        value, end, mistake = _cell(text, at)
        cell = Cell(value.strip(), line, at - start + 1)
        rows[-1].append(cell)
        if mistake:
            problems.append(Problem(name, cell.line, cell.column, mistake))
        if text[end : end + 1] == "\n":
            rows.append([])
        line += text.count("\n", at, end + 1)
        start = max(start, text.rfind("\n", at, end + 1) + 1)
        at = end + 1
    return [row for row in rows if any(cell.text for cell in row)], problems


def _cell(text: str, at: int) -> tuple[str, int, str]:
    """Return the text of the cell at `at`, where it ends, and what is wrong with it."""
    if text[at : at + 1] != '"':
        end = _end_of_plain(text, at)
        return text[at:end], end, ""
    match = _QUOTED.match(text, at)
    if match is None:
        return text[at:], len(text), "This quote is never closed: put another one at the end of the cell."
    value, end = match[1].replace('""', '"'), _end_of_plain(text, match.end())
    if text[match.end() : end].strip():
        return value, end, "After the closing quote comes a comma or the end of the line: double a quote that is meant."
    return value, end, ""


def _end_of_plain(text: str, at: int) -> int:
    match = _PLAIN.match(text, at)
    return match.end() if match else at
