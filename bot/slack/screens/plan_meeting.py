"""Plan the next meeting: `/mentoring next tuesday 3pm`, or a form; move it, call it off, keep it in one's calendar."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.content.words import Words
from bot.domain.appointments import Appointment, Planned
from bot.domain.days import wall
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.both import say_to_both
from bot.slack.doors import Doors
from bot.slack.files import bring, hand_over
from bot.slack.plan_form import FORM, USUAL_HOUR, PlanForm, build, calendar_buttons, carried, on_record, plan_in, read
from bot.slack.visit import Visit, read_memory, remember
from bot.slack.windows import answer_view, clicked_in, is_over_home
from bot.usecases.calendar_entry import calendar_file, google_link, outlook_link
from bot.usecases.phrasing import first_name, moment_words
from bot.usecases.plan_meeting import (
    Change,
    Former,
    Plan,
    call_off,
    next_planned,
    plan_meeting,
    planned_for,
    put_back,
)
from bot.usecases.reading import NotUnderstood, QuickPlan, Wanted, read_plan
from bot.usecases.wording.appointments import both_words, detail_lines, lasting

ANSWER = "plan"
FILE = "meeting.ics"
WITH_DETAILS = ("set", "moved", "same", "back")
IN_A_WEEK = timedelta(days=7)


# -- what is said -----------------------------------------------------------------------------------------------------


def said_of(words: Words, key: str, planned: Appointment, pair: Pair, reader: Person) -> str:
    """Say a meeting in the words of `key`, on the reader's own clock; where it was planned just now, with all of it."""
    said = words.say(
        f"appointments.{key}",
        partner=first_name(pair.partner_of(reader.id).name),
        when=moment_words(planned.starts.astimezone(reader.zone)),
        lasting=lasting(words, planned.minutes),
    )
    return "\n".join([said, *(detail_lines(words, pair, planned, reader) if key in WITH_DETAILS else [])])


def buttons_for(words: Words, change: Change, pair: Pair, reader: Person) -> list[b.Element]:
    """Offer the calendar, another time, and the ways back: where it moved to what it was, else to call it off."""
    planned, before = change.now, change.before
    partner = first_name(pair.partner_of(reader.id).name)
    calendar, off = calendar_buttons(words, planned, partner)
    shown = [calendar, b.button("another_time", words.say("buttons.another_time"), pair.id), off]
    moved = before is not None and before != planned
    return [*shown, b.button("undo_plan", "Undo", former(planned, before))] if moved and before else shown


def former(now: Appointment, before: Appointment) -> str:
    """Write down for [Undo] what an appointment was, and after which change."""
    starts, place = before.starts.isoformat(), before.place
    return remember(id=now.id, seq=str(now.sequence), starts=starts, minutes=str(before.minutes), place=place)


def read_former(value: str) -> Former | None:
    """Return what [Undo] carries; None for anything else."""
    found = read_memory(value)
    try:
        starts = datetime.fromisoformat(found["starts"])
        return Former(found["id"], int(found["seq"]), starts, int(found["minutes"]), found.get("place", ""))
    except (KeyError, ValueError):
        return None


def build_answer(text: str, buttons: Sequence[b.Element]) -> list[b.Block]:
    """Lay out an answer so that another one can come in its place."""
    return [b.section(text, block_id=f"{ANSWER}-said"), b.actions(buttons, ANSWER)]


# -- /mentoring next --------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring next …`: plan it at once, or ask for what is missing."""
    said = visit.typed[len("next") :].strip()
    if not said:
        await _open_form(visit, visit.pairs)
        return
    try:
        await _plan_at_once(visit, said)
    except RuleBroken as refusal:
        kept = visit.world.words.say("appointments.kept", text=b.shorten(said, 200).replace("`", "’"))
        raise RuleBroken(f"{refusal}\n{kept}") from None


async def _plan_at_once(visit: Visit, said: str) -> None:
    pairs, quick = visit.pairs, _understood(visit, said)
    if quick.at is None:
        await _open_form(visit, pairs, quick)
        return
    plan = Plan(quick.day, quick.at, quick.minutes, quick.place or None)
    if len(pairs) > 1:
        await _ask_with_whom(visit, pairs, plan)
        return
    change = await plan_meeting(visit.world, pairs[0], visit.person, plan)
    await _answer(visit, pairs[0], change)


def _understood(visit: Visit, text: str) -> QuickPlan:
    words = visit.world.words
    try:
        return read_plan(text, visit.today)
    except NotUnderstood as refusal:
        key = "no_hour" if refusal.wanted is Wanted.TIME else "not_understood"
        word, zone = b.shorten(refusal.word or text, 60), visit.person.zone.key.replace("_", " ")
        if refusal.wanted is Wanted.DAY and refusal.word:
            raise visit.world.broken("date_unreadable", text=word) from None
        raise RuleBroken(words.say(f"appointments.{key}", text=word, zone=zone)) from None


