"""The tests' README names a test for each pitfall: the tests are there."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def rows() -> dict[int, list[str]]:
    """Return the tests that are named, by the number of the pitfall."""
    table = (HERE / "README.md").read_text(encoding="utf8").split("## Pitfalls")[1].split("\n\n")[2]
    cells = [line.split("|")[1:-1] for line in table.splitlines()[2:]]
    return {int(number): re.findall(r"`([\w/]+\.py::\w+)`", proof) for number, _, proof in cells}


def test_all_forty_five_are_listed() -> None:
    assert list(rows()) == list(range(1, 46))


def test_every_pitfall_names_tests_that_are_there() -> None:
    named = [test for tests in rows().values() for test in tests]

    for test in named:
        place, _, name = test.partition("::")
        assert f"def {name}(" in (HERE / place).read_text(encoding="utf8"), test
    assert len(named) > 55


def test_none_is_without_a_test_but_what_tandem_does_not_do() -> None:
    assert [number for number, tests in rows().items() if not tests] == [29]


def test_every_folder_of_tests_is_told() -> None:
    told = re.findall(r"^\| `(\w+)/` \|", (HERE / "README.md").read_text(encoding="utf8"), re.MULTILINE)
    there = {folder.name for folder in HERE.iterdir() if (folder / "__init__.py").exists()}

    assert there <= set(told)
