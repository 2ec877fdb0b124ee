"""The form of the next meeting: a day and an hour on one's own clock, how long, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bot.content.words import Words
from bot.domain.appointments import UNKNOWN, Appointment
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.visit import Inputs, remember
from bot.usecases.phrasing import first_name
from bot.usecases.plan_meeting import LONGEST_PLACE, Plan
from bot.usecases.world import World

FORM = "plan_meeting"
USUAL_HOUR = time(10)


@dataclass(frozen=True, slots=True)
class PlanForm:
    """All that the form shows: `plan` is what it begins with, `planned` the meeting that is planned already."""

    person: Person
    pairs: Sequence[Pair]
    plan: Plan
    planned: Appointment | None = None
    place: dict[str, str] = field(default_factory=dict)


def on_record(planned: Appointment, person: Person) -> Plan:
    """Return what is planned, on the person's own clock."""
    local = planned.starts.astimezone(person.zone)
    return Plan(local.date(), local.time().replace(second=0, microsecond=0), planned.minutes, planned.place)


def build(words: Words, form: PlanForm) -> b.View:
    """Show the form."""
    one = len(form.pairs) == 1
    partner = first_name(form.pairs[0].partner_of(form.person.id).name) if one else "your partner"
    only_two = words.say("privacy.two", partner=partner)
    options = [b.option(pair.partner_of(form.person.id).name, pair.id) for pair in form.pairs]
    choice = [] if one else [b.field("pair", "With whom", b.select("pair", options, initial=form.pairs[0].id))]
    clock = f"On your own clock ({form.person.zone.key.replace('_', ' ')})."
    place = b.text_input("place", initial=form.plan.place or "", most=LONGEST_PLACE)
    shown = [
        *choice,
        b.field("day", "Day", b.datepicker("day", form.plan.day)),
        b.field("at", "Time", b.timepicker("at", form.plan.at), hint=clock),
        b.field("minutes", "Minutes", b.number_input("minutes", form.plan.minutes or None), optional=True),
        b.field("place", "Place or link", place, hint=only_two, optional=True),
    ]
    memory = remember(pair=form.pairs[0].id if one else "", shown="yes" if form.planned else "", **form.place)
    title = "Move the meeting" if form.planned else "The next meeting"
    if form.planned:
        shown.append(b.actions(calendar_buttons(words, form.planned, partner), "plan-form"))
    return b.modal(FORM, title, shown, submit="Move it" if form.planned else "Plan it", memory=memory)


def calendar_buttons(words: Words, planned: Appointment, partner: str) -> list[b.Element]:
    """Offer the calendar, and to call the meeting off."""
    off = b.confirm(words.say("buttons.call_off_confirm", partner=partner), words.say("buttons.call_off"))
    return [
        b.button("add_to_calendar", words.say("buttons.add_to_calendar"), planned.id),
        b.button("call_off", words.say("buttons.call_off"), planned.id, confirm=off),
    ]


def read(world: World, inputs: Inputs, *, shown: bool) -> Plan:
    """Return what the fields hold: the inverse of `build`. Raises RuleBroken, at the field, for what is missing.

    `shown`: the form showed what was planned, so that an empty field says that it is open now, not that it stays.
    """
    day, at, minutes = inputs.day("day"), inputs.text("at"), inputs.text("minutes")
    if day is None:
        raise world.broken("pause_unreadable", "day")
    if not at:
        raise world.broken("time_missing", "at")
    place = inputs.text("place")
    length = _said_minutes(world, minutes) if minutes else UNKNOWN if shown else None
    return Plan(day, time.fromisoformat(at), length, place if place or shown else None)


def _said_minutes(world: World, minutes: str) -> int:
    """Return a number that was typed; zero minutes are no length, and not an unknown one."""
    if not minutes.removeprefix("-").isdecimal():
        raise world.broken("minutes_unreadable", "minutes", text=b.shorten(minutes, 40))
    return int(minutes[:9]) or -1


def plan_in(found: dict[str, str]) -> Plan | None:
    """Return the plan that a button carries; None for any other."""
    try:
        day, at = date.fromisoformat(found["day"]), time.fromisoformat(found["at"])
        return Plan(day, at, int(found["minutes"]) if "minutes" in found else None, found.get("place"))
    except (KeyError, ValueError):
        return None


def carried(plan: Plan) -> dict[str, str]:
    """Return a plan as a button carries it."""
    facts = {"day": plan.day.isoformat(), "at": f"{plan.at:%H:%M}"}
    length = {"minutes": str(plan.minutes)} if plan.minutes is not None else {}
    return facts | length | ({"place": plan.place[:LONGEST_PLACE]} if plan.place is not None else {})
