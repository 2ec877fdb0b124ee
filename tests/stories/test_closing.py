"""Rounding off: the closing form and its note, the look back for two, and one question months later."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.replies import Question
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

BEFORE = datetime(2018, 2, 20, 16, tzinfo=UTC)
MARCH = datetime(2018, 3, 5, 16, tzinfo=UTC)  # 10:00 on a Monday in Chicago, in the last phase
LAST_WEEK = datetime(2018, 4, 24, 16, tzinfo=UTC)
LONG_AFTER = datetime(2019, 12, 1, 16, tzinfo=UTC)
CANARY = "thanks-for-the-canary"


async def choices(records: Lookup, pair_key: str = "tom-maya") -> set[tuple[str, str, str]]:
    """Who answered what: (question, person, choice)."""
    pair = await records.pair(pair_key)
    names = {pair.mentor.id: pair.mentor.key, pair.mentee.id: pair.mentee.key}
    return {(question, names[who], choice) for question, _, who, choice in pair.evidence.replies}


def heard(desk: Desk) -> str:
    """All that the person was written, as a screen reader reads it."""
    return "\n".join(message["text"] for message in desk.messages)


@pytest.fixture
async def met(stage: Stage, maya: Desk) -> None:
    """Maya and Tom have met once, and it is March."""
    await maya.types("/checkin today 45 phone")
    await stage.goes_to(MARCH)


@pytest.mark.usefixtures("met")
async def test_the_closing_form_is_kept_and_the_partner_does_not_see_it_yet(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring closing")
    assert await maya.submits(talked="yes", growth="I found my voice", thanks=CANARY, what_next="go on") == {}
    await stage.tick()

    assert await choices(records) == {
        (Question.TALKED, "maya", "yes"),
        (Question.GROWTH, "maya", "written"),
        (Question.THANKS, "maya", "written"),
        (Question.WHAT_NEXT, "maya", "go on"),
    }
    assert "Thank you: your closing words are kept. Tom sees them when both of you have written" in maya.sees()
    assert CANARY not in heard(tom)
    await tom.types("/mentoring closing")
    assert CANARY not in tom.sees()


async def test_who_heard_of_the_last_talk_before_an_ending_was_taken_back_hears_of_it_at_the_end_of_the_year(
    stage: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/checkin today 45 phone")
    await stage.goes_to(datetime(2017, 10, 2, 16, tzinfo=UTC))
    await maya.types("/mentoring end")
    await maya.submits()
    await maya.submits()
    await stage.tick(datetime(2017, 10, 6, 16, tzinfo=UTC))
    assert "October 16" in heard(tom)
    asked = heard(tom).count("Round off")
    assert asked == 1

    await maya.types("/mentoring end")
    await maya.clicks("Take it back")
    await stage.tick(MARCH)

    assert heard(tom).count("Round off") == 2


@pytest.mark.usefixtures("met")
async def test_without_a_choice_of_what_comes_next_the_form_stays_with_all_that_was_typed(
    maya: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring closing")
    errors = await maya.submits(thanks=CANARY)

    assert set(errors) == {"what_next"}
    assert await choices(records) == set()
    assert maya.form is not None


async def test_before_the_last_phase_the_day_is_named(stage: Stage, maya: Desk) -> None:
    await stage.goes_to(datetime(2017, 11, 20, 16, tzinfo=UTC))
    await maya.types("/mentoring closing")

    assert "Rounding off begins on" in maya.reading
    assert maya.form is None


@pytest.mark.usefixtures("met")
async def test_what_was_typed_and_not_sent_stands_there_again_and_for_nobody_else(
    stage: Stage, maya: Desk, tom: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring closing")
    await maya.fills(thanks=CANARY)
    await maya.clicks("closing_typed:what_next", "finish")
    await maya.closes()
    await tom.types("/mentoring closing")
    assert CANARY not in tom.sees()
    await maya.types("/mentoring closing")

    assert maya.field("thanks")["element"]["initial_value"] == CANARY
    assert maya.field("what_next")["element"]["initial_option"]["value"] == "finish"
    assert await choices(records) == set()


@pytest.mark.usefixtures("met")
async def test_once_both_have_sent_it_each_gets_the_look_back_once(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk, charlie: Desk
) -> None:
    for desk, words, choice in ((maya, CANARY, "go on"), (tom, "It was a joy", "in touch")):
        await desk.types("/mentoring closing")
        await desk.submits(thanks=words, what_next=choice, mentor_again="yes")
    await stage.tick(LAST_WEEK)

    for desk, other, words in ((maya, "Tom", "It was a joy"), (tom, "Maya", CANARY)):
        assert heard(desk).count(f"*Your year with {other}*, for the two of you only.") == 1
        assert heard(desk).count(words) == 1
        assert "1 meeting, about 1 hour together, in 48 weeks." in heard(desk)
        assert "1 meeting. It was on June 16." in heard(desk)
    assert "You chose to go on informally; Tom chose to stay in touch." in heard(maya)
    assert "You chose to stay in touch; Maya chose to go on informally." in heard(tom)
    for desk in (lena, ada, charlie):
        assert CANARY not in heard(desk)
        assert "Your year with" not in heard(desk)


@pytest.mark.usefixtures("met")
async def test_who_has_not_sent_it_is_asked_and_who_has_is_not(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring closing")
    await maya.submits(what_next="go on")
    await stage.tick(datetime(2018, 4, 18, 16, tzinfo=UTC))

    assert "Five minutes are enough to round it off" in heard(tom)
    assert "Two weeks are left with Maya" in heard(tom)
    assert "Five minutes are enough to round it off" not in heard(maya)
    assert await choices(stage.records) == {(Question.WHAT_NEXT, "maya", "go on")}


@pytest.mark.usefixtures("met")
async def test_the_note_s_button_opens_the_form_and_is_settled(stage: Stage, tom: Desk) -> None:
    await stage.tick(datetime(2018, 4, 4, 16, tzinfo=UTC))
    assert "Round off" in str(tom.messages[-1]["blocks"])
    await tom.clicks("Round off")
    await tom.submits(what_next="finish")

    assert "your closing words are kept" in tom.sees()


async def test_who_never_met_is_asked_for_nothing(stage: Stage, maya: Desk) -> None:
    await stage.goes_to(LAST_WEEK)

    assert "Round off" not in heard(maya)
    assert "Your year with" not in heard(maya)


async def test_who_is_in_two_pairs_chooses_and_each_pair_keeps_its_own(
    stage: Stage, noor: Desk, records: Lookup
) -> None:
    await stage.goes_to(MARCH)
    await noor.types("/mentoring closing")
    assert noor.buttons() == ["Ben Castillo", "Inês Duarte"] or noor.buttons() == ["Inês Duarte", "Ben Castillo"]
    await noor.clicks("Ben Castillo")
    assert await noor.submits(what_next="finish") == {}

    assert await choices(records, "noor-ben") == {(Question.WHAT_NEXT, "noor", "finish")}
    assert await choices(records, "ines-noor") == set()


@pytest.mark.usefixtures("met")
async def test_after_the_last_day_there_is_silence(stage: Stage, maya: Desk, tom: Desk) -> None:
    for desk in (maya, tom):
        await desk.types("/mentoring closing")
        await desk.submits(what_next="go on")
    await stage.goes_to(datetime(2018, 5, 1, 16, tzinfo=UTC))
    before = len(maya.messages), len(tom.messages)
    await stage.goes_to(LONG_AFTER)

    assert "You both chose to go on informally." in heard(maya)
    assert (len(maya.messages), len(tom.messages)) == before


def pictures(desk: Desk) -> list[str]:
    """The files that the person's messages show."""
    blocks = (block for message in desk.messages for block in message.get("blocks", []))
    return [block["slack_file"]["id"] for block in blocks if block["type"] == "image"]


