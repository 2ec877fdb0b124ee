"""Tandem's own prompts: enough of them, short, kind, and in the order of the phases."""

import re
import tomllib
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import bot.content

FOLDER = Path(bot.content.__file__).parent / "prompts"
COUNTS = {"planning": 3, "connecting": 4, "advancing": 6, "transitioning": 4}
ROLES = ("mentor", "mentee")
BLAME = re.compile(r"\b(fail|failed|failing|should have|must|forgot|late|overdue|neglect|ignored|still not)\b", re.I)
BRITISH = re.compile(r"programme|behaviour|favour|colour|organis|realis|recognis|catalogu|centre|learnt", re.I)


def prompts_of(phase: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((FOLDER / f"{phase}.toml").read_text(encoding="utf-8"))


EVERY_PROMPT = [
    pytest.param(prompt, id=f"{phase}-{role}-{prompt['key']}")
    for phase in COUNTS
    for role in ROLES
    for prompt in prompts_of(phase)[role]
]


def test_there_is_a_file_for_each_phase_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{phase}.toml" for phase in COUNTS}


@pytest.mark.parametrize("phase", COUNTS)
def test_each_role_has_its_prompts_in_a_phase(phase: str) -> None:
    prompts = prompts_of(phase)

    assert tuple(prompts) == ROLES
    for role in ROLES:
        assert len({prompt["key"] for prompt in prompts[role]}) == COUNTS[phase]


@pytest.mark.parametrize("phase", COUNTS)
def test_prompts_stand_in_the_order_in_which_they_go_out(phase: str) -> None:
    for own in prompts_of(phase).values():
        places = [prompt.get("after", number / len(own)) for number, prompt in enumerate(own)]
        assert places == sorted(places)
        assert len(set(places)) == len(places)


def test_the_ending_is_planned_once_for_each_role_while_connecting() -> None:
    for phase in COUNTS:
        for role in ROLES:
            keys = [prompt["key"] for prompt in prompts_of(phase)[role]]
            assert keys.count("plan-the-ending") == (1 if phase == "connecting" else 0)


def test_no_two_prompts_say_the_same() -> None:
    texts = [prompt["text"] for phase in COUNTS for role in ROLES for prompt in prompts_of(phase)[role]]

    assert len(texts) == 34
    assert len(set(texts)) == 34


@pytest.mark.parametrize("prompt", EVERY_PROMPT)
def test_a_prompt_is_short_and_one_paragraph(prompt: dict[str, Any]) -> None:
    text = prompt["text"]

    assert 80 <= len(text) < 350
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
