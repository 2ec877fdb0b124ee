"""Settings: which kinds of message a person wants, at which hours, and how often a liaison's digest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from bot.content.words import Words
from bot.domain.choices import kinds_for, sleeping, with_kinds
from bot.domain.days import SpeakingHours
from bot.domain.nudges import Rule
from bot.domain.people import Member, Person, Preferences
from bot.domain.program import Role
from bot.domain.rules.closing import may_be_asked_later
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit
from bot.usecases.change_settings import change_settings, wake_kinds
from bot.usecases.phrasing import day_words, listed

FORM, SAVED = "settings", "settings_saved"
PROGRAM, OWN, ALWAYS, NEEDED = "program", "own", "always", "needed"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and what holds: the kinds that can reach the person, and the hours of their program."""

    person: Person
    kinds: tuple[Rule, ...]
    program_hours: SpeakingHours
    has_digest: bool = False

    @property
    def chosen(self) -> Preferences:
        """What the person has chosen so far."""
        return self.person.preferences


def choices_of(person: Person, members: Sequence[Member]) -> Choices:
    """Return what a person can choose, by what they are in their programs, the newest one first."""
    has_digest = any(Role.LIAISON in member.roles or member.covered for member in members)
    return Choices(person, kinds_for(members), members[0].program.hours, has_digest)


# -- what it looks like -----------------------------------------------------------------------------------------------


def build(words: Words, choices: Choices, today: date | None = None) -> b.View:
    """Ask, with what holds now filled in; kinds that sleep on `today` are named, with a button that wakes them."""
    asleep = _sleeping_lines(words, choices, today) if today else []
    wake = b.button("wake_all_kinds", "Wake them now")
    sleepers = [b.section("\n".join(asleep), accessory=wake)] if asleep else []
    shown = [*sleepers, *_kinds_field(words, choices), *_hours_fields(choices), *_digest_field(choices)]
    return b.modal(FORM, "Settings", [*shown, b.context(words.say("settings.always"))], submit="Save")


def _kinds_field(words: Words, choices: Choices) -> list[b.Block]:
    if not choices.kinds:
        return []
    options = [b.option(words.say(f"settings.group_{k}"), k, words.say(f"settings.kind_{k}")) for k in choices.kinds]
    wanted = [kind for kind in choices.kinds if kind not in choices.chosen.muted]
    return [b.field("kinds", "What you get", b.checkboxes("kinds", options, wanted), optional=True)]


def _hours_fields(choices: Choices) -> list[b.Block]:
    own = choices.chosen.hours
    hours = own or choices.program_hours
    whose = [
        b.option(
            "The program’s hours", PROGRAM, f"{days_words(choices.program_hours)}, {span_words(choices.program_hours)}"
        ),
        b.option("Hours of my own", OWN, "As chosen below"),
    ]
    day_options = [b.option(name, str(number)) for number, name in enumerate(DAYS)]
    ticked = [str(number) for number in sorted(hours.days)]
    zone = f"In your own zone, {choices.person.zone.key}."
    return [
        b.field("whose", "When you hear", b.radio("whose", whose, OWN if own else PROGRAM)),
        b.field("start", "Not before", b.timepicker("start", hours.start), hint=zone, optional=True),
        b.field("end", "Not after", b.timepicker("end", hours.end), optional=True),
        b.field("days", "On these days", b.checkboxes("days", day_options, ticked), optional=True),
    ]


def _digest_field(choices: Choices) -> list[b.Block]:
    if not choices.has_digest:
        return []
    options = [b.option("Every Monday", ALWAYS), b.option("Only when a pair could use a look", NEEDED)]
    initial = NEEDED if choices.chosen.digest_only_when_needed else ALWAYS
    return [b.field("digest", "Weekly digest of your pairs", b.radio("digest", options, initial))]


class TimeMissing(ValueError):
    """Hours of one's own without a beginning or an end; `field` names which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def read(inputs: Inputs, choices: Choices) -> Preferences:
    """Read what `build` asked. Raises TimeMissing for hours of one's own that lack one."""
    digest = inputs.text("digest")
    only_when_needed = digest == NEEDED if choices.has_digest and digest else choices.chosen.digest_only_when_needed
    muted = with_kinds(choices.chosen, choices.kinds, inputs.chosen("kinds"))
    hours = _read_hours(inputs) if inputs.text("whose") == OWN else None
    return replace(choices.chosen, muted=muted, hours=hours, digest_only_when_needed=only_when_needed)


