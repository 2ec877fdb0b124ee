"""What may or may not have arrived is looked up, and only then said again: in memory, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.domain.meetings import Means
from bot.domain.notes import Absent, Doubt, Finding, Later, Outcome, Refused, Sent, SentNote, Unknown, Unreadable
from bot.domain.nudges import Rule
from bot.domain.pace import LIMITS, READS
from bot.rehearsal.memory import MemoryStore
from bot.store import SqlStore
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.ports import Store, Unclear
from bot.usecases.send_notes import LEASE
from tests.store.databases import Database
from tests.usecases.stage import A_DAY, TEAM, Stage, at

FIRST_MORNING = at(6, 1, 10)
SETTLING = timedelta(seconds=120)
TWO_AT_ONCE = {**LIMITS, READS: replace(LIMITS[READS], burst=2)}
A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def kept(request: pytest.FixtureRequest) -> Database | None:
    """Return the database of a test's kind, without a row; None where it is memory."""
    if request.param == "memory":
        return None
    found: Database = request.getfixturevalue(f"{request.param}_database")
    found.reset(empty=True)
    return found


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest) -> Database | None:
    return kept(request)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database(request: pytest.FixtureRequest) -> Database | None:
    return kept(request)


@pytest.fixture
async def stage(any_store: Database | None) -> AsyncIterator[Stage]:
    """The small program two days before it begins, on each of the stores."""
    made = Stage(SqlStore(any_store.engine) if any_store else MemoryStore())
    await made.load()
    yield made
    if any_store:
        await any_store.engine.dispose()


@pytest.fixture
async def limited(any_database: Database) -> AsyncIterator[Stage]:
    """The same, where Slack's limits are kept."""
    made = Stage(SqlStore(any_database.engine, limits=TWO_AT_ONCE))
    await made.load()
    yield made
    await any_database.engine.dispose()


class Died(BaseException):
    """The end of a process: nothing of ours catches it."""


async def doubtful(stage: Stage, *keys: str) -> None:
    """Let the first morning come, and nobody know whether Tom (or who is named) got his note."""
    stage.now = FIRST_MORNING
    for key in keys or ("tom",):
        stage.desk.answers[key] = [Unknown("TimeoutError")]
    await stage.plan()
    while await stage.send():
        pass


async def notes_to(store: Store, stage: Stage, key: str = "tom") -> list[SentNote]:
    person = (await stage.member(key)).person
    async with store.begin() as records:
        return await records.sent_notes(person.id, 10)


async def states(stage: Stage, key: str = "tom") -> list[str]:
    return [note.state for note in await notes_to(stage.store, stage, key)]


async def undecided(stage: Stage) -> list[Unclear]:
    program = (await stage.member("tom")).program
    async with stage.store.begin() as records:
        return await records.unknown_notes(program.id)


async def after(stage: Stage, wait: timedelta) -> int:
    """Let time pass, and look once; return how many were due."""
    stage.now += wait
    return await stage.look_up()


# -- what is found ----------------------------------------------------------------------------------------------------


async def test_what_stands_in_the_conversation_has_arrived_and_is_not_said_again(stage: Stage) -> None:
    await doubtful(stage)
    stage.desk.findings = [Sent("D1", "9.0")]

    assert await after(stage, SETTLING) == 1
    await stage.tick()
    await stage.sleep(FIRST_MORNING + A_DAY)

    assert await states(stage) == ["sent"]
    assert stage.heard("tom") == [["first_move"]]


async def test_nobody_looks_before_it_has_settled(stage: Stage) -> None:
    """A message may still appear: not there would mean nothing."""
    await doubtful(stage)

    assert await after(stage, SETTLING - A_SECOND) == 0
    assert await after(stage, A_SECOND) == 1


async def test_what_is_not_there_goes_out_anew_in_the_same_words(stage: Stage) -> None:
    await doubtful(stage)
    stage.desk.findings = [Absent()]

    await after(stage, SETTLING)
    await stage.tick()

    first, second = [note for who, note in stage.desk.given if who == "tom"]
    assert first.id != second.id
    assert (first.text, first.marks) == (second.text, second.marks)
    assert await states(stage) == ["sent"]


