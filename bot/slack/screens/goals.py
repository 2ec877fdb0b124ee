"""Goals: `/goal` lists a pair's goals; a choice beside each says where it stands; a form sets one or changes its words.

The list is shown where one is: in an answer that only this person sees, or in a form when it was opened from Home.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.drafts import ANY_PAIR
from bot.domain.errors import RuleBroken
from bot.domain.goals import NOTHING_SAID, Goal, GoalDraft, GoalState
from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.goals_view import (
    ALL,
    LIST,
    STORY,
    WORD,
    GoalForm,
    Shelf,
    build_form,
    build_list,
    build_next,
    build_story,
    build_word,
    draft_of,
    read_form,
)
from bot.slack.kept_forms import KeptForm, keep_sent, keeps, kept_view, take_offer_back
from bot.slack.visit import Visit, remember
from bot.usecases.move_goals import Marked, add_word, mark_goal, tell_story
from bot.usecases.phrasing import first_name
from bot.usecases.reading import NotUnderstood, read_day
from bot.usecases.set_goal import FORM, LONGEST_TEXT, SetGoal, goal_of_id, room_for_goal, set_goal
from bot.usecases.wording.goals import state_words

STATES = "|".join(state.value for state in GoalState)
NUMBERED = re.compile(
    rf"(?:(?P<state>{STATES}|story)\s+(?P<number>\d{{1,3}})|(?P<number_>\d{{1,3}})\s+(?P<state_>{STATES}|story))"
    rf"(?:[\s,:]+(?P<words>\S.*))?",
    re.A | re.I | re.S,
)
WITH_A_DAY = re.compile(r"(?P<what>.*\S)\s+by\s+(?P<day>\S.*)", re.I | re.S)


# -- what is typed ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed after `/goal`: `verb` is list, set, mark, story, help or unknown."""

    verb: str
    words: str = ""
    number: int = 0
    state: GoalState = GoalState.NOT_STARTED


def read_command(text: str) -> Asked:
    """Understand "", "list", "help", "set", "set Learn to …", "done 2", "2 done, at last" and "story 1"."""
    verb, _, rest = text.strip().partition(" ")
    if verb.lower() in ("", "list", "help") and not rest:
        return Asked(verb.lower() or "list")
    if verb.lower() == "set":
        return Asked("set", rest.strip())
    found = NUMBERED.fullmatch(re.sub(r"^(not)\s+", r"\1 ", text.strip(), flags=re.I))
    if found is None:
        return Asked("unknown", text)
    number, what = int(found["number"] or found["number_"]), (found["state"] or found["state_"]).lower()
    if what == "story":
        return Asked("unknown", text) if found["words"] else Asked("story", number=number)
    return Asked("mark", (found["words"] or "").strip(), number, GoalState(what))


def read_goal(text: str, today: date) -> GoalDraft:
    """Begin a goal with what was typed; "by 15 October" at its end is the day by which, where it can be read as one."""
    found = WITH_A_DAY.fullmatch(text.strip())
    if found is not None:
        try:
            return GoalDraft(found["what"][:LONGEST_TEXT], target=read_day(found["day"], today, ahead=True))
        except NotUnderstood:
            pass
    return GoalDraft(text.strip()[:LONGEST_TEXT])


# -- what happens -----------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/goal …`."""
    asked = read_command(visit.typed)
    words = visit.world.words
    match asked.verb:
        case "list":
            await _show(visit, visit.pairs)
        case "set":
            await _open_form(visit, visit.pairs, read_goal(asked.words, visit.today))
        case "mark":
            await _mark_by_number(visit, asked)
        case "story":
            await _show_story(visit, *await _numbered(visit, asked.number))
        case "help":
            await visit.tell(words.say("goals.usage"))
        case _:
            await visit.tell(
                f"{words.say('goals.unknown', text=b.shorten(visit.typed, 80))}\n{words.say('goals.usage')}"
            )


async def typed_word(visit: Visit) -> None:
    """`/mentoring goals`: the same as `/goal` alone."""
    await _show(visit, visit.pairs)


async def opened(visit: Visit) -> None:
    """[Goals], for one pair, or for all where the button names none."""
    await _show(visit, (visit.pair(visit.value),) if visit.value else visit.pairs)


