"""Tandem's own prompts: enough of them, short, kind, and in the order of the phases."""

import re
import tomllib
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import bot.content

FOLDER = Path(bot.content.__file__).parent / "prompts"
PHASES = ("planning", "connecting", "advancing", "transitioning")
WHOM = ("mentor", "mentee", "pair")
FEWEST = 6
BLAME = re.compile(r"\b(fail|failed|failing|should have|must|forgot|late|overdue|neglect|ignored|still not)\b", re.I)
BRITISH = re.compile(r"programme|behaviour|favour|colour|organis|realis|recognis|catalogu|centre|learnt", re.I)


def prompts_of(phase: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((FOLDER / f"{phase}.toml").read_text(encoding="utf-8"))


EVERY_PROMPT = [
    pytest.param(prompt, id=f"{phase}-{role}-{prompt['key']}")
    for phase in PHASES
    for role in WHOM
    for prompt in prompts_of(phase)[role]
]


def test_there_is_a_file_for_each_phase_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{phase}.toml" for phase in PHASES}


@pytest.mark.parametrize("phase", PHASES)
def test_each_role_and_the_pair_have_six_prompts_at_least_in_a_phase(phase: str) -> None:
    prompts = prompts_of(phase)

    assert tuple(prompts) == WHOM
    for whom in WHOM:
        assert len({prompt["key"] for prompt in prompts[whom]}) >= FEWEST


@pytest.mark.parametrize("phase", PHASES)
def test_prompts_stand_in_the_order_in_which_they_go_out(phase: str) -> None:
    for own in prompts_of(phase).values():
        places = [prompt.get("after", number / len(own)) for number, prompt in enumerate(own)]
        assert places == sorted(places)
        assert len(set(places)) == len(places)


def test_the_ending_is_planned_while_connecting_and_again_while_transitioning() -> None:
    for phase in PHASES:
        planned = [
            prompt["key"]
            for whom in WHOM
            for prompt in prompts_of(phase)[whom]
            if prompt["key"] in ("plan-the-ending", "how-we-say-goodbye")
        ]
        assert len(planned) == (3 if phase in ("connecting", "transitioning") else 0)


@pytest.mark.parametrize("role", ["mentor", "mentee"])
@pytest.mark.parametrize(
    ("phase", "turns"),
    [*((phase, turns) for phase in PHASES for turns in (1, 2, 3)), *(("advancing", turns) for turns in (4, 5, 6))],
)
def test_each_turn_has_something_to_say_whatever_was_done_and_whatever_was_not(
    phase: str, turns: int, role: str
) -> None:
    """Each turn has a prompt without conditions for the role, or one for the pair; advancing is the longest phase."""
    prompts = prompts_of(phase)
    free = [
        int(turns * prompt.get("after", number / len(own)) + 1e-9)
        for own in (prompts[role], prompts["pair"])
        for number, prompt in enumerate(own)
        if not {"unless", "needs"} & prompt.keys()
    ]
    assert set(free) == set(range(turns))


def test_no_two_prompts_say_the_same() -> None:
    texts = [prompt["text"] for phase in PHASES for whom in WHOM for prompt in prompts_of(phase)[whom]]

    assert len(texts) >= 72
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("prompt", EVERY_PROMPT)
def test_a_prompt_is_short_and_one_paragraph(prompt: dict[str, Any]) -> None:
    text = prompt["text"]

    assert 80 <= len(text) < 350
    assert 25 <= len(text.split()) <= 60
    assert text == " ".join(text.split())
    assert text.endswith((".", "?"))


@pytest.mark.parametrize("prompt", EVERY_PROMPT)
def test_a_prompt_has_only_places_that_are_filled(prompt: dict[str, Any]) -> None:
    places = {name for _, name, _, _ in Formatter().parse(prompt["text"]) if name is not None}

    assert places <= {"partner", "program", "phase_end", "liaison"}
    assert "partner" in places or prompt["key"] == "worth-the-time"


@pytest.mark.parametrize("prompt", EVERY_PROMPT)
def test_a_prompt_reads_well_for_two_partners(prompt: dict[str, Any]) -> None:
    """Somebody may mentor two: no verb may hang on "Maya and Ben"."""
    assert not re.search(r"\{partner\}(’s|'s)? (is|has|was|wants|likes|does|knows|needs)\b", prompt["text"])
    assert "you two" not in prompt["text"]


@pytest.mark.parametrize("prompt", EVERY_PROMPT)
def test_a_prompt_blames_nobody_and_is_spelled_the_american_way(prompt: dict[str, Any]) -> None:
    assert not BLAME.search(prompt["text"])
    assert not BRITISH.search(prompt["text"])
