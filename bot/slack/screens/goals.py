"""Goals: `/goal` lists a pair's goals; a choice beside each says where it stands; a form sets one or changes its words.

The list is shown where one is: in an answer that only this person sees, or in a form when it was opened from Home.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.content.words import Words
from bot.domain.errors import RuleBroken
from bot.domain.goals import Goal, GoalState
from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit, remember
from bot.usecases.phrasing import first_name
from bot.usecases.set_goal import LONGEST_TEXT, mark_goal, room_for_goal, set_goal

FORM, LIST = "set_goal", "goals"
CLOSED_SHOWN = 4
MOST_BLOCKS = 50
ALL, ONE = "all-", "one-"
STATES = {
    GoalState.NOT_STARTED: "Not started",
    GoalState.MOVING: "Moving",
    GoalState.STUCK: "Stuck",
    GoalState.DONE: "Done",
    GoalState.CHANGED: "Changed",
    GoalState.DROPPED: "Dropped",
}


# -- what is typed ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed after `/goal`: `verb` is list, set, mark, help or unknown."""

    verb: str
    words: str = ""
    number: int = 0
    state: GoalState = GoalState.NOT_STARTED


def read_command(text: str) -> Asked:
    """Understand "", "list", "help", "set", "set Learn to …", "done 2" and "2 done"."""
    verb, _, rest = text.strip().partition(" ")
    if verb.lower() in ("", "list", "help") and not rest:
        return Asked(verb.lower() or "list")
    if verb.lower() == "set":
        return Asked("set", rest.strip())
    states = "|".join(state.value for state in GoalState)
    marked = re.fullmatch(
        rf"(?:({states})\s+(\d{{1,3}})|(\d{{1,3}})\s+({states}))", " ".join(text.lower().split()), re.A
    )
    if marked is None:
        return Asked("unknown", text)
    return Asked("mark", number=int(marked[2] or marked[3]), state=GoalState(marked[1] or marked[4]))


# -- the list ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pair's goals, oldest first, the first of them numbered `first`: numbers run on through a person's pairs."""

    pair: Pair
    goals: tuple[Goal, ...]
    first: int = 1


def build_list(words: Words, person_id: str, shelves: Sequence[Shelf], said: str = "") -> list[b.Block]:
    """Show goals with a choice beside each, and what was just `said` on top."""
    shown = [b.section(said)] if said else []
    for shelf in shelves:
        shown += _shelf_blocks(words, person_id, shelf, among=len(shelves))
    return [*shown[: MOST_BLOCKS - 1], b.context(words.say("home.private"))]


def _shelf_blocks(words: Words, person_id: str, shelf: Shelf, *, among: int) -> list[b.Block]:
    partner = first_name(shelf.pair.partner_of(person_id).name)
    shown = [b.header(words.say("goals.heading", partner=partner))] if among > 1 else []
    if not shelf.goals:
        shown.append(b.section(words.say("goals.none", partner=partner)))
    numbered = list(enumerate(shelf.goals, start=shelf.first))
    hidden = _hidden(shelf, CLOSED_SHOWN if among <= 2 else 0)
    for number, goal in numbered:
        if number not in hidden:
            shown += _goal_blocks(words, person_id, shelf.pair, number, goal, ALL if among > 1 else ONE)
    if hidden:
        shown.append(b.context(words.say("goals.more", count=len(hidden))))
    return [*shown, b.actions([b.button("set_goal", "Set a goal", shelf.pair.id)], f"set-{shelf.pair.id}")]


def _hidden(shelf: Shelf, closed_shown: int) -> list[int]:
    """Return the numbers of the goals that were closed longest ago, all but `closed_shown`."""
    closed = [number for number, goal in enumerate(shelf.goals, start=shelf.first) if not goal.is_open]
    return closed[: max(len(closed) - closed_shown, 0)]


def _goal_blocks(words: Words, person_id: str, pair: Pair, number: int, goal: Goal, among: str) -> list[b.Block]:
    about = f"{pair.id}/{goal.id}"
    options = [b.option(label, f"{about}/{state}") for state, label in STATES.items()]
    choice = b.select("mark_goal", options, initial=f"{about}/{goal.state}")
    change = [b.button("change_goal", "Change the words", about)] if goal.is_open else []
    # The block ids change with the state: Slack keeps an old choice where the id stays.
    text = b.section(goal_words(words, person_id, pair, number, goal))
    return [text, b.actions([choice, *change], f"{among}{goal.id}-{goal.state}")]