async def pressed_set(visit: Visit) -> None:
    """[Set a goal], for one pair, or to choose where the button names none."""
    await _open_form(visit, (visit.pair(visit.value),) if visit.value else visit.pairs)


async def pressed_change(visit: Visit) -> None:
    """[Change the words], or how one helps."""
    pair, goal = await _named(visit)
    await _show_form(visit, GoalForm(visit.person, (pair,), draft_of(goal), goal))


async def pressed_replace(visit: Visit) -> None:
    """[Set the next one]: a new goal that begins with the words of the one whose place it takes."""
    pair, goal = await _named(visit)
    await _open_form(visit, (pair,), draft_of(goal))


async def pressed_word(visit: Visit) -> None:
    """[Add a word]."""
    pair, goal = await _named(visit)
    await _put(visit, build_word(visit.world.words, visit.person, pair, goal))


async def pressed_story(visit: Visit) -> None:
    """[Its story]."""
    await _show_story(visit, *await _named(visit))


async def chose_state(visit: Visit) -> None:
    """A choice of where a goal stands; the list is shown anew in its place, also when the choice could not be."""
    pair_id, goal_id, state = (*visit.value.split("/"), "", "", "")[:3]
    pair = visit.pair(pair_id)
    if state not in set(GoalState):
        raise visit.world.broken("goal_gone")
    then: list[b.Element] = []
    try:
        marked = await mark_goal(visit.world, pair, visit.person, goal_id, GoalState(state))
        said, then = _marked(visit, marked), build_next(visit.world.words, pair, marked.goal)
    except RuleBroken as broken:
        said = str(broken)
    await _show(visit, _pairs_shown(visit, pair), said, then, again=True)


async def sent(visit: Visit) -> b.View:
    """The form: the list comes in its place; the message that asked for the goal is settled."""
    meant = read_form(visit.inputs, visit.memory)
    pair = visit.pair(meant.pair_id)
    kept = await keep_sent(visit, KEPT)
    about = KEPT.subject(visit)
    done = await set_goal(visit.world, pair, visit.person, meant.draft, goal_id=meant.goal_id, form=about)
    visit.afterwards(lambda: take_offer_back(visit, kept))
    said = _saved(visit, pair, done, "saved" if meant.goal_id else "set")
    if place := visit.opened_at:
        goals = [b.button("open_goals", "Goals", pair.id)]
        visit.afterwards(lambda: visit.settle(said, goals, place=place))
    return _list_view(visit, await _shelves(visit, (pair,)), said)


async def sent_word(visit: Visit) -> b.View:
    """The form for a word: the list comes in its place."""
    pair = visit.pair(visit.memory.get("pair", ""))
    goal = await add_word(visit.world, pair, visit.person, visit.memory.get("goal", ""), visit.inputs.text("word"))
    said = visit.world.words.say("goals.noted", what=goal.what, partner=_partner(visit, pair))
    return _list_view(visit, await _shelves(visit, (pair,)), said)


def register(doors: Doors) -> None:
    """Answer `/goal`, the goal buttons and the forms."""
    doors.command("/goal", typed)
    doors.word("goals", "goals.help_word", typed_word)
    doors.action("open_goals", opened)
    doors.action("set_goal", pressed_set)
    doors.action("change_goal", pressed_change)
    doors.action("replace_goal", pressed_replace)
    doors.action("goal_word", pressed_word)
    doors.action("goal_story", pressed_story)
    doors.action("mark_goal", chose_state)
    doors.form(FORM, sent)
    keeps(doors, KEPT)
    doors.form(WORD, sent_word)


# -- what was meant ---------------------------------------------------------------------------------------------------


async def _named(visit: Visit) -> tuple[Pair, Goal]:
    """Return the person's own pair and its goal that a button names; raises RuleBroken for any other."""
    pair_id, _, goal_id = visit.value.partition("/")
    pair = visit.pair(pair_id)
    return pair, goal_of_id(visit.world, list((await _shelves(visit, (pair,)))[0].goals), goal_id)


