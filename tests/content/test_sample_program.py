"""The sample program is what its description says, read here with nothing but the standard library."""

import csv
import re
import tomllib
import unicodedata
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest

import bot.content

FOLDER = Path(bot.content.__file__).parent / "programs" / "alcts-2017"
FIRST_DAY, LAST_DAY = date(2017, 6, 1), date(2018, 4, 30)
PHASES = ["planning", "connecting", "advancing", "transitioning"]
PERSON_COLUMNS = ["name", "slack", "email", "zone", "roles"]
PAIR_COLUMNS = ["mentor", "mentee", "liaison", "rhythm", "starts", "ends"]
COLUMNS = ["kind", "key", *PERSON_COLUMNS, *PAIR_COLUMNS]
REGIONS = {
    "America/New_York": "Eastern",
    "America/Detroit": "Eastern",
    "America/Indiana/Indianapolis": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Boise": "Mountain",
    "America/Los_Angeles": "Pacific",
    "America/Phoenix": "Arizona",
    "Pacific/Honolulu": "Hawaii",
    "Pacific/Guam": "Guam",
}

Line = dict[str, str]


@pytest.fixture(scope="module")
def program() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "program.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def roster() -> list[Line]:
    with (FOLDER / "roster.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def people(roster: list[Line]) -> dict[str, Line]:
    return {line["key"]: line for line in roster if line["kind"] == "person"}


@pytest.fixture(scope="module")
def pairs(roster: list[Line]) -> list[Line]:
    return [line for line in roster if line["kind"] == "pair"]


def having(role: str, people: dict[str, Line]) -> set[str]:
    return {key for key, person in people.items() if role in person["roles"].split()}


def name_where(people: dict[str, Line], *script_or_signs: str) -> list[str]:
    """Return the names with a character whose Unicode name has one of these words in it."""
    return [
        person["name"]
        for person in people.values()
        if any(word in unicodedata.name(char, "") for char in person["name"] for word in script_or_signs)
    ]


# -- the program ----------------------------------------------------------------------------------------------------


def test_the_program_runs_from_the_first_of_june_to_the_last_of_april(program: dict[str, Any]) -> None:
    assert program["key"] == "alcts-2017"
    assert program["name"] == "ALCTS Mentoring Program 2017–18"
    assert program["zone"] == "America/Chicago"
    assert (program["first_day"], program["last_day"]) == (FIRST_DAY, LAST_DAY)


def test_the_keys_of_the_program_stand_in_the_order_in_which_one_reads_them(program: dict[str, Any]) -> None:
    expected = (
        "key name zone first_day last_day goals areas interests phases hours quiet meetings pairs key_dates trainings"
    )
    assert list(program) == [*expected.split(), "resources"]


def test_the_five_goals_the_five_areas_and_the_eight_interests_are_there(program: dict[str, Any]) -> None:
    assert len(set(program["goals"])) == 5
    assert program["areas"] == [
        "Acquisitions",
        "Cataloging and metadata",
        "Collection management",
        "Continuing resources",
        "Preservation and reformatting",
    ]
    assert len(set(program["interests"])) == 8


def test_the_phases_follow_each_other_without_a_gap_from_the_pairings_to_the_last_day(program: dict[str, Any]) -> None:
    windows = program["phases"]

    assert windows == {
        "planning": {"from": date(2017, 5, 12), "to": date(2017, 6, 14)},
        "connecting": {"from": date(2017, 6, 15), "to": date(2017, 8, 31)},
        "advancing": {"from": date(2017, 9, 1), "to": date(2018, 2, 28)},
        "transitioning": {"from": date(2018, 3, 1), "to": date(2018, 4, 30)},
    }
    assert list(windows) == PHASES
    for before, after in pairwise(PHASES):
        assert windows[after]["from"] - windows[before]["to"] == timedelta(days=1)


def test_people_are_spoken_to_in_office_hours(program: dict[str, Any]) -> None:
    assert program["hours"] == {"start": time(9), "end": time(17), "days": ["mon", "tue", "wed", "thu", "fri"]}


def test_the_quiet_days_are_holidays_within_the_program(program: dict[str, Any]) -> None:
    spans = {quiet["name"]: (quiet["from"], quiet["to"]) for quiet in program["quiet"]}

    assert spans == {
        "Independence Day": (date(2017, 7, 4), date(2017, 7, 4)),
        "Labor Day": (date(2017, 9, 4), date(2017, 9, 4)),
        "Veterans Day": (date(2017, 11, 10), date(2017, 11, 10)),
        "Thanksgiving": (date(2017, 11, 23), date(2017, 11, 24)),
        "End of the year": (date(2017, 12, 20), date(2018, 1, 2)),
        "Martin Luther King Jr. Day": (date(2018, 1, 15), date(2018, 1, 15)),
        "Presidents’ Day": (date(2018, 2, 19), date(2018, 2, 19)),
    }


def test_the_first_and_the_last_day_are_not_quiet_and_the_program_speaks_on_both(program: dict[str, Any]) -> None:
    for day in (FIRST_DAY, LAST_DAY):
        assert day.weekday() < 5
        assert not any(quiet["from"] <= day <= quiet["to"] for quiet in program["quiet"])


def test_a_pair_that_has_agreed_nothing_meets_every_two_weeks(program: dict[str, Any]) -> None:
    assert program["meetings"] == {"rhythm": "every 2 weeks", "minimum": 2, "minimum_unit": "hours a month"}


def test_the_key_dates_are_the_real_ones_and_our_own(program: dict[str, Any]) -> None:
    spans = {item["key"]: (item["from"], item["to"]) for item in program["key_dates"]}

    assert spans == {
        "annual": (date(2017, 6, 22), date(2017, 6, 27)),
        "agreement-and-goals": (date(2017, 6, 30), date(2017, 6, 30)),
        "midpoint": (date(2017, 11, 14), date(2017, 11, 14)),
        "midwinter": (date(2018, 2, 9), date(2018, 2, 13)),
        "transition": (date(2018, 3, 1), date(2018, 3, 1)),
        "closing-forms": (date(2018, 4, 15), date(2018, 4, 15)),
        "end": (date(2018, 4, 30), date(2018, 4, 30)),
    }
    assert all(item["name"] for item in program["key_dates"])


def test_the_midpoint_has_as_many_days_before_as_after(program: dict[str, Any]) -> None:
    midpoint = next(item["from"] for item in program["key_dates"] if item["key"] == "midpoint")

    assert abs((midpoint - FIRST_DAY) - (LAST_DAY - midpoint)) <= timedelta(days=1)


def test_three_trainings_are_for_both_sides_and_can_be_watched_later(program: dict[str, Any]) -> None:
    sessions = {training["key"]: training["sessions"] for training in program["trainings"]}

    assert sessions == {
        "orientation": [datetime(2017, 5, 23, 12), datetime(2017, 5, 24, 17), datetime(2017, 5, 25, 15)],  # noqa: DTZ001
        "midpoint-clinic": [datetime(2017, 11, 14, 12), datetime(2017, 11, 15, 17)],  # noqa: DTZ001
        "ending-well": [datetime(2018, 3, 6, 12), datetime(2018, 3, 7, 17)],  # noqa: DTZ001
    }
    for training in program["trainings"]:
        assert training["audience"] == ["mentor", "mentee"]
        assert training["minutes"] in (45, 60)
        assert training["recording"].startswith("https://example.org/")


def test_each_phase_has_two_or_three_resources(program: dict[str, Any]) -> None:
    counts = Counter(resource["phase"] for resource in program["resources"])

    assert list(counts) == PHASES
    assert set(counts.values()) <= {2, 3}


def test_every_link_leads_to_example_org_and_no_two_to_the_same_place() -> None:
    links = re.findall(r'"(https?:[^"]*)"', (FOLDER / "program.toml").read_text(encoding="utf-8"))

    assert len(links) == 3 * 2 + 11
    assert len(links) == len(set(links))
    assert all(link.startswith("https://example.org/") for link in links)


# -- the people -----------------------------------------------------------------------------------------------------


def test_the_roster_has_people_and_pairs_under_one_header(roster: list[Line]) -> None:
    assert list(roster[0]) == COLUMNS
    assert Counter(line["kind"] for line in roster) == {"person": 90, "pair": 41}
    assert len({line["key"] for line in roster}) == 131


def test_a_line_fills_only_the_columns_of_its_kind(people: dict[str, Line], pairs: list[Line]) -> None:
    for person in people.values():
        assert not any(person[column] for column in PAIR_COLUMNS)
        assert all(person[column] for column in ("key", "name", "email", "zone", "roles"))
    for pair in pairs:
        assert not any(pair[column] for column in PERSON_COLUMNS)
        assert all(pair[column] for column in ("key", "mentor", "mentee", "liaison"))


def test_forty_one_pairs_have_eighty_two_seats_and_seventy_nine_people(pairs: list[Line]) -> None:
    mentors, mentees = [pair["mentor"] for pair in pairs], [pair["mentee"] for pair in pairs]

    assert [pair["key"] for pair in pairs] == [f"pair-{number:02}" for number in range(1, 42)]
    assert len(set(mentors)) == len(set(mentees)) == 41
    assert set(mentors) & set(mentees) == {"imani-castellanos", "felix-oduya", "hye-jin-lowell"}
    assert len({*mentors, *mentees}) == 79
    assert all(pair["mentor"] != pair["mentee"] for pair in pairs)


def test_roles_and_seats_agree(people: dict[str, Line], pairs: list[Line]) -> None:
    assert having("mentor", people) == {pair["mentor"] for pair in pairs}
    assert having("mentee", people) == {pair["mentee"] for pair in pairs}
    assert having("liaison", people) == {pair["liaison"] for pair in pairs}


def test_six_liaisons_share_the_pairs(pairs: list[Line]) -> None:
    assert Counter(pair["liaison"] for pair in pairs) == {
        "lena-brandt": 7,
        "desmond-hale": 7,
        "priya-raghunath": 7,
        "mateo-villasenor": 7,
        "hannah-birnbaum": 7,
        "noor-el-amin": 6,
    }


def test_the_one_liaison_who_is_also_a_mentor_does_not_follow_his_own_pair(
    people: dict[str, Line], pairs: list[Line]
) -> None:
    own = [pair for pair in pairs if pair["mentor"] == "desmond-hale"]

    assert having("liaison", people) & (having("mentor", people) | having("mentee", people)) == {"desmond-hale"}
    assert [pair["liaison"] for pair in own] == ["priya-raghunath"]


def test_two_coordinate_and_four_read_along_and_do_nothing_else(people: dict[str, Line]) -> None:
    assert having("coordinator", people) == {"ada-whitfield", "ruben-oyelaran"}
    assert having("reader", people) == {"charlie-munroe", "beatrix-shaw", "samir-qadri", "joan-redwater"}
    for key in having("coordinator", people) | having("reader", people):
        assert len(people[key]["roles"].split()) == 1


def test_roles_are_words_that_tandem_knows(people: dict[str, Line]) -> None:
    known = {"mentor", "mentee", "liaison", "coordinator", "reader"}
    assert {role for person in people.values() for role in person["roles"].split()} == known


def test_maya_and_tom_are_the_first_pair_and_lena_follows_them(people: dict[str, Line], pairs: list[Line]) -> None:
    assert pairs[0] == dict.fromkeys(COLUMNS, "") | {
        "kind": "pair",
        "key": "pair-01",
        "mentor": "tom-lindqvist",
        "mentee": "maya-okafor",
        "liaison": "lena-brandt",
        "rhythm": "every 2 weeks",
    }
    for key, name in (
        ("maya-okafor", "Maya Okafor"),
        ("tom-lindqvist", "Tom Lindqvist"),
        ("lena-brandt", "Lena Brandt"),
        ("ada-whitfield", "Ada Whitfield"),
    ):
        assert (people[key]["name"], people[key]["zone"]) == (name, "America/Chicago")
    assert people["maya-okafor"]["slack"] == "U17MAYAOKAFO"


def test_everybody_has_an_address_of_their_own_at_example_org(people: dict[str, Line]) -> None:
    addresses = [person["email"] for person in people.values()]

    assert len(set(addresses)) == 90
    assert all(re.fullmatch(r"[a-z.]+@example\.org", address) for address in addresses)


def test_slack_ids_look_like_slack_ids_and_five_people_have_none(people: dict[str, Line]) -> None:
    ids = [person["slack"] for person in people.values() if person["slack"]]

    assert len(ids) == len(set(ids)) == 85
    assert all(re.fullmatch(r"[UW][A-Z0-9]{8,}", slack_id) for slack_id in ids)
    assert {slack_id[0] for slack_id in ids} == {"U", "W"}


def test_keys_are_written_in_small_letters(roster: list[Line]) -> None:
    assert all(re.fullmatch(r"[a-z0-9-]{1,60}", line["key"]) for line in roster)


# -- zones and rhythms ----------------------------------------------------------------------------------------------


def test_the_pairs_live_in_the_zones_of_the_specification(people: dict[str, Line], pairs: list[Line]) -> None:
    def where(pair: Line) -> str:
        regions = {REGIONS[people[pair[side]]["zone"]] for side in ("mentor", "mentee")}
        if len(regions) == 1:
            return regions.pop()
        return "Guam with Eastern" if regions == {"Guam", "Eastern"} else "across zones"

    assert Counter(where(pair) for pair in pairs) == {
        "Eastern": 14,
        "Central": 10,
        "Mountain": 4,
        "Pacific": 6,
        "across zones": 6,
        "Guam with Eastern": 1,
    }


def test_zones_are_real_and_arizona_and_hawaii_are_among_them(people: dict[str, Line]) -> None:
    zones = {person["zone"] for person in people.values()}

    assert zones <= available_timezones()
    assert {"America/Phoenix", "Pacific/Honolulu", "Pacific/Guam"} <= zones


def test_the_rhythms_have_the_weights_of_the_specification(pairs: list[Line]) -> None:
    assert Counter(pair["rhythm"] for pair in pairs) == {
        "weekly": 1,
        "every 2 weeks": 13,
        "": 4,  # unknown: the program's own, every 2 weeks as well
        "every 3 weeks": 6,
        "monthly": 15,
        "every 2 months": 2,
    }


def test_all_pairs_run_for_the_whole_program(pairs: list[Line]) -> None:
    assert all(pair["starts"] == pair["ends"] == "" for pair in pairs)


# -- awkward names --------------------------------------------------------------------------------------------------


def test_some_names_are_awkward_on_purpose(people: dict[str, Line]) -> None:
    names = {person["name"] for person in people.values()}

    assert {"Niamh O’Brien", "Siobhan O'Leary", "Jasmine Whitaker-Cho", "Suryani"} <= names
    assert {"Jordan Reyes (Metadata & More)", "@here Hobbs", "Marisol Vega 🌻"} <= names
    assert max(len(name) for name in names) == 97
    assert name_where(people, "CYRILLIC") == ["Юлия Соколова"]
    assert name_where(people, "CJK") == ["王秀英"]
    assert name_where(people, "HANGUL") == ["김하늘"]
    assert name_where(people, "ARABIC", "HEBREW") == ["ليلى حداد", "נועה ברק"]
    assert len(name_where(people, " WITH ")) >= 6


def test_a_name_has_one_line_no_hidden_character_and_only_one_bearer(people: dict[str, Line]) -> None:
    names = [person["name"] for person in people.values()]

    assert len(names) == len(set(names))
    assert all(name == name.strip() and name.isprintable() for name in names)
    assert all(name == unicodedata.normalize("NFC", name) for name in names)


def test_first_names_are_told_apart(people: dict[str, Line]) -> None:
    first_names = Counter(person["name"].split()[0] for person in people.values())
    assert max(first_names.values()) == 1
