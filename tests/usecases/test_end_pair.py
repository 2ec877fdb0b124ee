"""Ending and taking back, in whatever order: the pair ends as the last word says, and nobody hears twice."""

import asyncio
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import RuleBroken
from bot.domain.nudges import Rule
from bot.usecases.end_pair import EndingDraft, end_pair, take_back_ending
from tests.usecases.stage import TEAM, Stage, at, opened

CANARY = "canary of a reason"
LAST = date(2018, 4, 30)
ACTS = st.lists(
    st.tuples(st.sampled_from(["end", "back", "time"]), st.sampled_from(["mentor", "mentee"]), st.integers(20, 60)),
    max_size=8,
)


async def play(acts: list[tuple[str, str, int]]) -> None:
    async with opened("memory") as store:
        stage = Stage(store)
        await stage.load()
        await stage.walk(at(6, 2, 12))
        held: tuple[str, date] | None = None
        for act, who, days in acts:
            pair = await stage.pair("tom-maya")
            by = pair.mentor if who == "mentor" else pair.mentee
            if act == "time":
                await stage.walk(stage.now + timedelta(days=2))
            elif act == "end":
                day = by.today(stage.now) + timedelta(days=days)
                try:
                    await end_pair(stage.world, pair, by, EndingDraft(day, CANARY))
                except RuleBroken:
                    assert held is not None
                else:
                    assert held is None
                    held = (who, day)
            else:
                try:
                    assert (await take_back_ending(stage.world, pair, by)).had is (held is not None)
                except RuleBroken:
                    assert held is not None
                    assert held[0] != who
                else:
                    held = None
            assert (await stage.pair("tom-maya")).span.last == (held[1] if held else LAST)
        await stage.walk(stage.now + timedelta(days=8))
        heard_in_order(stage, ended=held is not None)


def heard_in_order(stage: Stage, *, ended: bool) -> None:
    """Each one is told of an ending and of its end in turns, and last of what holds; the reason is Lena's only."""
    for key in ("maya", "tom", "lena"):
        parts = [p.text for who, note in stage.desk.given if who == key for p in note.parts if p.rule == Rule.ENDING]
        off = ["goes on after all" in text or "go on as a pair after all" in text for text in parts]
        if key == "lena":
            assert off == [number % 2 == 1 for number in range(len(off))]
            assert (len(off) % 2 == 1) is ended
        else:
            assert not any(CANARY in text for text in stage.texts(key))
    for key in ("ada", "charlie", "noor", "ben", "ines"):
        assert not any(CANARY in text for text in stage.texts(key))


@given(acts=ACTS)
@settings(max_examples=25, deadline=None)
def test_whatever_the_two_do_the_pair_ends_when_the_last_word_says(acts: list[tuple[str, str, int]]) -> None:
    asyncio.run(play(acts))


async def test_who_heard_of_it_before_a_backup_was_restored_hears_that_it_is_off(stage: Stage) -> None:
    await stage.walk(at(6, 2, 12))
    stage.forget()
    pair = await stage.pair("tom-maya")
    await end_pair(stage.world, pair, pair.mentee, EndingDraft(pair.mentee.today(stage.now) + timedelta(days=20)))
    await stage.plan()
    async with stage.store.begin() as records:
        waiting = await records.open_nudges([(pair.mentor.id, pair.program.id)], stage.now + timedelta(days=8))
        (told,) = [nudge for nudge in waiting if nudge.slot.rule == Rule.ENDING]
        workspace = await records.workspace(TEAM)
        await records.put_heard(workspace.id, pair.mentor.id, {told.mark: None}, stage.now)  # as `after_restore` does
    await stage.walk(stage.now + timedelta(days=4))
    assert not [text for text in stage.texts("tom") if "comes to its end" in text]  # it stands there: not said again

    assert (await take_back_ending(stage.world, pair, pair.mentee)).had
    await stage.walk(stage.now + timedelta(days=4))

    (off,) = [text for text in stage.texts("tom") if "goes on after all" in text]
    assert "Your pair with Maya goes on after all" in off
