"""Status: where somebody stands in each program, in a few lines, with the next things to press."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.content.words import Words
from bot.domain.glance import glance
from bot.domain.goals import Goal
from bot.domain.next_step import Step, next_step
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Program, Role
from bot.domain.rules.training import moment_of
from bot.slack import blocks as b
from bot.slack.after_view import ended_blocks, over_blocks
from bot.slack.doors import Doors
from bot.slack.home_view import asked_blocks, before_words, foot_buttons, role_row, wish_blocks
from bot.slack.pair_rows import pair_rows
from bot.slack.pair_view import liaison_away
from bot.slack.showing import show
from bot.slack.unclear_blocks import unclear_blocks
from bot.slack.visit import Visit
from bot.usecases.phrasing import count_words, day_words, first_name, moment_words, near_day, near_moment, short_day
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome, see_home
from bot.usecases.wording.agreement import agreement_line
from bot.usecases.wording.appointments import promise_lines, topic_lines
from bot.usecases.wording.life import out_of_reach_words

MOST_PAIRS, MOST_TRAININGS, MOST_BLOCKS = 10, 3, 49


# -- what it looks like -----------------------------------------------------------------------------------------------


def build(words: Words, person: Person, home: Home) -> list[b.Block]:
    """Show each program with what is the person's own in it."""
    if not home.open:
        return over_blocks(words, home)
    pause = person.pause_on(home.today)
    shown = [b.section(words.say("status.own_pause", day=day_words(pause.last)))] if pause else []
    for one in home.programs:
        shown += _program_blocks(words, one, home)
    resume = [b.button("resume", "Resume now", style="primary")] if pause else []
    buttons = [*resume, *foot_buttons(person, home.today)]
    private = [b.context(words.say("home.private"))] if home.own_pairs else []
    return [*shown[: MOST_BLOCKS - len(private)], *private, b.actions(buttons, "status")]


def _program_blocks(words: Words, one: MemberAtHome, home: Home) -> list[b.Block]:
    member, today = one.member, home.today
    program = member.program
    head = b.section(_phase_words(words, program, today))
    if today < program.opens:
        return [head]
    if today > program.span.last:
        return [head, *ended_blocks(words, member, today)]
    shown = [head]
    for at_home in one.pairs[:MOST_PAIRS]:
        shown += _pair_blocks(words, member.person, at_home, home.now)
    if trainings := list(_trainings(words, member, home.now))[:MOST_TRAININGS]:
        shown.append(b.section("\n".join([words.say("status.trainings"), *trainings])))
    return [
        *shown,
        *_liaison_blocks(words, member, today),
        *ended_blocks(words, member, today),
        *wish_blocks(words, one, home.now),
        *_figures_blocks(words, one),
        *asked_blocks(words, one),
        *unclear_blocks(words, one.unclear),
        *role_row(words, member, today, "status-say"),
    ]


def _phase_words(words: Words, program: Program, today: date) -> str:
    if today < program.span.first:
        return before_words(words, program, today)
    phase = program.phase_on(today)
    if today > program.span.last or phase is None:
        return words.say("home.after", program=program.name, day=day_words(program.span.last))
    until = min(program.windows[phase].last, program.span.last)
    said = words.say("status.phase", program=program.name, phase=phase.value, day=day_words(until))
    if until == program.span.last:
        return said
    return f"{said}\n{words.say('status.ends', day=day_words(program.span.last))}"


def _pair_blocks(words: Words, person: Person, at_home: PairAtHome, now: datetime) -> list[b.Block]:
    pair, today = at_home.pair, person.today(now)
    step = next_step(pair, person.id, at_home.goals, today)
    first, second = pair_rows(words, pair, person, step, now)
    lines = [*_pair_lines(words, person, pair, at_home.goals, today), *_shared_lines(words, person, at_home)]
    rows = [b.actions(first, f"status-{pair.id}"), b.actions(second, f"status-more-{pair.id}")]
    return [*b.sections("\n".join(lines)), *rows]


def _pair_lines(words: Words, person: Person, pair: Pair, goals: Sequence[Goal], today: date) -> Iterator[str]:
    partner = first_name(pair.partner_of(person.id).name)
    yield words.say("status.pair", partner=partner, rhythm=str(pair.agreed_rhythm))
    yield _met(words, pair, today)
    if said := _next(words, person, pair, goals, today):
        yield said
    if pair.ending is not None:
        yield words.say("endings.running", partner=partner, day=day_words(pair.span.last))
    if away := liaison_away(words, pair):
        yield from away
    elif pair.liaison is not None:
        yield words.say("status.liaison", names=pair.liaison.name)
    shown = [goal for goal in goals if goal.is_open] or list(goals)[-1:]
    for goal in shown:
        yield words.say("status.goal", what=" ".join(goal.what.split()), state=goal.state.value)
    if not shown:
        yield words.say("status.goals_none")


