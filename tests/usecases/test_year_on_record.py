"""What a pair's year is made of, on record: the same on a database as in memory, and seen in the pair's snapshot."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.agreements import Agreement, Arranges, Terms
from bot.domain.appointments import Appointment, Planned, Promise
from bot.domain.drafts import Draft
from bot.domain.endings import Ending, Handover, PhaseMove, Rematch, RematchState
from bot.domain.goals import Goal, GoalMove, GoalState
from bot.domain.meetings import Confirmed, Correction, Means, Meeting, Words
from bot.domain.program import Phase
from bot.domain.replies import Question, Reply
from bot.domain.rhythm import Rhythm, Unit
from tests.usecases.stage import A_DAY, STORES, Stage, at, opened

NOON = at(6, 6, 12)
TERMS = Terms(
    Rhythm(3, Unit.WEEK),
    minutes=45,
    hours_a_month=1.5,
    means=(Means.VIDEO, Means.IN_PERSON),
    arranges=Arranges.IN_TURN,
    reply_days=2,
    notice_days=1,
    confidential="Everything, 🙂",
    off_limits="My colleagues",
    ending="A word to Lena is enough",
    expectations="Honest drafts",
)


@pytest.fixture(params=STORES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """The small program, on each of the stores."""
    async with opened(request.param) as store:
        made = Stage(store)
        await made.load()
        made.now = NOON
        yield made


async def nothing_due(stage: Stage) -> None:
    async with stage.store.begin() as records:
        await records.look_again([(look, None) for look in await records.claim_looks(NOON + A_DAY, 100)])


async def due_now(stage: Stage) -> int:
    async with stage.store.begin() as records:
        return len(await records.claim_looks(NOON, 100))


async def test_an_agreement_has_versions_and_the_snapshot_tells_whose_turn_it_is(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    assert (pair.evidence.in_force, pair.evidence.draft) == (0, 0)
    first = Agreement(pair.id, 1, TERMS, pair.mentee.id, NOON, mentee_signed=NOON)
    async with stage.store.begin() as records:
        first = await records.put_agreement(first)
    waiting = (await stage.pair("tom-maya")).evidence
    async with stage.store.begin() as records:
        await records.put_agreement(replace(first, mentor_signed=NOON + A_DAY))
        await records.put_agreement(Agreement(pair.id, 2, replace(TERMS, minutes=30), pair.mentor.id, NOON))
        kept = await records.agreements(pair.id)
    changing = (await stage.pair("tom-maya")).evidence

    assert (waiting.in_force, waiting.draft, waiting.drafted) == (0, 1, pair.mentee.id)
    assert waiting.signed == {pair.mentee.id}
    assert (changing.in_force, changing.draft, changing.signed) == (1, 2, frozenset())
    assert [(one.version, one.in_force, one.terms.minutes) for one in kept] == [(1, True, 45), (2, False, 30)]
    assert kept[0].terms == TERMS


@pytest.mark.parametrize(
    ("terms", "lacks"),
    [
        (TERMS, ()),
        (Terms(), ("rhythm", "minutes", "means")),
        (Terms(Rhythm(1, Unit.MONTH), hours_a_month=2), ("means",)),
        (Terms(minutes=45, means=(Means.PHONE,)), ("rhythm",)),
    ],
)
async def test_the_snapshot_tells_what_a_draft_lacks_to_be_signed(
    stage: Stage, terms: Terms, lacks: tuple[str, ...]
) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        await records.put_agreement(Agreement(pair.id, 1, terms, pair.mentee.id, NOON))

    assert (await stage.pair("tom-maya")).evidence.lacks == lacks


async def test_a_version_that_both_write_at_once_is_one(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        await records.put_agreement(Agreement(pair.id, 1, TERMS, pair.mentee.id, NOON))
        await records.put_agreement(Agreement(pair.id, 1, replace(TERMS, minutes=30), pair.mentor.id, NOON))

        assert [one.terms.minutes for one in await records.agreements(pair.id)] == [30]


async def test_the_rhythm_that_was_agreed_is_the_pairs(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        await records.put_rhythm(pair.id, "every three weeks")

    assert (await stage.pair("tom-maya")).rhythm == Rhythm(3, Unit.WEEK)


async def test_what_was_typed_is_kept_for_the_one_who_typed_it(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    draft = Draft(pair.mentee.id, "agreement", pair.id, {"minutes": "45", "off_limits": "“Home”"}, NOON)
    async with stage.store.begin() as records:
        await records.put_draft(replace(draft, fields={}))
        await records.put_draft(draft)

        assert await records.draft(pair.mentee.id, "agreement", pair.id) == draft
        assert await records.draft(pair.mentor.id, "agreement", pair.id) is None

        await records.drop_draft(pair.mentee.id, "agreement", pair.id)
        await records.drop_draft(pair.mentee.id, "agreement", pair.id)

        assert await records.draft(pair.mentee.id, "agreement", pair.id) is None


async def test_a_line_of_a_story_can_be_taken_out_and_the_others_stay(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        goal = await records.put_goal(Goal(pair.id, "Maps", ""), NOON)
        for days, state in ((1, GoalState.MOVING), (2, GoalState.DONE)):
            await records.add_goal_move(GoalMove(goal.id, pair.mentee.id, NOON + days * A_DAY, state))
        moving, _ = await records.goal_moves(pair.id)

        await records.remove_goal_move(moving.id)
        await records.remove_goal_move(moving.id)

        assert [move.state for move in await records.goal_moves(pair.id)] == [GoalState.DONE]


async def test_a_goal_has_a_story_and_the_snapshot_counts_the_open_ones(stage: Stage) -> None:
    pair, other = await stage.pair("tom-maya"), await stage.pair("noor-ben")
    goal = Goal(
        pair.id, "Maps", "Shows me", why="I like them", measure="Ten maps", target=date(2017, 9, 1), set_by="someone"
    )
    async with stage.store.begin() as records:
        goal = await records.put_goal(goal, NOON)
        await records.put_goal(Goal(pair.id, "Lead", "", GoalState.DONE), NOON + A_DAY)
        await records.put_goal(Goal(other.id, "Other", ""), NOON)
        for days, state in ((2, GoalState.STUCK), (1, GoalState.MOVING)):
            await records.add_goal_move(GoalMove(goal.id, pair.mentee.id, NOON + days * A_DAY, state, "word"))
        kept, moves = await records.goals_of([pair.id]), await records.goal_moves(pair.id)

    assert [one.what for one in kept[pair.id]] == ["Maps", "Lead"]
    assert kept[pair.id][0] == goal
    assert [move.state for move in moves] == [GoalState.MOVING, GoalState.STUCK]
    assert ((await stage.pair("tom-maya")).evidence.goals, (await stage.pair("tom-maya")).evidence.open_goals) == (2, 1)


async def test_what_was_said_of_goals_at_a_denied_meeting_is_kept_and_does_not_count(stage: Stage) -> None:
    pair, other = await stage.pair("tom-maya"), await stage.pair("noor-ben")
    async with stage.store.begin() as records:
        goal, _ = [await records.put_goal(Goal(one.id, "Maps", ""), NOON) for one in (pair, other)]
        met = Meeting(pair.id, date(2017, 6, 5), 30, Means.VIDEO, pair.mentee.id, NOON)
        meeting, _ = await records.put_meeting(met)
        set_one = GoalMove(goal.id, pair.mentee.id, NOON, GoalState.NOT_STARTED)
        done = GoalMove(goal.id, pair.mentee.id, NOON + 2 * A_DAY, GoalState.DONE, meeting_id=meeting.id)
        stuck = replace(done, person_id=pair.mentor.id, at=NOON + A_DAY, state=GoalState.STUCK)
        for line in (done, stuck, set_one):
            await records.add_goal_move(line)
        counted = await records.goal_moves(pair.id)

        await records.put_meeting(replace(meeting, confirmed=Confirmed.DENIED))

        left = await records.goal_moves(pair.id)
        said = await records.said_at_meetings([pair.id])
        assert await records.said_at_meetings([other.id]) == await records.said_at_meetings([]) == {}
    assert [line.state for line in counted] == [GoalState.NOT_STARTED, GoalState.STUCK, GoalState.DONE]
    assert [line.state for line in left] == [GoalState.NOT_STARTED]
    assert [replace(line, id="") for line in said[meeting.id]] == [stuck, done]


async def test_a_meeting_that_the_partner_denies_counts_nowhere(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    words = (Words(pair.mentee.id, "Draft", "We spoke", "I was nervous"),)
    async with stage.store.begin() as records:
        meeting, _ = await records.put_meeting(
            Meeting(pair.id, date(2017, 6, 5), 30, Means.VIDEO, pair.mentee.id, NOON, words=words)
        )
    counted = (await stage.pair("tom-maya")).meetings
    async with stage.store.begin() as records:
        await records.put_meeting(replace(meeting, confirmed=Confirmed.DENIED))
        await records.add_correction(Correction(meeting.id, pair.mentee.id, NOON, "30 minutes", "It was 40"))
        kept = await records.meeting(meeting.id)
        corrections = await records.corrections([meeting.id])

    assert counted == 1
    assert ((await stage.pair("tom-maya")).meetings, (await stage.pair("tom-maya")).last_meeting) == (0, None)
    assert kept is not None
    assert kept.words == words
    assert [one.before for one in corrections[meeting.id]] == ["30 minutes"]


async def test_the_next_appointment_is_in_the_snapshot_until_it_is_called_off(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        set_ = await records.put_appointment(Appointment(pair.id, NOON + A_DAY, 45, pair.mentee.id, NOON, "Café"))
        moved = await records.put_appointment(replace(set_, starts=NOON + 2 * A_DAY, sequence=1))
    ahead = (await stage.pair("tom-maya")).appointment
    async with stage.store.begin() as records:
        await records.put_appointment(replace(moved, state=Planned.CANCELLED, sequence=2))
        kept = await records.appointments(pair.id)

    assert ahead == moved
    assert moved.id == set_.id
    assert (await stage.pair("tom-maya")).appointment is None
    assert [(one.sequence, one.state) for one in kept] == [(2, Planned.CANCELLED)]


async def test_promises_are_kept_changed_and_let_go(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        first = await records.put_promise(Promise(pair.id, "Send the draft", pair.mentee.id, pair.mentee.id, NOON))
        second = await records.put_promise(
            Promise(pair.id, "Read it", pair.mentor.id, pair.mentee.id, NOON + A_DAY, due=date(2017, 6, 20))
        )
        done = await records.put_promise(replace(first, done_at=NOON + A_DAY))

        assert await records.promises([pair.id]) == {pair.id: [done, second]}

        await records.remove_promise(second.id)

        assert await records.promise(second.id) is None
        assert await records.promise(first.id) == done


async def test_a_reply_takes_the_place_of_the_one_before_and_the_snapshot_knows_the_choice(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    midpoint = Reply(pair.id, pair.mentee.id, Question.MIDPOINT, "change", NOON, "More often")
    async with stage.store.begin() as records:
        await records.put_reply(midpoint)
        await records.put_reply(replace(midpoint, choice="keep", words="", at=NOON + A_DAY))
        await records.put_reply(Reply(pair.id, pair.mentor.id, Question.GOING, "yes", NOON, occurrence="annual"))
        said = await records.replies([pair.id])
    evidence = (await stage.pair("tom-maya")).evidence

    assert [(one.question, one.choice) for one in said[pair.id]] == [
        (Question.GOING, "yes"),
        (Question.MIDPOINT, "keep"),
    ]
    assert evidence.choice(Question.MIDPOINT, pair.mentee.id) == "keep"
    assert evidence.choice(Question.MIDPOINT, pair.mentor.id) is None
    assert evidence.choice(Question.GOING, pair.mentor.id, "annual") == "yes"


async def test_an_early_end_is_in_the_snapshot_and_everybody_concerned_is_looked_at(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    await nothing_due(stage)
    last = date(2017, 6, 20)
    async with stage.store.begin() as records:
        ending = await records.put_ending(Ending(pair.id, pair.mentee.id, NOON, last, "private"))
        await records.end_pair(pair.id, last, NOON)
    ended = await stage.pair("tom-maya")

    assert ended.ending == ending
    assert ended.span.last == last
    assert await due_now(stage) >= 4  # the pair, its two and their liaison

    async with stage.store.begin() as records:
        await records.put_ending(replace(ending, taken_back=True))
        await records.end_pair(pair.id, None, NOON)
        assert len(await records.endings(pair.id)) == 1

    assert (await stage.pair("tom-maya")).ending is None
    assert (await stage.pair("tom-maya")).span.last == pair.program.span.last


async def test_who_asks_for_a_new_partner_asks_once(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    asked = Rematch(pair.program.id, pair.mentee.id, pair.id, NOON, words="Somebody in cataloging")
    async with stage.store.begin() as records:
        await records.put_rematch(asked)
        await records.put_rematch(replace(asked, state=RematchState.SEEN))

        assert [(one.state, one.words) for one in await records.rematches(pair.program.id)] == [
            (RematchState.SEEN, "Somebody in cataloging")
        ]


async def test_a_pair_that_goes_to_another_liaison_keeps_its_history(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    ada = (await stage.member("ada")).person
    await nothing_due(stage)
    assert pair.liaison is not None
    async with stage.store.begin() as records:
        await records.hand_over(Handover(pair.id, pair.liaison.id, ada.id, ada.id, NOON))

        assert [(one.from_id, one.to_id) for one in await records.handovers(pair.id)] == [(pair.liaison.id, ada.id)]

    moved = await stage.pair("tom-maya")
    assert moved.liaison is not None
    assert moved.liaison.key == "ada"
    assert await due_now(stage) >= 5  # the pair, its two, and both liaisons


async def test_a_phase_can_begin_on_another_day_for_one_pair(stage: Stage) -> None:
    pair, other = await stage.pair("tom-maya"), await stage.pair("noor-ben")
    move = PhaseMove(pair.id, Phase.ADVANCING, date(2017, 8, 1), pair.mentor.id, NOON)
    async with stage.store.begin() as records:
        await records.add_phase_move(move)
        kept = await records.phase_moves(pair.id)

    assert [(one.phase, one.day) for one in kept] == [(Phase.ADVANCING, date(2017, 8, 1))]
    assert list((await stage.pair("tom-maya")).phase_moves) == kept
    assert (await stage.pair("noor-ben")).phase_moves == other.phase_moves == ()


async def test_the_conversation_of_the_two_is_kept(stage: Stage) -> None:
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        await records.put_pair_channel(pair.id, "G0PAIR")

    assert (await stage.pair("tom-maya")).channel == "G0PAIR"
