"""Composing: the words of every kind of note, and names of every kind."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.content.prompts import Prompts
from bot.content.words import load_words
from bot.domain.days import Span
from bot.domain.endings import Ending, Rematch
from bot.domain.meetings import Confirmed, Means, Meeting, Words
from bot.domain.notes import Note
from bot.domain.nudges import Lane, Nudge, Rule, Slot
from bot.domain.people import Answer, AnswerKind, Member, Pair, Person
from bot.domain.program import KeyDate, Phase, Role, Training
from bot.domain.rules.phase_prompt import Prompt, Whom
from bot.slack import blocks as b
from bot.slack.post import blocks_of
from bot.usecases.compose_note import Composer
from bot.usecases.wording import NOTHING, Background
from tests.domain.cast import (
    ADA,
    GUAM,
    LENA,
    MAYA,
    MONTHLY,
    PAIR,
    PROGRAM,
    TOM,
    in_the_way,
    liaison,
    mentee,
    mentor,
    met,
    pausing,
)
from tests.golden import check, drawn

NOW = datetime(2017, 6, 26, 15, tzinfo=UTC)  # Monday, 10:00 in Chicago
HELLO = "Write to {partner} about {program}; {liaison} is there until {phase_end}."
PROMPT = Prompt(Phase.CONNECTING, Whom.MENTEE, "hello", 0.0)
COMPOSER = Composer(load_words(), Prompts((PROMPT,), {(Phase.CONNECTING, Whom.MENTEE, "hello"): HELLO}))
AWKWARD = (
    "王秀英",
    "O'Brien & Sons <b>",
    "🌻 Sunny {program} %s",
    "Anna-Sophia Maximiliana " + "von und zu " * 20 + "Hohenstein",
    "@here",
    "<!channel> *bold* `code`",
)


def nudge(
    rule: Rule, occurrence: str = "1", pair: Pair | None = PAIR, lane: Lane = Lane.REMINDER, **facts: str
) -> Nudge:
    slot = Slot(rule, pair.key if pair else "spring", occurrence, "maya")
    return Nudge(slot, "g", MAYA.id, lane, NOW, NOW, pair.id if pair else None, facts)


def composed(
    member: Member, *nudges: Nudge, meetings: Mapping[str, Meeting] | None = None, now: datetime = NOW
) -> Note:
    note = COMPOSER.compose("note-1", member, nudges, Background(meetings or {}), now)
    assert note is not None
    return note


def golden(name: str, note: Note) -> None:
    """Hold what a person reads, and what their screen shows, against a file that somebody has read."""
    check(f"notes/{name}.txt", f"{note.text}\n\n{'=' * 20}\n\n{drawn(blocks_of(note))}")
    fits(note)


def fits(note: Note) -> None:
    """Hold a note against Slack's limits, and its text against what could ping."""
    shown = blocks_of(note)
    assert len(b.escape(note.text)) <= 40_000
    assert len(shown) <= 50
    for block in shown:
        for text in [block.get("text"), *(block.get("elements", []) if block["type"] == "context" else [])]:
            if text:
                assert 0 < len(text["text"]) <= 3000
                assert text["verbatim"] is True
                assert "<!" not in text["text"]
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            assert len(element.get("text", element.get("placeholder"))["text"]) <= 75
            assert len(element.get("value", "")) <= 2000
            assert len(element["action_id"]) <= 255


# -- pairs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rung", ["mentor", "mentee"])
def test_the_first_move(rung: str) -> None:
    golden(
        f"first_move_{rung}", composed(mentor(PAIR) if rung == "mentor" else mentee(PAIR), nudge(Rule.FIRST_MOVE, rung))
    )


def test_the_liaison_hears_of_one_pair_by_its_name_and_of_several_in_a_list() -> None:
    other = replace(PAIR, id="q2", key="tom-ben", mentee=replace(MAYA, id="p-ben", key="ben", name="Ben Castillo"))
    one = nudge(Rule.FIRST_MOVE, "liaison")

    golden("first_move_liaison", composed(liaison(PAIR), one))
    golden("first_move_liaison_many", composed(liaison(PAIR, other), one, nudge(Rule.FIRST_MOVE, "liaison", other)))


