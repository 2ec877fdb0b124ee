"""How many statements things take: a fixed number, however much there is; and how few they are."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.people import Answer, AnswerKind, Person
from bot.domain.program import Role
from bot.store import SqlStore
from bot.usecases.ports import Records
from tests.store.cast import A_DAY, CHICAGO, NOW, YEAR, Cast

MANY = 12
Read = Callable[[Records, Cast], Awaitable[object]]


@contextmanager
def counted(engine: AsyncEngine) -> Iterator[list[str]]:
    """Collect the statements that are executed, without those that begin a transaction."""
    said: list[str] = []

    def hear(*told: object) -> None:
        if not str(told[2]).startswith("BEGIN"):
            said.append(str(told[2]))

    event.listen(engine.sync_engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine.sync_engine, "before_cursor_execute", hear)


async def add_many_pairs(store: SqlStore, cast: Cast) -> None:
    """Give Tom and Lena many more pairs, each with its meeting, its answer and its paused mentee."""
    async with store.begin() as records:
        for n in range(MANY):
            person = Person("", f"mentee-{n}", f"Mentee {n}", CHICAGO, slack_id=f"U{n}")
            mentee = await records.put_person(cast.workspace_id, person)
            await records.put_roles(cast.program.id, mentee.id, frozenset({Role.MENTEE}), NOW)
            await records.put_pause(mentee.id, YEAR)
            pair_id = await records.put_pair(cast.pair_row(key=f"pair-{n}", mentee_id=mentee.id), NOW)
            meeting = cast.meeting(YEAR.first)
            await records.put_meeting(type(meeting)(pair_id, YEAR.first, 30, meeting.means, mentee.id, NOW))
            await records.put_answer(Answer(pair_id, mentee.id, AnswerKind.NOT_YET, YEAR.first, NOW))


async def looked_at(records: Records, cast: Cast) -> object:
    return await records.looked_at(await records.claim_looks(NOW, 1000))


async def members_by_id(records: Records, cast: Cast) -> object:
    looks = await records.claim_looks(NOW, 1000)
    return await records.members_by_id([(look.person_id, look.program_id) for look in looks if look.person_id])


READINGS: list[tuple[str, Read, int]] = [
    ("pairs", lambda records, cast: records.pairs(cast.program.id), 6),
    ("members", lambda records, cast: records.members(cast.program.id), 7),
    ("a Slack user", lambda records, cast: records.members_of_slack_user(cast.workspace_id, "Utom"), 8),
    ("people", lambda records, cast: records.people(cast.workspace_id), 2),
    ("coordinators", lambda records, cast: records.coordinators(cast.program.id), 2),
    ("programs", lambda records, cast: records.programs(cast.workspace_id), 1),
    ("trouble", lambda records, cast: records.trouble(NOW), 9),
    ("what is due", looked_at, 1 + 8),  # one of them for whom those who coordinate stand in
    ("due members", members_by_id, 1 + 8),
]


async def pause_everybody(store: SqlStore, cast: Cast) -> None:
    """Give everybody a break: where nobody has one, none is looked for."""
    async with store.begin() as records:
        for person in await records.people(cast.workspace_id):
            await records.put_pause(person.id, YEAR)


async def count_readings(store: SqlStore, cast: Cast, engine: AsyncEngine) -> dict[str, int]:
    counts = {}
    for name, read, _ in READINGS:
        with counted(engine) as said:
            async with store.begin() as records:
                await read(records, cast)
        counts[name] = len(said)
    return counts


async def test_a_reading_takes_as_many_statements_for_many_as_for_one(
    store: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    await pause_everybody(store, cast)
    for_one = await count_readings(store, cast, engine)
    await add_many_pairs(store, cast)

    for_many = await count_readings(store, cast, engine)

    assert for_one == for_many == {name: statements for name, _, statements in READINGS}


async def test_many_nudges_and_looks_are_written_with_few_statements(
    store: SqlStore, cast: Cast, engine: AsyncEngine
) -> None:
    await add_many_pairs(store, cast)
    async with store.begin() as records:
        looks = await records.claim_looks(NOW, 1000)
        many = [cast.nudge(str(n)) for n in range(500)]

        with counted(engine) as said:
            await records.put_nudges(many)
            await records.look_again([(look, None) for look in looks])
            await records.look_now(NOW, person_id=cast.tom.id)

    assert len(looks) > 2 * MANY
    assert len(said) == 5


async def test_a_tick_with_nothing_to_do_asks_one_question(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    with counted(engine) as said:
        async with store.begin() as records:
            assert not await records.anything_to_do(NOW - A_DAY)

    assert len(said) == 1
