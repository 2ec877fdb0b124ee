"""When something may come next."""

from datetime import date

from bot.domain.coming import next_day
from bot.domain.nudges import Entry, Rule, Slot
from bot.domain.people import Person
from tests.domain.cast import MAYA, TOM

TODAY = date(2017, 6, 16)


def entry(person: Person, first: date, *, rule: str = Rule.CHECKIN_REMINDER, pair_id: str | None = "pair1") -> Entry:
    return Entry(Slot(rule, "x", str(first), person.key), person, first, date(2018, 4, 30), pair_id=pair_id)


TIMETABLE = [
    entry(MAYA, date(2017, 6, 10)),
    entry(MAYA, TODAY),
    entry(MAYA, date(2017, 7, 8)),
    entry(MAYA, date(2017, 7, 1)),
    entry(MAYA, date(2017, 6, 20), pair_id="pair2"),
    entry(TOM, date(2017, 6, 17)),
    entry(MAYA, date(2017, 6, 18), rule=Rule.TRAINING, pair_id=None),
]


def test_it_is_the_first_day_after_today_of_that_rule_person_and_pair() -> None:
    assert next_day(TIMETABLE, Rule.CHECKIN_REMINDER, MAYA.id, TODAY, pair_id="pair1") == date(2017, 7, 1)


def test_without_a_pair_all_of_the_persons_count() -> None:
    assert next_day(TIMETABLE, Rule.CHECKIN_REMINDER, MAYA.id, TODAY) == date(2017, 6, 20)


def test_where_nothing_is_to_come_there_is_no_day() -> None:
    assert next_day(TIMETABLE, Rule.DIGEST, MAYA.id, TODAY) is None
    assert next_day(TIMETABLE, Rule.CHECKIN_REMINDER, MAYA.id, date(2017, 7, 8)) is None
