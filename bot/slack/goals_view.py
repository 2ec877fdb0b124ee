"""What goals look like: the list, the form, the story; and what a sent form says."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.words import Words
from bot.domain.goals import BOTH, NOTHING_SAID, Goal, GoalDraft, GoalState, Side, Story, sides_of
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.visit import Inputs, remember
from bot.usecases.phrasing import first_name
from bot.usecases.set_goal import FORM, LONGEST_TEXT
from bot.usecases.wording.goals import goal_lines, state_words, story_text, words_lines

LIST, WORD, STORY = "goals", "goal_word", "goal_story"
CLOSED_SHOWN = 4
MOST_BLOCKS = 50
ALL, ONE = "all-", "one-"


# -- the list ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pair's goals, oldest first, the first of them numbered `first`: numbers run on through a person's pairs."""

    pair: Pair
    goals: tuple[Goal, ...]
    first: int = 1


def build_list(
    words: Words, person: Person, shelves: Sequence[Shelf], said: str = "", then: Sequence[b.Element] = ()
) -> list[b.Block]:
    """Show goals with a choice beside each, and on top what was just `said` and what may come `then`."""
    shown = [b.section(said)] if said else []
    shown += [b.actions(then)] if then else []
    for shelf in shelves:
        shown += _shelf_blocks(words, person, shelf, among=len(shelves))
    return [*shown[: MOST_BLOCKS - 1], b.context(words.say("home.private"))]


def build_next(words: Words, pair: Pair, goal: Goal, *, worded: bool = False) -> list[b.Element]:
    """Offer what may follow when a goal was marked: the one that takes its place, and a word about it."""
    about = f"{pair.id}/{goal.id}"
    successor = [b.button("replace_goal", "Set the next one", about, style="primary")]
    word = [b.button("goal_word", "Add a word", about)]
    return [*(successor if goal.state is GoalState.CHANGED else []), *([] if worded else word)]


def _shelf_blocks(words: Words, person: Person, shelf: Shelf, *, among: int) -> list[b.Block]:
    partner = first_name(shelf.pair.partner_of(person.id).name)
    shown = [b.header(words.say("goals.heading", partner=partner))] if among > 1 else []
    if not shelf.goals:
        shown.append(b.section(words.say("goals.none", partner=partner)))
    numbered = list(enumerate(shelf.goals, start=shelf.first))
    hidden = _hidden(shelf, CLOSED_SHOWN if among <= 2 else 0)
    for number, goal in numbered:
        if number not in hidden:
            shown += _goal_blocks(words, person, shelf.pair, number, goal, ALL if among > 1 else ONE)
    if hidden:
        shown.append(b.context(words.say("goals.more", count=len(hidden))))
    set_one = b.button("set_goal", words.say("buttons.set_goal"), shelf.pair.id)
    return [*shown, b.actions([set_one], f"set-{shelf.pair.id}")]


def _hidden(shelf: Shelf, closed_shown: int) -> list[int]:
    """Return the numbers of the goals that were closed longest ago, all but `closed_shown`."""
    closed = [number for number, goal in enumerate(shelf.goals, start=shelf.first) if not goal.is_open]
    return closed[: max(len(closed) - closed_shown, 0)]


def _goal_blocks(words: Words, person: Person, pair: Pair, number: int, goal: Goal, among: str) -> list[b.Block]:
    about = f"{pair.id}/{goal.id}"
    options = [b.option(state_words(words, state), f"{about}/{state}") for state in GoalState]
    choice = b.select("mark_goal", options, initial=f"{about}/{goal.state}")
    label = "Change the words" if Side.WORDS in sides_of(goal, pair, person.id) else "How you help"
    change = [b.button("change_goal", label, about)] if goal.is_open else []
    # The block ids change with the state: Slack keeps an old choice where the id stays.
    text = b.section(goal_words(words, person, pair, number, goal))
    row = [choice, *change, b.button("goal_story", "Its story", about)]
    return [text, b.actions(row, f"{among}{goal.id}-{goal.state}")]


def goal_words(words: Words, person: Person, pair: Pair, number: int, goal: Goal) -> str:
    """Say a goal: its number and words, how the mentor helps, where it stands."""
    what, *more = goal_lines(words, pair, person, goal)
    return "\n".join([words.say("goals.line", number=number, what=what), *more, f"_{state_words(words, goal.state)}_"])


# -- the form ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoalForm:
    """All that the form shows: for which of `pairs`, `goal` where one is changed, and the words it begins with."""

    person: Person
    pairs: Sequence[Pair]
    typed: GoalDraft = NOTHING_SAID
    goal: Goal | None = None
    place: tuple[tuple[str, str], ...] = ()

    @property
    def alone(self) -> Pair | None:
        """The pair, where there is no choice."""
        return self.pairs[0] if len(self.pairs) == 1 else None


def draft_of(goal: Goal) -> GoalDraft:
    """Return what a goal says, to begin a form with."""
    return GoalDraft(goal.what, goal.help, goal.why, goal.measure, goal.target)


