"""Log a meeting: `/checkin` opens a form, `/checkin yesterday 45 zoom` logs at once; both can be changed and undone."""

import re
from collections.abc import Sequence
from datetime import date

from bot.content.words import Words
from bot.domain.drafts import ANY_PAIR
from bot.domain.errors import RuleBroken
from bot.domain.goals import Goal, GoalMove, GoalState
from bot.domain.meetings import Means, Meeting
from bot.domain.people import Pair, Person
from bot.domain.remembering import still_editable
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.kept_forms import KeptForm, keep_sent, keeps, kept_view, take_offer_back
from bot.slack.meeting_form import (
    CHOOSE_PAIR,
    MeetingForm,
    Typed,
    build,
    delete_button,
    draft_of,
    is_own_alone,
    on_record,
    read,
)
from bot.slack.meeting_list import LIST, show_meetings
from bot.slack.pairs_meetings import (
    history_of,
    meeting_on_record,
    offer_correction,
    pair_that_met,
    pairs_that_met,
    undo_button,
)
from bot.slack.visit import Visit, read_memory, remember
from bot.usecases.keep_form import kept_in
from bot.usecases.log_meeting import FORM, How, Logged, MeetingDraft, ToBeCorrected, log_meeting, same_meeting
from bot.usecases.move_goals import Heard
from bot.usecases.phrasing import count_words, day_words, first_name, means_words, short_day
from bot.usecases.reading import NotUnderstood, QuickCheckin, Wanted, read_checkin, read_day_ahead
from bot.usecases.undo_meeting import undo_meeting
from bot.usecases.wording.goals import said_line
from bot.usecases.world import World

MENTION = re.compile(r"<@(\w+)(?:\|[^>]*)?>")
ANSWER = "meeting"
QUICK = {How.NEW: "checkin.logged", How.CHANGED: "checkin.changed_quick", How.MERGED: "checkin.merged"}


# -- what is said -------------------------------------------------------------------------------------------------


def said_of(visit: Visit, pair: Pair, logged: Logged, key: str) -> str:
    """Say what is on record now, in the words of `key`, and what was understood of the goals."""
    meeting = logged.meeting
    said = visit.world.words.say(
        key,
        partner=first_name(pair.partner_of(visit.person.id).name),
        day=short_day(meeting.day) if key == "reminder_answers.logged" else day_words(meeting.day),
        length=count_words(meeting.minutes, "minute"),
        means=means_words(meeting.means),
    )
    twin = [visit.world.words.say("checkin.twin", **_of_twin(pair, visit.person, logged.twin))] if logged.twin else []
    return "\n".join([said, *twin, *goals_heard(visit.world.words, logged.heard)])


def _of_twin(pair: Pair, person: Person, twin: Meeting) -> dict[str, str]:
    return {"partner": first_name(pair.partner_of(person.id).name), "day": day_words(twin.day)}


def goals_heard(words: Words, heard: Heard) -> list[str]:
    """Say in lines what was understood of the goals, and what may come next."""
    lines = [said_line(words, goal, state, "checkin.goal") for goal, state in heard.said]
    lines += [said_line(words, goal, goal.state, "checkin.goal_kept") for goal in heard.kept]
    if _changed(heard):
        lines.append(words.say("goals.changed_next"))
    elif heard.none_open:
        lines.append(words.say("goals.last_closed"))
    return lines


def _changed(heard: Heard) -> list[Goal]:
    """Return the goals of which was said that they have changed, and which stand so: another one takes their place."""
    return [goal for goal, state in heard.said if state is goal.state is GoalState.CHANGED]


