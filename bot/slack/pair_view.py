"""A pair on the Home of one of its two: the next action, the year as a line, and all that they share."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.content.words import Words
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Meeting
from bot.domain.next_step import NextStep, Step, expected_by, next_step
from bot.domain.people import Pair, Person
from bot.domain.tasks import Doing, Task, TaskState, tasks_of
from bot.domain.year_line import year_line
from bot.slack import blocks as b
from bot.slack.pair_rows import is_planned, pair_rows
from bot.usecases.compose_note import Composer
from bot.usecases.phrasing import count_words, day_words, first_name, near_day, near_moment, short_day
from bot.usecases.see_home import PairAtHome
from bot.usecases.wording.agreement import agreement_line, lacking_words
from bot.usecases.wording.appointments import promise_lines, topic_lines
from bot.usecases.wording.life import out_of_reach_words

MEETINGS_SHOWN = 3
NOTHING_EXPECTED = {Step.OWN_PAUSE, Step.PARTNERS_PAUSE, Step.OUT_OF_REACH}


def pair_blocks(composer: Composer, me: Person, at_home: PairAtHome, now: datetime) -> list[b.Block]:
    """Show a pair to one of its two: nine blocks or so."""
    pair, words, today = at_home.pair, composer.words, me.today(now)
    step = next_step(pair, me.id, at_home.goals, today)
    said = next_words(composer, pair, me, step, today)
    first, second = pair_rows(words, pair, me, step, now)
    lines = [
        _year(words, at_home, today),
        _tasks(words, pair, today),
        *_ending(words, pair),
        *liaison_away(words, pair),
    ]
    texts = [
        *b.sections(_goals(words, pair, me, at_home.goals, at_home)),
        *_promises(words, at_home, me),
        b.section(f"*Agreement*\n{agreement_line(words, pair, me.id)}"),
        *b.sections(_meetings(words, at_home.meetings, today)),
    ]
    return [
        b.header(words.say("goals.heading", partner=first_name(pair.partner_of(me.id).name))),
        *([b.section(said)] if said else []),
        b.actions(first, f"home-{pair.id}"),
        b.section("\n".join(lines)),
        _facts(words, pair, me, step, today),
        *texts,
        b.actions(second, f"home-more-{pair.id}"),
    ]


def next_words(composer: Composer, pair: Pair, me: Person, next_one: NextStep, today: date) -> str:
    """Say what is next for one of the two; "" while they take a break, which is said above."""
    if next_one.step is Step.OWN_PAUSE:
        return ""
    if next_one.step is Step.OUT_OF_REACH:
        return out_of_reach_words(composer.words, pair, me, since=True)
    role = "mentor" if me.id == pair.mentor.id else "mentee"
    key = f"first_hello_{role}" if next_one.step is Step.FIRST_HELLO else next_one.step.value
    key = "complete" if next_one.step is Step.SIGN and pair.evidence.lacks else key
    if next_one.step is Step.FIRST_HELLO and today < pair.span.first:
        partner = first_name(pair.partner_of(me.id).name)
        return composer.words.say("home.first_plans", partner=partner, day=day_words(pair.span.first))
    return composer.words.say(
        f"home.{key}",
        lacks=lacking_words(composer.words, pair),
        partner=first_name(pair.partner_of(me.id).name),
        day=day_words(next_one.day),
        when=near_moment(pair.appointment.starts.astimezone(me.zone), today) if pair.appointment else "",
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
    if today < pair.span.first:
        return f"{line}\n{words.say('home.year_before', day=day_words(pair.span.first))}"
    past = min(max((today - pair.span.first).days + 1, 1), pair.span.days)
    counted = count_words(pair.meetings, "meeting")
    return f"{line}\n{words.say('home.year', day=str(past), days=str(pair.span.days), meetings=counted)}"


def _tasks(words: Words, pair: Pair, today: date) -> str:
    """What a pair does once in its year: done, to be done by a day, or still to come."""
    said = []
    for one in tasks_of(pair, today):
        if pair.ending is None or one.doing is Doing.DONE or one.task is Task.CLOSING_TALK:
            name = words.say(f"tasks.{one.task.name.lower()}")
            said.append(words.say(f"tasks.{_how_far(one, today)}", task=name, day=short_day(one.due)))
    return "   ".join(said)


def _how_far(one: TaskState, today: date) -> str:
    return "late" if one.doing is Doing.OPEN and one.due < today else one.doing.name.lower()


def _ending(words: Words, pair: Pair) -> list[str]:
    return [words.say("home.ends_early", day=day_words(pair.span.last))] if pair.ending else []


def liaison_away(words: Words, pair: Pair) -> list[str]:
    """Say who looks after a pair while messages do not reach its liaison; nothing while they do."""
    away = pair.liaison_beside if pair.needs_cover else None
    return [words.say("home.liaison_away", liaison=first_name(away.name))] if away else []


def _facts(words: Words, pair: Pair, me: Person, step: NextStep, today: date) -> b.Block:
    partner = pair.partner_of(me.id)
    label = "Your mentee" if me.id == pair.mentor.id else "Your mentor"
    facts: list[tuple[str, str] | b.Element] = [b.person_field(label, partner.name, partner.slack_id)]
    facts.append(("Rhythm", str(pair.agreed_rhythm)))
    last = pair.last_meeting
    facts.append(("Last meeting", near_day(last, today) if last else "none yet"))
    facts += _coming(words, pair, me, step, today)
    if pair.liaison:
        facts.append(b.person_field("Your liaison", pair.liaison.name, pair.liaison.slack_id))
    return b.fields(facts)


def _coming(words: Words, pair: Pair, me: Person, step: NextStep, today: date) -> list[tuple[str, str]]:
    """What is planned, or else expected; nothing during a break, before an ending, or with somebody out of reach."""
    if pair.out_of_reach:
        return []
    if pair.appointment is not None and is_planned(pair):
        return [("Next meeting", near_moment(pair.appointment.starts.astimezone(me.zone), today))]
    if pair.ending is not None or step.step in NOTHING_EXPECTED:
        return []
    which, expected = "Next one" if pair.meetings else "First one", expected_by(pair)
    if expected < today:
        return [(which, words.say("home.next_any_day"))]
    return [(f"{which} by", near_day(expected, today))]


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
    pair = at_home.pair
    lines = [*promise_lines(words, pair, me, at_home.promises), *topic_lines(words, pair, me, at_home.topic)]
    return b.sections("\n".join(["*Next steps*", *lines])) if lines else []


def _meetings(words: Words, meetings: Sequence[Meeting], today: date) -> str:
    shown = meetings[:MEETINGS_SHOWN]
    lines = [f"• {_capital(near_day(m.day, today))}: {count_words(m.minutes, 'minute')}, {m.means}" for m in shown]
    return "\n".join(["*Last meetings*", *(lines or [words.say("home.meetings_none")])])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one_line(text: str) -> str:
    return " ".join(text.split())
