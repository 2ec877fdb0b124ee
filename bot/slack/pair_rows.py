"""What can be pressed for a pair, alike on Home, in the status and in the menu. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.content.words import Words
from bot.domain.next_step import NextStep, Step
from bot.domain.people import Pair, Person
from bot.domain.rules.closing import may_round_off
from bot.slack import blocks as b
from bot.slack.ending_row import ending_row
from bot.slack.plan_form import calendar_buttons
from bot.usecases.phrasing import first_name

LOOK_HERE_FIRST = {Step.FIRST_HELLO, Step.OVERDUE, Step.DID_YOU_MEET}


def pair_rows(words: Words, pair: Pair, me: Person, step: NextStep, now: datetime) -> tuple[list[b.Element], ...]:
    """Return two rows: what one does most, with what is next first or standing out; what one does now and then."""
    return _first(words, pair, me, step, now), _second(words, pair, me, step, now)


def _first(words: Words, pair: Pair, me: Person, step: NextStep, now: datetime) -> list[b.Element]:
    log = b.button("log_meeting", "Log a meeting", pair.id, style="primary" if step.step in LOOK_HERE_FIRST else None)
    plan = b.button("plan_meeting", words.say(f"home.plan_{'again' if is_planned(pair) else 'next'}"), pair.id)
    begun = me.today(now) >= pair.span.first
    goals = b.button("open_goals", "Goals", pair.id)
    buttons = [*([log] if begun else []), plan, *_of_the_planned(words, pair, me, now), goals]
    match step.step:
        case Step.AGREE:
            return [b.button("open_agreement", "Begin the agreement", pair.id, style="primary"), *buttons]
        case Step.FIRST_GOAL | Step.NEXT_GOAL:
            return [b.button("set_goal", words.say("buttons.set_goal"), pair.id, style="primary"), *buttons]
        case Step.SIGN:
            return [b.button("open_agreement", "Read the agreement", pair.id, style="primary"), *buttons]
        case Step.ROUND_OFF:
            return [b.button("open_closing", words.say("buttons.open_closing"), pair.id, style="primary"), *buttons]
        case _:
            return buttons


def _second(words: Words, pair: Pair, me: Person, step: NextStep, now: datetime) -> list[b.Element]:
    agreement = [] if step.step in (Step.SIGN, Step.AGREE) else [b.button("open_agreement", "Agreement", pair.id)]
    closes = step.step is not Step.ROUND_OFF and may_round_off(pair, me.today(now))
    together = [] if pair.channel else [b.button("open_together", "Talk together", pair.id)]
    return [
        b.button("open_steps", "Next steps", pair.id),
        *agreement,
        b.button("open_ideas", "Ideas", pair.id),
        b.button("open_meetings", "All meetings", pair.id),
        *together,
        *([b.button("open_closing", words.say("buttons.open_closing"), pair.id)] if closes else []),
        *(ending_row(words, pair, me) if me.today(now) >= pair.span.first else []),
        b.button("in_the_way", "A quiet word", pair.id),
    ]


def is_planned(pair: Pair) -> bool:
    """Tell whether a meeting is planned, or was planned and is not on record."""
    return pair.appointment is not None and pair.planned_day is not None


def _of_the_planned(words: Words, pair: Pair, me: Person, now: datetime) -> Sequence[b.Element]:
    planned = pair.appointment
    if planned is None or not is_planned(pair) or not planned.is_ahead(now):
        return ()
    return calendar_buttons(words, planned, first_name(pair.partner_of(me.id).name))