def buttons_for(words: Words, logged: Logged, person: Person, *, quick: bool = False) -> list[b.Element]:
    """Offer to change it, and the way back: to nothing, or to what it was where that can be had to the letter."""
    edit = b.button("edit_meeting", "Edit" if logged.how is not How.MERGED else "Add to it", logged.meeting.id)
    undo = _ways_back(words, logged, person, quick=quick)
    pair_id = logged.meeting.pair_id
    plan = b.button("plan_meeting", "Plan the next meeting", pair_id)
    steps, goals = b.button("open_steps", "Next steps", pair_id), b.button("open_goals", "How goals stand", pair_id)
    twin = logged.twin
    same = (
        [b.button("same_meeting", words.say("buttons.same_meeting"), f"{logged.meeting.id}/{twin.id}")] if twin else []
    )
    return [*same, edit, *undo, *_successor(pair_id, logged.heard), plan, steps, goals]


def _ways_back(words: Words, logged: Logged, person: Person, *, quick: bool) -> list[b.Element]:
    meeting, before, label = logged.meeting, logged.before, words.say("buttons.undo")
    if logged.how is How.NEW:
        return [b.button("undo_meeting", label, meeting.id)]
    if before is not None and (logged.joined or (quick and before.state != meeting.state)):
        return [undo_button(label, before, meeting, person, joined=logged.joined, line=logged.left_line)]
    return [delete_button(words, meeting)] if is_own_alone(meeting, person) else []


def _successor(pair_id: str, heard: Heard) -> list[b.Element]:
    return [b.button("replace_goal", "Set the next one", f"{pair_id}/{goal.id}") for goal in _changed(heard)[:1]]


def build_answer(text: str, buttons: list[b.Element]) -> list[b.Block]:
    """Lay out an answer so that `Visit.settle` can put another one in its place."""
    return [b.section(text, block_id=f"{ANSWER}-said"), b.actions(buttons, ANSWER)]


def build_pair_buttons(pairs: Sequence[Pair], person_id: str, quick: QuickCheckin) -> list[b.Element]:
    """Ask with whom it was; each button carries what was understood."""
    facts = {"day": quick.day.isoformat(), "minutes": str(quick.minutes), "means": quick.means.value}
    return [
        b.button(f"quick_pair:{number}", pair.partner_of(person_id).name, remember(pair=pair.id, **facts))
        for number, pair in enumerate(pairs)
    ]


def read_pair_answer(value: str) -> tuple[str, MeetingDraft] | None:
    """Return the pair's id and the draft that a button of `build_pair_buttons` carries; None for any other."""
    found = read_memory(value)
    try:
        facts = MeetingDraft(date.fromisoformat(found["day"]), int(found["minutes"]), Means(found["means"]))
    except (KeyError, ValueError):
        return None
    return found.get("pair", ""), facts


# -- /checkin -----------------------------------------------------------------------------------------------------


async def checkin(visit: Visit) -> None:
    """Answer `/checkin`, alone or with words."""
    if visit.text.lower() in ("help", "?"):
        said, label = visit.world.words.say("checkin.help"), visit.world.words.say("buttons.open_meetings")
        await visit.tell(said, [*b.sections(said), b.actions([b.button("open_meetings", label)], "checkin-help")])
    elif visit.text.lower() == "list":
        await show_meetings(visit)
    elif visit.text:
        await _log_at_once(visit)
    else:
        await _open_form(visit, pairs_that_met(visit))


async def typed_word(visit: Visit) -> None:
    """`/mentoring log …`: the same as `/checkin …`."""
    visit.body["text"] = visit.text.partition(" ")[2]
    await checkin(visit)


async def _log_at_once(visit: Visit) -> None:
    """Log what was typed; a refusal repeats it, since Slack forgets what was typed after a command."""
    try:
        await _log_what_was_typed(visit)
    except RuleBroken as refusal:
        typed = b.shorten(visit.typed, 200).replace("`", "’")
        raise RuleBroken(f"{refusal}\n{visit.world.words.say('checkin.kept', text=typed)}") from None