def goal_words(words: Words, person_id: str, pair: Pair, number: int, goal: Goal) -> str:
    """Say a goal: its number and words, how the mentor helps, where it stands."""
    lines = [words.say("goals.line", number=number, what=" ".join(goal.what.split()))]
    if goal.help:
        who = "mentor" if person_id == pair.mentor.id else "mentee"
        lines.append(
            words.say(f"goals.help_{who}", mentor=first_name(pair.mentor.name), how=" ".join(goal.help.split()))
        )
    return "\n".join([*lines, f"_{STATES[goal.state]}_"])


# -- the form ---------------------------------------------------------------------------------------------------------


def build_form(person_id: str, pairs: Sequence[Pair], *, what: str = "", goal: Goal | None = None) -> b.View:
    """Ask for a goal, new or to be changed; who is in two pairs chooses for which it is."""
    alone = pairs[0] if len(pairs) == 1 else None
    memory = {"pair": alone.id if alone else "", "goal": goal.id if goal else ""}
    seen = (
        f"Seen by you and {first_name(alone.partner_of(person_id).name)} only."
        if alone
        else "Seen by the two of you only."
    )
    fields = [
        b.field(
            "what", "The goal", b.text_input("what", initial=goal.what if goal else what, most=LONGEST_TEXT), hint=seen
        ),
        b.field(
            "help",
            _help_label(person_id, alone),
            b.text_input("help", initial=goal.help if goal else "", multiline=True, most=LONGEST_TEXT),
            hint=seen,
            optional=True,
        ),
    ]
    title = "Change a goal" if goal else "Set a goal"
    return b.modal(FORM, title, [*_pair_field(person_id, pairs), *fields], submit="Save", memory=remember(**memory))


def _pair_field(person_id: str, pairs: Sequence[Pair]) -> list[b.Block]:
    if len(pairs) == 1:
        return []
    options = [b.option(pair.partner_of(person_id).name, pair.id) for pair in pairs]
    return [b.field("pair", "With whom", b.select("pair", options, initial=pairs[0].id))]


def _help_label(person_id: str, pair: Pair | None) -> str:
    if pair is None:
        return "How the mentor helps"
    return "How you help" if person_id == pair.mentor.id else f"How {first_name(pair.mentor.name)} helps"


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sent form says; `pair_id` and `goal_id` are claims, to be checked."""

    pair_id: str
    goal_id: str | None
    what: str
    help: str


def read_form(inputs: Inputs, memory: dict[str, str]) -> Meant:
    """Read what `build_form` asked."""
    pair_id = inputs.text("pair") or memory.get("pair", "")
    return Meant(pair_id, memory.get("goal") or None, inputs.text("what"), inputs.text("help"))


# -- what happens -----------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/goal …`."""
    asked = read_command(visit.typed)
    words = visit.world.words
    match asked.verb:
        case "list":
            await _show(visit, visit.pairs)
        case "set":
            await _open_form(visit, visit.pairs, asked.words)
        case "mark":
            await _mark_by_number(visit, asked)
        case "help":
            await visit.tell(words.say("goals.usage"))
        case _:
            await visit.tell(
                f"{words.say('goals.unknown', text=b.shorten(visit.typed, 80))}\n{words.say('goals.usage')}"
            )


async def opened(visit: Visit) -> None:
    """[Goals], for one pair, or for all where the button names none."""
    await _show(visit, (visit.pair(visit.value),) if visit.value else visit.pairs)


async def pressed_set(visit: Visit) -> None:
    """[Set a goal]."""
    await _open_form(visit, (visit.pair(visit.value),))


async def pressed_change(visit: Visit) -> None:
    """[Change the words]."""
    pair_id, _, goal_id = visit.value.partition("/")
    pair = visit.pair(pair_id)
    goals = (await _shelves(visit, (pair,)))[0].goals
    goal = next((goal for goal in goals if goal.id == goal_id), None)
    if goal is None:
        raise visit.world.broken("goal_gone")
    await _show_form(visit, build_form(visit.person.id, (pair,), goal=goal))