@pytest.mark.parametrize("step", ["first", "second", "asked"])
def test_a_reminder(step: str) -> None:
    pair = met(replace(PAIR, rhythm=MONTHLY), date(2017, 5, 25))

    golden(f"checkin_reminder_{step}", composed(mentee(pair), nudge(Rule.CHECKIN_REMINDER, step, pair, step=step)))


def test_a_reminder_of_a_pair_that_never_met() -> None:
    golden("checkin_reminder_never_met", composed(mentor(PAIR), nudge(Rule.CHECKIN_REMINDER, step="first")))


def test_a_reminder_of_a_pair_without_a_liaison() -> None:
    alone = replace(PAIR, liaison=None)

    golden(
        "checkin_reminder_no_liaison", composed(mentee(alone), nudge(Rule.CHECKIN_REMINDER, pair=alone, step="second"))
    )


def test_a_reminder_after_a_break_counts_the_days_that_the_pair_ran() -> None:
    pair = pausing(met(PAIR, date(2017, 6, 2)), mentor=Span(date(2017, 6, 10), date(2017, 6, 19)))

    golden("checkin_reminder_after_a_break", composed(mentee(pair), nudge(Rule.CHECKIN_REMINDER, step="first")))


def meeting(words: str = "") -> Meeting:
    said = (Words(TOM.id, words, "a private note"),) if words else ()
    return Meeting("q", date(2017, 6, 23), 45, Means.PHONE, TOM.id, NOW, words=said, id="m1")


def test_a_meeting_that_the_partner_logged() -> None:
    one = nudge(Rule.MEETING_LOGGED, "2017-06-23", meeting="m1")

    golden("meeting_logged", composed(mentee(PAIR), one, meetings={"m1": meeting()}))
    golden(
        "meeting_logged_next", composed(mentee(PAIR), one, meetings={"m1": meeting("Read the chapter on <serials>.")})
    )


@pytest.mark.parametrize("said", [Confirmed.CHANGED, Confirmed.DENIED])
def test_the_partner_remembers_a_meeting_differently(said: Confirmed) -> None:
    one = nudge(Rule.MEETING_ANSWERED, f"m1/{said}", meeting="m1", said=said.value)
    theirs = replace(meeting("Read."), confirmed=said)

    golden(f"meeting_answered_{said}", composed(mentor(PAIR), one, meetings={"m1": theirs}))


@pytest.mark.parametrize(("name", "confirmed"), [("corrected", Confirmed.NOT_YET), ("corrected_off", Confirmed.DENIED)])
def test_who_logged_a_meeting_has_put_it_right_late(name: str, confirmed: Confirmed) -> None:
    theirs = replace(meeting("Read."), confirmed=confirmed)
    one = nudge(Rule.MEETING_ANSWERED, "m1/x", meeting="m1", said="corrected", state=theirs.state)

    golden(f"meeting_{name}", composed(mentee(PAIR), one, meetings={"m1": theirs}))


def test_notes_of_a_meeting_are_never_sent() -> None:
    one = nudge(Rule.MEETING_LOGGED, "2017-06-23", meeting="m1")

    assert "a private note" not in composed(mentee(PAIR), one, meetings={"m1": meeting("Read.")}).text


def test_something_is_in_the_way() -> None:
    asked = in_the_way(PAIR, MAYA, date(2017, 6, 26), "I wrote twice & <@here> nobody answers.")
    plain = in_the_way(PAIR, TOM, date(2017, 6, 26))

    golden("in_the_way_words", composed(liaison(asked), nudge(Rule.IN_THE_WAY, pair=asked, person=MAYA.id)))
    golden("in_the_way", composed(liaison(plain), nudge(Rule.IN_THE_WAY, pair=plain, person=TOM.id)))


def coordinates(*pairs: Pair) -> Member:
    """Ada, who hears of pairs that are not hers."""
    return Member(pairs[0].program, ADA, frozenset({Role.COORDINATOR}))


