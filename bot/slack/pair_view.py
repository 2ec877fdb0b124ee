"""A pair on the Home of one of its two: the next action, the year as a line, and all that they share."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.content.words import Words
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Meeting
from bot.domain.next_step import NextStep, Step, expected_by, next_step
from bot.domain.people import Pair, Person
from bot.domain.tasks import tasks_of
from bot.domain.year_line import year_line
from bot.slack import blocks as b
from bot.slack.ending_row import ending_row
from bot.usecases.compose_note import Composer
from bot.usecases.phrasing import count_words, day_words, first_name, moment_words, short_day
from bot.usecases.see_home import PairAtHome
from bot.usecases.wording.agreement import agreement_line
from bot.usecases.wording.appointments import promise_lines

LOOK_HERE_FIRST = {Step.FIRST_HELLO, Step.OVERDUE, Step.DID_YOU_MEET}
MEETINGS_SHOWN = 3


def pair_blocks(composer: Composer, me: Person, at_home: PairAtHome, now: datetime) -> list[b.Block]:
    """Show a pair to one of its two: nine blocks or so."""
    pair, words, today = at_home.pair, composer.words, me.today(now)
    step = next_step(pair, me.id, at_home.goals, today)
    said = next_words(composer, pair, me, step, today)
    lines = [_year(words, at_home, today), _tasks(words, pair, today), *_ending(words, pair)]
    texts = [
        *b.sections(_goals(words, pair, me, at_home.goals, at_home)),
        *_promises(words, at_home, me),
        b.section(f"*Agreement*\n{agreement_line(words, pair, me.id)}"),
        *b.sections(_meetings(words, at_home.meetings)),
    ]
    return [
        b.header(words.say("goals.heading", partner=first_name(pair.partner_of(me.id).name))),
        *([b.section(said)] if said else []),
        b.actions(first_row(words, pair, step), f"home-{pair.id}"),
        b.section("\n".join(lines)),
        *([b.actions(ends, f"home-ending-{pair.id}")] if (ends := ending_row(words, pair, me)) else []),
        _facts(words, pair, me),
        *texts,
        b.actions(second_row(pair, step), f"home-more-{pair.id}"),
    ]


def first_row(words: Words, pair: Pair, step: NextStep) -> list[b.Element]:
    """What one does most: log, plan, goals; what is next stands out, or before them."""
    log = b.button("log_meeting", "Log a meeting", pair.id, style="primary" if step.step in LOOK_HERE_FIRST else None)
    plan = b.button("plan_meeting", words.say(f"home.plan_{'again' if _ahead(pair) else 'next'}"), pair.id)
    buttons = [log, plan, b.button("open_goals", "Goals", pair.id)]
    match step.step:
        case Step.SIGN:
            return [b.button("open_agreement", "Read the agreement", pair.id, style="primary"), *buttons]
        case Step.ROUND_OFF:
            return [b.button("open_closing", words.say("buttons.open_closing"), pair.id, style="primary"), *buttons]
        case _:
            return buttons


def second_row(pair: Pair, step: NextStep) -> list[b.Element]:
    """What one does now and then."""
    agreement = [] if step.step is Step.SIGN else [b.button("open_agreement", "Agreement", pair.id)]
    together = [] if pair.channel else [b.button("open_together", "Talk together", pair.id)]
    return [
        b.button("open_steps", "Next steps", pair.id),
        *agreement,
        b.button("open_ideas", "Ideas", pair.id),
        b.button("open_meetings", "All meetings", pair.id),
        *together,
        b.button("in_the_way", "A quiet word", pair.id),
    ]


def next_words(composer: Composer, pair: Pair, me: Person, next_one: NextStep, today: date) -> str:
    """Say what is next for one of the two; "" while they take a break, which is said above."""
    if next_one.step is Step.OWN_PAUSE:
        return ""
    role = "mentor" if me.id == pair.mentor.id else "mentee"
    key = f"first_hello_{role}" if next_one.step is Step.FIRST_HELLO else next_one.step.value
    return composer.words.say(
        f"home.{key}",
        partner=first_name(pair.partner_of(me.id).name),
        day=day_words(next_one.day),
        when=moment_words(pair.appointment.starts.astimezone(me.zone)) if pair.appointment else "",
        last_day=day_words(pair.span.last),
        since=composer.since(pair, today),
        rhythm=str(pair.agreed_rhythm),
    )


def _year(words: Words, at_home: PairAtHome, today: date) -> str:
    """The year as a line, and in words for who does not see it."""
    pair = at_home.pair
    planned = pair.planned_day
    met = [meeting.day for meeting in at_home.meetings]
    stretches = year_line(pair.span, at_home.windows, met, today, planned)
    line = "  ".join(f"{one.phase.capitalize()} `{one.marks}`" for one in stretches)
    past = min(max((today - pair.span.first).days + 1, 1), pair.span.days)
    counted = count_words(pair.meetings, "meeting")
    return f"{line}\n{words.say('home.year', day=str(past), days=str(pair.span.days), meetings=counted)}"


def _tasks(words: Words, pair: Pair, today: date) -> str:
    """What a pair does once in its year: done, to be done by a day, or still to come."""
    said = []
    for one in tasks_of(pair, today):
        name = words.say(f"tasks.{one.task.name.lower()}")
        said.append(words.say(f"tasks.{one.doing.name.lower()}", task=name, day=short_day(one.due)))
    return "   ".join(said)


def _ending(words: Words, pair: Pair) -> list[str]:
    return [words.say("home.ends_early", day=day_words(pair.span.last))] if pair.ending else []


def _facts(words: Words, pair: Pair, me: Person) -> b.Block:
    partner = pair.partner_of(me.id)
    label = "Your mentee" if me.id == pair.mentor.id else "Your mentor"
    facts: list[tuple[str, str] | b.Element] = [b.person_field(label, partner.name, partner.slack_id)]
    facts.append(("Rhythm", str(pair.agreed_rhythm)))
    facts.append(("Last meeting", short_day(pair.last_meeting) if pair.last_meeting else "none yet"))
    facts.append(_coming(pair, me))
    if pair.liaison:
        facts.append(b.person_field("Your liaison", pair.liaison.name, pair.liaison.slack_id))
    return b.fields(facts)


def _ahead(pair: Pair) -> bool:
    """Tell whether a meeting is planned, or was planned and is not on record."""
    return pair.appointment is not None and pair.planned_day is not None


def _coming(pair: Pair, me: Person) -> tuple[str, str]:
    if pair.appointment is not None and _ahead(pair):
        return "Next meeting", moment_words(pair.appointment.starts.astimezone(me.zone))
    return "Next one by", short_day(expected_by(pair))


def _goals(words: Words, pair: Pair, me: Person, goals: Sequence[Goal], at_home: PairAtHome) -> str:
    lines = ["*Goals*"]
    for goal in (goal for goal in goals if goal.is_open):
        lines.append(f"• {_one_line(goal.what)} ({_progress(goal, at_home)})")
        if goal.help:
            who = "mentor" if me.id == pair.mentor.id else "mentee"
            how = words.say(f"goals.help_{who}", mentor=first_name(pair.mentor.name), how=_one_line(goal.help))
            lines.append(f"    {how}")
    if len(lines) == 1:
        lines.append(words.say("home.goals_none"))
    if closed := sum(not goal.is_open for goal in goals):
        lines.append(words.say("home.goals_closed", count=str(closed)))
    return "\n".join(lines)


def _progress(goal: Goal, at_home: PairAtHome) -> str:
    """Say where a goal stands, how often it moved, and by when it is to be reached."""
    moves = (move for move in at_home.moves if move.goal_id == goal.id and move.state is GoalState.MOVING)
    moved = len({move.meeting_id or move.id for move in moves})  # once at a meeting, though both may say so
    parts = [str(goal.state)]
    if moved > 1:
        parts.append(f"moved {moved} times")
    if goal.target is not None:
        parts.append(f"by {short_day(goal.target)}")
    return ", ".join(parts)


def _promises(words: Words, at_home: PairAtHome, me: Person) -> list[b.Block]:
    lines = promise_lines(words, at_home.pair, me, at_home.promises)
    return b.sections("\n".join(["*Next steps*", *(f"• {line}" for line in lines)])) if lines else []


def _meetings(words: Words, meetings: Sequence[Meeting]) -> str:
    shown = meetings[:MEETINGS_SHOWN]
    lines = [f"• {short_day(m.day)}: {count_words(m.minutes, 'minute')}, {m.means}" for m in shown]
    return "\n".join(["*Last meetings*", *(lines or [words.say("home.meetings_none")])])


def _one_line(text: str) -> str:
    return " ".join(text.split())
