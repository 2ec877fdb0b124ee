"""A file of people and channels: read, or refused with every mistake at once, and what would be right."""

from pathlib import Path

import pytest

import bot.playground
from bot.playground import Member, Room
from bot.playground.people_file import INVENTED, INVENTED_ROOMS, PeopleRefused, read_people
from bot.playground.workspace.accounts import mistakes_in_member, mistakes_in_room

GOOD = """\
[[people]]
name = "maya"
real_name = "Maya Okafor"
tz = "Europe/Berlin"
email = "maya@example.org"
dnd = "22:00-07:00"
is_admin = true

[[people]]
id = "U0GUEST"
name = "gus"
real_name = "Gus Visitor"
is_ultra_restricted = true

[[channels]]
name = "general"
topic = "For everybody"
members = ["maya", "U0GUEST"]

[[channels]]
name = "quiet"
is_private = true
with_app = false
members = ["maya"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "people.toml"
    path.write_text(text, encoding="utf8")
    return path


def mistakes(folder: Path, text: str) -> list[str]:
    path = written(folder, text)
    with pytest.raises(PeopleRefused) as caught:
        read_people(path)
    return [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()]


def test_people_and_channels_are_read(tmp_path: Path) -> None:
    cast = read_people(written(tmp_path, GOOD))

    assert cast.members == [
        Member(
            "UMAYA",
            "maya",
            "Maya Okafor",
            tz="Europe/Berlin",
            email="maya@example.org",
            dnd="22:00-07:00",
            is_admin=True,
        ),
        Member("U0GUEST", "gus", "Gus Visitor", is_restricted=True, is_ultra_restricted=True),
    ]
    assert cast.rooms == [
        Room("CGENERAL", "general", ("UMAYA", "U0GUEST"), topic="For everybody", with_app=True),
        Room("CQUIET", "quiet", ("UMAYA",), is_private=True, with_app=False),
    ]


def test_the_example_in_the_readme_can_be_used(tmp_path: Path) -> None:
    readme = Path(bot.playground.__file__).parent / "README.md"
    example = readme.read_text(encoding="utf8").partition("```toml\n")[2].partition("```")[0]

    cast = read_people(written(tmp_path, example))

    assert [member.id for member in cast.members] == ["UMAYA"]
    assert cast.rooms == [Room("CGENERAL", "general", ("UMAYA",), with_app=True)]


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    text = """\
[[people]]
name = "maya"
real_name = "Maya Okafor"
tz = "Europe/Atlantis"
nick = "m"

[[people]]
name = "Maya O"
deleted = "yes"

[[people]]
name = "maya"
real_name = "Another Maya"

[[channels]]
name = "general"
members = ["maya", "tom"]
"""

    assert mistakes(tmp_path, text) == [
        "person 1 (maya): `nick` is not known here: there are id, name, real_name, tz, email, title, deleted, is_bot, "
        "is_admin, is_restricted, is_ultra_restricted, locale, team, dnd.",
        'person 1 (maya): `tz` = "Europe/Atlantis" is no time zone: write for example "America/Chicago" or '
        '"Europe/Berlin".',
        "person 2 (Maya O): `real_name` is missing.",
        "person 2 (Maya O): `deleted` is true or false.",
        'person 2 (Maya O): `name` = "Maya O" is no handle: small letters, digits, dots and dashes, such as "maya".',
        "person 3 (maya): person 1 has the same name.",
        "person 3 (maya): person 1 has the same id.",
        "channel 1 (general): `members` names 'tom', and nobody here is called that: give the name or the id of a "
        "person.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[people]]\nname = maya\n", "it is no TOML: Invalid value (at line 2"),
        ("", "nobody is in it: write [[people]] with a name and a real_name."),
        ("people = 3\n", "`people` is a list of tables: write [[people]] above each."),
        ("[people]\nname = 'maya'\n", "`people` is a list of tables: write [[people]] above each."),
        (
            GOOD.replace("[[channels]]", "[[rooms]]"),
            "`rooms` is not known here: there are [[people]] and [[channels]].",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, words: str) -> None:
    assert mistakes(tmp_path, text)[0].startswith(words)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeopleRefused, match="cannot be read"):
        read_people(tmp_path / "nobody.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PeopleRefused, match="no text in UTF-8"):
        read_people(tmp_path / "bytes.toml")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("id", "maya", "is no user id"),
        ("email", "maya at home", "is no address"),
        ("dnd", "at night", "are no hours"),
        ("dnd", "25:00-07:00", "are no hours"),
        ("tz", "../../etc/passwd", "is no time zone"),
        ("is_admin", 1, "is true or false"),
    ],
)
def test_a_wrong_value_is_told_with_what_would_be_right(key: str, value: object, words: str) -> None:
    [sentence] = mistakes_in_member({"name": "maya", "real_name": "Maya", key: value})

    assert words in sentence


def test_a_channel_needs_a_name_and_an_id_of_its_kind() -> None:
    assert list(mistakes_in_room({"id": "general"}, ())) == [
        "`name` is missing",
        '`id` is no channel id: write C and capital letters or digits, such as "C0GENERAL"',
    ]


def test_the_invented_people_are_a_fitting_example() -> None:
    ids = {member.id for member in INVENTED}

    assert len(ids) == len(INVENTED) == 6
    assert all(ids.issuperset(room.members) for room in INVENTED_ROOMS)