def of_another(member: Member, one: Nudge, pair: Pair, **more: Any) -> Note:
    note = COMPOSER.compose("note-1", member, [one], Background(pairs={pair.id: pair}, **more), NOW)
    assert note is not None
    return note


def test_a_word_past_the_liaison_is_for_those_who_coordinate() -> None:
    answer = Answer("q", MAYA.id, AnswerKind.IN_THE_WAY, date(2017, 6, 26), NOW, words="It is Lena.", past_liaison=True)
    pair = replace(PAIR, help_past=answer)
    told = nudge(Rule.IN_THE_WAY, pair=None, person=MAYA.id)
    told = replace(told, facts={"person": MAYA.id, "pair": "q"})

    golden("in_the_way_past_liaison", of_another(coordinates(pair), told, pair))
    assert "It is Lena" not in of_another(liaison(pair), told, pair).text


def test_an_ending_is_neutral_for_the_partner_and_has_its_reason_for_the_liaison() -> None:
    ending = Ending("q", MAYA.id, NOW, date(2017, 7, 10), reason="We do not click.", id="e1")
    pair = replace(PAIR, ending=ending, ends=ending.last_day)
    told = nudge(Rule.ENDING, pair=pair, person=MAYA.id, ending="e1", last="2017-07-10")

    golden("ending_partner", composed(mentor(pair), told))
    golden("ending_liaison", composed(liaison(pair), told))
    golden("ending_off", composed(mentor(PAIR), nudge(Rule.ENDING, "1/off", person=MAYA.id)))
    past = replace(pair, ending=replace(ending, past_liaison=True))
    assert "click" not in composed(liaison(past), told).text + composed(mentor(pair), told).text


def test_a_wish_for_a_new_partner_shows_the_weeks_that_remain() -> None:
    pair = replace(PAIR, ending=Ending("q", MAYA.id, NOW, date(2017, 12, 1), id="e1"), ends=date(2017, 12, 1))
    wish = {"q": [Rematch("g", MAYA.id, "q", NOW, words="Somebody from public libraries.")]}
    told = replace(nudge(Rule.REMATCH, pair=None), facts={"person": MAYA.id, "pair": "q"})

    note = of_another(coordinates(pair), told, pair, rematches=wish)

    golden("rematch", note)
    assert "21 weeks of the program remain" in note.text


def test_another_liaison_is_said_to_each_in_their_own_words() -> None:
    new = replace(PAIR, liaison=ADA)
    told = nudge(Rule.HANDOVER, to=ADA.id, name=ADA.name, names=PAIR.name, former=LENA.name)

    golden("handover_two", composed(mentee(new), told))
    golden("handover_new", composed(liaison(new, person=ADA), told))
    golden("handover_former", composed(liaison(person=LENA), replace(told, pair_id=None)))


def test_who_is_out_of_reach_is_spoken_of_neutrally_and_once_more_when_back() -> None:
    golden("partner_unreachable", composed(mentee(PAIR), nudge(Rule.PARTNER_UNREACHABLE, "tom/1", person=TOM.id)))
    back = nudge(Rule.PARTNER_UNREACHABLE, "tom/1/back", person=TOM.id)
    golden("partner_unreachable_back", composed(mentee(PAIR), back))


def test_saying_it_twice_is_one_part() -> None:
    asked = in_the_way(PAIR, MAYA, date(2017, 6, 26), "Help.")
    twice = [nudge(Rule.IN_THE_WAY, name, asked, person=MAYA.id) for name in ("a", "a/words")]

    assert len(composed(liaison(asked), *twice).parts) == 1


def test_the_words_of_one_are_never_shown_as_the_other_s() -> None:
    asked = in_the_way(PAIR, TOM, date(2017, 6, 26), "Tom's own words.")

    assert "own words" not in composed(liaison(asked), nudge(Rule.IN_THE_WAY, pair=asked, person=MAYA.id)).text


