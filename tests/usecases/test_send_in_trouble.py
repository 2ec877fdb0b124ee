"""Sending in trouble: lines that are cut, tokens that are refused, claims that take long, answers one by one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.notes import Later, Lease, Note, Outcome, Refused, Sent, Unknown
from bot.domain.people import Person
from bot.usecases import send_notes
from bot.usecases.ports import RESTORED, Records, RecordsAway, Store
from bot.usecases.send_notes import LEASE
from bot.usecases.wake_workspaces import wake_workspaces
from tests.usecases.stage import A_DAY, TEAM, Desk, Stage, at

FIRST_MORNING = at(6, 1, 10)
A_SECOND, A_MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WITHOUT_TOKEN = Refused("token_revoked", whose="workspace")


async def morning(stage: Stage) -> None:
    """Let the first morning come: Tom, Noor and Ines are to hear of their first meeting."""
    stage.now = FIRST_MORNING
    await stage.plan()


async def states(stage: Stage, key: str) -> list[str]:
    person = (await stage.member(key)).person
    async with stage.store.begin() as records:
        return [note.state for note in await records.sent_notes(person.id, 50)]


async def stopped(stage: Stage) -> str:
    async with stage.store.begin() as records:
        return (await records.workspaces())[0].stopped


def no_line(stage: Stage) -> Later:
    return Later(stage.now, "ClientConnectorError", cause="line")


# -- the records ------------------------------------------------------------------------------------------------------


class Flickering:
    """A store that is away for as many transactions as the test says, once a message was sent."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.away = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Records]:
        if self.away:
            self.away -= 1
            raise RecordsAway("cut")
        async with self._store.begin() as records:
            yield records


