"""Answer to a meeting on record: yes, we did not meet, or a form for how it was; each can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.content.words import Words
from bot.domain.errors import RuleBroken
from bot.domain.meetings import Confirmed, Means, Meeting
from bot.domain.people import Pair, Person
from bot.domain.remembering import still_editable
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.kept_forms import KeptForm, keep_sent, keeps, kept_view, take_offer_back
from bot.slack.meeting_form import fact_fields, facts_of, facts_seen_by, read_means
from bot.slack.pairs_meetings import meeting_on_record, pair_that_met, read_former, undo_button
from bot.slack.visit import Inputs, Visit, remember
from bot.usecases.answer_meeting import FORM, Put, Says, answer_meeting, correct_meeting, leaves_line
from bot.usecases.log_meeting import LONGEST_NOTES, MeetingDraft, ToBeCorrected
from bot.usecases.phrasing import day_words, facts_words, first_name
from bot.usecases.take_back import Former, take_back
from bot.usecases.undo_meeting import undo_meeting

NOT_AT_ALL = "not_at_all"


# -- what is said -------------------------------------------------------------------------------------------------


def said_of(words: Words, key: str, pair: Pair, person: Person, meeting: Meeting) -> str:
    """Say what is on record now, in the words of `meeting_answers.<key>`."""
    partner = first_name(pair.partner_of(person.id).name)
    facts, day = facts_words(meeting), day_words(meeting.day)
    return words.say(f"meeting_answers.{key}", partner=partner, facts=facts, day=day)


def buttons(words: Words, meeting: Meeting, *actions: tuple[str, str]) -> list[b.Element]:
    """Make buttons about a meeting of (action, name of its label)."""
    return [b.button(action, words.say(f"buttons.{label}"), meeting.id) for action, label in actions]


ADD = ("edit_meeting", "edit_meeting")
CHANGE = ("correct_meeting", "correct_meeting")
ASK = (("meeting_yes", "meeting_yes"), ("meeting_different", "meeting_different"), ("meeting_no", "meeting_no"))


# -- one press ----------------------------------------------------------------------------------------------------


async def yes(visit: Visit) -> None:
    """[Yes], [That is right] and [We did meet]: what is on record counts."""
    found = await _answered(visit, Says.MET)
    if found is None:
        return
    pair, before, meeting = found
    own = meeting.logged_by == visit.person.id
    if own and meeting.confirmed is Confirmed.KEPT:
        await _settle(visit, "kept", pair, meeting, ("undo_meeting", "meeting_let_go"))
    else:
        plain = not own and meeting.confirmed is Confirmed.YES
        await _settle(visit, "yes", pair, meeting, ADD, before=before if plain else None)


async def no(visit: Visit) -> None:
    """[We did not meet]: it counts nowhere."""
    found = await _answered(visit, Says.DID_NOT_MEET)
    if found is None:
        return
    pair, before, meeting = found
    if meeting.confirmed is Confirmed.KEPT:
        await _settle(visit, "kept_already", pair, meeting, ADD)
    elif meeting.logged_by == visit.person.id:
        await _settle(visit, "did_not_meet", pair, meeting, CHANGE, before=before)
    else:
        await _settle(visit, "no", pair, meeting, before=before)


async def unanswer(visit: Visit) -> None:
    """[Undo]: it is as it was; where that was a question, the question comes back."""
    former = read_former(visit.value)
    if former is not None:
        await _put_back(visit, former)
        return
    found = await _answered(visit, Says.NOTHING)
    if found is None:
        return
    pair, _, meeting = found
    if meeting.confirmed is Confirmed.NOT_YET:
        await _settle(visit, "asked_again", pair, meeting, *ASK)
    else:  # who logged it, or an edit, has ended the matter meanwhile
        await _settle(visit, "yes", pair, meeting, ADD)


async def _put_back(visit: Visit, former: Former) -> None:
    before = await meeting_on_record(visit, former.meeting_id)
    if before is None:
        await _gone(visit)
        return
    pair = pair_that_met(visit, before.pair_id)
    meeting = await take_back(visit.world, pair, visit.person, former)
    if meeting is None:
        await _gone(visit)
    elif (*meeting.facts, meeting.confirmed) != (former.day, former.minutes, former.means, former.confirmed):
        await _settle(visit, "changed_since", pair, meeting, ADD)
    elif meeting.logged_by != visit.person.id and meeting.confirmed is Confirmed.NOT_YET:
        await _settle(visit, "asked_again", pair, meeting, *ASK)
    else:
        await _settle(visit, "as_before" if meeting.counts else "as_before_off", pair, meeting, ADD)


async def let_go(visit: Visit) -> None:
    """[Take it back], below another memory of it: it goes, or stays where the partner wrote, counted nowhere."""
    meeting = await meeting_on_record(visit, visit.value)
    if meeting is None:
        await _gone(visit)
        return
    pair = pair_that_met(visit, meeting.pair_id)
    try:
        await undo_meeting(visit.world, pair, visit.person, meeting.id)
    except ToBeCorrected:
        if meeting.counts:
            await _settle(visit, "settled", pair, meeting, CHANGE)
        else:
            await _settle(visit, "let_go", pair, meeting)
    else:
        log = b.button("log_meeting", visit.world.words.say("buttons.log_meeting"), pair.id)
        await visit.settle_or_tell(visit.world.words.say("checkin.undone"), [log])


async def _answered(visit: Visit, says: Says) -> tuple[Pair, Meeting, Meeting] | None:
    """Take an answer; return the pair, and the meeting before and after. None, and said so, where it is gone."""
    before = await meeting_on_record(visit, visit.value)
    if before is not None:
        pair = pair_that_met(visit, before.pair_id)
        meeting = await answer_meeting(visit.world, pair, visit.person, before.id, says)
        if meeting is not None:
            return pair, before, meeting
    await _gone(visit)
    return None


async def _settle(
    visit: Visit, key: str, pair: Pair, meeting: Meeting, *actions: tuple[str, str], before: Meeting | None = None
) -> None:
    """Say what is on record; with [Undo] where `before` is what comes back."""
    words, person = visit.world.words, visit.person
    undo = [undo_button(words.say("buttons.undo"), before, meeting, person)] if before is not None else []
    shown = [*buttons(words, meeting, *actions), *undo]
    await visit.settle_or_tell(said_of(words, key, pair, person, meeting), shown)


async def _gone(visit: Visit) -> None:
    log = b.button("log_meeting", visit.world.words.say("buttons.log_meeting"))
    await visit.settle_or_tell(visit.world.words.say("checkin.gone"), [log])


# -- the form -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correcting:
    """What the form of a correction is about."""

    pair: Pair
    person: Person
    meeting: Meeting
    place: dict[str, str] = field(default_factory=dict)


def build(words: Words, about: Correcting) -> b.View:
    """Ask how it was."""
    meeting = about.meeting
    seen_by = facts_seen_by(words, about.pair, about.person)
    facts = fact_fields(meeting.day, str(meeting.minutes), meeting.means, seen_by=seen_by)
    box = b.checkboxes(NOT_AT_ALL, [b.option("We did not meet", "yes")], () if meeting.counts else ("yes",))
    word = b.text_input("words", multiline=True, most=LONGEST_NOTES)
    blocks = [
        b.section(words.say("meetings.correction_about", facts=facts_words(meeting))),
        *facts,
        b.field(NOT_AT_ALL, "Or not at all", box, optional=True),
        b.field("words", words.say("meetings.correction_words"), word, optional=True),
    ]
    memory = remember(pair=about.pair.id, meeting=meeting.id, **about.place)
    return b.modal(FORM, "How was it?", blocks, submit="Save", memory=memory)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds."""

    day: date | None
    minutes: str
    means: Means
    took_place: bool
    words: str


