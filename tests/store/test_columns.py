"""What is written is what is read, on both databases."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.exc import StatementError

from bot.domain.people import Answer, AnswerKind, Person
from bot.store import SqlStore
from bot.store.columns import Moment, Prose
from tests.store.cast import YEAR, Cast, a_program

SQLITE: Dialect = SQLiteDialect()
POSTGRESQL: Dialect = PGDialect()  # type: ignore[no-untyped-call]
EASTWARD = timezone(timedelta(hours=13, minutes=45))

moments = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, EASTWARD, timezone(timedelta(hours=-9, minutes=-30))]),
)


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL])
@given(moment=moments)
def test_a_moment_comes_back_in_utc_to_the_microsecond(dialect: Dialect, moment: datetime) -> None:
    read = Moment().process_result_value(Moment().process_bind_param(moment, dialect), dialect)

    assert read == moment
    assert read is not None
    assert read.tzinfo is UTC


@given(st.lists(moments, min_size=2))
def test_moments_on_sqlite_sort_as_texts(found: list[datetime]) -> None:
    texts = sorted(str(Moment().process_bind_param(moment, SQLITE)) for moment in found)

    read = [datetime.fromisoformat(text) for text in texts]

    assert all(first <= second for first, second in pairwise(read))


def test_a_moment_on_sqlite_can_be_read_by_a_person() -> None:
    moment = datetime(2017, 6, 13, 4, 45, 0, 7, EASTWARD)

    assert Moment().process_bind_param(moment, SQLITE) == "2017-06-12T15:00:00.000007+00:00"


async def test_a_moment_without_a_zone_is_refused(store: SqlStore) -> None:
    naive = datetime(2017, 6, 12, 9)  # noqa: DTZ001 - that is the point

    with pytest.raises(StatementError, match="has no zone"):
        async with store.begin() as records:
            await records.first_time("Ev1", naive)


async def test_a_moment_survives_the_database(store: SqlStore, cast: Cast) -> None:
    at = datetime(2017, 6, 13, 4, 45, 0, 7, EASTWARD)
    answer = Answer(cast.pair_id, cast.maya.id, AnswerKind.NOT_YET, date(2017, 6, 12), at, date(2017, 6, 20))

    async with store.begin() as records:
        await records.put_answer(answer)
        (pair,) = await records.pairs(cast.program.id)

    assert pair.answer is not None
    assert pair.answer.at == datetime(2017, 6, 12, 15, 0, 0, 7, UTC)
    assert (pair.answer.day, pair.answer.remind_on) == (date(2017, 6, 12), date(2017, 6, 20))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_prose_is_left_as_it_is(words: str) -> None:
    assert Prose().process_bind_param(words, POSTGRESQL) == words


async def test_words_in_any_script_survive_and_what_no_database_holds_is_left_out(store: SqlStore, cast: Cast) -> None:
    said = "naïve 道 🎓 \u202eabc"

    async with store.begin() as records:
        plain, _ = await records.put_meeting(cast.meeting(said=said))
        broken, _ = await records.put_meeting(cast.meeting(YEAR.first, said="a\0b\ud83dc"))
        read = await records.meetings(cast.pair_id, 2)

    assert [meeting.words[0].next_step for meeting in read] == [said, "ab?c"]
    assert [meeting.id for meeting in read] == [plain.id, broken.id]


async def test_keys_sort_alike_on_both_databases(store: SqlStore, cast: Cast) -> None:
    keys = ["Zoe", "adam", "Ägir", "bo-b", "bo b", "bob", "éva", "道"]

    async with store.begin() as records:
        other = await records.workspace("T2")
        for key in keys:
            await records.put_person(other.id, Person("", key, key, cast.maya.zone))
        found = [person.key for person in await records.people(other.id)]

    assert found == sorted(keys)


async def test_a_program_s_texts_survive_the_database(store: SqlStore, cast: Cast) -> None:
    program = a_program("道 'quoted' \"twice\"")

    async with store.begin() as records:
        written = await records.put_program(cast.workspace_id, program)
        read = (await records.programs(cast.workspace_id))[-1]

    assert read == written
    assert read.key == program.key
