"""What is said of a meeting that is planned: golden notes, and to nobody else a word of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.appointments import Appointment, Promise
from bot.domain.nudges import Rule
from bot.domain.people import Pair
from bot.usecases.wording import Background
from bot.usecases.wording.appointments import promise_lines
from tests.domain.cast import LENA, MAYA, PAIR, TOM, mentee, met
from tests.usecases.test_compose_note import COMPOSER, NOW, composed, golden, nudge

STARTS = datetime(2017, 6, 27, 20, tzinfo=UTC)  # Tuesday, 3 pm in Chicago
PLANNED = Appointment("q", STARTS, 45, TOM.id, NOW, "https://meet.example/tom", sequence=1, id="a1")
PAIR_PLANNED = replace(PAIR, appointment=PLANNED)
PROMISES = (
    Promise("q", "Read two essays", MAYA.id, MAYA.id, NOW, date(2017, 6, 26), id="s1"),
    Promise("q", "Send the list", TOM.id, MAYA.id, NOW, id="s2"),
    Promise("q", "Long done", TOM.id, TOM.id, NOW, done_at=NOW, id="s3"),
)
NEWS = {
    "appointment": "a1",
    "sequence": "1",
    "known": "2017-06-26T20:00:00+00:00",
    "known_minutes": "45",
    "known_where": "",
}


def test_the_day_before() -> None:
    background = Background(promises={"q": PROMISES})
    note = COMPOSER.compose(
        "note-1", mentee(PAIR_PLANNED), [nudge(Rule.APPOINTMENT, pair=PAIR_PLANNED)], background, NOW
    )

    assert note is not None
    golden("appointment_tomorrow", note)


def test_days_before() -> None:
    later = replace(PAIR, appointment=replace(PLANNED, starts=datetime(2017, 6, 29, 20, tzinfo=UTC), place=""))

    golden("appointment_ahead", composed(mentee(later), nudge(Rule.APPOINTMENT, pair=later)))


@pytest.mark.parametrize("news", ["planned", "moved", "changed", "off"])
def test_what_the_partner_did(news: str) -> None:
    pair: Pair = PAIR if news == "off" else PAIR_PLANNED
    facts = NEWS | {"news": news} | ({"known": ""} if news == "planned" else {})

    told = replace(nudge(Rule.APPOINTMENT_SET, "a1/1", pair), facts=facts)
    golden(f"appointment_set_{news}", composed(mentee(pair), told))


@pytest.mark.parametrize(("name", "given"), [("one", PROMISES[:1]), ("many", PROMISES[:2])])
def test_what_the_partner_gave_to_do(name: str, given: tuple[Promise, ...]) -> None:
    theirs = tuple(replace(one, owner_id=MAYA.id, set_by=TOM.id) for one in given)
    told = [nudge(Rule.NEXT_STEP, f"{one.id}/{one.mark}", promise=one.id, mark=one.mark) for one in theirs]
    note = COMPOSER.compose("note-1", mentee(PAIR), told, Background(promises={"q": theirs}), NOW)

    assert note is not None
    golden(f"next_step_{name}", note)


def test_after_a_planned_day_without_a_meeting_the_reminder_asks_after_it() -> None:
    pair = met(PAIR_PLANNED, date(2017, 5, 25))
    passed = replace(pair, appointment=replace(PLANNED, starts=datetime(2017, 6, 10, 20, tzinfo=UTC)))

    golden(
        "checkin_reminder_planned", composed(mentee(passed), nudge(Rule.CHECKIN_REMINDER, pair=passed, step="first"))
    )


def test_promises_are_said_by_their_days_and_not_when_they_are_done() -> None:
    assert promise_lines(COMPOSER.words, PAIR, MAYA, PROMISES) == [
        "• You: Read two essays (by June 26)",
        "• Tom: Send the list",
    ]


def test_a_promise_of_another_pair_is_not_said() -> None:
    background = Background(promises={"q": (replace(PROMISES[0], pair_id="other"),)})
    note = COMPOSER.compose(
        "note-1", mentee(PAIR_PLANNED), [nudge(Rule.APPOINTMENT, pair=PAIR_PLANNED)], background, NOW
    )

    assert note is not None
    assert "Read two essays" not in note.text
    assert LENA.name not in note.text