async def _log_what_was_typed(visit: Visit) -> None:
    addressed, text = _addressed(visit)
    if await _offer_to_plan(visit, addressed, text):
        return
    understood = _understood(visit.world, text, visit.today)
    pairs = tuple(pair for pair in addressed if pair.active_on(understood.day)) or addressed[:1]
    if len(pairs) > 1:
        await _answer(visit, _in_words(visit.world, understood), build_pair_buttons(pairs, visit.person.id, understood))
        return
    draft = MeetingDraft(understood.day, understood.minutes, understood.means)
    try:
        logged = await log_meeting(visit.world, pairs[0], visit.person, draft)
    except ToBeCorrected as refusal:
        await offer_correction(visit, refusal)
        return
    buttons = buttons_for(visit.world.words, logged, visit.person, quick=True)
    await _answer(visit, said_of(visit, pairs[0], logged, QUICK[logged.how]), buttons)


async def _offer_to_plan(visit: Visit, pairs: Sequence[Pair], text: str) -> bool:
    """Offer to plan a meeting on a day that is still to come, with what was understood; return whether it is one."""
    plan = read_day_ahead(text, visit.today)
    open_ones = [pair for pair in pairs if plan is not None and plan.day in pair.span]
    if plan is None or not open_ones or _was_meant_as_past(text, visit.today, pairs):
        return False
    known = {
        "pair": open_ones[0].id if len(open_ones) == 1 else "",
        "day": plan.day.isoformat(),
        "at": f"{plan.at:%H:%M}" if plan.at else "",
        "minutes": str(plan.minutes or ""),
        "place": plan.place,
    }
    words = visit.world.words
    said = words.say("checkin.ahead", day=day_words(plan.day))
    await _answer(visit, said, [b.button("plan_that_day", words.say("buttons.plan_that_day"), remember(**known))])
    return True


def _was_meant_as_past(text: str, today: date, pairs: Sequence[Pair]) -> bool:
    """Tell whether what was typed names a day on which the pair can have met."""
    try:
        day = read_checkin(text, today).day
    except NotUnderstood:
        return False
    return day <= today and any(day in pair.span for pair in pairs)


def _in_words(world: World, quick: QuickCheckin) -> str:
    length, means = count_words(quick.minutes, "minute"), means_words(quick.means)
    return world.words.say("checkin.which_pair", day=day_words(quick.day), length=length, means=means)


def _addressed(visit: Visit) -> tuple[tuple[Pair, ...], str]:
    """Return the pairs that may be meant, and the text without the @name that tells which one it is."""
    named = set(MENTION.findall(visit.text))
    pairs = tuple(p for p in pairs_that_met(visit) if not named or p.partner_of(visit.person.id).slack_id in named)
    if not pairs or len(named) > 1:
        raise RuleBroken(visit.world.words.say("checkin.not_your_partner"))
    return pairs, b.unescape(MENTION.sub(" ", visit.text))


def _understood(world: World, text: str, today: date) -> QuickCheckin:
    try:
        return read_checkin(text, today)
    except NotUnderstood as refusal:
        if not refusal.word:
            raise RuleBroken(world.words.say("checkin.no_minutes")) from None
        keys = {Wanted.DAY: "check_errors.date_unreadable", Wanted.MINUTES: "check_errors.minutes_unreadable"}
        key = keys.get(refusal.wanted, "checkin.not_understood")
        raise RuleBroken(world.words.say(key, text=b.shorten(refusal.word, 60))) from None


async def _answer(visit: Visit, said: str, buttons: list[b.Element]) -> None:
    """Answer in the person's conversation with Tandem, where it stays and can be changed, and where they typed."""
    channel, _ = await visit.send(said, build_answer(said, buttons))
    if visit.body.get("channel_id") != channel:
        await visit.tell(said)


async def quick_pair(visit: Visit) -> None:
    """Log what was typed with the pair that was chosen."""
    answer = read_pair_answer(visit.value)
    if answer is None:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    pair_id, draft = answer
    pair = pair_that_met(visit, pair_id)
    try:
        logged = await log_meeting(visit.world, pair, visit.person, draft)
    except ToBeCorrected as refusal:
        await offer_correction(visit, refusal)
        return
    await visit.settle(
        said_of(visit, pair, logged, QUICK[logged.how]),
        buttons_for(visit.world.words, logged, visit.person, quick=True),
    )


