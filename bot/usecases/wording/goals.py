"""What is said about goals: the nudge for the first one, a goal in words, and its story."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from bot.content.words import Words
from bot.domain.goals import Goal, GoalState, Step, Story
from bot.domain.notes import Part
from bot.domain.nudges import Nudge
from bot.domain.people import Pair, Person
from bot.usecases.phrasing import first_name, listed, short_day
from bot.usecases.wording.scene import Scene, Voice


def goals(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Invite to set the first goal."""
    return [
        Part(
            nudge.slot.rule,
            voice.words.say(f"goals.due_{nudge.slot.occurrence}", partner=scene.partner(nudge)),
            (voice.button("set_goal", scene.pair(nudge).id, primary=True),),
        )
        for nudge in nudges
    ]


def goal_lines(words: Words, pair: Pair, reader: Person, goal: Goal) -> list[str]:
    """Say a goal in lines, without its number and state: what, why, how both will know, by when, who helps how."""
    lines = [_one_line(goal.what), *words_lines(words, goal)]
    return [*lines, help_line(words, pair, reader, goal)] if goal.help else lines


def words_lines(words: Words, goal: Goal) -> list[str]:
    """Say why a goal matters, how both will know, and by when: as far as it is said."""
    shown = []
    if goal.why:
        shown.append(words.say("goals.why", why=_one_line(goal.why)))
    if goal.measure:
        shown.append(words.say("goals.measure", measure=_one_line(goal.measure)))
    if goal.target:
        shown.append(words.say("goals.target", day=short_day(goal.target)))
    return shown


def help_line(words: Words, pair: Pair, reader: Person, goal: Goal) -> str:
    """Say how the mentor helps."""
    who = "mentor" if reader.id == pair.mentor.id else "mentee"
    return words.say(f"goals.help_{who}", mentor=first_name(pair.mentor.name), how=_one_line(goal.help))


def state_words(words: Words, state: GoalState) -> str:
    """Say where a goal stands: "Moving"."""
    return words.say(f"goals.state_{state.name.lower()}")


def said_words(words: Words, state: GoalState) -> str:
    """Say what one can say of a goal at a meeting: "Moved"."""
    return words.say("meetings.goal_moved") if state is GoalState.MOVING else state_words(words, state)


def said_line(words: Words, goal: Goal, state: GoalState, key: str = "meetings.goal_said") -> str:
    """Say in a line what was said of a goal at a meeting."""
    return words.say(key, what=_one_line(goal.what), state=said_words(words, state).lower())


def story_text(words: Words, pair: Pair, reader: Person, told: Story) -> str:
    """Tell a goal's story to one of the two: its words, how it moved, with dates on the reader's own calendar."""
    what, *more = goal_lines(words, pair, reader, told.goal)
    steps = list(_step_lines(words, pair, reader, told)) or [words.say("goals.story_none")]
    return "\n".join([words.say("goals.story_heading", what=what), *more, *steps])


def _step_lines(words: Words, pair: Pair, reader: Person, told: Story) -> Iterator[str]:
    """Yield a line for each turn; what stays the same over several days is one line, unless somebody said a word."""
    for number, (_, same) in enumerate(groupby(enumerate(told.steps), _turn_of)):
        steps = [step for _, step in same]
        yield _line(words, pair, reader, steps, is_first=number == 0)


def _turn_of(numbered: tuple[int, Step]) -> tuple[object, ...]:
    number, step = numbered
    return (step.state, number) if step.words or step.state is GoalState.NOT_STARTED else (step.state,)


def _line(words: Words, pair: Pair, reader: Person, steps: list[Step], *, is_first: bool) -> str:
    step, days = steps[0], listed(dict.fromkeys(short_day(_day(one, reader)) for one in steps))
    who = pair.mentor if step.person_id == pair.mentor.id else pair.mentee
    person = words.say("goals.you") if who.id == reader.id else first_name(who.name)
    if is_first and step.state is GoalState.NOT_STARTED:
        return words.say("goals.step_set", days=days, person=person)
    state = state_words(words, step.state).lower()
    key = "step_words" if step.words else "step"
    return words.say(f"goals.{key}", days=days, state=state, person=person, words=_one_line(step.words))


def _day(step: Step, reader: Person) -> date:
    return step.day or reader.today(step.at)


def _one_line(text: str) -> str:
    return " ".join(text.split())