async def _ask_with_whom(visit: Visit, pairs: Sequence[Pair], plan: Plan) -> None:
    local = moment_words(wall(plan.day, plan.at, visit.person.zone).astimezone(visit.person.zone))
    words = visit.world.words
    said = words.say("appointments.which_pair", when=local, lasting=lasting(words, plan.minutes))
    buttons = [
        b.button(f"plan_pair:{n}", pair.partner_of(visit.person.id).name, remember(pair=pair.id, **carried(plan)))
        for n, pair in enumerate(pairs)
    ]
    await visit.send(said, build_answer(said, buttons))


async def chose_pair(visit: Visit) -> None:
    """Plan what was typed with the partner who was chosen."""
    found = read_memory(visit.value)
    plan = plan_in(found)
    if plan is None:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    pair = visit.pair(found.get("pair", ""))
    await _answer(visit, pair, await plan_meeting(visit.world, pair, visit.person, plan))


# -- the form ---------------------------------------------------------------------------------------------------------


async def opened(visit: Visit) -> None:
    """[Plan the next meeting] and [Another time]; the value is the pair's id, or "" to choose."""
    await _open_form(visit, (visit.pair(visit.value),) if visit.value else visit.pairs)


async def opened_for_day(visit: Visit) -> None:
    """[Plan it], below a day that is still to come; its value is what was understood."""
    found = read_memory(visit.value)
    try:
        day = date.fromisoformat(found["day"])
        at = time.fromisoformat(found["at"]) if found.get("at") else None
        minutes = int(found["minutes"]) if found.get("minutes") else None
    except (KeyError, ValueError):
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button")) from None
    pairs = (visit.pair(found["pair"]),) if found.get("pair") else visit.pairs
    await _open_form(visit, pairs, QuickPlan(day, at, minutes, found.get("place", "")))


async def _open_form(visit: Visit, pairs: Sequence[Pair], quick: QuickPlan | None = None) -> None:
    person, place = visit.person, visit.place if "actions" in visit.body else {}
    planned = await next_planned(visit.world, pairs[0]) if len(pairs) == 1 else None
    suggested = min(visit.today + IN_A_WEEK, max(pair.span.last for pair in pairs))
    plan = on_record(planned, person) if planned else Plan(suggested, USUAL_HOUR)
    if quick is not None:
        length, where = quick.minutes or plan.minutes, quick.place or plan.place
        plan = replace(plan, day=quick.day, at=quick.at or plan.at, minutes=length, place=where)
    await visit.open(build(visit.world.words, PlanForm(person, pairs, plan, planned, place)))


async def sent(visit: Visit) -> b.View | None:
    """The form."""
    pair = visit.pair(visit.inputs.text("pair") or visit.memory.get("pair", ""))
    change = await plan_meeting(
        visit.world, pair, visit.person, read(visit.world, visit.inputs, shown=visit.memory.get("shown") == "yes")
    )
    if is_over_home(visit.body):
        visit.afterwards(lambda: _tell_both(visit, pair, change))
        return answer_view(_shown(visit, pair, change, _key(change)))
    visit.afterwards(lambda: _answer(visit, pair, change, place=visit.opened_at))
    return None


async def _answer(visit: Visit, pair: Pair, change: Change, *, place: dict[str, str] | None = None) -> None:
    """Say what is planned now in the place of the button that was pressed; without one, in a message."""
    await _show(visit, pair, change, _key(change), place)
    await _tell_both(visit, pair, change)


def _key(change: Change) -> str:
    return "set" if change.before is None else "same" if change.before == change.now else "moved"


async def _tell_both(visit: Visit, pair: Pair, change: Change) -> None:
    if change.before != change.now:
        await say_to_both(visit, pair, both_words(visit.world.words, pair, change.now))


def _shown(visit: Visit, pair: Pair, change: Change, key: str) -> list[b.Block]:
    words = visit.world.words
    said = said_of(words, key, change.now, pair, visit.person)
    return build_answer(said, buttons_for(words, change, pair, visit.person))


async def _show(visit: Visit, pair: Pair, change: Change, key: str, place: dict[str, str] | None = None) -> None:
    words = visit.world.words
    said = said_of(words, key, change.now, pair, visit.person)
    buttons = buttons_for(words, change, pair, visit.person)
    if clicked_in(visit.body) == "modal":  # [Undo], in the window that says what was done
        await visit.update_view(answer_view(build_answer(said, buttons)))
    elif ("actions" not in visit.body and not place) or not await visit.settle(said, buttons, place=place):
        await visit.send(said, build_answer(said, buttons))


# -- fine, off, and back ----------------------------------------------------------------------------------------------


