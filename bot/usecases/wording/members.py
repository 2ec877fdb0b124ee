"""What is said to members of a program: trainings, thanks, announcements."""

from datetime import datetime

from bot.domain.notes import Part
from bot.domain.nudges import Nudge, Rule
from bot.domain.program import Training
from bot.domain.rules.training import moment_of, reminder_day
from bot.usecases.phrasing import count_words, first_name, listed, moment_words, time_words
from bot.usecases.wording.closing import next_words
from bot.usecases.wording.scene import Scene, Voice

A_FEW = 2  # pairs of whom one says "of them"


def training(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Remind of trainings."""
    courses = {course.key: course for course in scene.member.program.trainings}
    known = [(nudge, courses[nudge.facts["training"]]) for nudge in nudges if nudge.facts["training"] in courses]
    return [_one_training(voice, scene, nudge.facts["step"], course) for nudge, course in known]


def _one_training(voice: Voice, scene: Scene, step: str, course: Training) -> Part:
    if step == "recording":
        text = voice.words.say("training.recording", title=course.title)
        return Part(Rule.TRAINING, text, (voice.link("watch", course.recording),))
    moments = _session_moments(voice, scene, course, step)
    if step != "ahead" and all(moment.date() == scene.today for moment in moments):
        when = f"{listed(time_words(moment) for moment in moments)} your time"
        text = voice.words.say("training.today", title=course.title, when=when)
    elif len(moments) == 1:
        when, minutes = moment_words(moments[0]), str(course.minutes)
        text = voice.words.say("training.session", title=course.title, when=when, minutes=minutes)
    else:
        lines = "\n".join(f"• {moment_words(moment)}" for moment in moments)
        text = voice.words.say("training.session_many", title=course.title, sessions=lines)
    return Part(Rule.TRAINING, text, (voice.link("join", course.link),) if course.link else ())


def _session_moments(voice: Voice, scene: Scene, course: Training, step: str) -> list[datetime]:
    """Return the sessions, on the reader's clock: all of them ahead, else those to be reminded of today."""
    program, person = scene.member.program, scene.member.person
    return [
        moment_of(program, session).astimezone(person.zone)
        for session in sorted(course.sessions)
        if step == "ahead" or reminder_day(program, person, session) == scene.today
    ]


def farewell(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say thanks."""
    member = scene.member
    part = nudges[0].facts["part"]
    pairs = member.active_pairs(scene.today)
    chosen = next_words(voice, pairs[0], member.person.id) if part == "pair" and len(pairs) == 1 else ""
    meetings = sum(pair.meetings for pair in pairs)
    caseload = len(member.caseload(scene.today))
    none, few = part == "pair" and not meetings, part == "liaison" and caseload < A_FEW
    how = "_chosen" if chosen else "_none" if none else "_few" if few else ""
    text = voice.words.say(
        f"farewell.{part}{how}",
        program=member.program.name,
        partner=listed(first_name(pair.partner_of(member.person.id).name) for pair in pairs),
        meetings=count_words(meetings, "meeting"),
        count=str(caseload),
        chosen=chosen,
    )
    return [Part(Rule.FAREWELL, text)]


def announcement(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say what a coordinator has written."""
    return [
        Part(
            Rule.ANNOUNCEMENT,
            voice.words.say("announcement.message", author=nudge.facts["author"], text=nudge.facts["text"]),
            (voice.link("open", nudge.facts["link"]),) if nudge.facts.get("link") else (),
        )
        for nudge in nudges
    ]
