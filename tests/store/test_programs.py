"""Workspaces, programs, people, roles and pairs."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.days import Span, SpeakingHours
from bot.domain.people import Person, Preferences
from bot.domain.program import Role
from bot.domain.rhythm import Rhythm, Unit
from bot.store import SqlStore
from bot.store.tables import agenda, people
from bot.usecases.ports import Workspace
from tests.store.cast import AN_HOUR, AUCKLAND, CHICAGO, NEW_YORK, NOW, YEAR, Cast, a_program, all_rows, write_cast

LATER = NOW + AN_HOUR


# -- workspaces ---------------------------------------------------------------------------------------------------


async def test_the_first_workspace_waits_for_its_team(store: SqlStore) -> None:
    async with store.begin() as records:
        waiting = await records.workspace("")
        again = await records.workspace("")
        bound = await records.workspace("T1")
        once_more = await records.workspace("T1")

        assert await records.workspaces() == (bound,)
    assert waiting == again == Workspace(waiting.id, "")
    assert bound == once_more == Workspace(waiting.id, "T1")


async def test_a_second_team_gets_a_workspace_of_its_own(store: SqlStore) -> None:
    async with store.begin() as records:
        first = await records.workspace("T1")
        second = await records.workspace("T2")

        assert first.id != second.id
        assert {workspace.team_id for workspace in await records.workspaces()} == {"T1", "T2"}


async def test_without_a_team_the_only_workspace_is_meant(store: SqlStore) -> None:
    async with store.begin() as records:
        only = await records.workspace("T1")

        assert await records.workspace("") == only


async def test_without_a_team_none_of_several_is_meant(store: SqlStore) -> None:
    async with store.begin() as records:
        taken = {(await records.workspace(team)).id for team in ("T1", "T2")}

        fresh = await records.workspace("")

    assert fresh.team_id == ""
    assert fresh.id not in taken


# -- programs -----------------------------------------------------------------------------------------------------


async def test_programs_come_by_their_first_day(store: SqlStore, cast: Cast) -> None:
    earlier = a_program("past", Span(date(2016, 6, 1), date(2017, 5, 31)))

    async with store.begin() as records:
        past = await records.put_program(cast.workspace_id, earlier)

        assert await records.programs(cast.workspace_id) == (past, cast.program)


async def test_a_design_of_the_same_key_is_the_same_program_anew(store: SqlStore, cast: Cast) -> None:
    changed = replace(a_program("spring"), name="Renamed", hours=SpeakingHours(days=frozenset({5})))

    async with store.begin() as records:
        written = await records.put_program(cast.workspace_id, changed)

        assert written == replace(changed, id=cast.program.id)
        assert await records.programs(cast.workspace_id) == (written,)


async def test_a_program_s_key_is_its_own_in_each_workspace(store: SqlStore, cast: Cast) -> None:
    other = await write_cast(store, team_id="T2")

    async with store.begin() as records:
        assert await records.programs(cast.workspace_id) == (cast.program,)
        assert await records.programs(other.workspace_id) == (other.program,)
    assert other.program.id != cast.program.id


# -- people -------------------------------------------------------------------------------------------------------


async def test_people_come_by_their_keys(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        assert await records.people(cast.workspace_id) == (cast.ada, cast.charlie, cast.lena, cast.maya, cast.tom)


async def test_a_person_is_changed_and_keeps_what_they_chose(store: SqlStore, cast: Cast) -> None:
    chosen = Preferences(frozenset({"digest", "training"}), SpeakingHours(), digest_only_when_needed=True)
    pause = Span(date(2017, 7, 1), date(2017, 7, 9))
    async with store.begin() as records:
        await records.put_preferences(cast.maya.id, chosen)
        await records.put_pause(cast.maya.id, pause)

    async with store.begin() as records:
        moved = replace(cast.maya, name="Maya Chen", zone=AUCKLAND, email="maya@example.org", slack_id="UNEW")
        written = await records.put_person(cast.workspace_id, moved)

        assert written == replace(moved, preferences=chosen, pauses=(pause,))
        assert await records.person(cast.maya.id) == written


async def test_a_person_of_a_known_key_is_that_person(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        again = await records.put_person(cast.workspace_id, replace(cast.maya, id="", name="M."))

    assert again == replace(cast.maya, name="M.")


async def test_a_person_of_another_workspace_cannot_be_changed(store: SqlStore, cast: Cast) -> None:
    other = await write_cast(store, team_id="T2")

    async with store.begin() as records:
        with pytest.raises(LookupError, match="another workspace"):
            await records.put_person(other.workspace_id, replace(cast.maya, name="Somebody else"))

        assert await records.person(cast.maya.id) == cast.maya


async def test_two_people_cannot_have_one_slack_id(store: SqlStore, cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.put_person(cast.workspace_id, replace(cast.maya, slack_id=cast.tom.slack_id))


async def test_many_may_have_no_slack_id_yet(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        for person in (cast.maya, cast.tom):
            await records.put_person(cast.workspace_id, replace(person, slack_id=None))

        assert await records.person_of_slack_user(cast.workspace_id, "Umaya") is None


async def test_a_slack_user_is_found_in_their_own_workspace_only(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        elsewhere = await records.workspace("T2")

        assert await records.person_of_slack_user(cast.workspace_id, "Umaya") == cast.maya
        assert await records.person_of_slack_user(elsewhere.id, "Umaya") is None
        assert await records.members_of_slack_user(elsewhere.id, "Umaya") == ()


async def test_a_person_who_is_not_there_is_none(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        assert await records.person("nobody") is None


async def test_reachability_is_noted_and_taken_back(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await records.mark_unreachable(cast.maya.id, "account_inactive", NOW)
        marked = await records.person(cast.maya.id)

        assert marked == replace(cast.maya, unreachable="account_inactive", unreachable_at=NOW)
    assert [row["unreachable_at"] for row in await all_rows(engine, people) if row["key"] == "maya"] == [NOW]

    async with store.begin() as records:
        await records.mark_unreachable(cast.maya.id, "", LATER)
        assert await records.person(cast.maya.id) == cast.maya


@pytest.mark.parametrize("unknown", ["Moon/Tranquility", "", "America", "../etc/passwd"])
async def test_a_zone_that_is_not_known_here_is_the_program_s(
    store: SqlStore, cast: Cast, engine: AsyncEngine, unknown: str
) -> None:
    async with engine.begin() as connection:
        await connection.execute(update(people).where(people.c.id == cast.maya.id).values(zone=unknown))

    async with store.begin() as records:
        alone = await records.person(cast.maya.id)
        (pair,) = await records.pairs(cast.program.id)
        (member,) = await records.members_of_slack_user(cast.workspace_id, "Umaya")

    assert alone is not None
    assert alone.zone.key == "UTC"
    assert pair.mentee.zone == member.person.zone == CHICAGO


# -- roles --------------------------------------------------------------------------------------------------------


async def test_roles_are_read_as_they_were_written(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        assert await records.roles(cast.program.id) == {
            cast.maya.id: frozenset({Role.MENTEE}),
            cast.tom.id: frozenset({Role.MENTOR}),
            cast.lena.id: frozenset({Role.LIAISON, Role.READER}),
            cast.ada.id: frozenset({Role.COORDINATOR}),
            cast.charlie.id: frozenset({Role.MENTEE}),
        }


async def test_changed_roles_are_looked_at_at_once(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    await let_the_agenda_rest(store)

    async with store.begin() as records:
        await records.put_roles(cast.program.id, cast.maya.id, frozenset({Role.MENTEE, Role.MENTOR}), LATER)
        roles = await records.roles(cast.program.id)

    assert roles[cast.maya.id] == {Role.MENTEE, Role.MENTOR}
    assert await due_people(engine, cast) == {"maya"}


async def test_without_roles_one_is_a_member_no_more(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await records.put_roles(cast.program.id, cast.charlie.id, frozenset(), LATER)

        assert cast.charlie.id not in await records.roles(cast.program.id)
        assert await records.members_of_slack_user(cast.workspace_id, "Ucharlie") == ()
        assert await records.person(cast.charlie.id) == cast.charlie
    assert cast.charlie.id not in {row["person_id"] for row in await all_rows(engine, agenda)}


async def test_coordinators_come_by_name(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_person(cast.workspace_id, replace(cast.lena, name="Abel"))
        await records.put_roles(cast.program.id, cast.lena.id, frozenset({Role.LIAISON, Role.COORDINATOR}), NOW)

        assert [person.name for person in await records.coordinators(cast.program.id)] == ["Abel", "Ada"]


async def test_nobody_of_another_workspace_can_be_a_member(store: SqlStore, cast: Cast) -> None:
    other = await write_cast(store, team_id="T2")

    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.put_roles(cast.program.id, other.maya.id, frozenset({Role.MENTEE}), NOW)


# -- pairs --------------------------------------------------------------------------------------------------------


async def test_a_pair_comes_with_its_program_and_its_people(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        (pair,) = await records.pairs(cast.program.id)

    assert (pair.id, pair.key) == (cast.pair_id, "maya-tom")
    assert (pair.program, pair.mentor, pair.mentee, pair.liaison) == (cast.program, cast.tom, cast.maya, cast.lena)
    assert (pair.starts, pair.ends, pair.rhythm) == (YEAR.first, None, Rhythm(2, Unit.WEEK))
    assert (pair.meetings, pair.last_meeting, pair.answer, pair.help_asked) == (0, None, None, None)


async def test_pairs_come_by_key(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_pair(cast.pair_row(key="a", mentee_id=cast.charlie.id), NOW)

        assert [pair.key for pair in await records.pairs(cast.program.id)] == ["a", "maya-tom"]


async def test_a_changed_pair_is_the_same_pair(store: SqlStore, cast: Cast) -> None:
    ends = date(2018, 1, 31)
    async with store.begin() as records:
        by_id = await records.put_pair(cast.pair_row(id=cast.pair_id, rhythm="", ends=ends), LATER)
        (changed,) = await records.pairs(cast.program.id)
        by_key = await records.put_pair(cast.pair_row(liaison_id=None), LATER)
        (again,) = await records.pairs(cast.program.id)

    assert by_id == by_key == cast.pair_id
    assert (changed.rhythm, changed.ends, changed.liaison) == (None, ends, cast.lena)
    assert (again.ends, again.liaison) == (None, None)


async def test_a_new_pair_and_its_three_people_are_looked_at_at_once(
    store: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    await let_the_agenda_rest(store)

    async with store.begin() as records:
        await records.put_pair(cast.pair_row(key="charlie-tom", mentee_id=cast.charlie.id), LATER)

    assert await due_people(engine, cast) == {"charlie", "tom", "lena"}
    assert len([row for row in await all_rows(engine, agenda) if row["pair_id"] and row["due_at"]]) == 1


async def test_who_followed_a_pair_before_is_looked_at_as_well(
    store: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    await let_the_agenda_rest(store)

    async with store.begin() as records:
        await records.put_pair(cast.pair_row(id=cast.pair_id, liaison_id=cast.ada.id), LATER)

    assert await due_people(engine, cast) == {"maya", "tom", "lena", "ada"}


async def test_a_rhythm_that_cannot_be_read_is_not_written(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        with pytest.raises(ValueError, match="is not a rhythm"):
            await records.put_pair(cast.pair_row(rhythm="now and then"), NOW)


async def test_a_pair_cannot_have_anybody_of_another_workspace(store: SqlStore, cast: Cast) -> None:
    other = await write_cast(store, team_id="T2")

    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.put_pair(cast.pair_row(id=cast.pair_id, mentee_id=other.maya.id), NOW)


# -- members ------------------------------------------------------------------------------------------------------


async def test_members_come_by_key_with_their_own_and_their_followed_pairs(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        (pair,) = await records.pairs(cast.program.id)
        members = await records.members(cast.program.id)

    assert [member.person for member in members] == [cast.ada, cast.charlie, cast.lena, cast.maya, cast.tom]
    assert [member.pairs for member in members] == [(), (), (), (pair,), (pair,)]
    assert [member.watched for member in members] == [(), (), (pair,), (), ()]
    assert {member.program.id for member in members} == {cast.program.id}


async def test_who_follows_their_own_pair_has_it_twice(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_pair(cast.pair_row(id=cast.pair_id, liaison_id=cast.tom.id), NOW)
        (tom,) = await records.members_of_slack_user(cast.workspace_id, "Utom")

    assert [pair.id for pair in tom.pairs] == [pair.id for pair in tom.watched] == [cast.pair_id]


async def test_the_program_that_began_last_comes_first(store: SqlStore, cast: Cast) -> None:
    spans = {"past": Span(date(2016, 6, 1), date(2017, 5, 31)), "next": Span(date(2018, 6, 1), date(2019, 5, 31))}
    async with store.begin() as records:
        for key, span in spans.items():
            program = await records.put_program(cast.workspace_id, a_program(key, span))
            await records.put_roles(program.id, cast.maya.id, frozenset({Role.MENTOR}), NOW)

        members = await records.members_of_slack_user(cast.workspace_id, "Umaya")

    assert [member.program.key for member in members] == ["next", "spring", "past"]
    assert [len(member.pairs) for member in members] == [0, 1, 0]


async def test_a_program_s_member_has_only_its_pairs(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        second = await records.put_program(cast.workspace_id, a_program("second"))
        await records.put_roles(second.id, cast.tom.id, frozenset({Role.MENTOR}), NOW)
        there = await records.put_pair(cast.pair_row(program_id=second.id, key="there"), NOW)

        found = await records.members_by_id([(cast.tom.id, second.id), (cast.tom.id, cast.program.id)])

    assert [pair.id for pair in found[cast.tom.id, second.id].pairs] == [there]
    assert [pair.id for pair in found[cast.tom.id, cast.program.id].pairs] == [cast.pair_id]


async def test_only_the_asked_for_members_are_returned(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        second = await records.put_program(cast.workspace_id, a_program("second"))
        await records.put_roles(second.id, cast.tom.id, frozenset({Role.MENTOR}), NOW)
        asked = [(cast.maya.id, cast.program.id), (cast.tom.id, second.id), ("nobody", cast.program.id)]

        found = await records.members_by_id(asked)

        assert await records.members_by_id([]) == {}
        assert await records.members("nowhere") == ()
    assert set(found) == {(cast.maya.id, cast.program.id), (cast.tom.id, second.id)}


async def test_a_person_abroad_keeps_their_own_zone(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        written = await records.put_person(cast.workspace_id, Person("", "kiri", "Kiri", NEW_YORK))

        assert written.zone == NEW_YORK
        assert written.slack_id is None


# -- the agenda that goes with them -------------------------------------------------------------------------------


async def let_the_agenda_rest(store: SqlStore) -> None:
    async with store.begin() as records:
        await records.look_again([(look, None) for look in await records.claim_looks(LATER, 100)])


async def due_people(engine: AsyncEngine, cast: Cast) -> set[str]:
    keys = {person.id: person.key for person in (cast.maya, cast.tom, cast.lena, cast.ada, cast.charlie)}
    rows = await all_rows(engine, agenda)
    return {keys[str(row["person_id"])] for row in rows if row["person_id"] and row["due_at"] == LATER}


async def test_every_row_of_every_table_names_its_workspace(engine: AsyncEngine, cast: Cast) -> None:
    async with engine.connect() as connection:
        for table in ("programs", "people", "members", "pairs", "agenda"):
            found = (await connection.execute(text(f"SELECT DISTINCT workspace_id FROM {table}"))).scalars().all()
            assert found == [cast.workspace_id]
