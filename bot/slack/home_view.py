"""What an App Home looks like: the next action first, then what the person is part of. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.content.words import Words
from bot.domain.endings import RematchState
from bot.domain.next_step import next_step
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Program, Role, Training
from bot.domain.rules.training import moment_of
from bot.domain.standing import standing, worst_first
from bot.slack import blocks as b
from bot.slack.after_view import ended_blocks, outlook_button, over_blocks
from bot.slack.pair_rows import LOOK_HERE_FIRST
from bot.slack.pair_view import pair_blocks
from bot.slack.unclear_blocks import unclear_blocks
from bot.usecases.ask_rematch import weeks_remaining
from bot.usecases.compose_note import Composer
from bot.usecases.phrasing import count_words, day_words, first_name, listed, moment_words, short_day
from bot.usecases.see_home import Home, MemberAtHome, PairAtHome, WhomToAsk

TRAININGS_SHOWN, RESOURCES_SHOWN = 3, 5


def build_home(composer: Composer, home: Home) -> b.View:
    """Show a person their Home: at most 100 blocks, whatever they follow or coordinate."""
    words = composer.words
    if home.person is None:
        return b.home(stranger_blocks(words, home.ask))
    if not home.open:
        return b.home(over_blocks(words, home))
    shown = _break_blocks(words, home.person, home.today)
    for at_home in home.open:
        shown += _program_blocks(composer, at_home, home)
    return b.home([*shown, b.divider(), *_foot(words, home)])


def stranger_blocks(words: Words, ask: Iterable[WhomToAsk]) -> list[b.Block]:
    """Explain Tandem to somebody in no program, and say whom to ask."""
    asked = [words.say("home.ask", program=one.program, names=listed(one.names)) for one in ask if one.names]
    return [b.section("\n".join([words.say("kind_errors.not_in_program"), *asked]))]


def caseload_blocks(composer: Composer, member: Member, today: date) -> list[b.Block]:
    """Show a liaison's pairs, all of them, worst first and each with its reason; never the liaison's own pair."""
    found = worst_first([standing(pair, today) for pair in member.caseload(today)])
    if not found:
        return [b.section(composer.words.say("home.caseload_none"))]
    look = sum(one.stands.needs_a_look for one in found)
    opening = "digest.opening_some" if look else "digest.opening_all_well"
    lines = [composer.words.say(opening, count=str(look), total=str(len(found)))]
    lines += [composer.standing_line(one, today) for one in found]
    return [*b.sections("\n".join(lines)), b.context(composer.words.say("home.caseload_private"))]


def foot_buttons(person: Person, today: date) -> list[b.Element]:
    """The buttons for what concerns the person alone."""
    pause = [] if person.pause_on(today) else [b.button("open_pause", "Take a break")]
    return [*pause, b.button("open_settings", "Settings"), b.button("open_why", "Why these messages")]


def wish_blocks(words: Words, one: MemberAtHome, now: datetime) -> list[b.Block]:
    """Where the person's own wishes for a new partner stand, and the way to one after a pair that has ended early."""
    me = one.member.person
    wishes = [(pair, asked) for pair, asked in one.rematches if asked.state is not RematchState.TAKEN_BACK]
    wished = {pair.id for pair, _ in wishes}
    over = [pair for pair in one.member.pairs if pair.ending and not pair.active_on(me.today(now))]
    lines = [_wish(words, pair, me, now, asked.state) for pair, asked in wishes]
    return lines + [_wish(words, pair, me, now) for pair in over if pair.id not in wished]


def _wish(words: Words, pair: Pair, me: Person, now: datetime, state: RematchState | None = None) -> b.Block:
    weeks = weeks_remaining(pair, me, now)
    key = f"rematches.state_{state.name.lower()}" if state else "rematches.may_ask"
    said = words.say(key, partner=first_name(pair.partner_of(me.id).name), weeks=count_words(weeks, "week"))
    if state and state.is_open:
        return b.section(said, accessory=b.button("take_back_rematch", "Take it back", pair.id))
    if weeks and state is not RematchState.MATCHED:
        label = "Ask again" if state is RematchState.CLOSED else words.say("buttons.open_rematch")
        return b.section(said, accessory=b.button("open_rematch", label, pair.id))
    return b.section(said)


def asked_blocks(words: Words, one: MemberAtHome) -> list[b.Block]:
    """Who has asked for a word past the liaison, for who coordinates."""
    lines = [
        words.say("confide.asked", person=pair.one(asked.person_id).name, pair=pair.name, day=short_day(asked.day))
        for pair, asked in one.asked
    ]
    return b.sections("\n".join(lines))


def role_buttons(words: Words, member: Member, today: date, *, caseload: bool = True) -> list[b.Element]:
    """What a liaison and a coordinator do for the pairs of a program; `caseload`: it is not shown beside them."""
    roles, program = member.roles, member.program
    buttons: list[b.Element] = []
    if Role.LIAISON in roles or member.caseload(today):
        buttons += [b.button("caseload", "See my pairs", program.id)] if caseload else []
        buttons += [b.button("move_phase", "Move a pair’s phase")]
    if Role.COORDINATOR in roles:
        buttons += [b.button("open_announce", "Announce something", program.id)]
        buttons += [b.button("open_rematches", "Wishes for a new partner", program.id)]
    if roles & {Role.LIAISON, Role.COORDINATOR}:
        buttons.append(b.button("open_handover", "Give a pair to another liaison"))
    return [*buttons, *outlook_button(words, member, today)]