def _read_hours(inputs: Inputs) -> SpeakingHours:
    days = frozenset(int(day) for day in inputs.chosen("days") if day in {"0", "1", "2", "3", "4", "5", "6"})
    return SpeakingHours(_read_time(inputs, "start"), _read_time(inputs, "end"), days)


def _read_time(inputs: Inputs, field: str) -> time:
    try:
        return time.fromisoformat(inputs.text(field))
    except ValueError as error:
        raise TimeMissing(field) from error


def build_saved(words: Words, choices: Choices, today: date) -> b.View:
    """Say what holds now."""
    chosen = choices.chosen
    asleep = sleeping(chosen, today)
    gets = [words.say(f"settings.group_{kind}") for kind in choices.kinds if kind not in chosen.muted | asleep.keys()]
    off = [words.say(f"settings.group_{kind}") for kind in choices.kinds if kind in chosen.muted]
    lines = [words.say("settings.gets", kinds=listed(gets)) if gets else words.say("settings.gets_none")]
    if off:
        lines.append(words.say("settings.not_wanted", kinds=listed(off)))
    lines += _sleeping_lines(words, choices, today)
    lines.append(_hours_line(words, choices))
    if choices.has_digest:
        lines.append(
            words.say("settings.digest_needed" if chosen.digest_only_when_needed else "settings.digest_always")
        )
    if pause := choices.person.pause_on(today):
        lines.append(words.say("settings.pausing", day=day_words(pause.last)))
    shown = [
        b.section(words.say("settings.saved")),
        b.section("\n".join(lines)),
        b.context(words.say("settings.always")),
    ]
    return b.modal(SAVED, "Settings", shown, close="Done")


def _sleeping_lines(words: Words, choices: Choices, today: date) -> list[str]:
    return [
        words.say("settings.asleep", kind=words.say(f"settings.group_{kind}"), day=day_words(until))
        for kind, until in sleeping(choices.chosen, today).items()
        if kind in choices.kinds
    ]


def _hours_line(words: Words, choices: Choices) -> str:
    hours = choices.chosen.hours or choices.program_hours
    key = "hours_own" if choices.chosen.hours else "hours_program"
    zone = choices.person.zone.key
    return words.say(f"settings.{key}", days=days_words(hours), hours=span_words(hours), zone=zone)


def days_words(hours: SpeakingHours) -> str:
    """Say the days: "Monday to Friday", "Monday, Tuesday and Saturday"."""
    days = sorted(hours.days)
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]} to {DAYS[days[-1]]}"
    return listed(DAYS[day] for day in days)


def span_words(hours: SpeakingHours) -> str:
    """Say the hours: "9:00 AM to 5:00 PM"."""
    return f"{_time_words(hours.start)} to {_time_words(hours.end)}"


def _time_words(at: time) -> str:
    return f"{at.hour % 12 or 12}:{at:%M %p}"


# -- what happens -----------------------------------------------------------------------------------------------------


async def opened(visit: Visit) -> None:
    """`/mentoring settings` and [Settings]."""
    await visit.open(build(visit.world.words, choices_of(visit.person, _listening(visit)), visit.today))


def _listening(visit: Visit) -> tuple[Member, ...]:
    """Return the programs that may still say something: those under way, or with the one question yet to come."""
    later = tuple(member for member in visit.members if may_be_asked_later(member, visit.today))
    under_way = any(visit.today <= member.program.span.last for member in visit.members)
    return later if later and not under_way else visit.current


async def pressed_wake(visit: Visit) -> None:
    """[Wake them now]: the line goes, and the boxes stay as they are."""
    choices = choices_of(visit.person, _listening(visit))
    kinds = sleeping(choices.chosen, visit.today)
    await wake_kinds(visit.world, visit.person, kinds)
    awake = replace(choices.chosen, snoozed=())
    await visit.update_view(build(visit.world.words, _with(choices, awake), visit.today))


async def sent(visit: Visit) -> b.View:
    """The form: what holds now comes in its place."""
    choices = choices_of(visit.person, _listening(visit))
    try:
        preferences = read(visit.inputs, choices)
    except TimeMissing as missing:
        raise visit.world.broken("time_missing", missing.field) from missing
    await change_settings(visit.world, visit.person, preferences)
    return build_saved(visit.world.words, _with(choices, preferences), visit.today)


def _with(choices: Choices, preferences: Preferences) -> Choices:
    return replace(choices, person=replace(choices.person, preferences=preferences))


def register(doors: Doors) -> None:
    """Answer `/mentoring settings`, the button and the form."""
    doors.word("settings", "settings.help", opened)
    doors.action("open_settings", opened)
    doors.action("wake_all_kinds", pressed_wake)
    doors.form(FORM, sent)
