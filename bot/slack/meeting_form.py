"""The form of a meeting: to log one, to change one, and to add to one that the partner has logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.content.words import Words as Phrases
from bot.domain.goals import Goal, GoalMove, GoalState, said_by
from bot.domain.meetings import Correction, Means, Meeting
from bot.domain.people import Pair, Person
from bot.domain.privacy import meeting_for, moves_for
from bot.domain.remembering import partner_has_spoken
from bot.slack import blocks as b
from bot.slack.visit import Inputs, remember
from bot.usecases.log_meeting import FORM, LONGEST_NOTES, MeetingDraft
from bot.usecases.move_goals import goal_field
from bot.usecases.phrasing import facts_words, first_name, short_day
from bot.usecases.set_goal import LONGEST_TEXT
from bot.usecases.wording.goals import said_line, said_words
from bot.usecases.world import World

CHOOSE_PAIR = "choose_pair"
MOST_HISTORY = 8
LONGEST_LABEL = 60
UNSAID, GOAL = "none", goal_field("")
STATES = tuple(state for state in GoalState if state is not GoalState.NOT_STARTED)
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
    goals: Mapping[str, GoalState | None] = field(default_factory=dict)
    next_step: str = ""
    notes: str = ""
    private: str = ""


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """All that the form shows. `choices` are the pairs to choose from; `meeting` is what is on record already.

    `settled`: its facts are not changed any more, but corrected. `history` is what was put right, oldest first; `said`
    what the two have said of the goals at that meeting, oldest first.
    """

    pair: Pair
    person: Person
    typed: Typed
    goals: Sequence[Goal] = ()
    choices: Sequence[Pair] = ()
    meeting: Meeting | None = None
    settled: bool = False
    history: Sequence[Correction] = ()
    said: Sequence[GoalMove] = ()
    place: dict[str, str] = field(default_factory=dict)

    @property
    def partner(self) -> str:
        """What one calls the other one of the pair."""
        return first_name(self.pair.partner_of(self.person.id).name)

    @property
    def adds_only(self) -> bool:
        """Tell whether the meeting is the partner's or settled: then its facts are shown and not asked for."""
        return self.meeting is not None and (self.settled or self.meeting.logged_by != self.person.id)


def on_record(meeting: Meeting, person: Person, said: Sequence[GoalMove] = ()) -> Typed:
    """Return the fields as `person` filled them, for the form that changes `meeting`."""
    own = meeting.words_of(person.id)
    words = own.next_step, own.notes, own.private
    return Typed(meeting.day, str(meeting.minutes), meeting.means, said_by(said, person.id), *words)


# -- what it looks like -------------------------------------------------------------------------------------------


def build(words: Phrases, form: MeetingForm) -> b.View:
    """Show the form."""
    facts = _shown_facts(words, form) if form.adds_only else _asked_facts(words, form)
    goals = _goals(words, form)
    blocks = [*_choice(form), *facts, *goals, *_words(words, form), *_partners_words(words, form)]
    shown = "shown" if form.adds_only else ""
    several = {"choice": "yes"} if len(form.choices) > 1 else {}
    meeting = form.meeting.id if form.meeting else ""
    memory = remember(pair=form.pair.id, meeting=meeting, facts=shown, **several, **form.place)
    title = "Log a meeting" if form.meeting is None else "Your meeting"
    return b.modal(FORM, title, blocks, submit="Log it" if form.meeting is None else "Save", memory=memory)


def _choice(form: MeetingForm) -> list[b.Block]:
    if len(form.choices) < 2:
        return []
    options = [b.option(_called(pair, form.person), pair.id) for pair in form.choices]
    chosen = b.select(CHOOSE_PAIR, options, initial=form.pair.id)
    return [b.field("pair", "With whom", chosen) | {"dispatch_action": True}]