async def fine(visit: Visit) -> None:
    """[Fine]: nothing more to do; the calendar stays at hand."""
    pair, planned = await _found(visit, visit.value)
    if pair is None or planned is None or not planned.is_ahead(visit.world.now()):
        await visit.settle_or_tell(visit.world.words.say("appointments.off_already"))
        return
    said = said_of(visit.world.words, "fine", planned, pair, visit.person)
    await visit.settle_or_tell(said, buttons_for(visit.world.words, Change(planned), pair, visit.person))


async def pressed_off(visit: Visit) -> None:
    """[Call it off], with the way back."""
    words = visit.world.words
    pair, before = await _found(visit, visit.value)
    off = await call_off(visit.world, pair, visit.person, visit.value) if pair is not None else None
    if pair is None or before is None or off is None:
        await visit.settle_or_tell(words.say("appointments.off_already"))
        return
    buttons = [
        b.button("undo_plan", "Undo", former(off, before)),
        b.button("plan_meeting", words.say("buttons.plan_meeting"), pair.id),
        b.button("calendar_off", words.say("buttons.calendar_off"), off.id),
    ]
    await visit.settle_or_tell(said_of(words, "off", off, pair, visit.person), buttons)


async def undone(visit: Visit) -> None:
    """[Undo]: the meeting is again as it was."""
    was = read_former(visit.value)
    pair = (await _found(visit, was.appointment_id))[0] if was is not None else None
    if was is None or pair is None:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    change = await put_back(visit.world, pair, visit.person, was)
    await _show(visit, pair, Change(change.now), "back")


# -- one's own calendar -----------------------------------------------------------------------------------------------


async def to_calendar(visit: Visit) -> None:
    """[Add to calendar]: two links, and a file where the workspace lets us send one."""
    pair, planned = await _found(visit, visit.value)
    if pair is None or planned is None or planned.state is not Planned.AHEAD:
        raise RuleBroken(visit.world.words.say("appointments.off_already"))
    words, partner = visit.world.words, pair.partner_of(visit.person.id)
    links = [
        b.button("link_google", "Google Calendar", url=google_link(words, planned, partner)),
        b.button("link_outlook", "Outlook", url=outlook_link(words, planned, partner)),
    ]
    said = b.section(said_of(words, "calendar", planned, pair, visit.person))
    if "view" in visit.body:  # a window hides the conversation, and can be opened for a moment only
        sent = words.say("appointments.calendar_sent")
        await visit.tell(sent, [said, b.actions(links, "calendar"), b.context(sent)])
    await _send_file(visit, pair, planned, [said, b.actions(links, "calendar")], "calendar_file", "calendar_links")


async def out_of_calendar(visit: Visit) -> None:
    """[Take it out of my calendar]: a file that cancels the entry."""
    pair, planned = await _found(visit, visit.value)
    if pair is None or planned is None or planned.state is not Planned.CANCELLED:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    if "view" in visit.body:
        await visit.tell(visit.world.words.say("appointments.calendar_off_sent"))
    await _send_file(visit, pair, planned, [], "calendar_off", "calendar_off_links")


async def _send_file(
    visit: Visit, pair: Pair, planned: Appointment, shown: list[b.Block], with_file: str, without: str
) -> None:
    words, partner = visit.world.words, pair.partner_of(visit.person.id)
    content = calendar_file(words, planned, partner, visit.world.now())
    file_id = await bring(visit.client, FILE, content)
    said = words.say(f"appointments.{with_file if file_id else without}")
    channel, _ = await visit.send(said, [*shown, b.context(said)])
    title = words.say("appointments.summary", partner=first_name(partner.name))
    if file_id and not await hand_over(visit.client, file_id, title, channel):
        await visit.send(words.say(f"appointments.{without}"))


# -- small bits -------------------------------------------------------------------------------------------------------


async def _found(visit: Visit, appointment_id: str) -> tuple[Pair | None, Appointment | None]:
    """Return an appointment of one of the person's own pairs, with the pair."""
    for pair in visit.pairs:
        if (planned := await planned_for(visit.world, pair, appointment_id)) is not None:
            return pair, planned
    return None, None


def register(doors: Doors) -> None:
    """Answer `/mentoring next`, the buttons and the form."""
    doors.word("next DAY TIME", "appointments.help", typed)
    doors.action("plan_meeting", opened)
    doors.action("another_time", opened)
    doors.action("plan_that_day", opened_for_day)
    doors.action("plan_fine", fine)
    doors.action("call_off", pressed_off)
    doors.action("undo_plan", undone)
    doors.action("add_to_calendar", to_calendar)
    doors.action("calendar_off", out_of_calendar)
    doors.action(re.compile(r"^plan_pair:"), chose_pair)
    doors.form(FORM, sent)
