"""Taking a break and coming back: `/mentoring pause`, its form, its buttons, and what reaches whom meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.days import Span
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

REASON = "my knee operation"
FRIDAY = date(2017, 6, 16)
MONDAY_WEEK = datetime(2017, 6, 26, 20, tzinfo=UTC)
OCTOBER = datetime(2017, 10, 16, 20, tzinfo=UTC)
ANSWER = (
    "You are taking a break until Sunday, October 15, that day included. Nothing will be sent to you, and no clock of "
    "yours runs: nobody is late when you come back.\nTom will be told that date, and nothing else."
)


async def pauses(records: Lookup, key: str) -> tuple[Span, ...]:
    return (await records.person(key)).pauses


def heard(desk: Desk) -> str:
    """All that the person was written, as a screen reader reads it."""
    return "\n".join(message["text"] for message in desk.messages)


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("pause until 15 October", date(2017, 10, 15)),
        ("pause 2017-10-15", date(2017, 10, 15)),
        ("pause until in 2 weeks", date(2017, 6, 30)),
        ("pause for 2 weeks", date(2017, 6, 30)),
        ("PAUSE until next Friday", date(2017, 6, 23)),
        ("pause today", FRIDAY),
        ("pause until tomorrow", date(2017, 6, 17)),
        ("pause until 30 April", date(2018, 4, 30)),
    ],
)
async def test_a_break_typed_in_a_few_words_begins_at_once(maya: Desk, records: Lookup, typed: str, last: date) -> None:
    await maya.types(f"/mentoring {typed}")

    assert await pauses(records, "maya") == (Span(FRIDAY, last),)
    assert maya.form is None


async def test_the_answer_says_what_holds_and_has_the_way_back(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring pause until 15 October")

    assert ANSWER in maya.reading
    assert maya.buttons() == ["Resume now", "Status"]

    await maya.clicks("Resume now")

    assert await pauses(records, "maya") == ()
    assert maya.reading.startswith("Welcome back. Reminders go on from here")
    assert "Resume now" not in maya.sees()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("pause until yesterday", "This day is past. Choose today or a later day."),
        ("pause until 2018-05-01", "This is after the last day, Monday, April 30."),
        ("pause until someday", "“someday” cannot be read as a day, so nothing was changed."),
        ("pause until 10/15", "“10/15” cannot be read as a day"),
        (f"pause until 15 October because of {REASON}", "cannot be read as a day, so nothing was changed."),
    ],
)
async def test_a_day_that_cannot_be_is_refused_kindly(maya: Desk, records: Lookup, typed: str, said: str) -> None:
    await maya.types(f"/mentoring {typed}")

    assert said in maya.reading
    assert await pauses(records, "maya") == ()


async def test_alone_it_opens_a_form_that_says_what_will_happen(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring pause")

    assert "Until the end of that day nothing is sent to you, and no clock of yours runs" in maya.sees()
    assert "Tom is told the date, and nothing else. Nobody asks why." in maya.sees()
    assert maya.fields() == ["Until, that day included"]

    assert await maya.submits(until=date(2017, 10, 15)) == {}

    assert await pauses(records, "maya") == (Span(FRIDAY, date(2017, 10, 15)),)
    assert ANSWER in maya.reading


async def test_the_form_suggests_two_weeks(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring pause")

    assert await maya.submits() == {}

    assert await pauses(records, "maya") == (Span(FRIDAY, date(2017, 6, 30)),)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2017, 6, 15), "This day is past. Choose today or a later day."),
        (date(2018, 5, 1), "This is after the last day, Monday, April 30. Choose that day or an earlier one."),
    ],
)
async def test_a_day_that_cannot_be_is_an_error_at_the_field(maya: Desk, records: Lookup, day: date, said: str) -> None:
    await maya.types("/mentoring pause")

    errors = await maya.submits(until=day)

    assert errors == {"until": said}
    assert await pauses(records, "maya") == ()
    assert maya.form is not None


async def test_sending_the_form_twice_is_one_break_and_tells_the_partner_once(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring pause")
    await maya.submits(until=date(2017, 6, 30))
    await maya.submits_again()
    await stage.after_the_sitting()

    assert await pauses(records, "maya") == (Span(FRIDAY, date(2017, 6, 30)),)
    assert heard(tom).count("Maya is taking a break") == 1


async def test_the_button_of_the_status_opens_the_same_form(maya: Desk) -> None:
    await maya.types("/mentoring")

    await maya.clicks("Take a break")

    assert (maya.form or {})["callback_id"] == "pause"


async def test_another_day_takes_the_place_of_the_first(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring pause until 30 June")

    await maya.types("/mentoring pause")
    assert "You are taking a break until Friday, June 30 already" in maya.sees()
    await maya.submits(until=date(2017, 7, 7))

    assert await pauses(records, "maya") == (Span(FRIDAY, date(2017, 7, 7)),)


async def test_the_partner_is_told_the_date_and_nothing_else(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types(f"/mentoring pause until 30 June because of {REASON}")
    await maya.types("/mentoring pause until 30 June")
    await stage.after_the_sitting()

    assert "Maya is taking a break until Friday, June 30." in tom.reading
    assert "knee" not in tom.sees()
    assert all("knee" not in str(call.args) for call in stage.calls("chat.postMessage"))


async def test_nobody_else_hears_of_a_break(stage: Stage, maya: Desk, lena: Desk, noor: Desk, ada: Desk) -> None:
    await maya.types("/mentoring pause until 30 June")
    await stage.tick(datetime(2017, 6, 16, 21, tzinfo=UTC))

    for other in (noor, ada):
        assert "break" not in other.sees()
    assert "Maya is taking" not in lena.sees()


async def test_who_is_in_two_pairs_is_told_who_hears_of_it(noor: Desk) -> None:
    await noor.types("/mentoring pause")

    assert "Inês and Ben are told the date, and nothing else. Nobody asks why." in noor.sees()


async def test_a_partner_who_was_not_told_yet_hears_only_the_newest_date(stage: Stage, noor: Desk, ben: Desk) -> None:
    await noor.types("/mentoring pause until 30 June")  # it is Saturday in Guam: Ben hears on Monday
    await noor.types("/mentoring pause until 7 July")
    await stage.tick(datetime(2017, 6, 19, 3, tzinfo=UTC))

    assert heard(ben).count("Noor is taking a break") == 1
    assert "until Friday, July 7" in ben.sees()


async def test_a_partner_never_hears_of_a_break_that_was_taken_back(stage: Stage, noor: Desk, ben: Desk) -> None:
    await noor.types("/mentoring pause until 30 June")
    await noor.types("/mentoring resume")
    await stage.tick(datetime(2017, 6, 21, 3, tzinfo=UTC))

    assert "break" not in ben.sees()


async def test_nothing_reaches_a_person_on_a_break_and_afterwards_they_are_heard_again(
    stage: Stage, maya: Desk
) -> None:
    await maya.types("/mentoring pause until 2017-10-15")
    before = len(maya.messages)

    await stage.tick(datetime(2017, 10, 13, 23, tzinfo=UTC))
    assert len(maya.messages) == before

    await stage.tick(OCTOBER + timedelta(days=21))
    assert len(maya.messages) > before


async def test_coming_back_early_lets_messages_come_again(stage: Stage, maya: Desk) -> None:
    await maya.types("/mentoring pause until 2017-10-15")
    await stage.tick(MONDAY_WEEK)
    before = len(maya.messages)

    await maya.types("/mentoring resume")
    assert "Welcome back." in maya.reading
    await stage.tick(MONDAY_WEEK + timedelta(days=35))

    assert len(maya.messages) > before + 1


async def test_a_partner_who_has_heard_of_the_break_hears_that_it_is_over_sooner(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk
) -> None:
    await maya.types("/mentoring pause until 2017-10-15")
    await stage.tick(MONDAY_WEEK)
    assert "Maya is taking a break until Sunday, October 15." in tom.sees()

    await maya.types("/mentoring resume")
    await stage.tick(MONDAY_WEEK + timedelta(days=2))

    assert heard(tom).count("Maya is back from the break, earlier than Sunday, October 15") == 1
    assert "back from the break" not in lena.sees()


async def test_a_break_shortened_so_late_that_the_date_comes_too_late_is_told_as_over(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/mentoring pause until 30 June")
    await stage.tick(datetime(2017, 6, 20, 17, tzinfo=UTC))
    assert "Maya is taking a break until Friday, June 30." in tom.sees()

    await stage.goes_to(datetime(2017, 6, 24, 17, tzinfo=UTC))  # a Saturday, on which Tom hears nothing
    await maya.types("/mentoring pause until tomorrow")
    await stage.tick(datetime(2017, 6, 27, 17, tzinfo=UTC))

    assert heard(tom).count("Maya is back from the break, earlier than Friday, June 30") == 1
    assert heard(tom).count("Maya is taking a break") == 1


async def test_a_break_made_longer_again_in_time_is_not_told_as_over(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring pause until 30 June")
    await stage.tick(datetime(2017, 6, 20, 17, tzinfo=UTC))
    await stage.goes_to(datetime(2017, 6, 24, 17, tzinfo=UTC))
    await maya.types("/mentoring pause until tomorrow")

    await maya.types("/mentoring pause until 5 July")
    await stage.tick(datetime(2017, 6, 28, 17, tzinfo=UTC))

    assert "back from the break" not in tom.sees()
    assert "until Wednesday, July 5." in tom.reading

    await maya.types("/mentoring resume")
    await stage.tick(datetime(2017, 6, 30, 17, tzinfo=UTC))
    assert heard(tom).count("Maya is back from the break, earlier than Wednesday, July 5") == 1


async def test_coming_back_oneself_meanwhile_is_told_once(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring pause until 30 June")
    await stage.tick(datetime(2017, 6, 20, 17, tzinfo=UTC))
    await stage.goes_to(datetime(2017, 6, 24, 17, tzinfo=UTC))
    await maya.types("/mentoring pause until tomorrow")

    await maya.types("/mentoring resume")
    await stage.tick(datetime(2017, 6, 28, 17, tzinfo=UTC))

    assert heard(tom).count("Maya is back from the break") == 1


async def test_coming_back_without_a_break_is_answered_kindly(maya: Desk) -> None:
    await maya.types("/mentoring resume")

    assert "You are not taking a break, so everything goes on as it is." in maya.reading


async def test_a_stale_button_says_so_in_its_place(maya: Desk) -> None:
    await maya.types("/mentoring pause")
    await maya.submits(until=date(2017, 6, 30))
    await maya.types("/mentoring resume")

    await maya.clicks("resume")

    assert "You are not taking a break" in maya.sees()
    assert "Resume now" not in maya.sees()


async def test_among_other_buttons_only_the_pressed_one_goes(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring pause until 30 June")
    await maya.says("hello")
    assert "Resume now" in maya.buttons()

    await maya.clicks("Resume now")

    assert await pauses(records, "maya") == ()
    assert "Resume now" not in maya.buttons()
    assert "Settings" in maya.buttons()
    assert "Welcome back." in maya.reading


async def test_home_shows_the_break_and_ends_it(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring pause until 30 June")
    await maya.opens_home()

    await maya.clicks("Resume now", where="home")

    assert await pauses(records, "maya") == ()
    assert "Resume now" not in str(maya.home)


async def test_the_status_during_a_break_offers_the_way_back(maya: Desk, records: Lookup) -> None:
    await maya.types("/mentoring pause until 30 June")
    await maya.types("/mentoring")
    assert "nothing is sent to you until Friday, June 30, that day included." in maya.reading
    assert maya.buttons()[-3:] == ["Resume now", "Settings", "Why these messages"]

    await maya.clicks("Resume now")

    assert await pauses(records, "maya") == ()
    assert "Resume now" not in maya.buttons()


async def test_the_status_of_the_partner_shows_the_date(maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring pause until 30 June")

    await tom.types("/mentoring")

    assert "Maya is taking a break until Friday, June 30." in tom.reading
