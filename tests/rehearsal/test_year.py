"""What holds in every year, whoever acts and however: the promises that Tandem makes to the people it writes to."""

import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.content.designs import read_program
from bot.content.prompts import load_prompts
from bot.content.rosters import Roster, read_roster
from bot.content.shipped import shipped_program
from bot.content.words import load_words
from bot.domain.program import Program
from bot.rehearsal.behaviors import Behavior
from bot.rehearsal.output import as_jsonl
from bot.rehearsal.year import rehearse
from bot.usecases.compose_note import Composer

Message = dict[str, Any]
pytestmark = pytest.mark.slow

EVERY_BEHAVIOR = pytest.mark.parametrize("behavior", list(Behavior))

# Written by hand from the sample's design, not read from it.
FIRST_DAY, LAST_DAY = date(2017, 6, 1), date(2018, 4, 30)
PLANNING_BEGINS = date(2017, 5, 12)
YEARS_END = (date(2017, 12, 20), date(2018, 1, 2))
ASKED_LATER = date(2018, 7, 30)
THANKSGIVING = date(2017, 11, 23)


@cache
def files() -> tuple[Program, Roster]:
    program_file, roster_file = shipped_program("alcts-2017")
    program = read_program(program_file)
    return program, read_roster(roster_file, None, program)


@cache
def played(behavior: Behavior) -> tuple[list[Message], list[str]]:
    """Return what arrives, and what Tandem refused to do."""
    program, roster = files()
    with capture_logs() as logs:
        messages = rehearse(program, roster, behavior, Composer(load_words(), load_prompts()))
    refused = [str(entry) for entry in logs if entry["event"] == "deed_refused"]
    return [json.loads(line) for line in as_jsonl(messages)], refused


def year(behavior: Behavior) -> list[Message]:
    return played(behavior)[0]


@EVERY_BEHAVIOR
def test_nothing_that_somebody_does_is_refused(behavior: Behavior) -> None:
    assert played(behavior)[1] == []


def local(message: Message) -> datetime:
    return datetime.fromisoformat(message["local"])


def of_kind(messages: list[Message], kind: str) -> list[Message]:
    return [message for message in messages if kind in message["kinds"]]


@EVERY_BEHAVIOR
def test_nobody_hears_outside_of_their_own_speaking_hours(behavior: Behavior) -> None:
    _, roster = files()
    zones = {person.key: person.zone for person in roster.people}

    for message in year(behavior):
        at = datetime.fromisoformat(message["at"]).astimezone(zones[message["to"]])
        assert at == local(message)
        assert at.utcoffset() == local(message).utcoffset()
        assert at.weekday() < 5
        assert time(9) <= at.time() < time(17)


@EVERY_BEHAVIOR
def test_nobody_hears_before_the_first_day_after_the_last_or_on_a_quiet_one(behavior: Behavior) -> None:
    for message in year(behavior):
        day = local(message).date()
        if "follow_up" in message["kinds"]:  # of who has agreed to be asked once more
            assert day == ASKED_LATER
            continue
        assert PLANNING_BEGINS <= day <= LAST_DAY
        assert day >= FIRST_DAY or {*message["kinds"]} <= {"phase_prompt", "training"}
        assert not YEARS_END[0] <= day <= YEARS_END[1]
        assert day != THANKSGIVING


@EVERY_BEHAVIOR
def test_nobody_hears_twice_on_a_day_or_four_times_in_a_week(behavior: Behavior) -> None:
    days = Counter((message["to"], local(message).date()) for message in year(behavior))
    weeks = Counter((message["to"], local(message).date().isocalendar()[:2]) for message in year(behavior))

    assert max(days.values()) == 1
    assert max(weeks.values()) <= 3


@EVERY_BEHAVIOR
def test_nothing_is_said_twice(behavior: Behavior) -> None:
    slots = Counter(slot for message in year(behavior) for slot in message["slots"])

    assert max(slots.values()) == 1


