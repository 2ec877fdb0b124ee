"""Sending: what has changed between planning and sending is heeded."""

from dataclasses import replace
from datetime import date

from bot.domain.people import Preferences
from bot.usecases.answer_reminder import something_in_the_way
from bot.usecases.news import A_SITTING
from bot.usecases.pause import resume
from bot.usecases.undo_meeting import undo_meeting
from tests.small_program import ROSTER
from tests.usecases.stage import TEAM, Stage, at
from tests.usecases.test_send_notes import AN_HOUR, FIRST_MORNING, at_the_reminders, logs, pauses


async def test_a_kind_that_was_switched_off_meanwhile_is_not_said(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    await stage.plan()
    await stage.prefers("tom", Preferences(muted=frozenset({"first_move"})))

    await stage.tick()

    assert stage.heard("tom") == []
    assert stage.heard("ines") == [["first_move"]]


async def test_a_break_that_began_meanwhile_is_kept(stage: Stage) -> None:
    await at_the_reminders(stage)
    await pauses(stage, "maya", date(2017, 7, 2))

    await stage.tick()

    assert stage.heard("maya") == []


async def test_who_is_left_waiting_by_a_break_is_not_asked_about_a_meeting(stage: Stage) -> None:
    await at_the_reminders(stage)
    await pauses(stage, "maya", date(2017, 7, 2))

    await stage.tick()
    await stage.walk(at(7, 2, 23))

    assert stage.heard("tom") == [["pause"]]


async def test_when_the_break_is_over_the_clock_goes_on(stage: Stage) -> None:
    await stage.walk(at(6, 10, 12))
    await pauses(stage, "maya", date(2017, 6, 20))  # nine days have run; the reminder comes when fifteen have
    stage.forget()

    await stage.walk(at(6, 25, 23))
    assert stage.heard("maya") == []
    await stage.walk(at(6, 27, 23))

    assert stage.heard("maya") == [["checkin_reminder"]]
    assert stage.heard("tom")[-1] == ["checkin_reminder"]


async def test_who_comes_back_on_the_same_day_is_reminded_after_all(stage: Stage) -> None:
    await at_the_reminders(stage)
    await pauses(stage, "maya", date(2017, 7, 2))
    await stage.tick()
    stage.now += AN_HOUR
    maya = await stage.member("maya")
    await resume(stage.world, (maya,), maya.person)

    await stage.tick()

    assert stage.heard("maya") == [["checkin_reminder"]]


async def test_a_break_that_is_over_before_the_partner_heard_of_it_is_not_told(stage: Stage) -> None:
    await stage.walk(at(6, 9, 20))  # Friday evening
    stage.forget()
    await pauses(stage, "maya", date(2017, 6, 30))
    stage.now += AN_HOUR
    maya = await stage.member("maya")
    await resume(stage.world, (maya,), maya.person)

    await stage.walk(at(6, 13, 12))

    assert ["pause"] not in stage.heard("tom")


async def test_of_a_break_that_was_changed_only_the_new_day_is_told(stage: Stage) -> None:
    await stage.walk(at(6, 9, 20))
    stage.forget()
    await pauses(stage, "maya", date(2017, 6, 23))
    await pauses(stage, "maya", date(2017, 6, 30))

    await stage.walk(at(6, 12, 12))

    assert stage.heard("tom") == [["pause"]]
    assert "June 30" in stage.texts("tom")[0]
    assert "June 23" not in stage.texts("tom")[0]


async def test_a_meeting_that_is_logged_meanwhile_withdraws_the_reminder(stage: Stage) -> None:
    await at_the_reminders(stage)
    await logs(stage, date(2017, 6, 14))

    await stage.walk(stage.now + A_SITTING)

    assert stage.heard("maya") == []
    assert stage.heard("tom") == [["meeting_logged"]]


async def test_a_meeting_that_is_taken_back_before_the_partner_heard_is_not_told(stage: Stage) -> None:
    stage.now = at(6, 1, 20)
    logged = await logs(stage, date(2017, 6, 1))
    pair = await stage.pair("tom-maya")
    await undo_meeting(stage.world, pair, pair.mentee, logged.meeting.id)

    await stage.walk(at(6, 2, 12))

    assert ["meeting_logged"] not in stage.heard("tom")


async def test_a_meeting_that_is_logged_anew_is_told_once(stage: Stage) -> None:
    stage.now = at(6, 1, 20)
    logged = await logs(stage, date(2017, 6, 1))
    pair = await stage.pair("tom-maya")
    await undo_meeting(stage.world, pair, pair.mentee, logged.meeting.id)
    await logs(stage, date(2017, 6, 1))

    await stage.walk(at(6, 5, 12))

    assert stage.heard("tom").count(["meeting_logged"]) == 1


async def test_a_liaison_who_gave_the_pair_away_is_not_told_what_is_in_the_way(stage: Stage) -> None:
    stage.now = at(6, 2, 20)
    await stage.tick()
    stage.forget()
    pair = await stage.pair("tom-maya")
    await something_in_the_way(stage.world, pair, pair.mentee, "He does not answer.")
    roster = ROSTER.replace("tom,maya,lena", "tom,maya,ada").replace(",coordinator,", ",coordinator liaison,")
    await stage.load(roster=roster)

    await stage.walk(at(6, 5, 20))

    assert not any("He does not answer." in text for text in stage.texts("lena"))
    assert stage.heard("ben") == [["first_move"]]  # what cannot be said to one silences nobody else
    assert any("Maya asked for a word" in text for text in stage.texts("ada"))


async def test_who_is_no_member_any_more_hears_nothing(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    await stage.plan()
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        await records.put_roles(tom.program.id, tom.person.id, frozenset(), stage.now)

    await stage.tick()

    assert stage.heard("tom") == []
    assert stage.heard("ines") == [["first_move"]]


async def test_a_person_without_a_slack_id_waits_and_hears_when_there_is_one(stage: Stage) -> None:
    tom = (await stage.member("tom")).person
    async with stage.store.begin() as records:
        workspace = await records.workspace(TEAM)
        await records.put_person(workspace.id, replace(tom, slack_id=None))
    await stage.walk(at(6, 1, 20))
    assert stage.heard("tom") == []
    assert stage.heard("ines") == [["first_move"]]

    async with stage.store.begin() as records:
        await records.put_person(workspace.id, tom)
    await stage.walk(at(6, 2, 20))

    assert stage.heard("tom") == [["first_move"]]