def read(inputs: Inputs) -> Typed:
    """Return what the form holds: the inverse of `build`."""
    took_place = not inputs.chosen(NOT_AT_ALL)
    return Typed(inputs.day("day"), inputs.text("minutes"), read_means(inputs), took_place, inputs.text("words"))


async def open_form(visit: Visit) -> None:
    """[Different], [Change it] and [Correct it]."""
    meeting = await meeting_on_record(visit, visit.value)
    if meeting is None:
        await _gone(visit)
        return
    about = Correcting(pair_that_met(visit, meeting.pair_id), visit.person, meeting, visit.place)
    form = build(visit.world.words, about)
    await visit.open(await kept_view(visit, KEPT, f"{about.pair.id}/{meeting.id}", form))


async def take_form(visit: Visit) -> None:
    """Put the meeting right as the form says."""
    pair = pair_that_met(visit, visit.memory.get("pair", ""))
    typed, before = read(visit.inputs), await meeting_on_record(visit, visit.memory.get("meeting", ""))
    if before is None or before.pair_id != pair.id:
        raise RuleBroken(visit.world.words.say("checkin.gone"))
    kept = await keep_sent(visit, KEPT)
    facts = MeetingDraft(*before.facts)
    if typed.took_place:
        facts = facts_of(visit.world, typed.day, typed.minutes, typed.means)
    put = Put(facts, typed.took_place, typed.words)
    meeting = await correct_meeting(visit.world, pair, visit.person, before.id, put)
    if meeting is None:
        raise RuleBroken(visit.world.words.say("checkin.gone"))
    late = before.logged_by == visit.person.id and not still_editable(before, pair, visit.person, visit.world.now())
    key, actions = _outcome(meeting, visit.person, took_place=typed.took_place)
    key = "corrected_late" if late and key == "corrected" else key
    line = leaves_line(before, meeting, visit.person, typed.words)
    outcome = Outcome(key, pair, before, meeting, actions, line)
    visit.afterwards(lambda: take_offer_back(visit, kept))
    visit.afterwards(lambda: _show(visit, outcome))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a correction came to: the words for it, and what can be done next."""

    key: str
    pair: Pair
    before: Meeting
    meeting: Meeting
    actions: Sequence[tuple[str, str]]
    left_line: bool


def _outcome(meeting: Meeting, person: Person, *, took_place: bool) -> tuple[str, Sequence[tuple[str, str]]]:
    """Return the words for what a correction came to, and what can be done next."""
    if meeting.logged_by == person.id:
        return ("corrected" if meeting.counts else "did_not_meet"), [CHANGE]
    match meeting.confirmed:
        case Confirmed.DENIED:
            return "no", []
        case Confirmed.CHANGED:
            return "changed", [CHANGE]
        case Confirmed.KEPT:
            return ("corrected", [CHANGE]) if took_place else ("kept_already", [ADD])
        case _:
            return "yes", [ADD]


async def _show(visit: Visit, outcome: Outcome) -> None:
    """Say it in the place of the button that opened the form; without one, in a message."""
    words, before, meeting = visit.world.words, outcome.before, outcome.meeting
    said = said_of(words, outcome.key, outcome.pair, visit.person, meeting)
    changed = before.state != meeting.state
    line = outcome.left_line
    undo = [undo_button(words.say("buttons.undo"), before, meeting, visit.person, line=line)] if changed else []
    next_ = [*buttons(words, meeting, *outcome.actions), *undo]
    if not await visit.settle(said, next_, place=visit.opened_at):
        await visit.send(
            said, [b.section(said, block_id="meeting-said"), *([b.actions(next_, "meeting")] if next_ else [])]
        )


def _about(visit: Visit) -> str:
    return f"{visit.memory.get('pair', '')}/{visit.memory.get('meeting', '')}"


KEPT = KeptForm(FORM, _about, lambda subject: ("correct_meeting", subject.partition("/")[2]))


def register(doors: Doors) -> None:
    """Open the doors of this screen."""
    for action in ("meeting_yes", "meeting_right", "meeting_kept"):
        doors.action(action, yes)
    for action in ("meeting_different", "correct_meeting"):
        doors.action(action, open_form)
    doors.action("meeting_no", no)
    doors.action("meeting_unanswer", unanswer)
    doors.action("meeting_let_go", let_go)
    doors.form(FORM, take_form)
    keeps(doors, KEPT)