@EVERY_BEHAVIOR
def test_everybody_is_thanked_on_the_last_day_and_that_is_the_last_word(behavior: Behavior) -> None:
    last = [message for message in year(behavior) if local(message).date() == LAST_DAY]

    assert all("farewell" in message["kinds"] for message in last)
    assert {"maya-okafor", "tom-lindqvist", "lena-brandt", "ada-whitfield"} <= {m["to"] for m in last}
    assert "charlie-munroe" not in {message["to"] for message in year(behavior)}


@EVERY_BEHAVIOR
def test_the_same_input_gives_the_same_output_byte_for_byte(behavior: Behavior) -> None:
    program, roster = files()
    again = [
        json.loads(line)
        for line in as_jsonl(rehearse(program, roster, behavior, Composer(load_words(), load_prompts())))
    ]

    assert again == year(behavior)


def test_in_guam_a_day_begins_fourteen_or_fifteen_hours_before_the_east_coast() -> None:
    heard = [local(m) for m in year(Behavior.SILENT) if m["to"] == "isa-taitague"]

    assert heard[0] == datetime.fromisoformat("2017-05-12T09:00:00+10:00")
    assert {moment.utcoffset() for moment in heard} == {timedelta(hours=10)}


@pytest.mark.parametrize(
    ("person", "summer", "winter"),
    [("maya-okafor", -5, -6), ("lena-brandt", -5, -6), ("niamh-obrien", -4, -5)],
)
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change(person: str, summer: int, winter: int) -> None:
    heard = [local(message) for message in year(Behavior.SILENT) if message["to"] == person]
    offsets = {moment.date(): moment.utcoffset() for moment in heard}

    for day, offset in offsets.items():
        expected = winter if date(2017, 11, 5) <= day < date(2018, 3, 11) else summer
        assert offset == timedelta(hours=expected), day
    assert {moment.time() for moment in heard} == {time(9)}


def test_a_silent_pair_is_reminded_twice_by_its_own_rhythm_and_never_again() -> None:
    _, roster = files()
    rhythms = {pair.key: pair.rhythm for pair in roster.pairs}
    reminders: dict[str, set[date]] = {}
    for message in of_kind(year(Behavior.SILENT), "checkin_reminder"):
        for slot in message["slots"]:
            if slot.startswith("checkin_reminder/"):
                reminders.setdefault(slot.split("/")[1], set()).add(local(message).date())

    assert set(reminders) == set(rhythms)
    for pair, days in reminders.items():
        rhythm = rhythms[pair] or files()[0].rhythm
        assert min(days) > rhythm.after(FIRST_DAY), pair
        per_person = Counter(
            slot
            for message in of_kind(year(Behavior.SILENT), "checkin_reminder")
            for slot in message["slots"]
            if f"checkin_reminder/{pair}/" in slot
        )
        assert len(per_person) == 4, pair  # two of them, two reminders


def test_who_meets_on_their_rhythm_is_never_reminded() -> None:
    assert of_kind(year(Behavior.HEALTHY), "checkin_reminder") == []


def test_the_first_move_is_the_mentor_s_then_the_mentee_s_then_the_liaison_s() -> None:
    ladder = [
        (local(message).date(), message["to"])
        for message in year(Behavior.SILENT)
        for slot in message["slots"]
        if slot.startswith("first_move/pair-01/")
    ]

    assert ladder == [
        (date(2017, 6, 1), "tom-lindqvist"),
        (date(2017, 6, 5), "maya-okafor"),  # the third day is a Sunday
        (date(2017, 6, 8), "lena-brandt"),
    ]


def test_a_healthy_pair_s_ladder_ends_with_its_first_meeting() -> None:
    ladder = {
        slot.split("/")[2] for m in year(Behavior.HEALTHY) for slot in m["slots"] if slot.startswith("first_move")
    }

    assert ladder == {"mentor"}


