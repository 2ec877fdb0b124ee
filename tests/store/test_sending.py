"""Nudges become notes; notes go out, or not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.notes import Later, Outcome, Refused, Sent, SentNote, Unknown
from bot.domain.nudges import Lane, Nudge, Rule
from bot.domain.people import Person
from bot.domain.program import Role
from bot.store import SqlStore
from bot.store.tables import notes, nudges, people
from bot.usecases.ports import Records, Started
from tests.store.cast import A_DAY, A_MINUTE, AN_HOUR, AUCKLAND, NOW, Cast, a_program, all_rows, states
from tests.turns import whose_turn

SOON = NOW + A_MINUTE
SENT, REFUSED = Sent("D1", "1497279600.000100"), Refused("account_inactive", "person")
LATER, UNKNOWN = Later(NOW + AN_HOUR, "ratelimited"), Unknown("timed out")


async def open_ones(records: Records, cast: Cast, person: Person | None = None, now: datetime = NOW) -> list[Nudge]:
    return await records.open_nudges([((person or cast.maya).id, cast.program.id)], now)


async def start(records: Records, cast: Cast, note_id: str = "note-1", *nudges: Nudge, now: datetime = NOW) -> None:
    """Write nudges to Maya, and a note that holds all that is open for her."""
    await records.put_nudges(nudges or [cast.nudge()])
    held = [nudge.id for nudge in await open_ones(records, cast)]
    await records.start_notes([Started(cast.note(note_id), tuple(held))], now=now, lease_until=now + A_MINUTE)


# -- whose turn it is ---------------------------------------------------------------------------------------------


async def test_people_with_something_due_are_claimed(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge("1"), cast.nudge("2"), cast.nudge(to=cast.tom, not_before=SOON)])

        assert await whose_turn(records, NOW, 10) == [(cast.maya.id, cast.program.id)]
        assert await whose_turn(records, NOW - A_MINUTE, 10) == []


async def test_the_urgent_come_first_then_who_has_waited_longest(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges(
            [
                cast.nudge(to=cast.ada, lane=Lane.ANNOUNCEMENT, not_before=NOW - AN_HOUR),
                cast.nudge(to=cast.maya, not_before=NOW - A_MINUTE),
                cast.nudge(to=cast.tom, not_before=NOW - 2 * A_MINUTE),
                cast.nudge(to=cast.lena, lane=Lane.ESCALATION),
            ]
        )

        claimed = await whose_turn(records, NOW, 10)

        assert [person_id for person_id, _ in claimed] == [cast.lena.id, cast.tom.id, cast.maya.id, cast.ada.id]
        assert await whose_turn(records, NOW, 2) == claimed[:2]


async def test_one_program_of_a_person_comes_at_a_time(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        second = await records.put_program(cast.workspace_id, a_program("second"))
        await records.put_nudges([cast.nudge(not_before=NOW - A_MINUTE), cast.nudge(program=second)])

        first_turn = await whose_turn(records, NOW, 10)
        await records.close_nudges([nudge.id for nudge in await open_ones(records, cast)], "lapsed")
        second_turn = await whose_turn(records, NOW, 10)

    assert first_turn == [(cast.maya.id, cast.program.id)]
    assert second_turn == [(cast.maya.id, second.id)]


async def test_who_cannot_be_reached_is_claimed_all_the_same(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_person(cast.workspace_id, replace(cast.maya, slack_id=None, unreachable="gone"))
        await records.put_nudges([cast.nudge()])

        assert len(await whose_turn(records, NOW, 10)) == 1  # what becomes of it is the use case's to decide


async def test_open_nudges_come_by_person_and_slot(store: SqlStore, cast: Cast) -> None:
    everybody = [(person.id, cast.program.id) for person in (cast.maya, cast.tom)]
    async with store.begin() as records:
        rules = (Rule.TRAINING, Rule.DIGEST, Rule.FAREWELL)
        await records.put_nudges([cast.nudge(to=who, rule=rule) for rule in rules for who in (cast.tom, cast.maya)])

        found = await records.open_nudges(everybody, NOW)

        assert await records.open_nudges([], NOW) == []
        assert await records.open_nudges([(cast.maya.id, "another program")], NOW) == []
    assert found == sorted(found, key=lambda nudge: (nudge.person_id, nudge.slot))
    assert len(found) == 6


async def test_what_is_held_waits(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge("1"), cast.nudge("2")])
        first, second = await open_ones(records, cast)

        await records.hold({first.id: SOON})

        assert await open_ones(records, cast) == [second]
        assert await open_ones(records, cast, now=SOON) == [replace(first, not_before=SOON), second]


@pytest.mark.parametrize("state", ["lapsed", "withdrawn"])
async def test_closed_nudges_are_open_no_more(store: SqlStore, cast: Cast, engine: AsyncEngine, state: str) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge()])
        await records.close_nudges([nudge.id for nudge in await open_ones(records, cast)], state)

        assert await open_ones(records, cast) == []
        assert await whose_turn(records, NOW, 10) == []
    assert await states(engine, nudges) == [state]


async def test_what_has_gone_out_can_neither_be_held_nor_closed(
    store: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge()])
        (nudge,) = await open_ones(records, cast)
        await records.start_notes([Started(cast.note(), (nudge.id,))], now=NOW, lease_until=SOON)

        await records.hold({nudge.id: NOW + A_DAY})
        await records.close_nudges([nudge.id], "withdrawn")

    (row,) = await all_rows(engine, nudges)
    assert (row["state"], row["not_before"], row["note_id"]) == ("noted", NOW, "note-1")


# -- a note's way -------------------------------------------------------------------------------------------------


async def test_a_started_note_takes_its_nudges(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await start(records, cast)

        assert await whose_turn(records, NOW, 10) == []
    (note,) = await all_rows(engine, notes)
    assert (note["state"], note["started_at"], note["lease_until"]) == ("sending", NOW, SOON)
    assert note["workspace_id"] == cast.workspace_id


async def test_a_note_is_started_once(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await start(records, cast)

    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await start(records, cast)


@pytest.mark.parametrize(
    ("outcome", "note_state", "nudge_state"),
    [(SENT, "sent", "noted"), (LATER, "later", "open"), (REFUSED, "refused", "refused"), (UNKNOWN, "unknown", "noted")],
)
async def test_each_outcome_is_recorded(
    store: SqlStore, cast: Cast, engine: AsyncEngine, outcome: Outcome, note_state: str, nudge_state: str
) -> None:
    async with store.begin() as records:
        await start(records, cast)
        await records.settle_notes({"note-1": outcome}, SOON)

    (note,) = await all_rows(engine, notes)
    assert (note["state"], note["settled_at"]) == (note_state, SOON)
    assert note["reason"] == getattr(outcome, "reason", "")
    assert await states(engine, nudges) == [nudge_state]


async def test_slack_s_name_for_the_message_is_kept(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await start(records, cast)
        await records.settle_notes({"note-1": SENT}, SOON)

    (note,) = await all_rows(engine, notes)
    assert (note["channel"], note["ts"]) == (SENT.channel, SENT.ts)


async def test_what_goes_out_later_is_open_again_for_then(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await start(records, cast)
        await records.settle_notes({"note-1": LATER}, SOON)

        assert await open_ones(records, cast, now=LATER.until - A_MINUTE) == []
        (again,) = await open_ones(records, cast, now=LATER.until)
        await records.start_notes(
            [Started(cast.note("note-2"), (again.id,))], now=LATER.until, lease_until=LATER.until + A_MINUTE
        )
        assert [note.id for note in await records.sent_notes(cast.maya.id, 10)] == ["note-2"]


async def test_one_note_s_outcome_leaves_the_others_alone(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await start(records, cast, "note-1")
        await start(records, cast, "note-2", cast.nudge("2"))
        await records.settle_notes({"note-1": REFUSED}, SOON)

    assert await states(engine, notes) == ["refused", "sending"]
    assert await states(engine, nudges) == ["noted", "refused"]


async def test_a_sender_that_does_not_come_back_leaves_its_note_unknown(
    store: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    async with store.begin() as records:
        await start(records, cast)

        assert await records.give_up_leases(SOON - timedelta(microseconds=1)) == 0
        assert await records.give_up_leases(SOON) == 1
        assert await records.give_up_leases(SOON + AN_HOUR) == 0
    assert await states(engine, notes) == ["unknown"]
    assert await states(engine, nudges) == ["noted"]


@pytest.mark.parametrize(
    ("first", "then", "note_state", "nudge_state"),
    [
        (None, SENT, "sent", "noted"),  # it was given up, and has come back after all
        (None, LATER, "unknown", "noted"),
        (None, REFUSED, "unknown", "noted"),
        (UNKNOWN, SENT, "sent", "noted"),
        (SENT, UNKNOWN, "sent", "noted"),
        (SENT, REFUSED, "sent", "noted"),
        (SENT, LATER, "sent", "noted"),
        (REFUSED, SENT, "refused", "refused"),
        (LATER, SENT, "later", "open"),
    ],
)
async def test_a_second_outcome_counts_only_where_it_makes_an_unknown_note_sent(
    store: SqlStore,
    cast: Cast,
    engine: AsyncEngine,
    first: Outcome | None,
    then: Outcome,
    note_state: str,
    nudge_state: str,
) -> None:
    async with store.begin() as records:
        await start(records, cast)
        if first is None:
            await records.give_up_leases(NOW + AN_HOUR)
        else:
            await records.settle_notes({"note-1": first}, SOON)

        await records.settle_notes({"note-1": then}, NOW + AN_HOUR)

    assert await states(engine, notes) == [note_state]
    assert await states(engine, nudges) == [nudge_state]


async def test_a_note_that_is_not_there_is_not_settled(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await records.settle_notes({"nothing": SENT}, NOW)

    assert await all_rows(engine, notes) == []


# -- what was said ------------------------------------------------------------------------------------------------


async def test_the_days_on_which_one_was_spoken_to(store: SqlStore, cast: Cast) -> None:
    evening = datetime(2017, 6, 13, 2, 0, tzinfo=UTC)  # the 12th in Chicago, where Maya is
    async with store.begin() as records:
        await start(records, cast, "note-1")
        await start(records, cast, "note-2", cast.nudge("2"), now=evening)
        await start(records, cast, "note-3", cast.nudge("3"), now=NOW + 2 * A_DAY)

        said = await records.spoken_days([cast.maya.id, cast.tom.id], NOW)

        assert said == {cast.maya.id: (date(2017, 6, 12), date(2017, 6, 14))}
        assert await records.spoken_days([cast.maya.id], NOW + A_DAY) == {cast.maya.id: (date(2017, 6, 14),)}
        assert await records.spoken_days([cast.tom.id], NOW) == {}
        assert await records.spoken_days([], NOW) == {}


async def test_a_day_is_the_person_s_own(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_person(cast.workspace_id, replace(cast.maya, zone=AUCKLAND))
        await start(records, cast)

        assert await records.spoken_days([cast.maya.id], NOW) == {cast.maya.id: (date(2017, 6, 13),)}


async def test_a_day_in_an_unknown_zone_is_the_program_s(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    evening = datetime(2017, 6, 13, 2, 0, tzinfo=UTC)
    async with store.begin() as records:
        await start(records, cast, now=evening)
    async with engine.begin() as connection:
        await connection.execute(update(people).values(zone="Moon/Tranquility"))

    async with store.begin() as records:
        assert await records.spoken_days([cast.maya.id], NOW) == {cast.maya.id: (date(2017, 6, 12),)}


@pytest.mark.parametrize(
    ("outcome", "counts"), [(None, True), (SENT, True), (UNKNOWN, True), (REFUSED, False), (LATER, False)]
)
async def test_only_what_may_have_arrived_was_spoken(
    store: SqlStore, cast: Cast, outcome: Outcome | None, counts: bool
) -> None:
    async with store.begin() as records:
        await start(records, cast)
        if outcome is not None:
            await records.settle_notes({"note-1": outcome}, SOON)

        assert bool(await records.spoken_days([cast.maya.id], NOW)) is counts


async def test_announcements_do_not_count_as_spoken(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        announcement = cast.note(lane=Lane.ANNOUNCEMENT)
        await records.start_notes([Started(announcement, ())], now=NOW, lease_until=SOON)

        assert await records.spoken_days([cast.maya.id], NOW) == {}


async def test_sent_notes_come_newest_first_with_what_they_held(store: SqlStore, cast: Cast) -> None:
    reminder = replace(cast.nudge("2017-06-12", step="first"), pair_id=cast.pair_id)
    digest = cast.nudge("2017-W24", rule=Rule.DIGEST, subject="spring")
    async with store.begin() as records:
        await start(records, cast, "note-1", digest, reminder)
        await start(records, cast, "note-2", cast.nudge("later"), now=NOW + A_DAY)
        await records.settle_notes({"note-1": SENT}, SOON)
        newest, oldest = await records.sent_notes(cast.maya.id, 10)

        assert await records.sent_notes(cast.maya.id, 1) == [newest]
        assert await records.sent_notes(cast.tom.id, 10) == []
    assert newest == SentNote(
        "note-2", NOW + A_DAY, "sending", (("checkin_reminder", "maya-tom", "later", None),), ({},)
    )
    assert oldest == SentNote(
        "note-1",
        NOW,
        "sent",
        (("checkin_reminder", "maya-tom", "2017-06-12", cast.pair_id), ("digest", "spring", "2017-W24", None)),
        ({"step": "first"}, {}),
    )


async def test_nobody_of_another_workspace_can_be_sent_a_program_s_note(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        elsewhere = await records.workspace("T2")
        stranger = await records.put_person(elsewhere.id, replace(cast.maya, id=""))

    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.start_notes([Started(cast.note(to=stranger), ())], now=NOW, lease_until=SOON)
    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.put_nudges([cast.nudge(to=stranger)])


async def test_who_is_a_member_no_more_still_has_their_open_nudges_claimed(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge()])
        await records.put_roles(cast.program.id, cast.maya.id, frozenset[Role](), NOW)

        claimed = await whose_turn(records, NOW, 10)

        assert claimed == [(cast.maya.id, cast.program.id)]
        assert await records.members_by_id(claimed) == {}
