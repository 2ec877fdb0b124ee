"""The form of the next meeting: a day and an hour on one's own clock, how long, and where."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bot.content.words import Words
from bot.domain.appointments import Appointment
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.visit import Inputs, remember
from bot.usecases.phrasing import first_name
from bot.usecases.plan_meeting import LONGEST_PLACE, USUAL_MINUTES, Plan
from bot.usecases.world import World

FORM = "plan_meeting"
USUAL_HOUR = time(10)


@dataclass(frozen=True, slots=True)
class PlanForm:
    """All that the form shows: `plan` is what it begins with, `moves` whether a meeting is planned already."""

    person: Person
    pairs: Sequence[Pair]
    plan: Plan
    moves: bool = False
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
    place = b.text_input("place", initial=form.plan.place, most=LONGEST_PLACE)
    shown = [
        *choice,
        b.field("day", "Day", b.datepicker("day", form.plan.day)),
        b.field("at", "Time", b.timepicker("at", form.plan.at), hint=clock),
        b.field("minutes", "Minutes", b.number_input("minutes", form.plan.minutes)),
        b.field("place", "Place or link", place, hint=only_two, optional=True),
    ]
    memory = remember(pair=form.pairs[0].id if one else "", **form.place)
    title = "Move the meeting" if form.moves else "The next meeting"
    return b.modal(FORM, title, shown, submit="Move it" if form.moves else "Plan it", memory=memory)


def read(world: World, inputs: Inputs) -> Plan:
    """Return what the fields hold: the inverse of `build`. Raises RuleBroken, at the field, for what is missing."""
    day, at, minutes = inputs.day("day"), inputs.text("at"), inputs.text("minutes") or str(USUAL_MINUTES)
    if day is None:
        raise world.broken("pause_unreadable", "day")
    if not at:
        raise world.broken("time_missing", "at")
    if not minutes.removeprefix("-").isdecimal():
        raise world.broken("minutes_unreadable", "minutes", text=b.shorten(minutes, 40))
    return Plan(day, time.fromisoformat(at), int(minutes[:9]), inputs.text("place"))


def plan_in(found: dict[str, str]) -> Plan | None:
    """Return the plan that a button carries; None for any other."""
    try:
        day, at = date.fromisoformat(found["day"]), time.fromisoformat(found["at"])
        return Plan(day, at, int(found["minutes"]), found.get("place", ""))
    except (KeyError, ValueError):
        return None


def carried(plan: Plan) -> dict[str, str]:
    """Return a plan as a button carries it."""
    facts = {"day": plan.day.isoformat(), "at": f"{plan.at:%H:%M}", "minutes": str(plan.minutes)}
    return facts | ({"place": plan.place[:LONGEST_PLACE]} if plan.place else {})