async def test_what_cannot_be_read_at_the_moment_is_looked_for_later_and_not_before(stage: Stage) -> None:
    await doubtful(stage)
    stage.desk.findings = [Later(FIRST_MORNING + SETTLING + 90 * A_SECOND, "internal_error", cause="answer")]

    assert await after(stage, SETTLING) == 1
    assert await after(stage, 89 * A_SECOND) == 0
    assert await states(stage) == ["unknown"]
    stage.desk.findings = [Sent("D1", "9.0")]
    assert await after(stage, A_SECOND) == 1
    assert await states(stage) == ["sent"]


@pytest.mark.parametrize("again", [False, True])
async def test_what_can_never_be_read_waits_for_a_person_who_decides_once(stage: Stage, again: bool) -> None:
    await doubtful(stage)
    stage.desk.findings = [Unreadable("missing_scope")]
    await after(stage, SETTLING)

    assert await after(stage, 30 * A_DAY) == 0
    stage.now = FIRST_MORNING + timedelta(hours=2)
    (unclear,) = await undecided(stage)
    assert (unclear.person.key, unclear.at, unclear.rules) == ("tom", FIRST_MORNING, ("first_move",))
    async with stage.store.begin() as records:
        assert await records.decide_unknown(unclear.note_id, say_again=again, now=stage.now)
    async with stage.store.begin() as records:
        assert not await records.decide_unknown(unclear.note_id, say_again=not again, now=stage.now)
    await stage.tick()

    assert await undecided(stage) == []
    assert len(stage.texts("tom")) == 1 + again
    assert ("You may have had this before" in stage.texts("tom")[-1]) == again


async def test_a_call_for_help_that_can_never_be_read_goes_out_again_and_says_so(stage: Stage) -> None:
    await stage.walk(at(6, 4, 23))
    stage.forget()
    stage.desk.answers["lena"] = [Unknown("TimeoutError")]
    await stage.sleep(at(6, 8, 10))  # three pairs without a first meeting
    stage.desk.findings = [Unreadable("missing_scope")]

    await after(stage, SETTLING)
    await stage.tick()

    once, again = stage.texts("lena")
    assert again.endswith(once)
    assert again.startswith("_You may have had this before; if so, once is enough._\n")
    assert await undecided(stage) == []
    assert (await states(stage, "lena"))[0] == "sent"