@pytest.mark.usefixtures("met")
async def test_the_two_share_one_picture_and_nobody_else_has_it(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk
) -> None:
    await stage.goes_to(LAST_WEEK)

    (picture,) = pictures(maya)
    assert pictures(tom) == [picture]
    assert pictures(lena) == []
    file = stage.playground.slack.files.seen(picture)
    assert file is not None
    assert file.content is not None
    assert file.content.startswith(b"\x89PNG")
    assert "Maya" not in file.alt_txt + file.name + file.title
    assert file.shares == {}


@pytest.mark.usefixtures("met")
@pytest.mark.parametrize("how", ["429", "500", "missing_scope"])
async def test_where_no_picture_can_be_brought_its_words_stand_there_once(
    stage: Stage, maya: Desk, tom: Desk, how: str
) -> None:
    if how == "missing_scope":
        stage.playground.scopes.discard("files:write")
    else:
        for _ in range(2):
            stage.playground.fail("files.getUploadURLExternal", how=how)
    await stage.goes_to(LAST_WEEK)

    for desk in (maya, tom):
        shown = [message for message in desk.messages if "Your year with" in message["text"]]
        assert len(shown) == 1
        assert "1 meeting, about 1 hour together" in str(shown[0]["blocks"])
        assert pictures(desk) == []


def test_the_small_program_s_last_day_is_the_one_meant_here() -> None:
    assert date(2018, 4, 30) < LONG_AFTER.date()
