"""What is said at the end of a pair's time: the closing talk and form, the look back, and one question later."""

from collections.abc import Iterable, Sequence

from bot.domain.days import Span
from bot.domain.figures import YearFigures, kept_goals, year_figures
from bot.domain.goals import Goal, GoalState
from bot.domain.notes import Button, Part, Picture
from bot.domain.nudges import Nudge, Rule
from bot.domain.people import Pair
from bot.domain.privacy import of_the_two, replies_for
from bot.domain.program import Phase
from bot.domain.replies import Question, Reply
from bot.domain.rules.closing import ends_early
from bot.usecases.phrasing import count_words, first_name, listed, means_words, short_day
from bot.usecases.wording.scene import Scene, Voice

STILL = ("yes", "sometimes", "no")
MOVED = (GoalState.MOVING, GoalState.CHANGED)


def closing(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Ask for the last conversation to be planned, or for the form to be filled."""
    return [_one_closing(voice, scene, nudge) for nudge in nudges]


def _one_closing(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    key = nudge.facts["step"] + ("_early" if ends_early(pair) and nudge.facts["step"] != "form-2" else "")
    text = voice.words.say(f"closing.{key}", partner=scene.partner(nudge), day=short_day(pair.span.last))
    return Part(Rule.CLOSING, text, (voice.button("open_closing", pair.id, primary=True),))


# -- the look back --------------------------------------------------------------------------------------------------


def celebration(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Look back, pair by pair: the year in figures, what the partner wrote, what both have chosen."""
    order = ("year", "thanks", "next")
    sorted_out = sorted(nudges, key=lambda nudge: (nudge.pair_id or "", order.index(nudge.facts["step"])))
    parts = (_one_celebration(voice, scene, nudge) for nudge in sorted_out)
    return [part for part in parts if part is not None]


def _one_celebration(voice: Voice, scene: Scene, nudge: Nudge) -> Part | None:
    match nudge.facts["step"]:
        case "year":
            return _year(voice, scene, nudge)
        case "thanks":
            return _thanks(voice, scene, nudge)
        case _:
            text = next_words(voice, scene.pair(nudge), scene.member.person.id)
            return Part(Rule.CELEBRATION, text) if text else None


def _year(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair, me = scene.pair(nudge), scene.member.person.id
    goals = kept_goals(of_the_two(scene.background.goals.get(pair.id, ()), me, pair))
    figures = year_figures(pair, scene.background.logs.get(pair.id, ()), goals)
    text = year_words(voice, pair, me, figures, goals)
    return Part(Rule.CELEBRATION, text, picture=Picture(figures, figures_words(voice, figures)))


def year_words(voice: Voice, pair: Pair, me: str, figures: YearFigures, goals: Sequence[Goal]) -> str:
    """Say to one of the two what their time came to: how often and how long, and towards what."""
    partner = first_name(pair.partner_of(me).name)
    key = "year" if figures.met else "year_without"
    lines = [voice.words.say(f"celebration.{key}", partner=partner), *_together(voice, figures)]
    lines += [f"{number}. {' '.join(goal.what.split())}" for number, goal in enumerate(goals, start=1)]
    return "\n".join(lines)


def _together(voice: Voice, figures: YearFigures) -> list[str]:
    """Say beside the picture what it counts; of nothing there is nothing to say."""
    times, hours = count_words(len(figures.met), "meeting"), count_words(figures.hours, "hour")
    weeks = count_words(figures.weeks, "week")
    return [voice.words.say("celebration.together", meetings=times, hours=hours, weeks=weeks)] if figures.met else []


def figures_words(voice: Voice, figures: YearFigures) -> str:
    """Say a year in figures: all that its drawing says, and no more."""
    say = voice.words.say
    days = figures.met
    said = [say("celebration.count", meetings=count_words(len(days), "meeting"))]
    if days:
        key = "celebration.first_and_last" if len(days) > 1 else "celebration.once"
        said.append(say(key, first=short_day(days[0]), last=short_day(days[-1])))
    if figures.means:
        said.append(say("celebration.means", means=listed(f"{means_words(how)} ({n})" for how, n in figures.means)))
    said += [_phase_words(voice, phase, span, figures) for phase, span in figures.phases]
    said += [say("celebration.goal", number=str(n), state=state) for n, state in enumerate(figures.goals, start=1)]
    return " ".join(said)


def _phase_words(voice: Voice, phase: Phase, span: Span, figures: YearFigures) -> str:
    held = count_words(sum(day in span for day in figures.met), "meeting")
    days = {"first": short_day(span.first), "last": short_day(span.last)}
    return voice.words.say("celebration.phase", phase=phase.capitalize(), meetings=held, **days)


def _thanks(voice: Voice, scene: Scene, nudge: Nudge) -> Part | None:
    """Pass on what the partner has written, as far as it may be seen by now."""
    pair, me = scene.pair(nudge), scene.member.person.id
    seen = replies_for(scene.background.replies.get(pair.id, ()), me, pair, last_week=True)
    lines = partners_words(voice, pair, me, seen)
    return Part(Rule.CELEBRATION, "\n\n".join(lines)) if lines else None


def partners_words(voice: Voice, pair: Pair, me: str, seen: Iterable[Reply]) -> list[str]:
    """Return what the partner has written at the end, of the replies that one may see."""
    partner = pair.partner_of(me)
    written = {reply.question: reply.words for reply in seen if reply.person_id == partner.id and reply.words}
    return [
        voice.words.say(f"celebration.{question}", partner=first_name(partner.name), words=written[question].strip())
        for question in (Question.THANKS, Question.GROWTH)
        if question in written
    ]


def next_words(voice: Voice, pair: Pair, me: str) -> str:
    """Say what both have chosen to do next; "" while one of them has not."""
    own, theirs = (pair.evidence.choice(Question.WHAT_NEXT, who) for who in (me, pair.partner_of(me).id))
    if not own or not theirs:
        return ""
    names = {
        "partner": first_name(pair.partner_of(me).name),
        "own": voice.words.say(f"closing.next_{_key(own)}"),
        "theirs": voice.words.say(f"closing.next_{_key(theirs)}"),
    }
    return voice.words.say("celebration.next_same" if own == theirs else "celebration.next_apart", **names)


def _key(choice: str) -> str:
    return choice.replace(" ", "_")


# -- one question later ---------------------------------------------------------------------------------------------


def follow_up(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Ask once what has become of it."""
    return [_one_question(voice, scene, nudge) for nudge in nudges]


def _one_question(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    program = scene.member.program
    text = voice.words.say("follow_up.ask", partner=scene.partner(nudge), program=program.name)
    buttons = tuple(Button(f"follow_up_{choice}", voice.words.say(f"follow_up.{choice}"), pair.id) for choice in STILL)
    return Part(Rule.FOLLOW_UP, text, buttons)
