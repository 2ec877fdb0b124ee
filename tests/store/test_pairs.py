"""What pairs do: meetings, goals, answers, pauses, preferences."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.days import Span, SpeakingHours
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Means, Words
from bot.domain.people import Answer, AnswerKind, Pair, Preferences
from bot.store import SqlStore
from bot.store.tables import meeting_words
from bot.usecases.ports import Records
from tests.store.cast import A_MINUTE, AN_HOUR, NOW, YEAR, Cast, all_rows, write_cast

FRIDAY, SATURDAY = date(2017, 6, 9), date(2017, 6, 10)
LATER = NOW + AN_HOUR


async def the_pair(records: Records, cast: Cast) -> Pair:
    return next(pair for pair in await records.pairs(cast.program.id) if pair.id == cast.pair_id)


# -- meetings -----------------------------------------------------------------------------------------------------


async def test_a_meeting_comes_back_as_it_was_logged(store: SqlStore, cast: Cast) -> None:
    words = (Words(cast.tom.id, "", "went well"), Words(cast.maya.id, "read the book", ""))
    meeting = replace(cast.meeting(), words=words, means=Means.IN_PERSON)

    async with store.begin() as records:
        written, new = await records.put_meeting(meeting)

        assert new
        assert written == replace(meeting, id=written.id)
        assert await records.meeting(written.id) == written
        assert await records.meeting_on(cast.pair_id, FRIDAY) == written
        assert await records.meetings(cast.pair_id, 1) == [written]
        assert await records.meetings_by_id([written.id, "no meeting"]) == {written.id: written}


async def test_what_is_not_there_is_none(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        assert await records.meeting("no meeting") is None
        assert await records.meeting_on(cast.pair_id, FRIDAY) is None
        assert await records.meetings(cast.pair_id, 5) == []
        assert await records.meetings_by_id([]) == {}


async def test_a_second_meeting_on_a_day_is_the_first(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        first, _ = await records.put_meeting(cast.meeting(said="by Maya"))

        second, new = await records.put_meeting(cast.meeting(by=cast.tom, said="by Tom"))

        assert not new
        assert second == first
        assert await records.meetings(cast.pair_id, 5) == [first]


async def test_a_meeting_is_changed_with_its_words_and_its_day(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        first, _ = await records.put_meeting(cast.meeting(said="to be forgotten"))
        changed = replace(first, day=SATURDAY, minutes=5, words=(Words(cast.tom.id, "a", "b"),))

        assert await records.put_meeting(changed) == (changed, False)

        assert await records.meeting(first.id) == changed
        assert await records.meeting_on(cast.pair_id, FRIDAY) is None


async def test_a_meeting_cannot_be_moved_onto_another(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_meeting(cast.meeting(FRIDAY))
        second, _ = await records.put_meeting(cast.meeting(SATURDAY))

    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.put_meeting(replace(second, day=FRIDAY))


async def test_an_undone_meeting_is_gone_with_its_words(store: SqlStore, cast: Cast, engine: AsyncEngine) -> None:
    async with store.begin() as records:
        meeting, _ = await records.put_meeting(cast.meeting(said="words"))

        await records.remove_meeting(meeting.id)
        await records.remove_meeting(meeting.id)

        assert await records.meetings(cast.pair_id, 5) == []
    assert await all_rows(engine, meeting_words) == []


async def test_meetings_come_newest_first(store: SqlStore, cast: Cast) -> None:
    days = [date(2017, 6, 20), date(2017, 6, 2), date(2017, 7, 1)]
    async with store.begin() as records:
        for day in days:
            await records.put_meeting(cast.meeting(day, said=str(day)))

        newest = await records.meetings(cast.pair_id, 2)

    assert [meeting.day for meeting in newest] == [date(2017, 7, 1), date(2017, 6, 20)]
    assert [meeting.words[0].next_step for meeting in newest] == ["2017-07-01", "2017-06-20"]


async def test_a_pair_knows_how_often_and_when_it_met(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        other = await records.put_pair(cast.pair_row(key="other", mentee_id=cast.charlie.id), NOW)
        for day in (SATURDAY, FRIDAY):
            await records.put_meeting(cast.meeting(day))
        await records.put_meeting(replace(cast.meeting(date(2017, 6, 11)), pair_id=other))

        pair = await the_pair(records, cast)

    assert (pair.meetings, pair.last_meeting) == (2, SATURDAY)


# -- answers ------------------------------------------------------------------------------------------------------


async def test_a_pair_knows_its_newest_answer_and_who_asked_for_help_last(store: SqlStore, cast: Cast) -> None:
    def said(kind: AnswerKind, minutes: int, words: str = "") -> Answer:
        return Answer(cast.pair_id, cast.maya.id, kind, FRIDAY, NOW + minutes * A_MINUTE, words=words)

    async with store.begin() as records:
        for answer in (
            said(AnswerKind.IN_THE_WAY, 3, "newer"),
            said(AnswerKind.NOT_YET, 4),
            said(AnswerKind.IN_THE_WAY, 1, "older"),
            said(AnswerKind.NOT_YET, 2),
        ):
            await records.put_answer(answer)

        pair = await the_pair(records, cast)

    assert pair.answer is not None
    assert pair.help_asked is not None
    assert replace(pair.answer, id="") == said(AnswerKind.NOT_YET, 4)
    assert replace(pair.help_asked, id="") == said(AnswerKind.IN_THE_WAY, 3, "newer")


async def test_of_two_answers_at_one_moment_the_second_counts(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        for words in ("first", "second"):
            await records.put_answer(
                Answer(cast.pair_id, cast.maya.id, AnswerKind.IN_THE_WAY, FRIDAY, NOW, words=words)
            )

        pair = await the_pair(records, cast)

    assert pair.answer == pair.help_asked
    assert pair.answer is not None
    assert pair.answer.words == "second"


async def test_who_has_never_asked_for_help_has_not(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.put_answer(Answer(cast.pair_id, cast.tom.id, AnswerKind.NOT_YET, FRIDAY, NOW, SATURDAY))

        pair = await the_pair(records, cast)

    assert pair.answer is not None
    assert (pair.answer.remind_on, pair.help_asked) == (SATURDAY, None)


# -- goals --------------------------------------------------------------------------------------------------------


async def test_goals_come_oldest_first(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        for what in ("c", "a", "b"):  # all of one moment
            await records.put_goal(Goal(cast.pair_id, what, "how"), NOW)
        await records.put_goal(Goal(cast.pair_id, "oldest", "how"), NOW - AN_HOUR)

        assert [goal.what for goal in await records.goals(cast.pair_id)] == ["oldest", "c", "a", "b"]


async def test_a_goal_comes_back_with_its_id_and_since_when_it_stands_there(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        goal = await records.put_goal(Goal(cast.pair_id, "what", "how", GoalState.MOVING), NOW)

        assert goal == Goal(cast.pair_id, "what", "how", GoalState.MOVING, NOW, id=goal.id)
        assert await records.goals(cast.pair_id) == [goal]


async def test_a_goal_s_new_words_do_not_change_since_when_it_stands_where_it_does(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        goal = await records.put_goal(Goal(cast.pair_id, "what", "how"), NOW)

        reworded = await records.put_goal(replace(goal, what="else", help="so"), LATER)
        done = await records.put_goal(replace(reworded, state=GoalState.DONE), LATER)

        assert reworded == replace(goal, what="else", help="so")
        assert done == replace(reworded, state=GoalState.DONE, since=LATER)
        assert await records.goals(cast.pair_id) == [done]


async def test_a_goal_cannot_be_taken_from_another_pair(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        other = await records.put_pair(cast.pair_row(key="other", mentee_id=cast.charlie.id), NOW)
        goal = await records.put_goal(Goal(cast.pair_id, "what", "how"), NOW)

        with pytest.raises(LookupError, match="another pair"):
            await records.put_goal(replace(goal, pair_id=other), NOW)

        assert await records.goals(other) == []


# -- pauses and preferences ---------------------------------------------------------------------------------------


async def test_pauses_belong_to_the_person_wherever_they_are_read(store: SqlStore, cast: Cast) -> None:
    summer, past = Span(date(2017, 7, 1), date(2017, 7, 31)), Span(date(2017, 6, 1), date(2017, 6, 5))
    async with store.begin() as records:
        await records.put_pause(cast.maya.id, summer)
        await records.put_pause(cast.maya.id, past)

        pair = await the_pair(records, cast)
        maya = await records.person(cast.maya.id)

    assert maya is not None
    assert maya.pauses == pair.mentee.pauses == (past, summer)
    assert pair.mentor.pauses == ()


async def test_an_ended_pause_ends_with_yesterday(store: SqlStore, cast: Cast) -> None:
    past, running = Span(YEAR.first, date(2017, 6, 5)), Span(date(2017, 6, 8), date(2017, 6, 30))
    from_today, to_come = Span(SATURDAY, date(2017, 6, 12)), Span(date(2017, 8, 1), date(2017, 8, 9))
    async with store.begin() as records:
        for pause in (past, running, from_today, to_come):
            await records.put_pause(cast.maya.id, pause)
            await records.put_pause(cast.tom.id, pause)

        await records.end_pauses(cast.maya.id, SATURDAY)

        maya, tom = await records.person(cast.maya.id), await records.person(cast.tom.id)
    assert maya is not None
    assert tom is not None
    assert maya.pauses == (past, Span(date(2017, 6, 8), FRIDAY))
    assert tom.pauses == (past, running, from_today, to_come)


async def test_what_a_person_chose_is_kept(store: SqlStore, cast: Cast) -> None:
    chosen = Preferences(frozenset({"training", "digest"}), SpeakingHours(days=frozenset({5, 6})))
    async with store.begin() as records:
        await records.put_preferences(cast.maya.id, chosen)

        maya = await records.person(cast.maya.id)
        assert maya == replace(cast.maya, preferences=chosen)

        await records.put_preferences(cast.maya.id, Preferences())
        assert await records.person(cast.maya.id) == cast.maya


async def test_nothing_that_pairs_do_moves_the_agenda_by_itself(store: SqlStore, cast: Cast) -> None:
    async with store.begin() as records:
        await records.look_again([(look, None) for look in await records.claim_looks(NOW, 100)])

        meeting, _ = await records.put_meeting(cast.meeting())
        await records.remove_meeting(meeting.id)
        await records.put_answer(Answer(cast.pair_id, cast.maya.id, AnswerKind.NOT_YET, FRIDAY, NOW))
        await records.put_pause(cast.maya.id, YEAR)
        await records.end_pauses(cast.maya.id, FRIDAY)
        await records.put_preferences(cast.maya.id, Preferences())

        assert await records.next_due() is None


async def test_nobody_of_another_workspace_can_log_a_meeting(store: SqlStore, cast: Cast) -> None:
    other = await write_cast(store, team_id="T2")

    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.put_meeting(cast.meeting(by=other.maya))
    with pytest.raises(IntegrityError):
        async with store.begin() as records:
            await records.put_answer(Answer(cast.pair_id, other.maya.id, AnswerKind.NOT_YET, FRIDAY, NOW))
