"""Move a phase: `/mentoring phase`, for liaisons, lets it begin earlier or later for one pair, and takes that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.words import Words
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair
from bot.domain.phases import phase_of, windows_of
from bot.domain.program import Phase
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit
from bot.usecases.move_phase import Moved, move_phase
from bot.usecases.phrasing import day_words

FORM, ANSWER = "move_phase", "phase_moved"
MOVABLE = tuple(Phase)[1:]


# -- what it looks like -----------------------------------------------------------------------------------------------


def build_form(words: Words, pairs: Sequence[Pair], today: date) -> b.View:
    """Ask for the pair, the phase and the day; the next phase and today are filled in."""
    options = [b.option(pair.name, pair.id) for pair in pairs]
    phases = [b.option(phase.capitalize(), phase.value) for phase in MOVABLE]
    following = next_phase(pairs[0], today)
    fields = [
        b.section(words.say("phases.intro")),
        b.field("pair", words.say("phases.pair"), b.select("pair", options, initial=options[0]["value"])),
        b.field("phase", words.say("phases.phase"), b.select("phase", phases, initial=following.value)),
        b.field("day", words.say("phases.day"), b.datepicker("day", today)),
    ]
    return b.modal(FORM, "Move a phase", fields, submit="Move it")


def next_phase(pair: Pair, today: date) -> Phase:
    """Return the phase that comes next for a pair; the last one when it has come."""
    now = phase_of(pair, today) or Phase.PLANNING
    windows = windows_of(pair)
    return next((phase for phase in MOVABLE if windows[phase].first > windows[now].first), Phase.TRANSITIONING)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sent form says; the pair is a claim, to be checked."""

    pair_id: str
    phase: Phase
    day: date | None


def read_form(inputs: Inputs) -> Meant:
    """Read what `build_form` asked."""
    phase = inputs.text("phase")
    return Meant(inputs.text("pair"), Phase(phase) if phase in MOVABLE else Phase.PLANNING, inputs.day("day"))


def build_answer(words: Words, moved: Moved) -> list[b.Block]:
    """Say what holds now, with the way back."""
    said = words.say("phases.moved", pair=moved.pair.name, phase=moved.phase.value, day=day_words(moved.day))
    if moved.day == moved.before:
        return [b.section(said)]
    back = f"{moved.pair.id}/{moved.phase}/{moved.before}/{moved.day}"
    undo = b.button("undo_phase", words.say("buttons.undo_phase"), back)
    return [b.section(said), b.actions([undo], ANSWER)]


def read_undo(value: str) -> tuple[str, Phase, date, date] | None:
    """Return what [Undo] carries: the pair's id, the phase, its day before and the one chosen then; else None."""
    pair_id, phase, day, chosen = (*value.split("/"), "", "", "")[:4]
    try:
        return pair_id, Phase(phase), date.fromisoformat(day), date.fromisoformat(chosen)
    except ValueError:
        return None


# -- what happens -----------------------------------------------------------------------------------------------------


async def opened(visit: Visit) -> None:
    """`/mentoring phase` and [Move a phase]."""
    pairs = [pair for member in visit.current for pair in member.caseload(visit.today)]
    if not pairs:
        raise RuleBroken(visit.world.words.say("phases.none"))
    await visit.open(build_form(visit.world.words, pairs, visit.today))


async def sent(visit: Visit) -> b.View | None:
    """The form."""
    meant = read_form(visit.inputs)
    if meant.day is None:
        raise visit.world.broken("phase_day_missing", "day")
    moved = await move_phase(visit.world, visit.current, meant.pair_id, meant.phase, meant.day)
    return visit.answer_form(build_answer(visit.world.words, moved))


async def undone(visit: Visit) -> None:
    """[Undo]: the phase begins when it did before, unless it was moved again since; in place."""
    carried = read_undo(visit.value)
    if carried is None:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    pair_id, phase, before, chosen = carried
    moved = await move_phase(visit.world, visit.current, pair_id, phase, before, only_from=chosen)
    said = visit.world.words.say(
        "phases.undone", pair=moved.pair.name, phase=moved.phase.value, day=day_words(moved.day)
    )
    await visit.replace("", [b.section(said)])


def register(doors: Doors) -> None:
    """Answer `/mentoring phase`, the buttons and the form."""
    doors.word("phase", "phases.help", opened)
    doors.action("move_phase", opened)
    doors.action("undo_phase", undone)
    doors.form(FORM, sent)
