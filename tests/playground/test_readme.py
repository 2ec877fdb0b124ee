"""The playground's README names a test for each thing that it claims: the tests are there."""

import re
from pathlib import Path

from tests.playground.block_kit.cases import cases

HERE = Path(__file__).parent
README = HERE.parent.parent / "bot" / "playground" / "README.md"


def rows() -> list[list[str]]:
    """The rows of the table of claims: what, and the tests that it names. Its bold headings are left out."""
    table = README.read_text(encoding="utf8").split("## Faithful, point by point")[1].split("\n\n")[2]
    cells = [line.split("|")[1:-1] for line in table.splitlines()[2:]]
    return [
        [what.strip(), *re.findall(r"`([\w/.]+(?:::\w+)?)`", proof)]
        for what, proof in cells
        if not what.strip().startswith("**")
    ]


def test_every_claim_names_a_test_that_is_there() -> None:
    named = [test for _, *tests in rows() for test in tests]

    for test in named:
        place, _, name = test.partition("::")
        assert (HERE / place).exists(), test
        assert not name or f"def {name}(" in (HERE / place).read_text(encoding="utf8"), test
    assert len(named) > 60


def test_no_claim_stands_without_a_test() -> None:
    assert [what for what, *tests in rows() if not tests] == []


def test_the_payloads_are_as_many_as_it_says() -> None:
    counted = f"{len(cases('bad'))} wrong payloads refused, {len(cases('good'))} right ones taken"

    assert counted in README.read_text(encoding="utf8")