async def _numbered(visit: Visit, wanted: int) -> tuple[Pair, Goal]:
    for shelf in await _shelves(visit, visit.pairs):
        for number, goal in enumerate(shelf.goals, start=shelf.first):
            if number == wanted:
                return shelf.pair, goal
    raise visit.world.broken("goal_number", number=str(wanted))


async def _mark_by_number(visit: Visit, asked: Asked) -> None:
    pair, goal = await _numbered(visit, asked.number)
    marked = await mark_goal(visit.world, pair, visit.person, goal.id, asked.state, words=asked.words)
    then = build_next(visit.world.words, pair, marked.goal, worded=bool(asked.words))
    await _show(visit, visit.pairs, _marked(visit, marked, asked.words), then)


# -- what is said -----------------------------------------------------------------------------------------------------


def _partner(visit: Visit, pair: Pair) -> str:
    return first_name(pair.partner_of(visit.person.id).name)


def _marked(visit: Visit, marked: Marked, noted: str = "") -> str:
    words, goal = visit.world.words, marked.goal
    key = "goals.marked_with_words" if noted else "goals.marked"
    said = [words.say(key, what=goal.what, state=state_words(words, goal.state).lower(), words=noted[:LONGEST_TEXT])]
    if goal.state is GoalState.CHANGED:
        said.append(words.say("goals.changed_next"))
    elif marked.was_last:
        said.append(words.say("goals.last_closed"))
    return "\n".join(said)


def _saved(visit: Visit, pair: Pair, done: SetGoal, key: str) -> str:
    words, partner = visit.world.words, _partner(visit, pair)
    kept = [words.say(f"goals.kept_{side}", partner=partner) for side in sorted(done.kept)]
    return "\n".join([words.say(f"goals.{key}", what=done.goal.what, partner=partner), *kept])


async def _open_form(visit: Visit, pairs: Sequence[Pair], draft: GoalDraft = NOTHING_SAID) -> None:
    if len(pairs) == 1:
        await room_for_goal(visit.world, pairs[0])
    place = tuple(visit.place.items()) if "actions" in visit.body else ()
    await _show_form(visit, GoalForm(visit.person, pairs, draft, place=place))


async def _show_form(visit: Visit, form: GoalForm) -> None:
    subject = _about(form.alone.id if form.alone else ANY_PAIR, form.goal.id if form.goal else "")
    await _put(visit, await kept_view(visit, KEPT, subject, build_form(visit.world.words, form)))


async def _put(visit: Visit, view: b.View) -> None:
    await (visit.update_view(view) if _in_form(visit) else visit.open(view))


def _about(pair_id: str, goal_id: str) -> str:
    return f"{pair_id}/{goal_id}" if goal_id else pair_id


def _back(subject: str) -> tuple[str, str]:
    return ("change_goal" if "/" in subject else "set_goal"), subject


KEPT = KeptForm(FORM, lambda visit: _about(visit.memory.get("pair", ""), visit.memory.get("goal", "")), _back)


async def _show_story(visit: Visit, pair: Pair, goal: Goal) -> None:
    told = await tell_story(visit.world, pair, visit.person, goal.id)
    shown = build_story(visit.world.words, visit.person, pair, told)
    if "view" in visit.body:
        await visit.open(b.modal(STORY, "A goal’s story", shown, close="Back" if _in_form(visit) else "Done"))
    else:
        await visit.tell(goal.what, shown)


async def _show(
    visit: Visit, pairs: Sequence[Pair], said: str = "", then: Sequence[b.Element] = (), *, again: bool = False
) -> None:
    """Show the list where the person is; `again` puts it in the place of the one that was clicked."""
    shelves = await _shelves(visit, pairs)
    shown = build_list(visit.world.words, visit.person, shelves, said, then)
    if _in_form(visit):
        await visit.update_view(_list_view(visit, shelves, said, then))
    elif "view" in visit.body:
        await visit.open(_list_view(visit, shelves, said, then))
    elif again:
        await visit.replace(said, shown)
    else:
        await visit.tell(said, shown)


def _list_view(visit: Visit, shelves: Sequence[Shelf], said: str, then: Sequence[b.Element] = ()) -> b.View:
    shown = build_list(visit.world.words, visit.person, shelves, said, then)
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
