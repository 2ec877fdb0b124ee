"""The oracle sees what must never happen: each misdeed, put into a calm fortnight by hand, is counted once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from tests.simulation.calm import Expected
from tests.simulation.deeds_of_year import AnswerMeeting, AskToEnd, Sign, Snooze, TakeBack
from tests.simulation.oracle import Verdict, judge
from tests.simulation.play import Done, Play, Told
from tests.simulation.script import Act, Choose, Deed, Help, LogMeeting, Pause, Resume, Undo
from tests.simulation.second_thoughts import TakeAnswerBack
from tests.simulation.slack import Message
from tests.simulation.slots import Kept, Slot, withdrawn_by

pytestmark = pytest.mark.slow

HOUR, DAY = 3600.0, 86400.0


@cache
def fortnight() -> Told:
    return Play(9, calm=True, days=14).perform()


def judged(change: Callable[[list[Message]], list[Message]]) -> Verdict:
    told = fortnight()
    return judge(replace(told, messages=change(list(told.messages))))


def moved(message: Message, seconds: float) -> Message:
    return replace(message, called=message.called + seconds, at=message.at + seconds)


def of_rule(messages: list[Message], rule: str) -> Message:
    told = fortnight()
    return next(m for m in messages if [told.slots[mark].slot.rule for mark in m.marks] == [rule])


def test_a_calm_fortnight_is_clean() -> None:
    verdict = judged(lambda messages: messages)

    assert verdict.details == []
    assert verdict.expected == len(fortnight().expected) > 50


def test_a_message_that_never_comes_is_lost() -> None:
    verdict = judged(lambda messages: [m for m in messages if m is not of_rule(messages, "first_move")])

    assert (verdict.lost, len(verdict.details)) == (1, 1)


def test_the_same_slot_in_two_messages_is_twice() -> None:
    def again(messages: list[Message]) -> list[Message]:
        message = of_rule(messages, "announcement")  # outside of the budget: nothing else is wrong
        return [*messages, replace(moved(message, HOUR), text="in other words")]

    verdict = judged(again)

    assert (verdict.twice, len(verdict.details)) == (1, 1)


def test_the_same_words_without_a_mark_are_twice_as_well() -> None:
    def again(messages: list[Message]) -> list[Message]:
        message = of_rule(messages, "announcement")
        return [*messages, replace(moved(message, HOUR), metadata={"event_type": "tandem_note", "event_payload": {}})]

    verdict = judged(again)

    assert verdict.twice == 1


def test_who_is_told_that_it_may_be_the_second_time_is_counted_apart() -> None:
    def again(messages: list[Message]) -> list[Message]:
        message = of_rule(messages, "announcement")
        return [*messages, replace(moved(message, HOUR), text="You may have had this before.")]

    verdict = judged(again)

    assert (verdict.knowingly, verdict.twice) == (1, 0)


def test_a_message_at_three_in_the_morning_is_at_night() -> None:
    def early(messages: list[Message]) -> list[Message]:
        message = of_rule(messages, "first_move")
        return [moved(m, -6 * HOUR) if m is message else m for m in messages]

    verdict = judged(early)

    assert verdict.night == 1


def test_a_message_after_the_last_day_is_after_the_end_and_late() -> None:
    def after(messages: list[Message]) -> list[Message]:
        message = of_rule(messages, "first_move")
        return [moved(m, 21 * DAY) if m is message else m for m in messages]

    verdict = judged(after)

    assert (verdict.after_end, verdict.late) == (1, 1)


def test_a_second_note_on_a_day_is_over_the_budget() -> None:
    def more(messages: list[Message]) -> list[Message]:
        message = of_rule(messages, "first_move")
        other = {"event_type": "tandem_note", "event_payload": {"marks": ["of another slot"]}}
        return [*messages, replace(moved(message, HOUR), text="something else", metadata=other)]

    verdict = judged(more)

    assert (verdict.over_budget, verdict.twice) == (1, 0)


# -- a reminder that never came, named by the day on which somebody asked for help -------------------------------------

MET = LogMeeting(date(2017, 6, 6), 30)
DENIED, CONFIRMED = (AnswerMeeting(MET.day, met=met) for met in (False, True))


def noon(day: int) -> datetime:
    return datetime(2017, 6, day, 12, tzinfo=UTC)


def reminded_never(help_done: int, *then: Deed) -> Verdict:
    """Judge: help is asked for on the 2nd, and `then` more done from the 6th; the reminder of the 9th never comes.

    `help_done` is the day on which Tandem could hear of it.
    """
    told = fortnight()
    pair = told.script.roster.pairs[0]
    deeds = [(2, help_done, Help("")), *((day, max(day, help_done), deed) for day, deed in enumerate(then, 6))]
    acts = [
        Done(Act(number, noon(day), pair.mentor, pair.key, deed), since, since, kept=True)
        for number, (day, done, deed) in enumerate(deeds)
        for since in [(noon(done) - told.start).total_seconds()]
    ]
    slot = Slot("checkin_reminder", pair.key, "2017-06-02/first", pair.mentor)
    return judge(replace(told, messages=[], acts=acts, expected=[Expected(slot, noon(9), noon(14))]))


@pytest.mark.parametrize("then", [(), (MET, Undo(MET.day)), (MET, DENIED), (Choose(),)])
def test_a_reminder_is_not_judged_where_the_word_that_names_it_was_said_on_another_day(then: tuple[Deed, ...]) -> None:
    assert (reminded_never(8, *then).unjudged, reminded_never(8, *then).lost) == (1, 0)
    assert (reminded_never(2, *then).unjudged, reminded_never(2, *then).lost) == (0, 1)


@pytest.mark.parametrize("then", [(MET,), (MET, CONFIRMED), (MET, DENIED, TakeAnswerBack(MET.day))])
def test_after_a_meeting_that_stands_it_is_judged_again(then: tuple[Deed, ...]) -> None:
    assert (reminded_never(8, *then).unjudged, reminded_never(8, *then).lost) == (0, 1)


# -- an idea that never came, of a kind that somebody had put to sleep -------------------------------------------------


def idea_never(sleep_done: int) -> Verdict:
    """Judge: ideas are put to sleep on the 2nd, heard of on `sleep_done`; that of the 9th never comes."""
    told = fortnight()
    pair = told.script.roster.pairs[0]
    since = (noon(sleep_done) - told.start).total_seconds()
    slept = Done(Act(0, noon(2), pair.mentor, "", Snooze("phase_prompt")), since, since, kept=True)
    slot = Slot("phase_prompt", pair.key, "connecting/0", pair.mentor)
    return judge(replace(told, messages=[], acts=[slept], expected=[Expected(slot, noon(9), noon(14))]))


def test_an_idea_is_not_judged_where_its_kind_was_put_to_sleep_late_and_may_sleep_on() -> None:
    assert (idea_never(8).unjudged, idea_never(8).lost) == (1, 0)
    assert (idea_never(2).unjudged, idea_never(2).lost) == (0, 1)


# -- a word about goals that never came, after a break that began later than in the calm year --------------------------


def word_never(rule: str, break_done: int) -> Verdict:
    """Judge: the mentee is away from the 2nd to the 7th, heard of on `break_done`; what is due on the 9th is lost."""
    told = fortnight()
    pair = told.script.roster.pairs[0]
    deeds: list[tuple[int, int, Deed]] = [(2, break_done, Pause(date(2017, 6, 20))), (7, 7, Resume())]
    acts = [
        Done(Act(number, noon(day), pair.mentee, "", deed), since, since, kept=True)
        for number, (day, done, deed) in enumerate(deeds)
        for since in [(noon(done) - told.start).total_seconds()]
    ]
    slot = Slot(rule, pair.key, "mentor", pair.mentor)
    return judge(replace(told, messages=[], acts=acts, expected=[Expected(slot, noon(9), noon(14))]))


@pytest.mark.parametrize("rule", ["goals", "agreement", "first_move"])
def test_what_is_counted_in_days_is_not_judged_where_an_earlier_break_began_on_another_day(rule: str) -> None:
    assert (word_never(rule, 6).unjudged, word_never(rule, 6).lost) == (1, 0)
    assert (word_never(rule, 2).unjudged, word_never(rule, 2).lost) == (0, 1)


def test_what_has_a_day_of_its_own_is_judged_wherever_an_earlier_break_began() -> None:
    assert (word_never("phase_prompt", 6).unjudged, word_never("phase_prompt", 6).lost) == (0, 1)


# -- what is said later than in the calm year, because its time has come anew ------------------------------------------

ENDS, GOES_ON, SIGNED = AskToEnd(date(2017, 6, 16)), TakeBack(), Sign("every week")


def late(rule: str, *deeds: tuple[int, Deed], until: int) -> int:
    """Count: what the calm year's people heard on the 5th is said on the 12th; the records say, up to `until`.

    In the calm year it was worth saying up to the 8th. `deeds` are done on those days.
    """
    told = fortnight()
    pair = told.script.roster.pairs[0]
    acts = [
        Done(Act(number, noon(day), pair.mentor, pair.key, deed), since, since, kept=True)
        for number, (day, deed) in enumerate(deeds)
        for since in [(noon(day) - told.start).total_seconds()]
    ]
    slot = Slot(rule, pair.key, "talk", pair.mentor)
    user = next(str(person.slack_id) for person in told.script.roster.people if person.key == pair.mentor)
    metadata = {"event_type": "tandem_note", "event_payload": {"marks": ["talk"]}}
    called = (noon(12) - told.start).total_seconds()
    note = replace(told.messages[0], user=user, metadata=metadata, called=called, at=called)
    slots = {"talk": Kept(slot, noon(until).isoformat(), "noted/sent")}
    told = replace(told, messages=[note], slots=slots, acts=acts, expected=[Expected(slot, noon(5), noon(8))])
    return judge(told).late


def test_a_talk_is_late_also_where_an_early_ending_was_taken_back_for_each_last_day_has_its_own() -> None:
    assert late("closing", (4, ENDS), (6, GOES_ON), until=14) == 1
    assert late("closing", (4, ENDS), until=14) == 1
    assert late("closing", until=14) == 1


def test_a_reminder_to_sign_is_late_unless_the_other_has_signed_since_and_the_records_name_a_later_day() -> None:
    assert late("agreement", (6, SIGNED), until=14) == 0
    assert late("agreement", (6, SIGNED), until=11) == 1
    assert late("agreement", (4, SIGNED), until=14) == 1
    assert late("goals", (6, SIGNED), until=14) == 1


# -- while a pair ends -------------------------------------------------------------------------------------------------


def urged(rule: str, *deeds: tuple[int, Deed], again: int | None = None) -> int:
    """Count: the mentor hears of `rule` on the 12th; `deeds` are done on those days, the last one `again` later."""
    told = fortnight()
    pair = told.script.roster.pairs[0]
    days = [*deeds, *((again, deed) for _, deed in deeds[-1:] if again)]
    acts = [
        Done(Act(number, noon(day), pair.mentor, pair.key, deed), since, since, kept=True, again=number >= len(deeds))
        for number, (day, deed) in enumerate(days)
        for since in [(noon(day) - told.start).total_seconds()]
    ]
    user = next(str(person.slack_id) for person in told.script.roster.people if person.key == pair.mentor)
    called = (noon(12) - told.start).total_seconds()
    note = replace(told.messages[0], user=user, called=called, at=called)
    note = replace(note, metadata={"event_type": "tandem_note", "event_payload": {"marks": ["one"]}})
    slots = {"one": Kept(Slot(rule, pair.key, "1", pair.mentor), noon(14).isoformat(), "noted/sent")}
    return judge(replace(told, messages=[note], slots=slots, acts=acts, expected=[])).after_end


def heard_never(slot_of: Callable[[str, str, str], Slot], *, kept: bool) -> Verdict:
    """Judge: an ending is to be taken back on the 6th and is, or is not, `kept`; what is due on the 9th never comes."""
    told = fortnight()
    pair = told.script.roster.pairs[0]
    deeds: list[tuple[int, Deed]] = [(4, ENDS), (6, GOES_ON)]
    done = [
        Done(Act(number, noon(day), pair.mentor, pair.key, deed), since, since, kept=kept or deed is ENDS)
        for number, (day, deed) in enumerate(deeds)
        for since in [(noon(day) - told.start).total_seconds()]
    ]
    slot = slot_of(pair.key, pair.mentor, pair.liaison or "")
    return judge(replace(told, messages=[], acts=done, expected=[Expected(slot, noon(9), noon(14))]))


@pytest.mark.parametrize(
    "slot_of",
    [
        lambda pair, mentor, liaison: Slot("phase_prompt", pair, "connecting/0", mentor),
        lambda pair, mentor, liaison: Slot("digest", "spring", "2017-W23", liaison),
    ],
)
def test_where_an_ending_could_not_be_taken_back_in_time_the_pair_has_ended(
    slot_of: Callable[[str, str, str], Slot],
) -> None:
    assert (heard_never(slot_of, kept=False).unjudged, heard_never(slot_of, kept=False).lost) == (1, 0)
    assert (heard_never(slot_of, kept=True).unjudged, heard_never(slot_of, kept=True).lost) == (0, 1)


@pytest.mark.parametrize("rule", ["first_move", "checkin_reminder", "agreement", "goals", "midpoint", "phase_prompt"])
def test_nobody_may_be_urged_while_an_ending_stands(rule: str) -> None:
    assert urged(rule, (4, ENDS)) == 1
    assert urged(rule, (4, ENDS), (6, GOES_ON)) == 0
    assert urged(rule, (13, ENDS)) == 0
    assert urged(rule, (4, ENDS), again=13) == 0  # a backup had lost it
    assert urged("appointment", (4, ENDS)) == 0


# -- what says that something is not so any more ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "named", "before", "needs"),
    [
        ("pause", "maya/2017-06-05/2017-06-20/back", [], {"maya/2017-06-05/2017-06-20"}),
        ("appointment_set", "room 1/1", ["room 0/0", "room 1/0"], {"room 1/0"}),
        ("meeting_answered", "2017-06-06/30/video//2017-06-09", ["2017-06-06/denied"], {"2017-06-06/denied"}),
        ("meeting_answered", "2017-06-06/15/video//2017-06-29", ["2017-05-30/denied"], set[str]()),
        (
            "agreement_news",
            "2/withdrawn/2017-07-03",
            ["1/sign/2017-06-10", "2/amended/2017-07-01"],
            {"2/amended/2017-07-01"},
        ),
        ("agreement_news", "2/amended/2017-07-04", ["2/amended/2017-07-01"], set[str]()),
        (
            "agreement_news",
            "2/amended/2017-07-04",
            ["2/amended/2017-07-01", "2/withdrawn/2017-07-03"],
            {"2/withdrawn/2017-07-03"},
        ),
    ],
)
def test_what_is_taken_back_is_news_only_to_who_has_heard_of_it(
    rule: str, named: str, before: list[str], needs: set[str]
) -> None:
    def slot(occurrence: str) -> Slot:
        return Slot(rule, "tom-maya", occurrence, "tom")

    earlier = [*map(slot, before), Slot(rule, "noor-ben", named, "tom"), Slot(rule, "tom-maya", named, "maya")]

    assert withdrawn_by(slot(named), earlier) == set(map(slot, needs))