class AsTheLineIsCut(Desk):
    """A courier that brings everything, and takes its time, while the records go away."""

    def __init__(self, store: Flickering, away: int, takes: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._store, self._away, self._takes = store, away, takes

    async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
        self._store.away = self._away
        self._takes()
        return await super().post(note, person, lease)


async def test_what_is_known_is_settled_once_the_records_are_back(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send_notes, "A_MOMENT", 0.0)
    await morning(stage)
    flickering = Flickering(stage.store)
    stage.world = replace(stage.world, store=flickering, courier=AsTheLineIsCut(flickering, away=3))

    assert await stage.send() == 3

    assert await states(stage, "tom") == ["sent"]


async def test_when_the_lease_is_over_the_conversation_tells(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_notes, "A_MOMENT", 0.0)
    await morning(stage)
    flickering = Flickering(stage.store)

    def takes_long() -> None:
        stage.now += 2 * A_MINUTE

    stage.world = replace(stage.world, store=flickering, courier=AsTheLineIsCut(flickering, 99, takes_long))

    with pytest.raises(RecordsAway):
        await stage.send()

    assert await states(stage, "tom") == ["sending"]
    flickering.away = 0
    await stage.look_up()
    assert await states(stage, "tom") == ["unknown"]


# -- the line ---------------------------------------------------------------------------------------------------------


async def test_where_slack_is_not_reached_the_whole_workspace_rests(stage: Stage) -> None:
    await morning(stage)
    for key in ("tom", "noor", "ines"):
        stage.desk.answers[key] = [no_line(stage)]
    await stage.send()
    assert len(stage.desk.given) == 3

    stage.now += 3 * A_SECOND
    assert await stage.send() == 0
    stage.now += 4 * A_SECOND
    await stage.tick()

    assert [stage.heard(key) for key in ("tom", "noor", "ines")] == [[["first_move"]] * 2] * 3
    assert await states(stage, "tom") == ["sent"]


async def test_there_is_no_limit_of_tries_but_the_rests_grow(stage: Stage) -> None:
    await morning(stage)
    tried = list[float]()
    while stage.now < FIRST_MORNING + timedelta(hours=4):
        for key in ("tom", "noor", "ines"):
            stage.desk.answers[key] = [no_line(stage)]
        if await stage.send():
            tried.append((stage.now - FIRST_MORNING).total_seconds())
        stage.now += A_SECOND * 5

    rests = [later - sooner for sooner, later in zip(tried, tried[1:], strict=False)]  # noqa: RUF007
    assert rests[0] < 12
    assert 450 <= max(rests[8:]) <= 760
    assert len(tried) > 20
    stage.desk.answers.clear()
    stage.now += timedelta(minutes=13)
    await stage.tick()
    assert await states(stage, "tom") == ["sent"]


async def test_what_could_never_be_said_lapses_by_its_own_rule(stage: Stage) -> None:
    await morning(stage)
    for _ in range(40):
        for key in ("tom", "noor", "ines", "maya", "lena", "ada", "ben"):
            stage.desk.answers[key] = [no_line(stage)]
        await stage.send()
        stage.now += A_DAY
    stage.forget()
    stage.desk.answers.clear()

    await stage.sleep(at(7, 12, 12))

    assert ["first_move"] not in stage.heard("tom")  # of the first day; what is due by now is another matter


async def test_a_429_of_one_note_lets_the_others_of_the_workspace_wait(stage: Stage) -> None:
    await morning(stage)
    stage.desk.answers["tom"] = [Later(stage.now + 30 * A_SECOND, "ratelimited")]
    await stage.send()
    async with stage.store.begin() as records:
        workspace = await records.workspace(TEAM)
        pace = await records.pace(workspace.id, "chat.postMessage", stage.now)
    assert pace.resumes_at == stage.now + 30 * A_SECOND

    stage.now += 29 * A_SECOND
    assert await stage.send() == 0
    stage.now += A_SECOND
    assert await stage.send() == 1


async def test_an_answer_of_500_slows_nobody_down(stage: Stage) -> None:
    await morning(stage)
    stage.desk.answers["tom"] = [Unknown("internal_error")]
    await stage.tick()

    assert stage.heard("ines") == [["first_move"]]
    assert await states(stage, "tom") == ["unknown"]


async def test_who_is_slow_to_answer_keeps_no_other_note_from_being_settled(stage: Stage) -> None:
    """Each is settled as its answer comes: what died in between is one note and not a hundred."""
    gate = asyncio.Event()

    class Slow(Desk):
        async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
            if person.key == "tom":
                await gate.wait()
            return await super().post(note, person, lease)

    desk = Slow()
    world = replace(stage.world, courier=desk)
    stage.world = world
    await morning(stage)

    sending = asyncio.ensure_future(stage.send())
    for _ in range(2000):
        await asyncio.sleep(0)
        if await states(stage, "ines") == ["sent"]:
            break
    assert await states(stage, "tom") == ["sending"]
    gate.set()
    await sending

    assert await states(stage, "tom") == ["sent"]


async def test_a_bug_that_one_message_meets_leaves_no_other_unsettled(stage: Stage) -> None:
    class Stumbles(Desk):
        async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
            if person.key == "tom":
                raise LookupError
            return await super().post(note, person, lease)

    stage.world = replace(stage.world, courier=Stumbles())
    await morning(stage)

    await stage.tick()

    assert await states(stage, "tom") == ["unknown"]
    assert await states(stage, "ines") == await states(stage, "noor") == ["sent"]


# -- the workspace ----------------------------------------------------------------------------------------------------


async def test_a_refused_token_stops_the_workspace_and_loses_nothing(stage: Stage) -> None:
    await morning(stage)
    stage.desk.answers["tom"] = [WITHOUT_TOKEN]
    await stage.send()
    assert await stopped(stage) == "token_revoked"

    stage.now += timedelta(hours=1)
    stage.forget()
    await stage.tick()
    assert stage.desk.given == []

    stage.desk.token_works = False
    assert await wake_workspaces(stage.world) == 0
    assert await stopped(stage) == "token_revoked"
    stage.desk.token_works = True
    assert await wake_workspaces(stage.world) == 1
    await stage.tick()

    assert stage.heard("tom") == [["first_move"]]
    assert await states(stage, "tom") == ["sent"]
    assert (await stage.member("tom")).person.unreachable == ""


async def test_slack_is_not_asked_where_nothing_is_stopped(stage: Stage) -> None:
    async def never() -> bool:
        raise AssertionError("asked")

    stage.desk.works = never  # type: ignore[method-assign]

    assert await wake_workspaces(stage.world) == 0


async def test_a_restored_backup_is_not_woken_by_a_token_that_works(stage: Stage) -> None:
    async with stage.store.begin() as records:
        await records.stop_workspace((await records.workspace(TEAM)).id, RESTORED, stage.now)

    assert await wake_workspaces(stage.world) == 0
    assert await stopped(stage) == RESTORED


@pytest.mark.parametrize("reasons", [(RESTORED, "token_revoked"), ("token_revoked", RESTORED)])
async def test_in_whichever_order_a_restored_backup_is_looked_through_first(
    stage: Stage, reasons: tuple[str, str]
) -> None:
    """A token that was refused works again one day; what went out since the backup is heard by nobody but Slack."""
    async with stage.store.begin() as records:
        for reason in reasons:
            await records.stop_workspace((await records.workspace(TEAM)).id, reason, stage.now)

    assert await stopped(stage) == RESTORED
    assert await wake_workspaces(stage.world) == 0


# -- the lease --------------------------------------------------------------------------------------------------------


async def test_a_claim_that_takes_long_does_not_make_the_lease_longer(stage: Stage) -> None:
    """The records give a note up after a minute from the claim: the sender's own minute begins no later."""
    seconds, leases = [0.0], list[float]()

    class Watching(Desk):
        async def post(self, note: Note, person: Person, lease: Lease) -> Outcome:
            leases.append(lease.deadline)
            return await super().post(note, person, lease)

    def slowly() -> str:
        seconds[0] += 20.0
        return stage.new_id()

    stage.world = replace(stage.world, courier=Watching(), new_id=slowly, steady=lambda: seconds[0])
    await morning(stage)
    await stage.send()

    assert set(leases) == {LEASE.total_seconds()}
    assert seconds[0] >= 60


async def test_a_note_for_which_no_time_was_left_goes_out_the_next_time(stage: Stage) -> None:
    await morning(stage)
    stage.desk.answers["tom"] = [Later(stage.now, "no time left to begin", cause="lease")]

    await stage.tick()

    assert stage.heard("tom") == [["first_move"]] * 2
    assert await states(stage, "tom") == ["sent"]


@pytest.mark.parametrize("outcome", [Sent("D1", "1.0"), Sent("", "1.0")])
async def test_where_a_message_arrived_is_remembered_for_looking_up(stage: Stage, outcome: Sent) -> None:
    await morning(stage)
    stage.desk.answers["tom"] = [outcome]
    await stage.send()

    assert (await stage.member("tom")).person.channel == outcome.channel