# -- the form -----------------------------------------------------------------------------------------------------


async def open_for_pair(visit: Visit) -> None:
    """Open the form from a button; its value is the pair's id, or "" to choose."""
    await _open_form(visit, (pair_that_met(visit, visit.value),) if visit.value else pairs_that_met(visit))


async def _open_form(visit: Visit, pairs: tuple[Pair, ...]) -> None:
    place = visit.place if "actions" in visit.body else {}
    chosen = ""
    if len(pairs) > 1:
        chosen = (await kept_in(visit.world, visit.person, FORM, ANY_PAIR)).typed.get("pair", "")
    pair = next((one for one in pairs if one.id == chosen), pairs[0])
    await visit.open(await _form(visit, pair, pairs, place))


async def _form(
    visit: Visit, pair: Pair, choices: tuple[Pair, ...], place: dict[str, str], *, goes_on: bool = False
) -> b.View:
    goals = [goal for goal in await _goals(visit, pair) if goal.is_open]
    form = MeetingForm(pair, visit.person, _suggested(pair, visit), goals, choices=choices, place=place)
    subject = ANY_PAIR if len(choices) > 1 else pair.id
    return await kept_view(visit, KEPT, subject, build(visit.world.words, form), goes_on=goes_on)


def _suggested(pair: Pair, visit: Visit) -> Typed:
    """Begin with the meeting that was planned and is not on record, or else with today, or the pair's last day."""
    today = min(visit.today, pair.span.last)
    planned = pair.appointment if pair.planned_day else None
    day = planned.day_in(visit.person.zone) if planned else today
    return Typed(day=day, minutes=str(planned.minutes or "")) if planned and day <= today else Typed(day=today)


async def choose_pair(visit: Visit) -> None:
    """Show the other pair's goals, and keep what was typed."""
    pair = pair_that_met(visit, visit.value)
    await keep_sent(visit, KEPT)
    await visit.update_view(await _form(visit, pair, pairs_that_met(visit), visit.opened_at, goes_on=True))


async def edit_meeting(visit: Visit) -> None:
    """Open the form with what is on record; the partner may add to it, and what is settled is corrected."""
    meeting = await meeting_on_record(visit, visit.value)
    if meeting is None:
        await visit.settle_or_tell(visit.world.words.say("checkin.gone"))
        return
    pair = pair_that_met(visit, meeting.pair_id)
    said = await _said_at(visit, meeting)
    spoken_of = {line.goal_id for line in said}
    form = MeetingForm(
        pair,
        visit.person,
        on_record(meeting, visit.person, said),
        [goal for goal in await _goals(visit, pair) if goal.is_open or goal.id in spoken_of],
        meeting=meeting,
        settled=not still_editable(meeting, pair, visit.person, visit.world.now()),
        history=await history_of(visit, meeting),
        said=said,
        place=visit.place if visit.action["action_id"] != "open_meeting" else {},
    )
    view = await kept_view(visit, KEPT, f"{pair.id}/{meeting.id}", build(visit.world.words, form))
    in_list = visit.body.get("view", {}).get("callback_id") == LIST
    await (visit.update_view(view) if in_list else visit.open(view))  # three forms lie on top of each other at most


async def take_form(visit: Visit) -> b.View | None:
    """Log or change the meeting that the form describes."""
    memory = visit.memory
    pair = pair_that_met(visit, visit.inputs.text("pair") or memory.get("pair", ""))
    meeting = await meeting_on_record(visit, memory.get("meeting", ""))
    if memory.get("meeting") and (meeting is None or meeting.pair_id != pair.id):
        raise RuleBroken(visit.world.words.say("checkin.gone"))
    kept = await keep_sent(visit, KEPT)
    typed = read(visit.inputs)
    draft = draft_of(visit.world, typed, meeting, visit.person, shown=memory.get("facts") == "shown")
    meeting_id, about = meeting.id if meeting else None, KEPT.subject(visit)
    logged = await log_meeting(visit.world, pair, visit.person, draft, meeting_id=meeting_id, form=about)
    visit.afterwards(lambda: take_offer_back(visit, kept))
    return _show(visit, pair, logged, edited=meeting is not None)


