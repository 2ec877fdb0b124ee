"""The agenda and the nudges that come of it."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.nudges import Lane, Rule
from bot.domain.program import Role
from bot.store import SqlStore
from bot.store.tables import nudges
from bot.usecases.ports import Look, Records, Started
from tests.store.cast import A_DAY, A_MINUTE, AN_HOUR, NOW, Cast, a_program, all_rows, states

EVERYTHING = 1000


async def rest(records: Records) -> None:
    await records.look_again([(look, None) for look in await records.claim_looks(NOW, EVERYTHING)])


def about(looks: Collection[Look], cast: Cast) -> set[str]:
    names = {person.id: person.key for person in (cast.maya, cast.tom, cast.lena, cast.ada, cast.charlie)}
    return {names[look.person_id] if look.person_id else str(look.pair_id) for look in looks}


async def test_what_is_due_is_claimed_oldest_first(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        looks = await records.claim_looks(NOW, EVERYTHING)
        assert len(looks) == 6  # five members and a pair
        moments = [NOW + n * A_MINUTE for n in range(len(looks))]
        await records.look_again(list(zip(reversed(looks), moments, strict=True)))

        assert await records.claim_looks(NOW + A_DAY, 4) == list(reversed(looks))[:4]


async def test_what_is_not_due_is_not_claimed(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        looks = await records.claim_looks(NOW, EVERYTHING)
        await records.look_again([(look, NOW + AN_HOUR) for look in looks[:2]] + [(look, None) for look in looks[2:]])

        assert await records.claim_looks(NOW + AN_HOUR - A_MINUTE, EVERYTHING) == []
        assert len(await records.claim_looks(NOW + AN_HOUR, EVERYTHING)) == 2
        assert await records.claim_looks(NOW - A_MINUTE, EVERYTHING) == []


async def test_a_look_is_about_a_pair_or_about_a_member(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        looks = await records.claim_looks(NOW, EVERYTHING)

    assert about(looks, cast) == {"maya", "tom", "lena", "ada", "charlie", cast.pair_id}
    assert {look.program_id for look in looks} == {cast.program.id}
    assert all((look.pair_id is None) != (look.person_id is None) for look in looks)


async def test_a_pair_is_looked_at_now_with_its_two(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await rest(records)

        await records.look_now(NOW, pair_id=cast.pair_id)

        assert about(await records.claim_looks(NOW, EVERYTHING), cast) == {cast.pair_id, "tom", "maya"}


async def test_a_person_is_looked_at_now_with_all_their_pairs(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        other = await records.put_pair(cast.pair_row(key="charlie", mentee_id=cast.charlie.id, liaison_id=None), NOW)
        await rest(records)

        await records.look_now(NOW, person_id=cast.maya.id)
        of_maya = about(await records.claim_looks(NOW, EVERYTHING), cast)
        await rest(records)
        await records.look_now(NOW, person_id=cast.tom.id)
        of_tom = about(await records.claim_looks(NOW, EVERYTHING), cast)
        await rest(records)
        await records.look_now(NOW, person_id=cast.lena.id)
        of_lena = about(await records.claim_looks(NOW, EVERYTHING), cast)

    assert of_maya == {"maya", cast.pair_id}
    assert of_tom == {"tom", cast.pair_id, other}
    assert of_lena == {"lena", cast.pair_id}


async def test_a_person_is_looked_at_in_every_program(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        second = await records.put_program(cast.workspace_id, a_program("second"))
        await records.put_roles(second.id, cast.ada.id, frozenset({Role.MENTOR}), NOW)
        await rest(records)

        await records.look_now(NOW, person_id=cast.ada.id)

        looks = await records.claim_looks(NOW, EVERYTHING)
    assert {look.program_id for look in looks} == {cast.program.id, second.id}
    assert about(looks, cast) == {"ada"}


async def test_looking_at_nobody_changes_nothing(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await rest(records)

        await records.look_now(NOW)
        await records.look_again([])

        assert await records.claim_looks(NOW, EVERYTHING) == []


async def test_what_a_look_is_about_is_a_pair_or_a_member_with_all_that_is_known(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        looks = await records.claim_looks(NOW, EVERYTHING)
        found = await records.looked_at(looks)

        members = {member.person.id: member for member in await records.members(cast.program.id)}
        (pair,) = await records.pairs(cast.program.id)
        assert found == {look.id: members[look.person_id] if look.person_id else pair for look in looks}
        assert members[cast.lena.id].watched == (pair,)


async def test_what_is_no_more_is_not_found_by_a_look(store: SqlStore, cast: Cast) -> None:
    gone = Look("look", cast.program.id, pair_id="no pair")
    left = Look("other", "no program", person_id=cast.maya.id)

    async with store.begin() as records:
        assert await records.looked_at([gone, left]) == {}
        assert await records.looked_at([]) == {}


async def test_a_nudge_is_written_once(store: SqlStore, cast: Cast) -> None:
    first, second = cast.nudge("1"), cast.nudge("2")

    async with store.begin() as records:
        assert await records.put_nudges([first, second, first]) == 2
        assert await records.put_nudges([replace(first, not_before=NOW + A_DAY), cast.nudge("3")]) == 1
        assert await records.put_nudges([]) == 0
        written = await records.open_nudges([(cast.maya.id, cast.program.id)], NOW)

    assert [replace(nudge, id="") for nudge in written] == [first, second, cast.nudge("3")]
    assert len({nudge.id for nudge in written}) == 3


async def test_a_nudge_comes_back_with_its_facts(store: SqlStore, cast: Cast) -> None:
    nudge = replace(cast.nudge(lane=Lane.ESCALATION, step="first", words="道 <@U1> \0 \ud83d"), pair_id=cast.pair_id)

    async with store.begin() as records:
        await records.put_nudges([nudge])
        (written,) = await records.open_nudges([(cast.maya.id, cast.program.id)], NOW)

    assert replace(written, id="") == nudge


async def test_each_part_of_a_slot_tells_nudges_apart(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        second = await records.put_program(cast.workspace_id, a_program("second"))
        apart = [
            cast.nudge(),
            cast.nudge("2"),
            cast.nudge(subject="charlie-tom"),
            cast.nudge(rule=Rule.FIRST_MOVE),
            cast.nudge(to=cast.tom),
            cast.nudge(program=second),
        ]

        assert await records.put_nudges(apart) == len(apart)


async def test_a_withdrawn_nudge_is_opened_again_with_its_new_words(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge(step="first")])
        (old,) = await records.open_nudges([(cast.maya.id, cast.program.id)], NOW)
        await records.close_nudges([old.id], "withdrawn")

        assert await records.put_nudges([cast.nudge(step="second", not_before=NOW + AN_HOUR)]) == 1

        (again,) = await records.open_nudges([(cast.maya.id, cast.program.id)], NOW + AN_HOUR)
    assert again == replace(cast.nudge(step="second", not_before=NOW + AN_HOUR), id=old.id)


async def test_what_is_over_stays_over(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        await records.put_nudges([cast.nudge("lapsed"), cast.nudge("noted")])
        lapsed, noted = await records.open_nudges([(cast.maya.id, cast.program.id)], NOW)
        await records.close_nudges([lapsed.id], "lapsed")
        await records.start_notes([Started(cast.note(), (noted.id,))], now=NOW, lease_until=NOW + A_MINUTE)

        assert await records.put_nudges([cast.nudge("lapsed"), cast.nudge("noted")]) == 0

    assert await states(engine, nudges) == ["lapsed", "noted"]


async def test_thousands_of_nudges_are_written_at_once(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        many = [cast.nudge(f"{n:05}") for n in range(1100)]

        assert await records.put_nudges(many) == 1100
        assert await records.put_nudges([*many[:100], cast.nudge("new")]) == 1

    rows = await all_rows(engine, nudges)
    assert {row["workspace_id"] for row in rows} == {cast.workspace_id}
    assert len(rows) == 1101


async def test_the_next_due_moment_is_the_earliest_of_agenda_and_open_nudges(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        assert await records.next_due() == NOW
        await rest(records)
        assert await records.next_due() is None

        await records.put_nudges([cast.nudge(not_before=NOW + AN_HOUR)])
        assert await records.next_due() == NOW + AN_HOUR

        await records.look_now(NOW + A_MINUTE, pair_id=cast.pair_id)
        assert await records.next_due() == NOW + A_MINUTE

        (open_one,) = await records.open_nudges([(cast.maya.id, cast.program.id)], NOW + AN_HOUR)
        await records.close_nudges([open_one.id], "lapsed")
        await rest(records)
        looks = await records.claim_looks(NOW + A_DAY, EVERYTHING)
        await records.look_again([(look, None) for look in looks])
        assert await records.next_due() is None


async def test_the_next_due_moment_of_empty_records_is_none(store: SqlStore) -> None:
    async with store.begin() as records:
        assert await records.next_due() is None