@EVERY_BEHAVIOR
def test_a_liaison_s_digest_comes_on_mondays_and_never_tells_of_their_own_pair(behavior: Behavior) -> None:
    digests = of_kind(year(behavior), "digest")

    assert {local(message).weekday() for message in digests} == {0}
    for message in digests:
        if message["to"] == "desmond-hale":
            assert "Desmond Hale and" not in message["text"]


def test_in_a_healthy_year_the_digest_is_short() -> None:
    for message in of_kind(year(Behavior.HEALTHY), "digest"):
        if message["to"] == "lena-brandt":
            assert "•" not in message["text"]


def test_the_partner_hears_once_of_each_meeting() -> None:
    told = Counter(
        slot.rsplit("/", 1)[0]
        for message in year(Behavior.HEALTHY)
        for slot in message["slots"]
        if slot.startswith("meeting_logged/pair-01/")
    )

    assert set(told.values()) == {1}
    assert len(told) >= 22


@EVERY_BEHAVIOR
def test_before_the_first_day_only_the_two_of_a_pair_hear_anything(behavior: Behavior) -> None:
    early = {message["to"] for message in year(behavior) if local(message).date() < FIRST_DAY}

    assert {"maya-okafor", "tom-lindqvist"} <= early
    assert not {"lena-brandt", "ada-whitfield", "charlie-munroe"} & early


@EVERY_BEHAVIOR
def test_ideas_come_about_once_a_month(behavior: Behavior) -> None:
    ideas = [local(m).date() for m in of_kind(year(behavior), "phase_prompt") if m["to"] == "maya-okafor"]

    assert 9 <= len(ideas) <= 12
    assert ideas[0] == PLANNING_BEGINS


@EVERY_BEHAVIOR
def test_whether_one_goes_to_a_meeting_is_asked_once_and_in_a_note_that_comes_anyway(behavior: Behavior) -> None:
    asked = [m for m in of_kind(year(behavior), "meet_there") if m["to"] == "maya-okafor" and asks(m)]

    assert [local(message).date() for message in asked] == [date(2017, 6, 15), date(2018, 1, 29)]
    assert all("phase_prompt" in message["kinds"] for message in asked)


def asks(message: Message) -> bool:
    return any(slot.startswith("meet_there/") and "/ask/" in slot for slot in message["slots"])


def test_in_a_healthy_year_who_has_one_pair_and_meets_twice_a_month_hears_fewer_than_forty_notes() -> None:
    _, roster = files()
    pairs = Counter(key for pair in roster.pairs for key in (pair.mentor, pair.mentee))
    weekly = {key for pair in roster.pairs if str(pair.rhythm) == "every week" for key in (pair.mentor, pair.mentee)}
    notes = Counter(message["to"] for message in year(Behavior.HEALTHY) if message["roles"] in (["mentor"], ["mentee"]))
    counted = {key: number for key, number in notes.items() if pairs[key] == 1 and key not in weekly}

    assert len(counted) >= 70
    assert max(counted.values()) < 40


def test_one_pair_of_all_takes_a_break_and_its_partner_alone_is_told() -> None:
    told = [m["to"] for m in year(Behavior.MIXED) if "pause" in m["kinds"]]

    assert len(told) == 1


def test_who_ends_a_pair_without_blame_is_heard_by_the_partner_and_the_liaison_and_may_ask_for_another() -> None:
    ending = {m["to"] for m in of_kind(year(Behavior.MIXED), "ending")}
    rematch = list(of_kind(year(Behavior.MIXED), "rematch"))
    mentees = {pair.mentee for pair in files()[1].pairs}

    assert len(ending) >= 4  # two pairs end: a partner and a liaison of each
    assert {"ada-whitfield", "ruben-oyelaran"} <= {message["to"] for message in rematch}
    assert not mentees & {message["to"] for message in rematch}


def test_a_healthy_pair_has_its_agreement_and_its_goals_before_it_would_be_reminded() -> None:
    reminded = [m for kind in ("agreement", "goals") for m in of_kind(year(Behavior.HEALTHY), kind)]

    assert reminded == []
    assert of_kind(year(Behavior.HEALTHY), "agreement_news") != []
