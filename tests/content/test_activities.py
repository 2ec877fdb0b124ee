"""Activities: Tandem's own, a coordinator's own, and what is wrong with a file."""

from pathlib import Path

import pytest

from bot.content.activities import Activity, load_activities, read_activities
from bot.content.own_content import load_content
from bot.content.problems import FilesRefused

ONE = '[[activity]]\nkey = "walk"\ntitle = "Walk"\ntext = "Go for a walk with {partner}."\n'


def refusal(text: str) -> str:
    with pytest.raises(FilesRefused) as refused:
        read_activities(text, "activities.toml")
    return str(refused.value)


def test_there_are_twelve_at_least_and_none_twice() -> None:
    own = load_activities()

    assert len(own) >= 12
    assert len({activity.key for activity in own}) == len({activity.title for activity in own}) == len(own)


@pytest.mark.parametrize("activity", load_activities(), ids=lambda activity: activity.key)
def test_an_activity_is_short_and_names_the_partner(activity: Activity) -> None:
    assert len(activity.title) <= 30
    assert 80 <= len(activity.text) <= 300
    assert activity.text == " ".join(activity.text.split())
    assert "{partner}" in activity.text


def test_a_file_is_read_in_its_order() -> None:
    assert read_activities(ONE + ONE.replace("walk", "talk"), "activities.toml") == (
        Activity("walk", "Walk", "Go for a walk with {partner}."),
        Activity("talk", "Walk", "Go for a talk with {partner}."),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "activities.toml:1:1: There is no activity yet: each begins with [[activity]]."),
        (
            ONE.replace("{partner}", "{partnr}"),
            'activities.toml:4:8: There is no {partnr} – did you mean "partner"?',
        ),
        (ONE.replace("title", "tite"), 'activities.toml:3:1: An activity has no "tite" – did you mean "title"?'),
        (ONE + ONE, 'activities.toml:6:7: The key "walk" is taken by another activity.'),
        (
            ONE.replace('"Walk"', f'"{61 * "x"}"'),
            "activities.toml:3:9: The title has 61 characters; 60 is the most.",
        ),
        (
            ONE + "[other]\n",
            'activities.toml:5:1: "other" is nothing that this file has: write [[activity]].',
        ),
    ],
)
def test_a_mistake_is_told_with_file_place_and_reason(text: str, sentence: str) -> None:
    assert sentence in refusal(text).splitlines()


# -- a folder of one's own ---------------------------------------------------------------------------------------------


def test_what_a_folder_does_not_have_is_tandems_own(tmp_path: Path) -> None:
    (tmp_path / "activities.toml").write_text(ONE)

    content = load_content(tmp_path)

    assert [activity.key for activity in content.activities] == ["walk"]
    assert content.prompts == load_content().prompts


def test_one_phase_of_ones_own_takes_the_place_of_tandems(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "planning.toml").write_text('[[pair]]\nkey = "hello"\ntext = "Say hello to {partner}."\n')

    content = load_content(tmp_path)

    assert [prompt.key for prompt in content.prompts.all if prompt.phase == "planning"] == ["hello"]
    assert {prompt.phase for prompt in content.prompts.all} == {
        "planning",
        "connecting",
        "advancing",
        "transitioning",
    }
    assert content.activities == load_activities()


def test_the_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "planing.toml").write_text("")
    (tmp_path / "activities.toml").write_text("[[activity]]\n")

    with pytest.raises(FilesRefused) as refused:
        load_content(tmp_path)

    assert {line.partition(":")[0] for line in str(refused.value).splitlines()} == {
        "prompts/planing.toml",
        "activities.toml",
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("planning.toml", "planning.toml:1:1: This would not be read: it belongs to prompts/planning.toml."),
        (
            "prompts/advancing.toml.txt",
            "prompts/advancing.toml.txt:1:1: This would not be read: it belongs to prompts/advancing.toml.",
        ),
        (
            "prompts/activities.txt",
            "prompts/activities.txt:1:1: This would not be read: it belongs to activities.toml, beside the folder "
            "prompts.",
        ),
    ],
)
def test_what_would_not_be_read_is_told_where_it_belongs(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "README.md").write_text("Ours.")
    (tmp_path / name).write_text("")

    with pytest.raises(FilesRefused) as refused:
        load_content(tmp_path)

    assert str(refused.value) == told


def test_a_folder_without_any_of_them_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FilesRefused, match=r"neither a prompts/<phase>\.toml nor an activities\.toml"):
        load_content(tmp_path / "nowhere")


def test_a_folder_with_nothing_in_its_prompts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()

    with pytest.raises(FilesRefused, match=r"neither a prompts/<phase>\.toml nor an activities\.toml"):
        load_content(tmp_path)
