"""What waits for its turn in a workspace: for telling people how long something takes."""

from datetime import timedelta

from bot.domain.nudges import Lane, Rule
from bot.domain.pace import POSTS
from bot.store import SqlStore
from tests.store.cast import A_MINUTE, NOW, Cast, write_cast


async def test_what_is_due_in_the_workspace_is_counted_and_what_is_of_one_announcement(
    store: SqlStore, cast: Cast
) -> None:
    other = await write_cast(store, team_id="T2")
    word = {"rule": Rule.ANNOUNCEMENT, "lane": Lane.ANNOUNCEMENT}
    async with store.begin() as records:
        await records.put_nudges(
            [
                cast.nudge("1"),
                cast.nudge("", subject="a1", **word),  # type: ignore[arg-type]
                cast.nudge("", to=cast.tom, subject="a1", **word),  # type: ignore[arg-type]
                cast.nudge("", to=cast.lena, subject="a1", not_before=NOW + A_MINUTE, **word),  # type: ignore[arg-type]
                cast.nudge("", subject="a2", **word),  # type: ignore[arg-type]
                other.nudge("1"),
            ]
        )

        queue = await records.queue(cast.program.id, POSTS, NOW, "a1")

    assert (queue.due, queue.own) == (4, 2)
    assert queue.pace.workspace_id == cast.workspace_id


async def test_where_nothing_waits_it_takes_no_time(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        queue = await records.queue(cast.program.id, POSTS, NOW)

    assert (queue.due, queue.own) == (0, 0)
    assert queue.lasts(NOW) == timedelta(0)