def _shared_lines(words: Words, person: Person, at_home: PairAtHome) -> list[str]:
    """How far the agreement is, what each of the two still means to do, and at their next meeting."""
    pair = at_home.pair
    promises = promise_lines(words, pair, person, at_home.promises)
    return [agreement_line(words, pair, person.id), *promises, *topic_lines(words, pair, person, at_home.topic)]


def _met(words: Words, pair: Pair, today: date) -> str:
    if pair.last_meeting is None:
        return words.say("status.met_never")
    days = (today - pair.last_meeting).days
    if days <= 1:
        return words.say("status.met_lately", day=near_day(pair.last_meeting, today))
    return words.say("status.met", day=short_day(pair.last_meeting), days=count_words(days, "day"))


_NEXT = {
    Step.PARTNERS_PAUSE: "partners_pause",
    Step.NOT_YET: "asked_again",
    Step.APPOINTMENT: "meet_on",
    Step.DID_YOU_MEET: "meant_to_meet",
    Step.OVERDUE: "expected_before",
}


def _next(words: Words, person: Person, pair: Pair, goals: Sequence[Goal], today: date) -> str:
    """Say when the pair is expected to meet; nothing during the person's own break, or at an end: each has its line."""
    step = next_step(pair, person.id, goals, today)
    if step.step in (Step.OWN_PAUSE, Step.ENDING):
        return ""
    if step.step is Step.OUT_OF_REACH:
        return out_of_reach_words(words, pair, person, since=True)
    late = step.step is Step.FIRST_HELLO and today > step.day
    key = "expected_before" if late else _NEXT.get(step.step, "expected")
    partner = first_name(pair.partner_of(person.id).name)
    when = near_moment(pair.appointment.starts.astimezone(person.zone), today) if pair.appointment else ""
    return words.say(f"status.{key}", day=day_words(step.day), partner=partner, when=when)


def _trainings(words: Words, member: Member, now: datetime) -> Iterator[str]:
    """Yield the trainings to come that are meant for the member, the next one first, each at its next session."""
    program = member.program
    meant = [course for course in program.trainings if course.audience & member.roles]
    moments = {course.title: [moment_of(program, session) for session in course.sessions] for course in meant}
    to_come = [(min(after), title) for title, all_of_them in moments.items() if (after := _after(all_of_them, now))]
    for moment, title in sorted(to_come):
        yield words.say("status.training", title=title, when=moment_words(moment.astimezone(member.person.zone)))


def _after(moments: Sequence[datetime], now: datetime) -> list[datetime]:
    return [moment for moment in moments if moment > now]


def _liaison_blocks(words: Words, member: Member, today: date) -> list[b.Block]:
    if Role.LIAISON not in member.roles and not member.caseload(today):
        return []
    caseload = glance(member.caseload(today), today)
    key = "caseload_none" if not caseload.pairs else "caseload" if caseload.need_a_look else "caseload_well"
    pairs, look = count_words(caseload.pairs, "pair"), str(caseload.need_a_look)
    return [b.section(words.say(f"status.{key}", pairs=pairs, look=look))]


def _figures_blocks(words: Words, one: MemberAtHome) -> list[b.Block]:
    if one.glance is None or Role.COORDINATOR not in one.member.roles:
        return []
    figures = one.glance
    said = words.say(
        "status.glance",
        pairs=count_words(figures.pairs, "pair"),
        on_rhythm=str(figures.on_rhythm),
        look=str(figures.need_a_look),
        paused=str(figures.paused),
    )
    return [b.section(said)]


# -- what happens -----------------------------------------------------------------------------------------------------


async def opened(visit: Visit) -> None:
    """`/mentoring`, `/mentoring status` and [Status]."""
    person = visit.person
    home = await see_home(visit.world, visit.workspace_id, visit.slack_id)
    await show(visit, "Where things stand", build(visit.world.words, person, home))


def register(doors: Doors) -> None:
    """Answer `/mentoring status` and the button."""
    doors.word("status", "status.help", opened)
    doors.action("open_status", opened)