def build_form(words: Words, form: GoalForm) -> b.View:
    """Ask for what the person may write, show what is the other's; who is in two pairs chooses for which it is."""
    pair, goal = form.alone, form.goal
    sides = sides_of(goal, pair, form.person.id) if pair and goal else BOTH
    blocks = _pair_field(form)
    blocks += _words_fields(words, form.typed) if Side.WORDS in sides else _words_shown(words, form)
    blocks += [_help_field(words, form)] if Side.HELP in sides else [_help_shown(words, form)]
    memory = {"pair": pair.id if pair else "", "goal": goal.id if goal else "", **dict(form.place)}
    title = "Change a goal" if goal else "Set a goal"
    shown = [*blocks, b.context(_seen_by(words, form))]
    return b.modal(FORM, title, shown, submit="Save", memory=remember(**memory))


def _seen_by(words: Words, form: GoalForm) -> str:
    if form.alone is None:
        return words.say("goal_form.two")
    return words.say("privacy.two", partner=first_name(form.alone.partner_of(form.person.id).name))


def _pair_field(form: GoalForm) -> list[b.Block]:
    if form.alone:
        return []
    options = [b.option(pair.partner_of(form.person.id).name, pair.id) for pair in form.pairs]
    return [b.field("pair", "With whom", b.select("pair", options, initial=form.pairs[0].id))]


def _words_fields(words: Words, typed: GoalDraft) -> list[b.Block]:
    def asked(name: str, text: str, *, optional: bool = True) -> b.Block:
        hint = words.say(f"goal_form.{name}_hint") if words.has(f"goal_form.{name}_hint") else ""
        box = b.text_input(name, initial=text, most=LONGEST_TEXT)
        return b.field(name, words.say(f"goal_form.{name}"), box, hint=hint, optional=optional)

    by_when = b.field("target", words.say("goal_form.target"), b.datepicker("target", typed.target), optional=True)
    rest = [asked("why", typed.why), asked("measure", typed.measure), by_when]
    return [asked("what", typed.what, optional=False), *rest]


def _help_field(words: Words, form: GoalForm) -> b.Block:
    box = b.text_input("help", initial=form.typed.help, multiline=True, most=LONGEST_TEXT)
    return b.field("help", _help_label(words, form), box, optional=True)


def _help_label(words: Words, form: GoalForm) -> str:
    if form.alone is None:
        return words.say("goal_form.help")
    who = "mentor" if form.person.id == form.alone.mentor.id else "mentee"
    return words.say(f"goal_form.help_{who}", mentor=first_name(form.alone.mentor.name))


def _words_shown(words: Words, form: GoalForm) -> list[b.Block]:
    assert form.alone is not None
    assert form.goal is not None
    mentee = first_name(form.alone.mentee.name)
    lines = [form.goal.what, *words_lines(words, form.goal)]
    return [b.section("\n".join([words.say("goal_form.words_theirs", mentee=mentee), *lines]))]


def _help_shown(words: Words, form: GoalForm) -> b.Block:
    assert form.alone is not None
    assert form.goal is not None
    theirs = words.say("goal_form.help_theirs", mentor=first_name(form.alone.mentor.name))
    return b.section(f"{theirs}\n{form.goal.help or words.say('goal_form.nothing_said')}")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sent form says; `pair_id` and `goal_id` are claims, to be checked."""

    pair_id: str
    goal_id: str | None
    draft: GoalDraft


def read_form(inputs: Inputs, memory: dict[str, str]) -> Meant:
    """Read what `build_form` asked: what was only shown is empty."""
    what, help_, why, measure = (inputs.text(name) for name in ("what", "help", "why", "measure"))
    draft = GoalDraft(what, help_, why, measure, inputs.day("target"))
    return Meant(inputs.text("pair") or memory.get("pair", ""), memory.get("goal") or None, draft)


# -- a word, and the story --------------------------------------------------------------------------------------------


def build_word(words: Words, person: Person, pair: Pair, goal: Goal) -> b.View:
    """Ask for a word about how a goal goes."""
    box = b.text_input("word", multiline=True, most=LONGEST_TEXT)
    said = f"{goal.what}\n_{state_words(words, goal.state)}_"
    hint = words.say("privacy.two", partner=first_name(pair.partner_of(person.id).name))
    shown = [b.section(said), b.field("word", words.say("goal_form.word"), box, hint=hint)]
    return b.modal(WORD, "A word about a goal", shown, submit="Save", memory=remember(pair=pair.id, goal=goal.id))


def build_story(words: Words, person: Person, pair: Pair, told: Story) -> list[b.Block]:
    """Show a goal's story."""
    seen_by = words.say("privacy.two", partner=first_name(pair.partner_of(person.id).name))
    state = f"_{state_words(words, told.goal.state)}_"
    return [*b.sections(f"{story_text(words, pair, person, told)}\n{state}"), b.context(seen_by)]