def test_somebody_cannot_be_reached() -> None:
    gone = nudge(Rule.UNREACHABLE, person=MAYA.id, name=MAYA.name, partner=TOM.name, why="gone")
    closed = nudge(Rule.UNREACHABLE, pair=None, person=MAYA.id, name=MAYA.name, partner=TOM.name, why="closed")

    golden("unreachable", composed(liaison(PAIR), gone))
    golden("unreachable_closed", composed(liaison(PAIR), closed))


def test_a_break_of_the_partner() -> None:
    golden("pause", composed(mentor(PAIR), nudge(Rule.PAUSE, until="2017-07-31")))


# -- members ----------------------------------------------------------------------------------------------------------


def prompt(pair: Pair = PAIR) -> Nudge:
    return nudge(Rule.PHASE_PROMPT, "connecting/0", pair, phase="connecting", turn="0")


def test_a_prompt() -> None:
    golden("phase_prompt", composed(mentee(PAIR), prompt()))


def test_a_prompt_for_who_has_two_mentors_names_both() -> None:
    other = replace(PAIR, id="q2", key="maya-ines", mentor=replace(TOM, id="p-ines", name="Inês Duarte"))

    note = composed(mentee(PAIR, other), prompt(), prompt(other))

    assert "Write to Inês and Tom about" in note.text
    assert len(note.parts) == 1


def test_a_prompt_of_a_turn_that_is_no_more_is_not_said() -> None:
    gone = nudge(Rule.PHASE_PROMPT, "connecting/9", phase="connecting", turn="9")

    assert COMPOSER.compose("note-1", mentee(PAIR), [gone], NOTHING, NOW) is None


WINTER = KeyDate("winter", "Winter Meeting, Denver", Span(date(2018, 2, 9), date(2018, 2, 13)), meet=True)
TRAVELING = replace(PAIR, program=replace(PROGRAM, key_dates=(WINTER,)))


def going(step: str, pair: Pair = TRAVELING) -> Nudge:
    return nudge(Rule.MEET_THERE, f"winter/{step}", pair, key="winter", step=step)


@pytest.mark.parametrize("step", ["ask", "moved", "both", "off", "again"])
def test_a_meeting_to_which_people_travel(step: str) -> None:
    golden(f"meet_there_{step}", composed(mentee(TRAVELING), going(step)))


def test_who_is_in_two_pairs_is_asked_once_whether_they_go() -> None:
    other = replace(TRAVELING, id="q2", key="maya-ines", mentor=replace(TOM, id="p-ines", name="Inês Duarte"))

    note = composed(mentee(TRAVELING, other), going("ask"), going("ask", other))

    assert [part.rule for part in note.parts] == [Rule.MEET_THERE]
    assert "Inês and Tom" in note.text
    assert note.parts[0].buttons[0].value == "winter/2018-02-09/q2,q"


def test_an_activity_that_the_partner_sent() -> None:
    golden("idea_sent", composed(mentee(PAIR), nudge(Rule.IDEA_SENT, "swap-resumes", activity="swap-resumes")))


def session(day: int, hour: int = 13) -> datetime:
    return datetime(2017, 6, day, hour)  # noqa: DTZ001


def course(*sessions: datetime) -> Training:
    link, recording = "https://example.org/join", "https://example.org/watch"
    return Training("listening", "Listening Well", frozenset({Role.MENTEE}), sessions, 60, link, recording)


def of_training(step: str, *sessions: datetime, person: Person = MAYA) -> Note:
    program = replace(PROGRAM, trainings=(course(*sessions),))
    member = Member(program, person, frozenset({Role.MENTEE}))
    return composed(member, nudge(Rule.TRAINING, f"listening/{step}", None, training="listening", step=step))


def test_a_training() -> None:
    golden("training_ahead", of_training("ahead", session(29)))
    golden("training_ahead_many", of_training("ahead", session(30), session(29, 9)))
    golden("training_today", of_training("today-1", session(26)))
    golden("training_today_twice", of_training("today-1", session(26, 13), session(26, 16)))
    golden("training_recording", of_training("recording", session(20)))


