"""Write, sign and keep an agreement: whatever two people do in whatever order, on the real records."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.agreements import Agreement
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair, Person
from bot.domain.program import Minimum
from bot.domain.rhythm import Rhythm, Unit
from bot.domain.terms import Keep, print_of
from bot.usecases.agreement_sheet import Sheet, draft_of, sheet_of
from bot.usecases.keep_terms import begin_terms, keep_page, keep_typed, throw_away, unsaved
from bot.usecases.pause import pause
from bot.usecases.see_agreement import see_agreement
from bot.usecases.sign_agreement import sign_agreement
from bot.usecases.withdraw_agreement import Withdrawn, bring_back_agreement, withdraw_agreement
from bot.usecases.world import World
from bot.usecases.write_agreement import Clash, Written, settle_clash, write_agreement
from tests.usecases.conftest import Setting
from tests.usecases.stage import Stage, opened

WHOLE = {"rhythm": "every month", "minutes": "60", "means": "video"}


@pytest.fixture
def world(setting: Setting) -> World:
    return setting.world


@pytest.fixture
async def pair(setting: Setting) -> Pair:
    return await setting.pair("tom-maya")


async def writes(world: World, pair: Pair, by: Person, **fields: str) -> Written | Clash:
    await begin_terms(world, pair, by)
    await keep_page(world, pair, by, fields, page="2", view="V1", step=1)
    return await write_agreement(world, pair, by)


async def versions(world: World, pair: Pair) -> list[Agreement]:
    return await see_agreement(world, pair, pair.mentee)


async def signs(world: World, pair: Pair, by: Person) -> None:
    newest = (await versions(world, pair))[-1]
    await sign_agreement(world, pair, by, newest.version, print_of(newest.terms))


async def typing(world: World, pair: Pair, stamp: str, view: str = "V1", step: int = 0, **fields: str) -> None:
    await keep_typed(world, pair, pair.mentee, fields, others={}, stamp=stamp, view=view, step=step)


async def typed(world: World, pair: Pair) -> dict[str, str]:
    sheet = await unsaved(world, pair, pair.mentee)
    return dict(sheet.typed) if sheet else {}


# -- what is typed ----------------------------------------------------------------------------------------------------


async def test_of_what_slack_brings_out_of_order_the_newest_stays(world: World, pair: Pair) -> None:
    await begin_terms(world, pair, pair.mentee)

    await typing(world, pair, "1497625200.000300", ending="We tell Lena")
    await typing(world, pair, "1497625200.000100", ending="W")
    await typing(world, pair, "1497625200.000200", minutes="4")

    assert await typed(world, pair) == {"ending": "We tell Lena", "minutes": "4"}


async def test_what_comes_late_from_a_page_that_was_left_is_older(world: World, pair: Pair) -> None:
    await begin_terms(world, pair, pair.mentee)
    await keep_page(world, pair, pair.mentee, {"minutes": "60"}, page="2", view="V1", step=1)

    await typing(world, pair, "1497625200.000300", minutes="6")

    assert await typed(world, pair) == {"minutes": "60"}


async def test_what_comes_after_saving_or_throwing_away_is_let_go(world: World, pair: Pair) -> None:
    await writes(world, pair, pair.mentee, **WHOLE)
    await typing(world, pair, "1497625200.000300", minutes="6")
    assert await typed(world, pair) == {}

    await begin_terms(world, pair, pair.mentee)
    await throw_away(world, pair, pair.mentee)
    assert await throw_away(world, pair, pair.mentee) is None
    await typing(world, pair, "1497625200.000300", minutes="6")
    assert await typed(world, pair) == {}


async def test_other_fields_fill_what_was_never_heard_and_nothing_else(world: World, pair: Pair) -> None:
    await begin_terms(world, pair, pair.mentee)
    await typing(world, pair, "1497625200.000100", ending="Long")

    others = {"ending": "L", "expectations": "Candor"}
    await keep_typed(world, pair, pair.mentee, {}, others=others, stamp="", view="V1", step=0)

    assert await typed(world, pair) == {"ending": "Long", "expectations": "Candor"}


async def test_who_comes_back_sees_the_other_s_newer_words_beside_their_own(world: World, pair: Pair) -> None:
    await begin_terms(world, pair, pair.mentee)
    await typing(world, pair, "1.0", ending="Mine")
    await writes(world, pair, pair.mentor, minutes="90", ending="His")

    sheet = await begin_terms(world, pair, pair.mentee)

    assert (sheet.fields["minutes"], sheet.fields["ending"]) == ("90", "Mine")
    assert isinstance(await write_agreement(world, pair, pair.mentee), Clash)


def test_a_sheet_is_read_as_it_was_written(setting: Setting) -> None:
    sheet = Sheet("q", "p", setting.now, {"minutes": "4"}, {"ending": ""}, {"ending": "1.0"}, "2", "V1", 3, "D0/1.0")

    assert sheet_of(draft_of(sheet)) == sheet


# -- writing and signing ----------------------------------------------------------------------------------------------


async def test_saving_twice_is_one_version_and_one_word_to_the_partner(
    setting: Setting, world: World, pair: Pair
) -> None:
    assert isinstance(await writes(world, pair, pair.mentee, **WHOLE), Written)
    again = await keep_page(world, pair, pair.mentee, {"ending": ""}, page="2", view="V1", step=1)
    found = await write_agreement(world, pair, pair.mentee)

    assert again.shown is None
    assert isinstance(found, Written)
    assert not found.changed
    assert len(await versions(world, pair)) == 1
    told = [text for text in await setting.told("tom", within=timedelta(days=4)) if "has begun" in text]
    assert len(told) == 1


async def test_a_clash_keeps_what_was_typed_and_is_asked_about_anew_where_they_changed_it_again(
    world: World, pair: Pair
) -> None:
    await begin_terms(world, pair, pair.mentee)
    await typing(world, pair, "1.0", ending="Mine")
    await writes(world, pair, pair.mentor, ending="His")
    clash = await write_agreement(world, pair, pair.mentee)
    assert isinstance(clash, Clash)
    await writes(world, pair, pair.mentor, ending="His, again")

    second = await settle_clash(world, pair, pair.mentee, {"ending": Keep.MINE}, clash.seen)
    assert isinstance(second, Clash)
    assert (second.mine["ending"], second.theirs["ending"]) == ("Mine", "His, again")
    third = await settle_clash(world, pair, pair.mentee, {"ending": Keep.BOTH}, second.seen)

    assert isinstance(third, Written)
    assert third.versions[-1].terms.ending == "His, again\nMine"


async def test_less_than_the_program_asks_for_is_kindly_refused_at_its_field(world: World, pair: Pair) -> None:
    asks = replace(pair, program=replace(pair.program, minimum=Minimum(2, "hours a month")))

    with pytest.raises(RuleBroken, match="less than the 2 hours a month that your program asks for") as refused:
        await writes(world, asks, pair.mentee, **WHOLE)

    assert refused.value.field == "minutes"
    assert (await typed(world, pair))["minutes"] == "60"
    assert isinstance(await writes(world, asks, pair.mentee, minutes="120"), Written)


async def test_what_says_too_little_cannot_be_signed(world: World, pair: Pair) -> None:
    await writes(world, pair, pair.mentee, minutes="60")

    with pytest.raises(RuleBroken, match="how often you meet"):
        await signs(world, pair, pair.mentor)

    assert (await versions(world, pair))[0].mentor_signed is None


async def test_nobody_but_the_two_sees_it(world: World, pair: Pair) -> None:
    await writes(world, pair, pair.mentee, **WHOLE)

    assert pair.liaison is not None
    assert await see_agreement(world, pair, pair.liaison) == []
    assert len(await see_agreement(world, pair, pair.mentor)) == 1


async def test_the_one_whose_turn_it_is_is_reminded_and_then_the_digest_says_so(
    setting: Setting, world: World, pair: Pair
) -> None:
    await writes(world, pair, pair.mentee, **WHOLE)

    tom = await setting.told("tom", within=timedelta(days=45))
    maya = await setting.told("maya")
    lena = await setting.told("lena")

    assert sum("Maya has filled in your agreement, and the next move is yours" in text for text in tom) == 2
    assert sum("This is the last reminder about it." in text for text in tom) == 1
    assert not any("agreement" in text for text in maya)
    assert any("Tom Lindqvist and Maya Okafor*" in text and "no agreement signed by both yet" in text for text in lena)


async def test_what_is_suggested_within_a_break_is_told_after_it(setting: Setting, world: World, pair: Pair) -> None:
    await writes(world, pair, pair.mentee, **WHOLE)
    await signs(world, pair, pair.mentee)
    await signs(world, pair, pair.mentor)
    await pause(world, (), pair.mentor, date(2017, 6, 30))
    resting = await setting.pair("tom-maya")
    await writes(world, resting, resting.mentee, rhythm="every week")

    assert not any("suggests a change" in text for text in await setting.told("tom", within=timedelta(days=14)))
    told = await setting.told("tom", within=timedelta(days=5))

    assert sum("Maya suggests a change to your agreement." in text for text in told) == 1


# -- a change is taken back -------------------------------------------------------------------------------------------


async def changing(world: World, pair: Pair) -> None:
    """Let an agreement hold, and the mentee suggest a change of it."""
    await writes(world, pair, pair.mentee, **WHOLE)
    await signs(world, pair, pair.mentee)
    await signs(world, pair, pair.mentor)
    await writes(world, pair, pair.mentee, rhythm="every week", ending="We tell Lena")


async def takes_back(world: World, pair: Pair, by: Person) -> Withdrawn:
    newest = (await versions(world, pair))[-1]
    return await withdraw_agreement(world, pair, by, newest.version, print_of(newest.terms))


async def test_a_change_that_is_taken_back_is_gone_and_what_was_signed_stands(
    setting: Setting, world: World, pair: Pair
) -> None:
    await changing(world, pair)
    first = (await versions(world, pair))[0]

    found = await takes_back(world, pair, pair.mentee)

    assert found == Withdrawn((first,))
    assert await versions(world, pair) == [first]
    evidence = (await setting.pair("tom-maya")).evidence
    assert (evidence.in_force, evidence.draft) == (1, 0)


async def test_a_change_that_is_brought_back_waits_as_it_was(world: World, pair: Pair) -> None:
    await changing(world, pair)
    await signs(world, pair, pair.mentee)
    waits = (await versions(world, pair))[-1]
    await takes_back(world, pair, pair.mentee)

    await bring_back_agreement(world, pair, pair.mentee)
    again = await bring_back_agreement(world, pair, pair.mentee)

    assert again.moved
    now = (await versions(world, pair))[-1]
    assert (now.version, now.terms, now.mentee_signed) == (2, waits.terms, waits.mentee_signed)
    await signs(world, pair, pair.mentor)
    assert (await versions(world, pair))[-1].in_force


@pytest.mark.parametrize("first", ["take back", "sign"])
async def test_a_change_is_either_signed_or_taken_back_when_both_come_at_once(
    world: World, pair: Pair, first: str
) -> None:
    await changing(world, pair)
    await signs(world, pair, pair.mentee)
    both = [takes_back(world, pair, pair.mentee), signs(world, pair, pair.mentor)]

    await asyncio.gather(*(both if first == "take back" else reversed(both)))

    found = await versions(world, pair)
    assert all(one.in_force for one in found)
    assert (await bring_back_agreement(world, pair, pair.mentee)).moved is (len(found) == 2)


async def test_only_who_suggested_a_change_takes_it_back(world: World, pair: Pair) -> None:
    await writes(world, pair, pair.mentee, **WHOLE)
    assert (await takes_back(world, pair, pair.mentee)).moved  # a first version is nobody's change
    await signs(world, pair, pair.mentee)
    await signs(world, pair, pair.mentor)
    assert (await takes_back(world, pair, pair.mentee)).moved  # what both have signed
    await writes(world, pair, pair.mentee, rhythm="every week")

    assert (await takes_back(world, pair, pair.mentor)).moved
    assert len(await versions(world, pair)) == 2


async def test_words_that_were_changed_meanwhile_are_not_taken_back(world: World, pair: Pair) -> None:
    await changing(world, pair)
    seen = print_of((await versions(world, pair))[-1].terms)
    await writes(world, pair, pair.mentee, rhythm="every three weeks")

    assert (await withdraw_agreement(world, pair, pair.mentee, 2, seen)).moved


async def test_what_was_suggested_since_is_not_overwritten_by_an_older_change(world: World, pair: Pair) -> None:
    await changing(world, pair)
    await takes_back(world, pair, pair.mentee)
    await writes(world, pair, pair.mentor, rhythm="every three weeks")

    assert (await bring_back_agreement(world, pair, pair.mentee)).moved
    assert (await versions(world, pair))[-1].edited_by == pair.mentor.id


async def test_who_has_not_heard_of_the_change_hears_nothing(setting: Setting, world: World, pair: Pair) -> None:
    await changing(world, pair)
    await takes_back(world, pair, pair.mentee)

    told = await setting.told("tom", within=timedelta(days=4))

    assert not any("suggest" in text or "taken" in text for text in told)


async def test_who_has_heard_of_the_change_is_told_once_that_it_is_gone(
    setting: Setting, world: World, pair: Pair
) -> None:
    await changing(world, pair)
    await setting.told("tom", within=timedelta(days=4))
    await takes_back(world, pair, pair.mentee)
    await takes_back(world, pair, pair.mentee)

    told = await setting.told("tom", within=timedelta(days=4))

    assert sum("Maya has taken the suggested change back." in text for text in told) == 1


async def test_who_has_not_heard_that_it_was_gone_hears_nothing_of_its_return(
    setting: Setting, world: World, pair: Pair
) -> None:
    await changing(world, pair)
    before = await setting.told("tom", within=timedelta(days=4))
    await takes_back(world, pair, pair.mentee)
    await bring_back_agreement(world, pair, pair.mentee)

    after = (await setting.told("tom", within=timedelta(days=4)))[len(before) :]

    assert not any("suggest" in text for text in after)


async def test_a_change_that_comes_back_before_it_was_heard_of_is_told_once(
    setting: Setting, world: World, pair: Pair
) -> None:
    await changing(world, pair)
    await signs(world, pair, pair.mentee)
    await takes_back(world, pair, pair.mentee)
    await bring_back_agreement(world, pair, pair.mentee)

    told = await setting.told("tom", within=timedelta(days=4))

    assert sum("Maya suggests a change to your agreement, and has signed it." in text for text in told) == 1
    assert not any("taken" in text for text in told)


# -- whatever they do -------------------------------------------------------------------------------------------------

acts = st.lists(
    st.tuples(
        st.sampled_from(["write", "sign", "take back", "bring back"]),
        st.booleans(),
        st.sampled_from(["every week", "every two weeks", "every month", "every three months"]),
    ),
    max_size=16,
)


def both_signed(known: list[Agreement]) -> Iterator[Agreement]:
    return (one for one in known if one.mentor_signed and one.mentee_signed)


@given(acts)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
async def test_reminders_follow_the_newest_agreement_that_both_have_signed(done: list[tuple[str, bool, str]]) -> None:
    async with opened("memory") as store:
        stage = Stage(store)
        await stage.load()
        pair = await stage.pair("tom-maya")
        kept: dict[int, Agreement] = {}
        for act, by_mentor, rhythm in done:
            by = pair.mentor if by_mentor else pair.mentee
            if act == "write":
                await writes(stage.world, pair, by, **{**WHOLE, "rhythm": rhythm})
            elif act == "bring back":
                await bring_back_agreement(stage.world, pair, by)
            elif await versions(stage.world, pair):
                await (signs if act == "sign" else takes_back)(stage.world, pair, by)
            known = await versions(stage.world, pair)
            holds = max(both_signed(known), key=lambda one: one.version, default=None)
            now = await stage.pair("tom-maya")
            assert now.rhythm == (holds.terms.rhythm if holds else Rhythm(2, Unit.WEEK))
            assert now.evidence.in_force == (holds.version if holds else 0)
            assert all(kept[one.version] == one for one in known if one.version in kept)  # what both signed stays
            assert [one.version for one in known] == list(range(1, len(known) + 1))
            kept |= {one.version: one for one in both_signed(known)}
