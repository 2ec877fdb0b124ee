"""Sending: what is due for one person is one note, once, whatever the courier says."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.content.words import Words
from bot.domain.meetings import Means
from bot.domain.notes import Later, Refused, Sent, Unknown, Unreadable
from bot.domain.people import Preferences
from bot.usecases.answer_reminder import remind_on
from bot.usecases.log_meeting import Logged, MeetingDraft, log_meeting
from bot.usecases.pause import pause
from bot.usecases.ports import Started
from bot.usecases.send_notes import LEASE
from bot.usecases.wording import NOTHING
from tests.small_program import DESIGN, ROSTER
from tests.usecases.stage import A_DAY, Stage, at

FIRST_MORNING = at(6, 1, 10)  # 11:00 in New York, 9:00 in Denver
REMINDERS = at(6, 16, 10)  # a Friday; Maya and Tom have not met for two weeks
AN_HOUR = timedelta(hours=1)


async def logs(stage: Stage, day: date, *, by: str = "maya") -> Logged:
    pair = await stage.pair("tom-maya")
    who = pair.mentee if by == "maya" else pair.mentor
    return await log_meeting(stage.world, pair, who, MeetingDraft(day, 45, Means.VIDEO))


async def pauses(stage: Stage, key: str, until: date) -> None:
    member = await stage.member(key)
    await pause(stage.world, (member,), member.person, until)


async def state_of_notes(stage: Stage, key: str) -> list[str]:
    person = (await stage.member(key)).person
    async with stage.store.begin() as records:
        return [note.state for note in await records.sent_notes(person.id, 10)]


async def at_the_reminders(stage: Stage) -> None:
    """Let two weeks pass without a word, and the morning come on which Maya and Tom are to be reminded."""
    await stage.walk(at(6, 15, 23))
    stage.forget()
    stage.now = REMINDERS
    await stage.plan()


# -- once -------------------------------------------------------------------------------------------------------------


async def test_what_is_due_is_said_once_however_often_it_is_sent(stage: Stage) -> None:
    stage.now = FIRST_MORNING

    await stage.tick()
    await stage.tick()

    assert stage.heard("tom") == [["first_move"]]
    assert await state_of_notes(stage, "tom") == ["sent"]


async def test_two_workers_say_it_once(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    await stage.plan()

    await asyncio.gather(stage.send(), stage.send(), stage.send())

    assert stage.heard("tom") == [["first_move"]]
    assert stage.heard("ines") == [["first_move"]]


async def test_what_is_due_together_is_one_note(stage: Stage) -> None:
    await stage.walk(at(6, 4, 23))
    stage.forget()
    await stage.sleep(at(6, 8, 10))  # three pairs without a first meeting, told to their liaison

    assert stage.heard("lena") == [["first_move"]]
    assert "3 of your pairs" in stage.texts("lena")[0]


async def test_nobody_hears_at_night(stage: Stage) -> None:
    await stage.walk(at(6, 2, 0))

    assert stage.heard("tom") == [["first_move"]]
    person = (await stage.member("tom")).person
    async with stage.store.begin() as records:
        (note,) = await records.sent_notes(person.id, 10)
    assert note.at == at(6, 1, 8)  # nine in New York


# -- what the courier says --------------------------------------------------------------------------------------------


async def test_somebody_who_has_left_does_not_silence_the_others(stage: Stage) -> None:
    stage.desk.answers["tom"] = [Refused("user_disabled", whose="person")]
    stage.now = FIRST_MORNING

    await stage.tick()

    assert stage.heard("ines") == [["first_move"]]
    assert await state_of_notes(stage, "tom") == ["refused"]
    assert (await stage.member("tom")).person.unreachable == "user_disabled"
    assert stage.heard("maya") == [["partner_unreachable"]]
    stage.forget()
    await stage.walk(at(6, 30, 12))
    assert stage.heard("tom") == []
    assert stage.heard("maya") == []  # her reminders rest
    assert stage.heard("noor")


async def test_a_refused_message_makes_nobody_unreachable(stage: Stage) -> None:
    stage.desk.answers["tom"] = [Refused("msg_too_long")]
    stage.now = FIRST_MORNING

    await stage.tick()

    assert (await stage.member("tom")).person.unreachable == ""
    await stage.sleep(FIRST_MORNING + A_DAY)
    assert stage.heard("tom") == [["first_move"]]  # it would be refused again


async def test_what_slack_did_not_take_is_tried_again_and_not_before(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    until = stage.now + timedelta(seconds=30)
    stage.desk.answers["tom"] = [Later(until, "ratelimited")]

    await stage.tick()
    await stage.sleep(until - timedelta(seconds=1))
    assert len(stage.heard("tom")) == 1
    await stage.sleep(until)

    assert len(stage.heard("tom")) == 2
    assert await state_of_notes(stage, "tom") == ["sent"]
    assert len({note.id for who, note in stage.desk.given if who == "tom"}) == 2


async def test_a_try_that_did_not_go_out_spends_nothing_of_the_day(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    stage.desk.answers["tom"] = [Later(stage.now + AN_HOUR, "ratelimited")]
    await stage.tick()

    person = (await stage.member("tom")).person
    async with stage.store.begin() as records:
        assert await records.spoken_days({person.id}, stage.now - A_DAY) == {}


async def test_what_may_have_arrived_and_cannot_be_looked_up_is_never_sent_twice(stage: Stage) -> None:
    stage.desk.answers["tom"] = [Unknown("TimeoutError")]
    stage.now = FIRST_MORNING

    stage.desk.findings = [Unreadable("missing_scope")]

    await stage.tick()
    await stage.sleep(FIRST_MORNING + AN_HOUR)
    await stage.sleep(FIRST_MORNING + A_DAY)

    assert stage.heard("tom") == [["first_move"]]
    assert await state_of_notes(stage, "tom") == ["unknown"]


async def test_what_may_have_arrived_counts_for_the_day(stage: Stage) -> None:
    stage.desk.answers["tom"] = [Unknown("TimeoutError")]
    stage.desk.findings = [Unreadable("missing_scope")]
    stage.now = FIRST_MORNING
    await stage.tick()
    await logs(stage, date(2017, 6, 1))

    await stage.sleep(FIRST_MORNING + AN_HOUR)
    assert len(stage.heard("tom")) == 1
    await stage.walk(at(6, 2, 12))

    assert stage.heard("tom") == [["first_move"], ["meeting_logged"]]


async def test_a_sender_that_never_came_back_leaves_an_unknown_note(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    await stage.plan()
    tom = await stage.member("tom")
    async with stage.store.begin() as records:
        held = await records.open_nudges([(tom.person.id, tom.program.id)], stage.now)
        note = stage.composer.compose("lost", tom, held, NOTHING, stage.now)
        assert note is not None
        lease_until = stage.now + LEASE
        await records.start_notes(
            [Started(note, tuple(nudge.id for nudge in held))], now=stage.now, lease_until=lease_until
        )

    await stage.sleep(lease_until - timedelta(seconds=1))
    assert await state_of_notes(stage, "tom") == ["sending"]
    await stage.sleep(lease_until)

    assert await state_of_notes(stage, "tom") == ["unknown"]
    assert stage.heard("tom") == []


async def test_an_answer_that_comes_after_the_lease_opens_nothing_again(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    stage.desk.answers["tom"] = [Unknown("TimeoutError")]
    await stage.tick()
    (_, note), *_ = [given for given in stage.desk.given if given[0] == "tom"]

    async with stage.store.begin() as records:
        await records.settle_notes({note.id: Later(stage.now, "ratelimited")}, stage.now)
        await records.settle_notes({note.id: Refused("channel_not_found")}, stage.now)
    await stage.tick()

    assert len(stage.heard("tom")) == 1
    async with stage.store.begin() as records:
        await records.settle_notes({note.id: Sent("D0", "1.0")}, stage.now)
    assert await state_of_notes(stage, "tom") == ["sent"]


# -- answers ----------------------------------------------------------------------------------------------------------


async def test_who_asked_for_a_later_day_is_asked_on_that_day_and_not_before(stage: Stage) -> None:
    await at_the_reminders(stage)
    await stage.tick()
    pair = await stage.pair("tom-maya")
    stage.now += AN_HOUR
    await remind_on(stage.world, pair, pair.mentee, date(2017, 6, 21))
    stage.forget()

    await stage.walk(at(6, 20, 23))
    assert stage.heard("maya") == []
    await stage.walk(at(6, 22, 23))

    assert stage.heard("maya") == [["checkin_reminder"]]
    assert "You asked to be reminded today" in stage.texts("maya")[0]
    assert stage.heard("tom") == []


async def test_after_two_reminders_comes_silence(stage: Stage) -> None:
    await stage.walk(at(12, 31, 12))

    assert sum("checkin_reminder" in note for note in stage.heard("maya")) == 2
    assert sum("checkin_reminder" in note for note in stage.heard("tom")) == 2


# -- digests ----------------------------------------------------------------------------------------------------------


async def test_a_liaison_hears_every_monday(stage: Stage) -> None:
    await stage.walk(at(6, 26, 23))

    assert sum("digest" in note for note in stage.heard("lena")) == 4


async def test_who_wants_a_digest_only_when_needed_hears_none_when_all_is_well(stage: Stage) -> None:
    await stage.prefers("lena", Preferences(digest_only_when_needed=True))
    stage.now = at(6, 1, 12)
    for key in ("tom-maya", "noor-ben", "ines-noor"):
        pair = await stage.pair(key)
        await log_meeting(stage.world, pair, pair.mentor, MeetingDraft(date(2017, 6, 1), 30, Means.VIDEO))

    await stage.walk(at(6, 12, 23))
    assert stage.heard("lena") == []
    await stage.walk(at(6, 19, 23))

    assert stage.heard("lena") == [["digest"]]


# -- outages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outage", [timedelta(hours=1), timedelta(days=1), timedelta(days=14), timedelta(days=60)])
async def test_after_an_outage_nobody_gets_a_pile(stage: Stage, outage: timedelta) -> None:
    await stage.walk(at(6, 15, 23))
    stage.forget()

    await stage.sleep(at(6, 16, 8) + outage)
    await stage.walk(stage.now + A_DAY * 7)

    for key in ("maya", "tom", "noor", "ben", "ines", "lena"):
        assert len(stage.heard(key)) <= 3, key
        person = (await stage.member(key)).person
        async with stage.store.begin() as records:
            days = [note.at.astimezone(person.zone).date() for note in await records.sent_notes(person.id, 100)]
        assert len(days) == len(set(days)), key


async def test_after_two_weeks_of_outage_the_second_reminder_comes_without_the_first(stage: Stage) -> None:
    await stage.walk(at(6, 15, 23))
    stage.forget()

    await stage.sleep(at(6, 27, 10))

    assert len(stage.texts("maya")) == 1
    assert "last reminder for now" in stage.texts("maya")[0]


async def test_what_an_outage_made_too_late_has_lapsed(stage: Stage) -> None:
    stage.now = FIRST_MORNING
    await stage.plan()

    await stage.sleep(at(6, 12, 10))

    assert ["first_move"] not in stage.heard("tom")


# -- two programs -----------------------------------------------------------------------------------------------------

SECOND = DESIGN.replace("first-year", "second-year").replace("First Year", "Second Year")


async def test_one_person_in_two_programs_has_one_day_and_one_week(stage: Stage) -> None:
    await stage.load(design=SECOND, roster=ROSTER.replace("tom-maya", "again"))

    await stage.walk(at(6, 2, 23))

    assert stage.heard("tom") == [["first_move"], ["first_move"]]
    person = (await stage.member("tom")).person
    async with stage.store.begin() as records:
        notes = await records.sent_notes(person.id, 10)
    assert sorted(note.at for note in notes) == [at(6, 1, 8), at(6, 2, 8)]


# -- bugs of ours -----------------------------------------------------------------------------------------------------


async def test_a_bug_in_the_words_for_one_person_does_not_silence_the_others(stage: Stage) -> None:
    await stage.load()
    whole = stage.composer.words.sentences
    stage.composer.words = Words({key: said for key, said in whole.items() if key != "first_move.mentor"})
    await stage.walk(at(6, 5, 10))

    assert {who for who, _ in stage.desk.given} >= {"maya", "ben"}
    assert "tom" not in {who for who, _ in stage.desk.given}

    stage.composer.words = Words(whole)  # mended: what was held is still said
    await stage.walk(at(6, 6, 12))

    assert "tom" in {who for who, _ in stage.desk.given}
