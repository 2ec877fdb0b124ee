"""The form of a meeting: to log one, to change one, and to add to one that the partner has logged."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.goals import Goal
from bot.domain.meetings import Means, Meeting
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.visit import Inputs, remember
from bot.usecases.log_meeting import MeetingDraft
from bot.usecases.phrasing import count_words, day_words, first_name, means_words
from bot.usecases.set_goal import LONGEST_TEXT
from bot.usecases.world import World

FORM, CHOOSE_PAIR = "log_meeting", "choose_pair"
LONGEST_NOTES = 3000
MEANS_LABELS = {
    Means.VIDEO: "Video",
    Means.PHONE: "Phone",
    Means.EMAIL: "E-mail",
    Means.SLACK: "Slack",
    Means.IN_PERSON: "In person",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What the fields hold: anything may be missing or wrong, as people leave it."""

    day: date | None = None
    minutes: str = ""
    means: Means = Means.VIDEO
    moved: tuple[str, ...] = ()
    next_step: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """All that the form shows. `choices` are the pairs to choose from; `meeting` is what is on record already."""

    pair: Pair
    person: Person
    typed: Typed
    goals: Sequence[Goal] = ()
    choices: Sequence[Pair] = ()
    meeting: Meeting | None = None
    place: dict[str, str] = field(default_factory=dict)

    @property
    def partner(self) -> str:
        """What one calls the other one of the pair."""
        return first_name(self.pair.partner_of(self.person.id).name)

    @property
    def adds_only(self) -> bool:
        """Tell whether the meeting is the partner's: then its facts are shown and not asked for."""
        return self.meeting is not None and self.meeting.logged_by != self.person.id


def on_record(meeting: Meeting, person: Person) -> Typed:
    """Return the fields as `person` filled them, for the form that changes `meeting`."""
    own = meeting.words_of(person.id)
    return Typed(meeting.day, str(meeting.minutes), meeting.means, meeting.moved, own.next_step, own.notes)


# -- what it looks like -------------------------------------------------------------------------------------------


def build(form: MeetingForm) -> b.View:
    """Show the form."""
    facts = _shown_facts(form) if form.adds_only else _asked_facts(form)
    blocks = [*_choice(form), *facts, *_goals(form), *_words(form), *_partners_words(form)]
    memory = remember(pair=form.pair.id, meeting=form.meeting.id if form.meeting else "", **form.place)
    title = "Log a meeting" if form.meeting is None else "Your meeting"
    return b.modal(FORM, title, blocks, submit="Log it" if form.meeting is None else "Save", memory=memory)


def _choice(form: MeetingForm) -> list[b.Block]:
    if len(form.choices) < 2:
        return []
    options = [b.option(_called(pair, form.person), pair.id) for pair in form.choices]
    chosen = b.select(CHOOSE_PAIR, options, initial=form.pair.id)
    return [b.field("pair", "With whom", chosen) | {"dispatch_action": True}]


def _called(pair: Pair, person: Person) -> str:
    role = "your mentor" if person.id == pair.mentee.id else "your mentee"
    return f"{b.shorten(pair.partner_of(person.id).name, 60)}, {role}"


def _shown_facts(form: MeetingForm) -> list[b.Block]:
    assert form.meeting is not None
    return [b.section(f"*{form.partner} logged this meeting:* {facts_in_words(form.meeting)}.")]


def _asked_facts(form: MeetingForm) -> list[b.Block]:
    liaison = form.pair.liaison
    who = f"{first_name(liaison.name)}, your liaison, sees" if liaison else "Those who run the program see"
    means = [b.option(label, value.value) for value, label in MEANS_LABELS.items()]
    minutes = int(form.typed.minutes) if form.typed.minutes.isdecimal() else None
    return [
        b.field("day", "Day", b.datepicker("day", form.typed.day), hint=f"{who} the date, and nothing else."),
        b.field("minutes", "Minutes", b.number_input("minutes", minutes), hint="Roughly is fine."),
        b.field("means", "How you met", b.select("means", means, initial=form.typed.means.value)),
    ]


def _goals(form: MeetingForm) -> list[b.Block]:
    """The boxes of the open goals. Their block id holds the pair, so that no tick wanders to the other pair's goals."""
    if not form.goals:
        return []
    boxes = b.checkboxes("moved", [b.option(goal.what, goal.id) for goal in form.goals], form.typed.moved)
    hint = f"Only you and {form.partner} see this."
    return [b.field(_goals_field(form.pair.id), "Which goals moved?", boxes, hint=hint, optional=True)]


def _goals_field(pair_id: str) -> str:
    return f"moved-{pair_id}"


def _words(form: MeetingForm) -> list[b.Block]:
    next_step = b.text_input("next_step", initial=form.typed.next_step, most=LONGEST_TEXT)
    notes = b.text_input("notes", initial=form.typed.notes, most=LONGEST_NOTES, multiline=True)
    only_two = f"Only you and {form.partner} see this."
    return [
        b.field("next_step", "What next?", next_step, hint=only_two, optional=True),
        b.field("notes", "Notes", notes, hint=only_two, optional=True),
    ]


def _partners_words(form: MeetingForm) -> list[b.Block]:
    if form.meeting is None:
        return []
    words = form.meeting.words_of(form.pair.partner_of(form.person.id).id)
    said = [text for text in (words.next_step, words.notes) if text]
    return [b.divider(), *b.sections("\n".join([f"*{form.partner} wrote, for you two:*", *said]))] if said else []


def facts_in_words(meeting: Meeting) -> str:
    """Say a meeting's facts: "Monday, June 12, 45 minutes by video"."""
    return f"{day_words(meeting.day)}, {count_words(meeting.minutes, 'minute')} {means_words(meeting.means)}"


# -- what was meant -----------------------------------------------------------------------------------------------


def read(inputs: Inputs, pair_id: str) -> Typed:
    """Return what the fields hold: the inverse of `build`."""
    means = inputs.text("means")
    return Typed(
        day=inputs.day("day"),
        minutes=inputs.text("minutes"),
        means=Means(means) if means in set(Means) else Means.VIDEO,
        moved=inputs.chosen(_goals_field(pair_id)),
        next_step=inputs.text("next_step"),
        notes=inputs.text("notes"),
    )


def draft_of(world: World, typed: Typed, meeting: Meeting | None, person: Person) -> MeetingDraft:
    """Make of the fields what can be logged. Facts that the partner logged are taken from the record, not the form.

    Raises RuleBroken, at the field, for a missing day and for minutes that are no whole number.
    """
    if meeting is not None and meeting.logged_by != person.id:
        facts = MeetingDraft(meeting.day, meeting.minutes, meeting.means)
    elif typed.day is None:
        raise world.broken("date_missing", "day")
    else:
        facts = MeetingDraft(typed.day, _minutes(world, typed.minutes), typed.means)
    next_step, notes = typed.next_step[:LONGEST_TEXT], typed.notes[:LONGEST_NOTES]
    return replace(facts, moved=typed.moved, next_step=next_step, notes=notes)


def _minutes(world: World, text: str) -> int:
    if not text:
        raise world.broken("minutes_missing", "minutes")
    try:
        return int(text[:9])
    except ValueError:
        raise world.broken("minutes_unreadable", "minutes", text=b.shorten(text, 40)) from None