def is_own_alone(meeting: Meeting, person: Person) -> bool:
    """Tell whether somebody logged a meeting by which the partner has neither stood nor written anything."""
    return meeting.logged_by == person.id and not partner_has_spoken(meeting)


def delete_button(words: Phrases, meeting: Meeting) -> b.Element:
    """Make the button with which the whole meeting is taken back, whatever one has written since; it asks first."""
    label = words.say("buttons.delete_meeting")
    return b.button("undo_meeting", label, meeting.id, confirm=b.confirm(words.say("meetings.delete_confirm"), label))


def _called(pair: Pair, person: Person) -> str:
    role = "your mentor" if person.id == pair.mentee.id else "your mentee"
    return f"{b.shorten(pair.partner_of(person.id).name, 60)}, {role}"


def _shown_facts(words: Phrases, form: MeetingForm) -> list[b.Block]:
    assert form.meeting is not None
    own = form.meeting.logged_by == form.person.id
    key, label = ("logged_long_ago", "correct_it") if own else ("partner_logged", "was_different")
    said = words.say(f"meetings.{key}", partner=form.partner, facts=facts_words(form.meeting))
    button = b.button("correct_meeting", words.say(f"buttons.{label}"), form.meeting.id)
    return [b.section(said, accessory=button), b.context(words.say("meetings.only_you_two"))]


def _asked_facts(words: Phrases, form: MeetingForm) -> list[b.Block]:
    typed = form.typed
    return fact_fields(typed.day, typed.minutes, typed.means, seen_by=facts_seen_by(words, form.pair, form.person))


def facts_seen_by(words: Phrases, pair: Pair, person: Person) -> str:
    """Say who sees what of a form that begins with the facts: said once, below the day."""
    key = "privacy.facts" if pair.liaison else "privacy.facts_alone"
    return words.say(key, partner=first_name(pair.partner_of(person.id).name))


def fact_fields(day: date | None, minutes: str, means: Means, *, seen_by: str) -> list[b.Block]:
    """Ask for the facts of a meeting; below the day, who sees them."""
    options = [b.option(label, value.value) for value, label in MEANS_LABELS.items()]
    known = int(minutes) if minutes.isdecimal() else None
    return [
        b.field("day", "Day", b.datepicker("day", day), hint=seen_by),
        b.field("minutes", "Minutes", b.number_input("minutes", known), hint="Roughly is fine."),
        b.field("means", "How you met", b.select("means", options, initial=means.value)),
    ]


def _goals(words: Phrases, form: MeetingForm) -> list[b.Block]:
    """Ask of each goal how it stands. A field's name holds the goal, so that no choice wanders to another pair's."""
    options = [
        b.option(words.say("meetings.goal_unsaid"), UNSAID),
        *(b.option(said_words(words, state), state.value) for state in STATES),
    ]
    return [
        b.field(
            goal_field(goal.id),
            words.say("meetings.goal", what=b.shorten(" ".join(goal.what.split()), LONGEST_LABEL)),
            b.select("goal", options, initial=form.typed.goals.get(goal.id) or UNSAID),
        )
        for goal in form.goals
    ]


def _words(words: Phrases, form: MeetingForm) -> list[b.Block]:
    next_step = b.text_input("next_step", initial=form.typed.next_step, most=LONGEST_TEXT)
    notes = b.text_input("notes", initial=form.typed.notes, most=LONGEST_NOTES, multiline=True)
    private = b.text_input("private", initial=form.typed.private, most=LONGEST_NOTES, multiline=True)
    return [
        b.field("next_step", "What next?", next_step, optional=True),
        b.field("notes", words.say("meetings.notes"), notes, optional=True),
        b.field("private", words.say("meetings.private"), private, hint=words.say("privacy.writer"), optional=True),
    ]


