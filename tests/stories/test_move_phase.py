"""A liaison lets a phase begin on another day for one pair, and takes it back."""

from datetime import UTC, date, datetime

from bot.domain.phases import phase_of, windows_of
from bot.domain.program import Phase
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk

TUESDAY_MORNING = datetime(2017, 6, 20, 15, tzinfo=UTC)
EARLY = {"phase": "advancing", "day": "2017-06-19"}


async def chosen(lena: Desk, records: Lookup, **values: str) -> dict[str, str]:
    await lena.types("/mentoring phase")
    pair = await records.pair("tom-maya")
    return await lena.submits({"pair": pair.id, **values})


async def test_a_phase_is_moved_for_one_pair_and_the_ideas_follow_it(
    stage: Stage, lena: Desk, maya: Desk, ben: Desk, records: Lookup
) -> None:
    assert await chosen(lena, records, **EARLY) == {}

    assert "For *Tom Lindqvist and Maya Okafor*, advancing begins on Monday, June 19 now." in lena.reading
    moved, other = await records.pair("tom-maya"), await records.pair("noor-ben")
    assert phase_of(moved, date(2017, 6, 19)) is Phase.ADVANCING
    assert windows_of(other) == other.program.windows

    await stage.tick(TUESDAY_MORNING)
    assert any("Make one small thing together" in message["text"] for message in maya.messages)
    assert not any("Make one small thing together" in message["text"] for message in ben.messages)


async def test_the_two_are_not_told(stage: Stage, lena: Desk, maya: Desk, tom: Desk, records: Lookup) -> None:
    await chosen(lena, records, phase="advancing", day="2017-08-01")

    await stage.tick(TUESDAY_MORNING)

    assert not any("begins on" in message["text"] for desk in (maya, tom) for message in desk.messages)


async def test_it_is_taken_back_in_place(lena: Desk, records: Lookup) -> None:
    await chosen(lena, records, **EARLY)

    await lena.clicks("Undo")

    assert "Undone: for *Tom Lindqvist and Maya Okafor*, advancing begins on" in lena.reading
    pair = await records.pair("tom-maya")
    assert windows_of(pair) == pair.program.windows


async def test_an_old_undo_does_not_take_back_what_was_moved_since(lena: Desk, records: Lookup) -> None:
    await chosen(lena, records, **EARLY)
    old = str(lena.messages[-1]["ts"])
    await chosen(lena, records, phase="advancing", day="2017-07-01")
    new = str(lena.messages[-1]["ts"])

    await lena.clicks("Undo", ts=old)
    assert "This phase has been moved again since: it begins on Saturday, July 1 now, and stays so." in lena.sees()
    assert windows_of(await records.pair("tom-maya"))[Phase.ADVANCING].first == date(2017, 7, 1)

    await lena.clicks("Undo", ts=new)
    assert windows_of(await records.pair("tom-maya"))[Phase.ADVANCING].first == date(2017, 6, 19)


async def test_a_day_that_leaves_no_room_is_refused_and_the_form_stays(lena: Desk, records: Lookup) -> None:
    errors = await chosen(lena, records, phase="advancing", day="2018-04-01")

    assert errors == {
        "day": "This phase can begin for this pair from Monday, June 19 to Thursday, February 22. "
        "Choose a day in between."
    }
    assert (await records.pair("tom-maya")).phase_moves == ()


async def test_the_caseload_says_which_phase_is_the_pair_s_own_and_has_the_button(lena: Desk, records: Lookup) -> None:
    await chosen(lena, records, phase="advancing", day="2017-08-01")
    await lena.types("/mentoring")

    await lena.clicks("See my pairs")

    assert "advancing begins on August 1 for them" in str(lena.form)
    await lena.clicks("Move a phase")
    assert lena.fields() == ["Pair", "Phase", "Begins on"]


async def test_only_a_liaison_moves_a_phase_and_nobody_that_of_their_own_pair(
    maya: Desk, tom: Desk, ada: Desk, charlie: Desk, stranger: Desk, records: Lookup
) -> None:
    for desk in (maya, tom, ada, charlie, stranger):
        await desk.types("/mentoring phase")
        assert desk.form is None

    assert (await records.pair("tom-maya")).phase_moves == ()