async def test_a_sender_that_died_is_given_up_then_settles_and_then_is_looked_up(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    await stage.plan()

    async def dies(*_: object) -> Outcome:
        raise Died

    alive, stage.desk.post = stage.desk.post, dies  # type: ignore[method-assign, assignment]
    with pytest.raises(Died):
        await stage.send()
    stage.desk.post = alive  # type: ignore[method-assign]

    stage.now = FIRST_MORNING + LEASE - A_SECOND
    await stage.tick()
    assert await states(stage) == ["sending"]
    await after(stage, A_SECOND)
    assert await states(stage) == ["unknown"]
    assert await after(stage, SETTLING - A_SECOND) == 0
    await after(stage, A_SECOND)
    await stage.tick()
    assert await states(stage) == ["sent"]
    assert stage.heard("tom") == [["first_move"]]


# -- two at once ------------------------------------------------------------------------------------------------------


async def test_two_workers_look_once_and_say_it_once(stage: Stage) -> None:
    await doubtful(stage)
    stage.now += SETTLING

    await asyncio.gather(stage.look_up(), stage.look_up(), stage.look_up())
    await asyncio.gather(stage.send(), stage.send())

    assert len(stage.desk.looked) == 1
    assert len(stage.texts("tom")) == 2


async def test_a_worker_that_dies_while_it_looks_is_followed_by_another(stage: Stage) -> None:
    await doubtful(stage)
    stage.now += SETTLING

    async def dies(doubt: Doubt) -> Finding:
        raise Died

    alive, stage.desk.find = stage.desk.find, dies  # type: ignore[method-assign]
    with pytest.raises(Died):
        await stage.look_up()
    stage.desk.find = alive  # type: ignore[method-assign]

    assert await after(stage, 119 * A_SECOND) == 0
    assert await after(stage, A_SECOND) == 1
    assert await states(stage) == []  # absent: the next try counts


async def test_a_bug_that_one_conversation_meets_keeps_nobody_from_looking_for_others(stage: Stage) -> None:
    await doubtful(stage, "tom", "ines")
    stage.now += SETTLING
    find, looked = stage.desk.find, list[str]()

    async def stumbles_once(doubt: Doubt) -> Finding:
        looked.append(doubt.note_id)
        if len(looked) == 1:
            raise LookupError
        return await find(doubt)

    stage.desk.find = stumbles_once  # type: ignore[method-assign]
    assert await stage.look_up() == 2

    assert await after(stage, timedelta(minutes=59)) == 0  # the other one was not there: it is open again
    assert await after(stage, A_MINUTE) == 1


@pytest.mark.parametrize(
    ("late", "state"),
    [
        (Sent("D1", "9.0"), "sent"),
        (Later(FIRST_MORNING, "ratelimited"), "unknown"),
        (Refused("user_disabled", whose="person"), "unknown"),
        (Refused("token_revoked", whose="workspace"), "unknown"),
        (Unknown("TimeoutError"), "unknown"),
    ],
)
async def test_a_sender_that_comes_back_late_can_say_that_it_arrived_and_nothing_else(
    stage: Stage, late: Outcome, state: str
) -> None:
    await doubtful(stage)
    (note,) = await notes_to(stage.store, stage)

    async with stage.store.begin() as records:
        await records.settle_notes({note.id: late}, stage.now + A_SECOND)

    assert await states(stage) == [state]
    assert await after(stage, SETTLING) == (state == "unknown")


@pytest.mark.parametrize("late", [Sent("D1", "9.0"), Later(FIRST_MORNING, "x"), Refused("x"), Unknown("x")])
async def test_once_it_was_looked_up_nobody_who_comes_back_late_changes_anything(stage: Stage, late: Outcome) -> None:
    await doubtful(stage)
    (old,) = await notes_to(stage.store, stage)
    await after(stage, SETTLING)  # not there
    await stage.tick()

    async with stage.store.begin() as records:
        await records.settle_notes({old.id: late}, stage.now)
        await records.settle_doubt(old.id, Unreadable("x"), stage.now, say_again=True)
        assert not await records.decide_unknown(old.id, say_again=True, now=stage.now)
    await stage.tick()

    (new,) = await notes_to(stage.store, stage)
    assert (new.id == old.id, new.state) == (False, "sent")
    assert len(stage.texts("tom")) == 2


async def test_a_finding_that_comes_after_the_sender_itself_changes_nothing(stage: Stage) -> None:
    await doubtful(stage)
    (note,) = await notes_to(stage.store, stage)
    async with stage.store.begin() as records:
        await records.settle_notes({note.id: Sent("D1", "9.0")}, stage.now)
        await records.settle_doubt(note.id, Absent(), stage.now)
    await stage.tick()

    assert await states(stage) == ["sent"]
    assert len(stage.texts("tom")) == 1


# -- the day, and what comes too late ---------------------------------------------------------------------------------


async def spoken(stage: Stage) -> tuple[date, ...]:
    person = (await stage.member("tom")).person
    async with stage.store.begin() as records:
        return (await records.spoken_days({person.id}, stage.now - 7 * A_DAY)).get(person.id, ())


async def test_what_may_have_arrived_spends_the_day_until_it_is_known_that_it_did_not(stage: Stage) -> None:
    await doubtful(stage)
    assert await spoken(stage) == (date(2017, 6, 1),)

    await after(stage, SETTLING)

    assert await spoken(stage) == ()


async def test_what_nobody_can_tell_spends_the_day(stage: Stage) -> None:
    await doubtful(stage)
    stage.desk.findings = [Unreadable("missing_scope")]
    await after(stage, SETTLING)

    assert await spoken(stage) == (date(2017, 6, 1),)


async def test_what_is_found_absent_when_it_is_too_late_lapses(stage: Stage) -> None:
    await doubtful(stage)
    stage.now = FIRST_MORNING + 60 * A_DAY

    await stage.look_up()
    while await stage.send():
        pass

    assert len(stage.texts("tom")) == 1
    assert await states(stage) == []


async def test_what_is_no_longer_true_when_it_is_found_absent_is_withdrawn(stage: Stage) -> None:
    await doubtful(stage)
    pair = await stage.pair("tom-maya")
    await log_meeting(stage.world, pair, pair.mentor, MeetingDraft(date(2017, 6, 1), 45, Means.VIDEO))

    await after(stage, SETTLING)
    await stage.tick()

    assert stage.heard("tom") == [["first_move"]]


# -- a workspace that is stopped, and the limit of reading ------------------------------------------------------------


async def test_where_a_workspace_is_stopped_nothing_is_looked_up_nor_due(stage: Stage) -> None:
    await doubtful(stage)
    async with stage.store.begin() as records:
        workspace = await records.workspace(TEAM)
        await records.stop_workspace(workspace.id, "token_revoked", stage.now)

    assert await after(stage, SETTLING) == 0
    async with stage.store.begin() as records:
        await records.start_workspace(workspace.id)
    assert await after(stage, A_SECOND) == 1


async def log_meeting_of_maya(stage: Stage) -> None:
    """Let Tom log a meeting, of which Maya is told."""
    pair = await stage.pair("tom-maya")
    await log_meeting(stage.world, pair, pair.mentor, MeetingDraft(date(2017, 6, 1), 45, Means.VIDEO))


async def test_only_as_many_are_looked_for_at_once_as_slack_lets_us_read(limited: Stage) -> None:
    await doubtful(limited, "tom", "noor", "ines")
    limited.now += SETTLING

    await limited.look_up()
    assert len(limited.desk.looked) == 2
    assert await limited.look_up() == 0  # the third waits a moment
    await after(limited, timedelta(seconds=5))

    assert len(set(limited.desk.looked)) == len(limited.desk.looked) == 3


async def test_a_429_of_one_worker_holds_all_of_them_back(limited: Stage) -> None:
    await doubtful(limited, "tom", "noor", "ines")
    limited.now += SETTLING
    until = limited.now + A_MINUTE
    limited.desk.findings = [Sent("D1", "9.0"), Later(until, "ratelimited")]

    await limited.look_up()
    for _ in range(11):
        await after(limited, 5 * A_SECOND)
    assert len(limited.desk.looked) == 2
    await after(limited, 5 * A_SECOND)

    assert len(limited.desk.looked) == 3  # after the rest, one by one


async def test_a_line_that_is_cut_again_and_again_makes_longer_and_longer_rests(limited: Stage) -> None:
    await doubtful(limited)
    limited.now += SETTLING
    begun, looked = limited.now, list[float]()
    while len(looked) < 4:
        limited.desk.findings = [Later(limited.now, "ClientConnectorError", cause="line")]
        if await limited.look_up() and len(limited.desk.looked) > len(looked):
            looked.append((limited.now - begun).total_seconds())
        limited.now += A_SECOND

    rests = [later - sooner for sooner, later in pairwise(looked)]
    assert 3 <= rests[0] <= 8
    assert 7 <= rests[1] <= 14
    assert 14 <= rests[2] <= 27


async def test_one_note_that_cannot_be_read_holds_nothing_else_back(limited: Stage) -> None:
    await doubtful(limited)
    await log_meeting_of_maya(limited)
    limited.desk.findings = [Later(limited.now + A_DAY, "ratelimited")]
    await after(limited, SETTLING)

    await limited.sleep(FIRST_MORNING + timedelta(hours=2))

    assert limited.heard("ines") == [["first_move"]]
    assert limited.heard("maya") == [["meeting_logged"]]


async def test_rules_of_a_note_are_told_by_name(stage: Stage) -> None:
    await doubtful(stage, "tom", "ines")
    stage.desk.findings = [Unreadable("missing_scope"), Unreadable("missing_scope")]
    await after(stage, SETTLING)

    assert {unclear.person.key for unclear in await undecided(stage)} == {"ines", "tom"}
    assert {rule for unclear in await undecided(stage) for rule in unclear.rules} == {Rule.FIRST_MOVE}