def _partners_words(words: Phrases, form: MeetingForm) -> list[b.Block]:
    """What the partner wrote for the two, and what was put right: nothing that they wrote for themselves."""
    if form.meeting is None:
        return [b.actions([b.button("open_meetings", words.say("buttons.open_meetings"))], "form-list")]
    seen = meeting_for(form.meeting, form.person.id, form.pair)
    theirs = seen.words_of(form.pair.partner_of(form.person.id).id)
    said = [*_partners_goals(words, form), *(text for text in (theirs.next_step, theirs.notes) if text)]
    heading = words.say("meetings.partner_wrote", partner=form.partner)
    shown = b.sections("\n".join([heading, *said])) if said else []
    denied = [] if form.meeting.counts else [b.context(words.say("meetings.denied"))]
    told = [*denied, *shown, *(b.context(_corrected(words, form, one)) for one in form.history[-MOST_HISTORY:])]
    goes = not form.adds_only and is_own_alone(form.meeting, form.person)
    delete = [b.actions([delete_button(words, form.meeting)], "form-delete")] if goes else []
    return [*([b.divider(), *told] if told else []), *delete]


def _partners_goals(words: Phrases, form: MeetingForm) -> list[str]:
    said = moves_for(form.said, form.person.id, form.pair)
    theirs = said_by(said, form.pair.partner_of(form.person.id).id)
    return [said_line(words, goal, theirs[goal.id]) for goal in form.goals if goal.id in theirs]


def _corrected(words: Phrases, form: MeetingForm, one: Correction) -> str:
    key = "meetings.history_you" if one.person_id == form.person.id else "meetings.history"
    said = words.say(key, who=form.partner, day=short_day(form.person.today(one.at)), facts=one.before)
    return f"{said}\n“{one.words}”" if one.words else said


# -- what was meant -----------------------------------------------------------------------------------------------


def read(inputs: Inputs) -> Typed:
    """Return what the fields hold: the inverse of `build`."""
    return Typed(
        day=inputs.day("day"),
        minutes=inputs.text("minutes"),
        means=read_means(inputs),
        goals={name.removeprefix(GOAL): _state(inputs.text(name)) for name in inputs.values if name.startswith(GOAL)},
        next_step=inputs.text("next_step"),
        notes=inputs.text("notes"),
        private=inputs.text("private"),
    )


def draft_of(
    world: World, typed: Typed, meeting: Meeting | None, person: Person, *, shown: bool = False
) -> MeetingDraft:
    """Make of the fields what can be logged.

    Facts that the partner logged, or that the form has `shown` and not asked for, are taken from the record. Raises
    RuleBroken, at the field, for a missing day and for minutes that are no whole number.
    """
    if meeting is not None and (shown or meeting.logged_by != person.id):
        facts = MeetingDraft(*meeting.facts)
    else:
        facts = facts_of(world, typed.day, typed.minutes, typed.means)
    next_step, notes, private = typed.next_step[:LONGEST_TEXT], typed.notes[:LONGEST_NOTES], typed.private
    return replace(facts, goals=typed.goals, next_step=next_step, notes=notes, private=private[:LONGEST_NOTES])


def facts_of(world: World, day: date | None, minutes: str, means: Means) -> MeetingDraft:
    """Make of the fields of `fact_fields` the facts of a meeting; raises RuleBroken as `draft_of` does."""
    if day is None:
        raise world.broken("date_missing", "day")
    return MeetingDraft(day, _minutes(world, minutes), means)


def _state(text: str) -> GoalState | None:
    return GoalState(text) if text in set(STATES) else None


def read_means(inputs: Inputs) -> Means:
    """Return how they met: the inverse of `fact_fields`."""
    means = inputs.text("means")
    return Means(means) if means in set(Means) else Means.VIDEO


def _minutes(world: World, text: str) -> int:
    if not text:
        raise world.broken("minutes_missing", "minutes")
    try:
        return int(text[:9])
    except ValueError:
        raise world.broken("minutes_unreadable", "minutes", text=b.shorten(text, 40)) from None
