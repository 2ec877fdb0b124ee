"""A process that brings the records to this release is killed at each step of it and started again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store.engine import make_engine
from bot.store.migrate import downgrade
from tests.kills.program import write_day
from tests.kills.scenario import Killer, every_point
from tests.kills.shelves import PostgresqlTemplate, Shelf, SqliteShelf
from tests.kills.slack import LeanSlack

pytestmark = pytest.mark.slow

OLDEST = "0001"
# What the release before knew of Ada: one message arrived, of another it does not know.
OLD_NOTES = """
INSERT INTO notes
    (id, workspace_id, program_id, person_id, lane, state, lease_until, started_at, settled_at, channel, ts, reason)
SELECT
    'old-{0}', people.workspace_id, members.program_id, people.id, 2, '{0}',
    '2017-06-16T15:01:00.000000+00:00', '2017-06-16T15:00:00.000000+00:00', '2017-06-16T15:00:01.000000+00:00',
    '{1}', '', ''
FROM people JOIN members ON members.person_id = people.id WHERE people.key = 'ada'
"""


@pytest.fixture(params=["sqlite", "postgresql"])
async def old_shelf(request: pytest.FixtureRequest, tmp_path: Path, new_database: Callable[[], str]) -> Shelf:
    """The day in a database of the first release."""
    shelf: Shelf
    if request.param == "sqlite":
        shelf = SqliteShelf(tmp_path)
    else:
        shelf = PostgresqlTemplate(request.getfixturevalue("server"), new_database())
    await write_day(shelf)
    engine = make_engine(shelf.url)
    await downgrade(engine, OLDEST)
    await engine.dispose()
    shelf.do(OLD_NOTES.format("sent", "D0ADA"))
    shelf.do(OLD_NOTES.format("unknown", ""))
    shelf.keep()
    return shelf


async def test_killed_at_any_step_of_a_migration_it_migrates_wholly_the_next_time_and_works(
    old_shelf: Shelf, slack: LeanSlack
) -> None:
    killer = Killer(old_shelf, slack)
    old_shelf.fresh()
    old = old_shelf.schema()
    (calm,) = await killer.run()
    new = old_shelf.schema()
    found = set()
    killer.when_killed = lambda: found.add(old_shelf.schema())

    lives = await every_point(killer, opening=True)

    assert killer.tally.bad == []
    assert found == {old, new}  # after a kill all is as it was, or all is new
    assert len(lives) > 20
    assert {"before ALTER nudges", "after CREATE paces", "after UPDATE people", "before commit"} <= set(calm.points)


async def test_what_the_release_before_left_is_taken_over(old_shelf: Shelf, slack: LeanSlack) -> None:
    killer = Killer(old_shelf, slack)

    await killer.run()

    assert old_shelf.rows("SELECT channel FROM people WHERE key = 'ada'") == [("D0ADA",)]
    assert old_shelf.rows("SELECT state FROM notes WHERE id LIKE 'old-%' ORDER BY id") == [("sent",), ("absent",)]
