"""A pair ends early, without blame; another liaison; a word past the liaison; somebody out of reach."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.endings import Handover
from bot.domain.program import Role
from bot.usecases.load_program import load_program
from tests.small_program import ROSTER, small_program
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

CANARY = "canary of a reason"
FRIDAY_NOON = datetime(2017, 6, 16, 18, tzinfo=UTC)
MONDAY = datetime(2017, 6, 19, 18, tzinfo=UTC)
JULY = datetime(2017, 7, 14, 21, tzinfo=UTC)
LAST = date(2017, 6, 30)
NEUTRAL = "Your pair with Maya comes to its end on Friday, June 30."


async def ends(desk: Desk, **typed: object) -> None:
    await desk.types("/mentoring end")
    assert await desk.submits(**typed) == {}
    assert await desk.submits() == {}


async def as_roster(stage: Stage, roster: str) -> None:
    async with stage.tandem.store.begin() as records:
        workspace = await records.workspace(stage.playground.team_id)
        await load_program(records, workspace.id, *small_program(roster=roster), stage.now)


async def follows_himself(stage: Stage, records: Lookup) -> None:
    """Let Tom be the liaison of his own pair, as no roster can say."""
    pair, tom = await records.pair("tom-maya"), await records.person("tom")
    async with stage.tandem.store.begin() as book:
        await book.put_roles(pair.program.id, tom.id, frozenset({Role.MENTOR, Role.LIAISON}), stage.now)
        await book.hand_over(Handover(pair.id, None, tom.id, tom.id, stage.now))


# -- an ending ----------------------------------------------------------------------------------------------------


async def test_a_pair_ends_in_the_very_words_that_were_read_before(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, records: Lookup
) -> None:
    await maya.types("/mentoring end")
    assert maya.fields() == ["The last day", "Why, if you like", "Who may read why"]
    assert maya.field("last_day")["element"]["initial_date"] == "2017-06-30"
    await maya.submits(reason=CANARY)
    assert NEUTRAL in maya.sees()
    assert "Lena will be told the day and that you asked for it" in maya.sees()
    assert CANARY not in "".join(block["text"]["text"] for block in maya.form["blocks"] if "text" in block)  # type: ignore[index]

    assert await maya.submits() == {}

    assert "Your pair with Tom ends on Friday, June 30." in maya.reading
    assert maya.buttons() == ["Take it back", "Ask for a new partner"]
    assert (await records.pair("tom-maya")).span.last == LAST
    await stage.tick(MONDAY)
    assert NEUTRAL in tom.sees()
    assert "nobody is to blame" in tom.sees()
    assert "*Tom Lindqvist and Maya Okafor* end as a pair on Friday, June 30: Maya Okafor asked for it." in lena.sees()
    assert f"For you only, in Maya’s own words: “{CANARY}”" in lena.sees()
    assert stage.pings_nobody()


async def test_the_reason_reaches_nobody_but_the_liaison(
    stage: Stage, maya: Desk, tom: Desk, ada: Desk, charlie: Desk, noor: Desk
) -> None:
    await ends(maya, reason=CANARY)
    await stage.tick(JULY)

    for other in (tom, ada, charlie, noor):
        await other.opens_home()
        await other.types("/mentoring")
        await other.types("/mentoring why")
        assert CANARY not in other.sees()


async def test_past_the_liaison_the_reason_goes_to_those_who_coordinate(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk
) -> None:
    await ends(maya, reason=CANARY, who="past")
    await stage.tick(JULY)

    assert CANARY in ada.sees()
    assert "end as a pair on Friday, June 30" in lena.sees()
    assert CANARY not in lena.sees() + tom.sees()


async def test_where_the_mentor_is_the_liaison_those_who_coordinate_hear_the_reason(
    stage: Stage, maya: Desk, tom: Desk, ada: Desk, records: Lookup
) -> None:
    await follows_himself(stage, records)

    await maya.types("/mentoring end")
    assert maya.fields() == ["The last day", "Why, if you like"]
    await maya.submits(reason=CANARY)
    await maya.submits()
    await stage.tick(JULY)

    assert CANARY in ada.sees()
    assert NEUTRAL in tom.sees()
    assert CANARY not in tom.sees()


async def test_after_the_last_day_nothing_more_comes_about_the_pair(stage: Stage, maya: Desk, tom: Desk) -> None:
    await ends(maya, last_day=date(2017, 6, 16))
    await stage.tick(MONDAY)
    before = len(tom.messages), len(maya.messages)

    await stage.tick(datetime(2017, 9, 29, 21, tzinfo=UTC))

    assert (len(tom.messages), len(maya.messages)) == before


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2017, 6, 15), "This day is past. Choose today or a later day."),
        (date(2018, 5, 1), "This is after the last day, Monday, April 30."),
    ],
)
async def test_a_day_that_cannot_be_is_an_error_at_the_field(maya: Desk, records: Lookup, day: date, said: str) -> None:
    await maya.types("/mentoring end")

    errors = await maya.submits(last_day=day, reason=CANARY)

    assert list(errors) == ["last_day"]
    assert errors["last_day"].startswith(said)
    assert (await records.pair("tom-maya")).ending is None


async def test_change_leads_back_with_all_that_was_typed(maya: Desk) -> None:
    await maya.types("/mentoring end")
    await maya.submits(last_day=date(2017, 7, 7), reason='Two "lines"\nof it', who="past")

    await maya.clicks("Change")

    assert maya.field("last_day")["element"]["initial_date"] == "2017-07-07"
    assert maya.field("reason")["element"]["initial_value"] == 'Two "lines"\nof it'
    assert maya.field("who")["element"]["initial_option"]["value"] == "past"


async def test_a_goal_can_be_finished_first(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/goal set")
    await maya.submits(what="Catalog ten maps")
    goal = (await stage.records.goals("tom-maya"))[0]

    await ends(maya, goal=goal.id)
    await stage.tick(MONDAY)

    assert "One goal goes on until then: “Catalog ten maps”." in tom.sees()


async def test_taken_back_before_anybody_heard_nobody_ever_does(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, records: Lookup
) -> None:
    await ends(maya, reason=CANARY)
    await maya.clicks("Take it back")
    assert "Taken back: your pair with Tom goes on." in maya.reading
    await stage.tick(JULY)

    assert (await records.pair("tom-maya")).span.last == date(2018, 4, 30)
    assert "comes to its end" not in tom.sees()
    assert "goes on after all" not in tom.sees() + lena.sees()


async def test_taken_back_later_who_has_heard_is_told_so(stage: Stage, maya: Desk, tom: Desk, lena: Desk) -> None:
    await ends(maya, reason=CANARY)
    await stage.tick(MONDAY)
    assert "comes to its end" in tom.sees()

    await maya.clicks("Take it back")
    await stage.tick(MONDAY + timedelta(days=2))

    assert "Your pair with Maya goes on after all" in tom.sees()
    assert "go on as a pair after all" in lena.sees()


async def test_the_partner_cannot_take_it_back_nor_end_it_twice(stage: Stage, maya: Desk, tom: Desk) -> None:
    await maya.types("/mentoring end")
    await maya.submits()
    await ends(tom)

    errors = await maya.submits()

    assert "Your pair ends on Friday, June 30 already" in maya.sees() + str(errors)
    await maya.closes(whole_stack=True)
    await maya.types("/mentoring end")
    assert maya.buttons() == ["Ask for a new partner"]


async def test_the_digest_says_when_a_pair_ends(stage: Stage, maya: Desk, lena: Desk) -> None:
    await ends(maya, reason=CANARY, last_day=date(2017, 7, 21))

    await stage.tick(MONDAY)

    assert "comes to its end on July 21" in lena.sees()


async def test_ben_in_guam_ends_one_of_noors_two_pairs(
    stage: Stage, ben: Desk, noor: Desk, ines: Desk, records: Lookup
) -> None:
    await ends(ben, reason=CANARY)
    assert "Your pair with Noor ends on Saturday, July 1." in ben.reading  # it is Saturday there: two weeks from then
    await stage.tick(MONDAY)

    assert "Your pair with Ben comes to its end on Saturday, July 1." in noor.sees()
    assert "comes to its end" not in ines.sees()
    await noor.types("/mentoring end")
    assert noor.buttons() == ["End the pair", "End the pair"]
    assert noor.reading.startswith("Which pair do you mean?\n*Inês Duarte*\n[End the pair]")
    assert (await records.pair("ines-noor")).ending is None


async def test_a_roster_that_is_loaded_again_does_not_undo_it(stage: Stage, maya: Desk, records: Lookup) -> None:
    await ends(maya)

    await as_roster(stage, ROSTER)

    assert (await records.pair("tom-maya")).span.last == LAST


# -- another liaison ----------------------------------------------------------------------------------------------

WITH_OTTO = ROSTER.replace(
    "person,ada", "person,otto,Otto Stein,U0STRANGER,,America/Chicago,liaison,,,,,,\nperson,ada", 1
)


async def hands_over(stage: Stage, desk: Desk, records: Lookup) -> None:
    await as_roster(stage, WITH_OTTO)
    pair, otto = await records.pair("tom-maya"), await records.person("otto")
    await desk.types("/mentoring handover")
    assert await desk.submits(pair=pair.id, to=otto.id) == {}
    assert "From now on *Otto Stein* follows *Tom Lindqvist and Maya Okafor*." in desk.sees()
    assert await desk.submits() == {}


@pytest.mark.parametrize("who", ["U0ADA", "U0LENA"])
async def test_a_pair_gets_another_liaison_and_those_concerned_are_told(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, records: Lookup, who: str
) -> None:
    await hands_over(stage, stage.desk(who), records)
    await stage.tick(MONDAY)

    pair = await records.pair("tom-maya")
    assert pair.liaison is not None
    assert pair.liaison.key == "otto"
    assert "From now on Otto Stein is the liaison of you and Tom" in maya.sees()
    assert "From now on Otto Stein is the liaison of you and Maya" in tom.sees()
    assert ("From now on Otto Stein follows *Tom Lindqvist and Maya Okafor*." in lena.sees()) is (who == "U0ADA")
    async with stage.tandem.store.begin() as book:
        (made,) = await book.handovers(pair.id)
    assert (await records.person("lena")).id == made.from_id


async def test_undone_before_they_heard_nobody_does_and_the_roster_does_not_undo_it(
    stage: Stage, maya: Desk, lena: Desk, ada: Desk, records: Lookup
) -> None:
    await hands_over(stage, ada, records)
    await as_roster(stage, WITH_OTTO)
    assert (await records.pair("tom-maya")).liaison.key == "otto"  # type: ignore[union-attr]
    await ada.clicks("Undo")
    assert "Taken back" in ada.reading

    await stage.tick(MONDAY)

    assert (await records.pair("tom-maya")).liaison.key == "lena"  # type: ignore[union-attr]
    assert "From now on" not in maya.sees() + lena.sees()


async def test_who_looks_after_nobody_hands_nobody_over(maya: Desk, charlie: Desk) -> None:
    for other in (maya, charlie):
        await other.types("/mentoring handover")
        assert "There is no pair that you could hand over here." in other.reading


async def test_a_liaison_who_is_the_only_one_is_told_so_instead_of_a_form_that_leads_nowhere(
    stage: Stage, lena: Desk, ada: Desk
) -> None:
    for desk in (lena, ada):
        await desk.types("/mentoring handover")
        assert "There is nobody else to give a pair to" in desk.reading
        assert desk.form is None

    await as_roster(stage, WITH_OTTO)
    await lena.types("/mentoring handover")
    assert lena.form is not None


# -- past the liaison ---------------------------------------------------------------------------------------------


async def test_a_word_past_the_liaison_reaches_those_who_coordinate_and_nobody_else(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk, ada: Desk, charlie: Desk
) -> None:
    await maya.types("/mentoring word")
    assert await maya.submits(who="past", words=CANARY) == {}
    assert "Those who coordinate the program will hear of it, and nobody else." in maya.sees()

    await ada.types("/mentoring")
    assert "*Maya Okafor* asked you for a word on June 16, past the liaison" in ada.reading
    await stage.tick(JULY)

    assert "*Maya Okafor* would rather not ask Lena, and asks you" in ada.sees()
    assert CANARY in ada.sees()
    for other in (tom, lena, charlie):
        await other.opens_home()
        await other.types("/mentoring")
        assert CANARY not in other.sees()
        assert "asked for a word" not in other.sees()
        assert "in the way with" not in other.sees()


async def test_where_the_liaison_is_the_partner_they_hear_nothing(
    stage: Stage, maya: Desk, tom: Desk, ada: Desk, records: Lookup
) -> None:
    await follows_himself(stage, records)
    await maya.types("/mentoring word")
    assert maya.fields() == ["A few words, if you like"]
    await maya.submits(words=CANARY)

    await stage.tick(JULY)

    assert CANARY in ada.sees()
    assert CANARY not in tom.sees()
    assert "in the way with" not in tom.sees()


async def test_from_a_quiet_word_one_comes_to_an_ending(maya: Desk) -> None:
    await maya.types("/mentoring word")

    await maya.clicks("End the pair")

    assert (maya.form or {})["callback_id"] == "ending"


# -- somebody out of reach ----------------------------------------------------------------------------------------


async def test_the_partner_of_who_leaves_is_told_what_happens_next_and_their_reminders_rest(
    stage: Stage, maya: Desk, tom: Desk, lena: Desk
) -> None:
    await stage.playground.deactivate("U0TOM")
    await stage.tick(MONDAY)

    assert "Messages do not reach Tom in Slack at the moment. Lena, your liaison, knows" in maya.sees()
    assert "Tandem cannot reach *Tom Lindqvist* in Slack any more" in lena.sees()
    assert "messages do not reach Tom in Slack" in lena.sees()  # the digest
    await stage.tick(JULY)
    assert "your rhythm with Tom" not in maya.sees()
    assert sum("Messages do not reach Tom" in message["text"] for message in maya.messages) == 1


async def test_who_comes_back_is_spoken_of_once_and_the_reminders_go_on(stage: Stage, maya: Desk) -> None:
    await stage.playground.deactivate("U0TOM")
    await stage.tick(MONDAY)
    await stage.goes_to(MONDAY + timedelta(days=3))
    await stage.playground.reactivate("U0TOM")

    await stage.tick(JULY)

    assert sum("messages reach Tom in Slack again" in message["text"] for message in maya.messages) == 1
    assert "your rhythm with Tom" in maya.sees()


async def test_who_is_back_before_it_was_said_is_not_spoken_of(stage: Stage, maya: Desk) -> None:
    await stage.goes_to(datetime(2017, 6, 17, 3, tzinfo=UTC))
    await stage.playground.deactivate("U0TOM")
    await stage.playground.reactivate("U0TOM")

    await stage.tick(JULY)

    assert "reach Tom in Slack" not in maya.sees()
