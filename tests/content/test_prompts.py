"""The prompts of each phase."""

from pathlib import Path

import pytest

from bot.content.problems import FilesRefused
from bot.content.prompts import load_prompts
from bot.domain.program import Phase
from bot.domain.rules.phase_prompt import Prompt, Whom
from bot.domain.tasks import Task

PLANNING = """
[[mentor]]
key = "one"
text = "Write to {partner}."

[[mentor]]
key = "two"
text = "Ask what {partner} hopes for."

[[mentee]]
key = "one"
text = "Say hello."
after = 0.75
"""


def write(folder: Path, **files: str) -> Path:
    for phase, text in files.items():
        (folder / f"{phase}.toml").write_text(text)
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(FilesRefused) as refused:
        load_prompts(folder)
    return str(refused.value)


def test_prompts_are_spread_evenly_unless_they_name_a_place(tmp_path: Path) -> None:
    prompts = load_prompts(write(tmp_path, planning=PLANNING))

    assert prompts.all == (
        Prompt(Phase.PLANNING, Whom.MENTOR, "one", 0.0),
        Prompt(Phase.PLANNING, Whom.MENTOR, "two", 0.5),
        Prompt(Phase.PLANNING, Whom.MENTEE, "one", 0.75),
    )


def test_a_prompt_may_be_for_the_pair_and_have_conditions(tmp_path: Path) -> None:
    text = '[[pair]]\nkey = "sign"\ntext = "Sign."\nunless = "agreement"\nneeds = "first meeting"\nfirst = true\n'

    prompts = load_prompts(write(tmp_path, planning=text))

    assert prompts.all == (
        Prompt(Phase.PLANNING, Whom.PAIR, "sign", 0.0, Task.AGREEMENT, Task.FIRST_MEETING, first=True),
    )


def test_a_phase_that_a_folder_does_not_have_is_taken_from_the_other(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "other").mkdir()
    write(tmp_path / "other", planning=PLANNING, advancing=PLANNING)
    own = write(tmp_path / "own", planning='[[mentee]]\nkey = "mine"\ntext = "Hello."\n')

    prompts = load_prompts(own, instead_of=tmp_path / "other")

    assert [(prompt.phase, prompt.key) for prompt in prompts.all] == [
        (Phase.PLANNING, "mine"),
        (Phase.ADVANCING, "one"),
        (Phase.ADVANCING, "two"),
        (Phase.ADVANCING, "one"),
    ]


def test_a_text_is_found_by_phase_role_and_key(tmp_path: Path) -> None:
    prompts = load_prompts(write(tmp_path, planning=PLANNING))

    assert prompts.text(Phase.PLANNING, Whom.MENTEE, "one") == "Say hello."
    assert prompts.text("planning", "mentor", "one") == "Write to {partner}."


def test_a_prompt_that_is_gone_is_a_key_error(tmp_path: Path) -> None:
    prompts = load_prompts(write(tmp_path, planning=PLANNING))

    with pytest.raises(KeyError):
        prompts.text("planning", "mentor", "three")


def test_the_phases_come_in_their_order(tmp_path: Path) -> None:
    one = '[[mentee]]\nkey = "one"\ntext = "Hello."\n'

    prompts = load_prompts(write(tmp_path, transitioning=one, advancing=one, connecting=one))

    assert [prompt.phase for prompt in prompts.all] == [Phase.CONNECTING, Phase.ADVANCING, Phase.TRANSITIONING]


@pytest.mark.parametrize(
    ("line", "place", "sentence"),
    [
        ('text = "Hello {partnr}."', "4:8", 'There is no {partnr} – did you mean "partner"?'),
        (f'text = "{601 * "x"}"', "4:8", "The text has 601 characters; 600 is the most."),
        ('text = ""', "4:8", "A prompt has a text in quotes, and not an empty one."),
        ('txt = "Hello."', "4:1", 'A prompt has no "txt" – did you mean "text"?'),
        (
            'text = "x"\nunless = "agrement"',
            "5:10",
            '"agrement" is nothing that a pair can have done – did you mean "agreement"?',
        ),
        (
            'text = "x"\nneeds = 3',
            "5:9",
            '"3" is nothing that a pair can have done – '
            "write one of: first meeting, agreement, goals, midpoint, closing talk",
        ),
        ('text = "x"\nfirst = "yes"', "5:9", "`first` is true or false."),
        ('text = "x"\nafter = 1', "5:9", "`after` is a number from 0 (the phase's first day) to below 1 (its last)."),
        (
            'text = "x"\nafter = -0.1',
            "5:9",
            "`after` is a number from 0 (the phase's first day) to below 1 (its last).",
        ),
        ('text = "x"\nafter = nan', "5:9", "`after` is a number from 0 (the phase's first day) to below 1 (its last)."),
        ('text = "x"\n[[mentor]]\nkey="a"\ntext=""', "6:5", 'The key "a" is taken by another prompt of this role.'),
        (
            'text = "x"\n[[mentors]]',
            "5:1",
            '"mentors" is not whom a prompt is for: [[mentor]], [[mentee]] or [[pair]].',
        ),
        ('text = "x"\n[mentee]', "5:1", "Write two brackets on each side: [[mentee]]."),
    ],
)
def test_a_mistake_is_told_with_file_place_and_reason(tmp_path: Path, line: str, place: str, sentence: str) -> None:
    write(tmp_path, planning=f'\n[[mentor]]\nkey = "a"\n{line}\n')

    assert f"planning.toml:{place}: {sentence}" in refusal(tmp_path).splitlines()


def test_the_longest_text_has_600_characters(tmp_path: Path) -> None:
    write(tmp_path, planning=f'[[mentor]]\nkey = "a"\ntext = "{600 * "x"}"\n')

    assert len(load_prompts(tmp_path).text("planning", "mentor", "a")) == 600


def test_a_file_of_no_phase_is_refused(tmp_path: Path) -> None:
    write(tmp_path, advansing="")

    assert refusal(tmp_path) == 'advansing.toml:1:1: "advansing" is not a phase – did you mean "advancing"?'


def test_the_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    write(tmp_path, planning="[[mentor]]\n", connecting="[[", advancing=PLANNING)

    assert {line.partition(":")[0] for line in refusal(tmp_path).splitlines()} == {"planning.toml", "connecting.toml"}


def test_tandems_own_prompts_are_right() -> None:
    assert {prompt.phase for prompt in load_prompts().all} <= set(Phase)
