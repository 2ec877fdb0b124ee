"""The pair's year on both databases: every kind of value comes back as it was written, and goes with its pair."""

from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.agreements import Agreement, Arranges, Terms
from bot.domain.appointments import Appointment, Promise
from bot.domain.drafts import Draft
from bot.domain.endings import Ending, Handover, PhaseMove, Rematch
from bot.domain.goals import Goal, GoalMove, GoalState
from bot.domain.meetings import Correction, Means
from bot.domain.program import Phase
from bot.domain.replies import Question, Reply
from bot.domain.rhythm import Rhythm, Unit
from bot.store import SqlStore
from bot.store.tables import metadata, pairs
from tests.store.cast import A_DAY, NOW, YEAR, Cast, all_rows

OF_A_PAIR = (
    "agreements",
    "appointments",
    "corrections",
    "endings",
    "goal_moves",
    "goals",
    "handovers",
    "phase_moves",
    "promises",
    "rematches",
    "replies",
)


async def write_all(store: SqlStore, cast: Cast) -> list[object]:
    """Write one value of each kind and return them as they are read again."""
    pair, maya, tom = cast.pair_id, cast.maya.id, cast.tom.id
    terms = Terms(Rhythm(1, Unit.MONTH), 45, None, (Means.PHONE,), Arranges.MENTEE, 2, 1, "“All” of it 🙂")
    async with store.begin() as records:
        agreement = await records.put_agreement(Agreement(pair, 1, terms, maya, NOW, mentor_signed=NOW))
        draft = Draft(maya, "agreement", pair, {"minutes": "45"}, NOW)
        await records.put_draft(draft)
        goal = await records.put_goal(Goal(pair, "Maps", "", target=date(2017, 9, 1), set_by=maya), NOW)
        await records.add_goal_move(GoalMove(goal.id, tom, NOW, GoalState.STUCK))
        meeting, _ = await records.put_meeting(cast.meeting(YEAR.first))
        await records.add_correction(Correction(meeting.id, maya, NOW, "30 minutes"))
        appointment = await records.put_appointment(Appointment(pair, NOW + A_DAY, 30, maya, NOW))
        promise = await records.put_promise(Promise(pair, "Read", tom, maya, NOW, due=date(2017, 6, 9)))
        await records.put_reply(Reply(pair, maya, Question.GOING, "yes", NOW, "Ça va", "annual"))
        ending = await records.put_ending(Ending(pair, maya, NOW, date(2017, 8, 1), "private", goal.id))
        rematch = await records.put_rematch(Rematch(cast.program.id, maya, pair, NOW))
        await records.hand_over(Handover(pair, None, cast.lena.id, cast.ada.id, NOW))
        await records.add_phase_move(PhaseMove(pair, Phase.ADVANCING, date(2017, 8, 1), cast.lena.id, NOW))
    return [agreement, draft, goal, appointment, promise, ending, rematch]


async def read_all(store: SqlStore, cast: Cast) -> list[object]:
    pair, maya = cast.pair_id, cast.maya.id
    async with store.begin() as records:
        return [
            *await records.agreements(pair),
            await records.draft(maya, "agreement", pair),
            *(await records.goals_of([pair]))[pair],
            *await records.appointments(pair),
            *(await records.promises([pair]))[pair],
            *await records.endings(pair),
            *await records.rematches(cast.program.id),
        ]


async def test_what_was_written_is_read_again(store: SqlStore, cast: Cast) -> None:
    written = await write_all(store, cast)

    assert await read_all(store, cast) == written
    async with store.begin() as records:
        (pair,) = await records.pairs(cast.program.id)
        assert (pair.evidence.draft, pair.evidence.goals, pair.evidence.open_goals) == (1, 1, 1)
        assert pair.appointment is not None
        assert pair.appointment.starts == NOW + timedelta(days=1)
        assert pair.ending is not None
        assert [move.phase for move in pair.phase_moves] == [Phase.ADVANCING]


async def test_everything_goes_with_its_pair(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    await write_all(store, cast)
    assert all([await all_rows(engine, metadata.tables[name]) for name in OF_A_PAIR])

    async with engine.begin() as connection:
        await connection.execute(delete(pairs))

    assert not any([await all_rows(engine, metadata.tables[name]) for name in OF_A_PAIR])