def test_a_session_at_four_in_the_morning_is_told_by_its_own_day() -> None:
    now = datetime(2017, 6, 27, 0, tzinfo=UTC)  # ten o'clock on Tuesday in Guam
    program = replace(PROGRAM, trainings=(course(session(27)),))
    member = Member(program, replace(MAYA, zone=GUAM), frozenset({Role.MENTEE}))
    today = nudge(Rule.TRAINING, "listening/today-1", None, training="listening", step="today-1")

    golden("training_guam", composed(member, today, now=now))


@pytest.mark.parametrize("part", ["pair", "liaison", "coordinator"])
def test_the_farewell(part: str) -> None:
    now = datetime(2018, 4, 30, 15, tzinfo=UTC)
    pair = met(PAIR, *(date(2018, 4, day) for day in range(1, 15)))
    member = mentee(pair) if part == "pair" else liaison(pair)

    golden(f"farewell_{part}", composed(member, nudge(Rule.FAREWELL, part, None, Lane.ESCALATION, part=part), now=now))


def test_the_farewell_of_a_pair_without_a_meeting_counts_none() -> None:
    now = datetime(2018, 4, 30, 15, tzinfo=UTC)

    golden("farewell_pair_none", composed(mentee(PAIR), nudge(Rule.FAREWELL, part="pair", pair=None), now=now))


def test_an_announcement() -> None:
    said = nudge(
        Rule.ANNOUNCEMENT,
        pair=None,
        lane=Lane.ANNOUNCEMENT,
        author="Ada Whitfield",
        text="The training moves to *Friday*, <!everyone> & @channel.",
        link="https://example.org/training",
    )

    golden("announcement", composed(mentee(PAIR), said))


# -- goals ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "member"), [("mentee", mentee(PAIR)), ("mentor", mentor(PAIR))])
def test_each_is_invited_to_set_a_first_goal(step: str, member: Member) -> None:
    golden(f"goals_{step}", composed(member, nudge(Rule.GOALS, step)))


# -- together, and names ----------------------------------------------------------------------------------------------


def test_what_is_due_together_is_said_in_one_order() -> None:
    pair = met(PAIR, date(2017, 6, 9))
    reminder = nudge(Rule.CHECKIN_REMINDER, pair=pair, step="first")

    note = composed(mentee(pair), prompt(pair), reminder)

    golden("together", note)
    assert [part.rule for part in note.parts] == ["checkin_reminder", "phase_prompt"]
    assert note == composed(mentee(pair), reminder, prompt(pair))


def test_a_note_goes_by_its_most_urgent_part() -> None:
    asked = in_the_way(PAIR, MAYA, date(2017, 6, 26))
    lena = liaison(asked)
    digest = nudge(Rule.DIGEST, "2017-W26", None, Lane.DIGEST)

    assert composed(lena, digest).lane is Lane.DIGEST
    assert composed(lena, digest, nudge(Rule.IN_THE_WAY, pair=asked, lane=Lane.ESCALATION, person=MAYA.id)).lane is (
        Lane.ESCALATION
    )


@pytest.mark.parametrize("name", AWKWARD)
def test_a_name_of_any_kind_is_said_as_it_is_and_pings_nobody(name: str) -> None:
    pair = replace(PAIR, mentor=replace(TOM, name=name), liaison=replace(LENA, name=name))
    maya, lena = mentee(pair), liaison(pair, person=replace(LENA, name=name))

    notes = [
        composed(maya, nudge(Rule.FIRST_MOVE, "mentee", pair)),
        composed(maya, nudge(Rule.CHECKIN_REMINDER, pair=pair, step="second")),
        composed(maya, nudge(Rule.PAUSE, pair=pair, until="2017-07-31")),
        composed(maya, prompt(pair)),
        composed(lena, nudge(Rule.FIRST_MOVE, "liaison", pair)),
        composed(lena, nudge(Rule.DIGEST, pair=None)),
    ]

    for note in notes:
        fits(note)
        assert name.split()[0] in note.text
    assert f"*{name} and Maya Okafor*" in notes[-1].text
