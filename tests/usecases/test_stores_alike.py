"""The store in memory and the one on a database keep the same promises, as far as a rehearsal uses them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.days import Span
from bot.domain.meetings import Means, Meeting
from bot.domain.notes import Later, Note, Outcome, Refused, Sent, Unknown
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Answer, AnswerKind, Member, Pair
from bot.domain.rhythm import Rhythm, Unit
from bot.usecases.ports import Look, PairRow, Started
from tests.turns import whose_turn
from tests.usecases.stage import A_DAY, STORES, TEAM, Stage, at, opened

NOON = at(6, 6, 12)


@pytest.fixture(params=STORES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The small program, on each of the stores, with nothing due."""
    async with opened(request.param) as store:
        made = Stage(store)
        await made.load()
        made.now = NOON
        async with store.begin() as records:
            await records.look_again([(look, None) for look in await records.claim_looks(NOON, 100)])
        yield made


def planned_for(member: Member) -> list[Nudge]:
    """Two things to be said to a member from now on."""
    about = member.program.id, member.person.id, Lane.REMINDER, NOON, NOON + A_DAY * 3
    return [Nudge(Slot(Rule.TRAINING, "first-year", name, member.person.key), *about) for name in ("1", "2")]


async def still_open(stage: Stage, member: Member) -> list[Nudge]:
    async with stage.store.begin() as records:
        return await records.open_nudges([(member.person.id, member.program.id)], NOON + A_DAY * 30)


async def begun(stage: Stage, member: Member, note_id: str = "n1", lane: Lane = Lane.REMINDER) -> None:
    """Put two nudges to Tom on their way."""
    held = [nudge.id for nudge in await still_open(stage, member)]
    async with stage.store.begin() as records:
        note = Note(note_id, member.program.id, member.person.id, lane, ())
        await records.start_notes([Started(note, tuple(held))], now=NOON, lease_until=NOON + timedelta(minutes=1))


async def looks(stage: Stage) -> set[tuple[str, str]]:
    """Return what is due on the agenda, by the keys of pairs and people."""
    async with stage.store.begin() as records:
        due: list[Look] = await records.claim_looks(stage.now, 100)
        workspace = (await records.workspaces())[0]
        people = {person.id: person.key for person in await records.people(workspace.id)}
        subjects: dict[str, Pair | Member] = await records.looked_at(due)
    named = {("pair", subject.key) for subject in subjects.values() if isinstance(subject, Pair)}
    return named | {("person", people[look.person_id]) for look in due if look.person_id}


# -- the agenda -------------------------------------------------------------------------------------------------------