def role_row(words: Words, member: Member, today: date, name: str, *, caseload: bool = True) -> list[b.Block]:
    """Return those buttons as a row; none where there are none."""
    buttons = role_buttons(words, member, today, caseload=caseload)
    return [b.actions(buttons, f"{name}-{member.program.id}")] if buttons else []


# -- one program ------------------------------------------------------------------------------------------------------


def _program_blocks(composer: Composer, at_home: MemberAtHome, home: Home) -> list[b.Block]:
    member, words = at_home.member, composer.words
    program, today = member.program, home.today
    shown = [b.context(_program_line(program, today))]
    if today < program.span.first:
        shown.append(b.section(before_words(words, program, today)))
    if today < program.opens:
        return shown + role_row(words, member, today, "home-say", caseload=False)
    for pair in sorted(at_home.pairs, key=lambda one: _can_wait(one, member.person, today)):
        shown += pair_blocks(composer, member.person, pair, home.now)
    ended = ended_blocks(words, member, today)
    if not (at_home.pairs or ended) and member.roles & {Role.MENTOR, Role.MENTEE}:
        shown.append(b.section(words.say("home.no_pair", program=program.name)))
    if Role.LIAISON in member.roles or member.caseload(today):
        shown += [b.header("Pairs that you follow"), *caseload_blocks(composer, member, today)]
    shown += ended + wish_blocks(words, at_home, home.now) + asked_blocks(words, at_home)
    shown += _figures(words, at_home) + unclear_blocks(words, at_home.unclear)
    shown += role_row(words, member, today, "home-say", caseload=False)
    return shown + _reading(program, today) + _trainings(words, member, home.now)


def _program_line(program: Program, today: date) -> str:
    """The program's name and, while it runs, its phase with that phase's last day."""
    phase = program.phase_on(today)
    if phase is None or today > program.span.last:
        return program.name
    until = min(program.windows[phase].last, program.span.last)
    return f"{program.name} · {phase.capitalize()}, until {short_day(until)}"


def before_words(words: Words, program: Program, today: date) -> str:
    """Say before the first day when a program begins, and when its planning does, or that it has."""
    key = (
        "planning" if today >= program.opens else "before_planning" if program.opens < program.span.first else "before"
    )
    opens = day_words(program.opens)
    return words.say(f"home.{key}", program=program.name, day=day_words(program.span.first), opens=opens)


def _can_wait(at_home: PairAtHome, me: Person, today: date) -> bool:
    return next_step(at_home.pair, me.id, at_home.goals, today).step not in LOOK_HERE_FIRST


def _break_blocks(words: Words, person: Person, today: date) -> list[b.Block]:
    pause = person.pause_on(today)
    if pause is None:
        return []
    said = words.say("home.own_pause", day=day_words(pause.last))
    return [b.section(said), b.actions([b.button("resume", "Resume now", style="primary")], "home-resume")]


def _foot(words: Words, home: Home) -> list[b.Block]:
    person = home.person
    buttons = foot_buttons(person, home.today) if person else []
    private = [words.say("home.private")] if home.own_pairs else []
    return [b.actions(buttons, "home-foot"), b.context("\n".join([words.say("home.why"), *private]))]


# -- the program ------------------------------------------------------------------------------------------------------


def _figures(words: Words, at_home: MemberAtHome) -> list[b.Block]:
    found, roles = at_home.glance, at_home.member.roles
    if found is None:
        return []
    pairs = count_words(found.pairs, "pair")
    heading = b.header("The program at a glance")
    if not found.pairs:
        return [heading, b.section(words.say("home.glance_none"))]
    if Role.COORDINATOR not in roles and not found.points_at_nobody:
        return [heading, b.section(words.say("home.reader_few", pairs=pairs))]
    some = words.say(
        "home.glance_some", pairs=pairs, on_rhythm=found.on_rhythm, look=found.need_a_look, paused=found.paused
    )
    met = words.say("home.glance_meetings", met=found.met, meetings=count_words(found.meetings, "meeting"))
    return [heading, b.section(f"{some}\n{met}")]


def _reading(program: Program, today: date) -> list[b.Block]:
    phase = program.phase_on(today)
    found = [resource for resource in program.resources if resource.phase is phase][:RESOURCES_SHOWN]
    if not phase or not found:
        return []
    rows = [b.section(one.title, accessory=b.button("link_resource", "Open", url=one.link)) for one in found]
    return [b.header("Worth reading in this phase"), *rows]


def _trainings(words: Words, member: Member, now: datetime) -> list[b.Block]:
    coming = [(times, course) for course in member.program.trainings if (times := _coming(member, course, now))]
    if not coming:
        return []
    rows = [_training_row(words, member, course, times) for times, course in sorted(coming, key=_by_time)]
    return [b.header("Trainings to come"), *rows[:TRAININGS_SHOWN]]


def _coming(member: Member, course: Training, now: datetime) -> list[datetime]:
    if not course.audience & member.roles:
        return []
    return sorted(moment for session in course.sessions if (moment := moment_of(member.program, session)) > now)


def _by_time(coming: tuple[list[datetime], Training]) -> tuple[datetime, str]:
    return coming[0][0], coming[1].key


def _training_row(words: Words, member: Member, course: Training, times: Sequence[datetime]) -> b.Block:
    spoken = "\n".join(moment_words(moment.astimezone(member.person.zone)) for moment in times)
    join = b.button("link_join", words.say("buttons.join"), url=course.link) if course.link else None
    return b.section(f"*{course.title}*, {count_words(course.minutes, 'minute')}\n{spoken}", accessory=join)