async def chose_state(visit: Visit) -> None:
    """A choice of where a goal stands; the list is shown anew in its place, also when the choice could not be."""
    pair_id, goal_id, state = (*visit.value.split("/"), "", "", "")[:3]
    pair = visit.pair(pair_id)
    if state not in STATES:
        raise visit.world.broken("goal_gone")
    try:
        said = _marked(visit, await mark_goal(visit.world, pair, goal_id, GoalState(state)))
    except RuleBroken as broken:
        said = str(broken)
    await _show(visit, _pairs_shown(visit, pair), said, again=True)


async def sent(visit: Visit) -> b.View:
    """The form: the list comes in its place."""
    meant = read_form(visit.inputs, visit.memory)
    pair = visit.pair(meant.pair_id)
    goal = await set_goal(visit.world, pair, meant.what, meant.help, goal_id=meant.goal_id)
    said = visit.world.words.say("goals.set", what=goal.what, partner=first_name(pair.partner_of(visit.person.id).name))
    return _list_view(visit, await _shelves(visit, (pair,)), said)


def register(doors: Doors) -> None:
    """Answer `/goal`, the goal buttons and the form."""
    doors.command("/goal", typed)
    doors.action("open_goals", opened)
    doors.action("set_goal", pressed_set)
    doors.action("change_goal", pressed_change)
    doors.action("mark_goal", chose_state)
    doors.form(FORM, sent)


async def _mark_by_number(visit: Visit, asked: Asked) -> None:
    numbered = {
        number: (shelf.pair, goal)
        for shelf in await _shelves(visit, visit.pairs)
        for number, goal in enumerate(shelf.goals, start=shelf.first)
    }
    if asked.number not in numbered:
        raise visit.world.broken("goal_number", number=str(asked.number))
    pair, goal = numbered[asked.number]
    said = _marked(visit, await mark_goal(visit.world, pair, goal.id, asked.state))
    await _show(visit, visit.pairs, said)


def _marked(visit: Visit, goal: Goal) -> str:
    return visit.world.words.say("goals.marked", what=goal.what, state=STATES[goal.state].lower())


async def _open_form(visit: Visit, pairs: Sequence[Pair], what: str = "") -> None:
    if len(pairs) == 1:
        await room_for_goal(visit.world, pairs[0])
    await _show_form(visit, build_form(visit.person.id, pairs, what=what[:LONGEST_TEXT]))


async def _show_form(visit: Visit, form: b.View) -> None:
    await (visit.update_view(form) if _in_form(visit) else visit.open(form))


async def _show(visit: Visit, pairs: Sequence[Pair], said: str = "", *, again: bool = False) -> None:
    """Show the list where the person is; `again` puts it in the place of the one that was clicked."""
    shelves = await _shelves(visit, pairs)
    shown = build_list(visit.world.words, visit.person.id, shelves, said)
    if _in_form(visit):
        await visit.update_view(_list_view(visit, shelves, said))
    elif "view" in visit.body:
        await visit.open(_list_view(visit, shelves, said))
    elif again:
        await visit.replace(said, shown)
    else:
        await visit.tell(said, shown)


def _list_view(visit: Visit, shelves: Sequence[Shelf], said: str) -> b.View:
    shown = build_list(visit.world.words, visit.person.id, shelves, said)
    return b.modal(LIST, "Goals", shown, close="Done", memory=remember(pairs=" ".join(s.pair.id for s in shelves)))


def _in_form(visit: Visit) -> bool:
    return "view" in visit.body and visit.body["view"].get("type") == "modal"


def _pairs_shown(visit: Visit, marked: Pair) -> tuple[Pair, ...]:
    """Return the pairs whose goals stand in the list that was clicked in: Slack does not send an ephemeral one back."""
    return visit.pairs if str(visit.action.get("block_id", "")).startswith(ALL) else (marked,)


async def _shelves(visit: Visit, pairs: Iterable[Pair]) -> list[Shelf]:
    """Return the goals of `pairs`, numbered as among all of the person's goals."""
    shelves: list[Shelf] = []
    first = 1
    async with visit.world.store.begin() as records:
        for pair in visit.pairs:
            goals = tuple(await records.goals(pair.id))
            shelves.append(Shelf(pair, goals, first))
            first += len(goals)
    wanted = {pair.id for pair in pairs}
    return [shelf for shelf in shelves if shelf.pair.id in wanted]