async def test_what_changes_for_a_pair_is_looked_at_with_its_two_and_nothing_else(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        await records.look_now(NOON, pair_id=pair.id)

    assert await looks(stage) == {("pair", "tom-maya"), ("person", "tom"), ("person", "maya")}


async def test_what_changes_for_a_person_is_looked_at_with_all_their_pairs(stage: Stage) -> None:
    noor = (await stage.member("noor")).person
    async with stage.store.begin() as records:
        await records.look_now(NOON, person_id=noor.id)

    assert await looks(stage) == {("person", "noor"), ("pair", "noor-ben"), ("pair", "ines-noor")}


async def test_a_pair_that_changes_hands_is_looked_at_for_all_who_had_and_have_it(stage: Stage) -> None:
    pair, ada = await stage.pair("tom-maya"), (await stage.member("ada")).person
    about = pair.program.id, pair.key, pair.mentor.id, pair.mentee.id
    row = PairRow(*about, ada.id, "monthly", pair.starts, None, pair.id)
    async with stage.store.begin() as records:
        assert await records.put_pair(row, NOON) == pair.id

    assert await looks(stage) == {("pair", "tom-maya"), *(("person", key) for key in ("tom", "maya", "lena", "ada"))}
    changed = await stage.pair("tom-maya")
    assert changed.rhythm == Rhythm(1, Unit.MONTH)
    assert changed.liaison == ada


async def test_a_pair_without_a_liaison_wakes_nobody_else(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    row = PairRow(pair.program.id, pair.key, pair.mentor.id, pair.mentee.id, None, "", pair.starts, None, pair.id)
    async with stage.store.begin() as records:
        await records.put_pair(row, NOON)

    assert await looks(stage) == {("pair", "tom-maya"), ("person", "tom"), ("person", "maya"), ("person", "lena")}


async def test_the_next_thing_due_is_a_look_or_a_nudge(stage: Stage) -> None:
    pair, planned = await stage.pair("tom-maya"), planned_for(await stage.member("tom"))
    async with stage.store.begin() as records:
        assert await records.next_due() is None
        await records.look_now(NOON + A_DAY, pair_id=pair.id)
        assert await records.next_due() == NOON + A_DAY
        await records.put_nudges(planned)
        assert await records.next_due() == NOON
        assert not await records.anything_to_do(NOON - A_DAY)
        assert await records.anything_to_do(NOON)


async def test_nothing_that_would_go_to_a_stopped_workspace_is_due(stage: Stage) -> None:
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        await records.put_nudges(planned_for(tom))
    await begun(stage, tom)
    async with stage.store.begin() as records:
        await records.settle_notes({"n1": Unknown("http_500")}, NOON)
        await records.put_nudges([replace(one, slot=replace(one.slot, occurrence="3")) for one in planned_for(tom)[:1]])
        assert await records.next_due() == NOON
        await records.stop_workspace((await records.workspace(TEAM)).id, "token_revoked", NOON)

        assert await records.next_due() is None
        assert not await records.anything_to_do(NOON + A_DAY)


# -- nudges and notes -------------------------------------------------------------------------------------------------


async def test_a_slot_is_written_once(stage: Stage) -> None:
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        assert await records.put_nudges(planned_for(tom)) == 2
        assert await records.put_nudges(planned_for(tom)) == 0
        assert await records.put_nudges([]) == 0

    assert [nudge.slot.occurrence for nudge in await still_open(stage, tom)] == ["1", "2"]


@pytest.mark.parametrize(("state", "again"), [("withdrawn", True), ("lapsed", False), ("heard", False)])
async def test_for_the_same_days_only_what_was_withdrawn_can_be_opened_again(
    stage: Stage, state: str, again: bool
) -> None:
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        await records.put_nudges(planned_for(tom))
    first, _ = await still_open(stage, tom)
    async with stage.store.begin() as records:
        await records.close_nudges([first.id], state)
        assert await records.put_nudges(planned_for(tom)) == again

    assert len(await still_open(stage, tom)) == 1 + again


@pytest.mark.parametrize(
    ("state", "again"), [("open", True), ("lapsed", True), ("withdrawn", True), ("heard", False), ("stopped", False)]
)
async def test_what_was_never_said_is_opened_for_the_later_days_that_it_has_now(
    stage: Stage, state: str, again: bool
) -> None:
    tom = await stage.member("tom")
    first, _ = planned_for(tom)
    later = replace(first, not_before=NOON + A_DAY * 9, too_late=NOON + A_DAY * 12)
    async with stage.store.begin() as records:
        await records.put_nudges([first])
    (kept,) = await still_open(stage, tom)
    async with stage.store.begin() as records:
        if state != "open":
            await records.close_nudges([kept.id], state)
        assert await records.put_nudges([later]) == again
        assert await records.put_nudges([first]) == 0  # earlier days take nothing back

    assert await still_open(stage, tom) == ([replace(later, id=kept.id)] if again else [])


async def test_a_nudge_on_its_way_is_neither_held_nor_closed(stage: Stage) -> None:
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        await records.put_nudges(planned_for(tom))
    held = [nudge.id for nudge in await still_open(stage, tom)]
    await begun(stage, tom)

    async with stage.store.begin() as records:
        await records.hold(dict.fromkeys(held, NOON + A_DAY))
        await records.close_nudges(held, "withdrawn")
        assert await records.put_nudges(planned_for(tom)) == 0
        assert await whose_turn(records, NOON + A_DAY, 10) == []
        await records.settle_notes({"n1": Later(NOON + timedelta(hours=1), "ratelimited")}, NOON)

    assert {nudge.not_before for nudge in await still_open(stage, tom)} == {NOON + timedelta(hours=1)}


async def test_who_has_something_due_is_claimed_the_most_urgent_first(stage: Stage) -> None:
    tom, maya = await stage.member("tom"), await stage.member("maya")
    urgent = replace(planned_for(maya)[0], lane=Lane.ESCALATION)
    async with stage.store.begin() as records:
        await records.put_nudges([*planned_for(tom), urgent])
    async with stage.store.begin() as records:
        assert await whose_turn(records, NOON - A_DAY, 10) == []
        assert [person for person, _ in await whose_turn(records, NOON, 10)] == [maya.person.id, tom.person.id]
        assert [person for person, _ in await whose_turn(records, NOON, 1)] == [maya.person.id]


@pytest.mark.parametrize(
    ("lane", "outcome", "days"),
    [
        (Lane.REMINDER, Sent("D0", "1.0"), (date(2017, 6, 6),)),
        (Lane.REMINDER, Unknown("TimeoutError"), (date(2017, 6, 6),)),
        (Lane.REMINDER, Refused("msg_too_long"), ()),
        (Lane.REMINDER, Later(NOON, "ratelimited"), ()),
        (Lane.ANNOUNCEMENT, Sent("D0", "1.0"), ()),
    ],
)
async def test_what_spends_a_person_s_budget(
    stage: Stage, lane: Lane, outcome: Outcome, days: tuple[date, ...]
) -> None:
    tom = await stage.member("tom")
    await begun(stage, tom, lane=lane)
    async with stage.store.begin() as records:
        await records.settle_notes({"n1": outcome}, NOON)
        assert (await records.spoken_days({tom.person.id}, NOON - A_DAY)).get(tom.person.id, ()) == days
        assert await records.spoken_days({tom.person.id}, NOON + A_DAY) == {}


@pytest.mark.parametrize(
    ("late", "state"),
    [(Sent("D0", "1.0"), "sent"), (Later(NOON, "x"), "unknown"), (Refused("x"), "unknown"), (Unknown("x"), "unknown")],
)
async def test_a_note_whose_lease_ran_out_is_unknown_unless_it_is_known_to_have_arrived(
    stage: Stage, late: Outcome, state: str
) -> None:
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        await records.put_nudges(planned_for(tom))
    await begun(stage, tom)
    async with stage.store.begin() as records:
        assert await records.give_up_leases(NOON) == 0
        assert await records.give_up_leases(NOON + A_DAY) == 1
        await records.settle_notes({"n1": late}, NOON + A_DAY)
        (note,) = await records.sent_notes(tom.person.id, 10)

    assert note.state == state
    assert [slot[2] for slot in note.slots] == ["1", "2"]
    assert await still_open(stage, tom) == []


# -- people and pairs -------------------------------------------------------------------------------------------------


async def test_a_day_has_one_meeting_and_the_newest_counts(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    old, new = (Meeting(pair.id, date(2017, 6, day), 30, Means.VIDEO, pair.mentor.id, NOON) for day in (2, 5))
    async with stage.store.begin() as records:
        kept, first = await records.put_meeting(old)
        await records.put_meeting(new)
        same, second = await records.put_meeting(replace(old, minutes=60))
        assert (first, second) == (True, False)
        assert (same.id, same.minutes) == (kept.id, 30)

    found = await stage.pair("tom-maya")
    assert (found.meetings, found.last_meeting) == (2, date(2017, 6, 5))
    async with stage.store.begin() as records:
        assert [meeting.day.day for meeting in await records.meetings(pair.id, 10)] == [5, 2]
        assert [meeting.day.day for meeting in (await records.meetings_of([pair.id]))[pair.id]] == [2, 5]
        assert await records.meetings_of([]) == {}
        await records.remove_meeting(kept.id)
        await records.remove_meeting(kept.id)
        assert await records.meetings_by_id({kept.id}) == {}
    assert (await stage.pair("tom-maya")).meetings == 1


async def test_the_newest_answer_and_the_newest_call_for_help_are_known(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    help_asked = Answer(pair.id, pair.mentee.id, AnswerKind.IN_THE_WAY, date(2017, 6, 5), NOON, words="Help.")
    later = Answer(
        pair.id, pair.mentor.id, AnswerKind.NOT_YET, date(2017, 6, 6), NOON + A_DAY, remind_on=date(2017, 6, 9)
    )
    async with stage.store.begin() as records:
        await records.put_answer(later)
        await records.put_answer(help_asked)

    found = await stage.pair("tom-maya")
    assert found.answer is not None
    assert found.answer.remind_on == date(2017, 6, 9)
    assert found.help_asked is not None
    assert found.help_asked.words == "Help."


async def test_a_break_that_ends_keeps_the_days_that_were(stage: Stage) -> None:
    maya = (await stage.member("maya")).person
    async with stage.store.begin() as records:
        await records.put_pause(maya.id, Span(date(2017, 6, 1), date(2017, 6, 3)))
        await records.put_pause(maya.id, Span(date(2017, 6, 5), date(2017, 6, 20)))
        await records.put_pause(maya.id, Span(date(2017, 6, 25), date(2017, 6, 30)))
        await records.end_pauses(maya.id, date(2017, 6, 10))

    assert (await stage.member("maya")).person.pauses == (
        Span(date(2017, 6, 1), date(2017, 6, 3)),
        Span(date(2017, 6, 5), date(2017, 6, 9)),
    )


async def test_a_member_has_their_own_pairs_and_those_that_they_follow(stage: Stage) -> None:
    noor, lena = await stage.member("noor"), await stage.member("lena")

    assert [pair.key for pair in noor.pairs] == ["ines-noor", "noor-ben"]
    assert noor.watched == ()
    assert lena.pairs == ()
    assert [pair.key for pair in lena.watched] == ["ines-noor", "noor-ben", "tom-maya"]


async def test_who_cannot_be_reached_is_known_until_they_can(stage: Stage) -> None:
    tom = (await stage.member("tom")).person
    async with stage.store.begin() as records:
        await records.mark_unreachable(tom.id, "user_disabled", NOON)
    assert (await stage.pair("tom-maya")).mentor.unreachable == "user_disabled"

    async with stage.store.begin() as records:
        await records.mark_unreachable(tom.id, "", NOON)
    assert (await stage.member("tom")).person.unreachable == ""