def _show(visit: Visit, pair: Pair, logged: Logged, *, edited: bool) -> b.View | None:
    """Say what is on record in the place of the button that opened the form; without one, as for any form."""
    place = visit.opened_at
    key = {How.CHANGED: "checkin.changed", How.MERGED: "checkin.added" if edited else "checkin.merged"}.get(logged.how)
    said = said_of(visit, pair, logged, key or ("reminder_answers.logged" if place else "checkin.logged"))
    buttons = buttons_for(visit.world.words, logged, visit.person)
    return visit.say_at_last(said, buttons) if place else visit.answer_form(build_answer(said, buttons))


# -- undo ---------------------------------------------------------------------------------------------------------


async def take_back(visit: Visit) -> None:
    """Take a meeting back, in place; pressing twice does no more."""
    meeting = await meeting_on_record(visit, visit.value)
    buttons: list[b.Element] = []
    if meeting is not None:
        pair = pair_that_met(visit, meeting.pair_id)
        try:
            await undo_meeting(visit.world, pair, visit.person, meeting.id)
        except ToBeCorrected as refusal:
            await offer_correction(visit, refusal)
            return
        buttons = [b.button("log_meeting", visit.world.words.say("buttons.log_meeting"), pair.id)]
    await visit.settle_or_tell(visit.world.words.say("checkin.undone"), buttons)


async def is_the_same(visit: Visit) -> None:
    """[It is the same one]: the partner, for whom it was another day, has logged this very meeting."""
    own_id, _, twin_id = visit.value.partition("/")
    meeting = await meeting_on_record(visit, own_id)
    logged = None
    if meeting is not None:
        pair = pair_that_met(visit, meeting.pair_id)
        logged = await same_meeting(visit.world, pair, visit.person, own_id, twin_id)
    if meeting is None or logged is None:
        await visit.settle_or_tell(visit.world.words.say("checkin.no_twin"))
        return
    said = said_of(visit, pair, logged, QUICK[logged.how])
    await visit.settle_or_tell(said, buttons_for(visit.world.words, logged, visit.person))


# -- small bits ---------------------------------------------------------------------------------------------------


def _about(visit: Visit) -> str:
    memory = visit.memory
    if memory.get("meeting"):
        return f"{memory.get('pair', '')}/{memory['meeting']}"
    return ANY_PAIR if memory.get("choice") else memory.get("pair", "")


def _back(subject: str) -> tuple[str, str]:
    pair_id, _, meeting_id = subject.partition("/")
    return ("edit_meeting", meeting_id) if meeting_id else ("log_meeting", pair_id)


KEPT = KeptForm(FORM, _about, _back)


async def _goals(visit: Visit, pair: Pair) -> list[Goal]:
    async with visit.world.store.begin() as records:
        return await records.goals(pair.id)


async def _said_at(visit: Visit, meeting: Meeting) -> Sequence[GoalMove]:
    async with visit.world.store.begin() as records:
        return (await records.said_at_meetings([meeting.pair_id])).get(meeting.id, [])


def register(doors: Doors) -> None:
    """Open the doors of this screen."""
    doors.command("/checkin", checkin)
    doors.word("log DAY MINUTES", "checkin.help_word", typed_word)
    doors.action("log_meeting", open_for_pair)
    doors.action("edit_meeting", edit_meeting)
    doors.action("open_meeting", edit_meeting)
    doors.action("undo_meeting", take_back)
    doors.action("same_meeting", is_the_same)
    doors.action(CHOOSE_PAIR, choose_pair)
    doors.action(re.compile(r"^quick_pair:"), quick_pair)
    doors.form(FORM, take_form)
    keeps(doors, KEPT)
