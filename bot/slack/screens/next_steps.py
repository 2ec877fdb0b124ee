"""Next steps: what the two of a pair promised each other, with [Done] beside each. For the two only."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.words import Words
from bot.domain.appointments import Promise
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair, Person
from bot.domain.privacy import of_the_two
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit, remember
from bot.usecases.keep_promises import (
    LONGEST_PROMISE,
    PromiseDraft,
    drop_promise,
    keep_promise,
    mark_promise,
    promises_of,
)
from bot.usecases.phrasing import first_name, short_day
from bot.usecases.wording.appointments import promise_line

FORM, LIST = "next_step", "next_steps"
DONE_SHOWN, MOST_BLOCKS = 3, 48


# -- what it looks like -----------------------------------------------------------------------------------------------


def build_list(words: Words, person: Person, pair: Pair, promises: Sequence[Promise], said: str = "") -> list[b.Block]:
    """Show what is open with its buttons, what was done lately, and what was just `said` on top."""
    own = of_the_two(promises, person.id, pair)
    partner = first_name(pair.partner_of(person.id).name)
    still = [one for one in own if one.done_at is None]
    shown = [b.section(said)] if said else []
    shown.append(b.section(f"*{words.say('promises.heading', partner=partner)}*"))
    shown += [] if still else [b.section(words.say("promises.none", partner=partner))]
    for one in still:
        shown += _open_blocks(words, person, pair, one)
    done = sorted((one for one in own if one.done_at is not None), key=lambda one: str(one.done_at))[-DONE_SHOWN:]
    shown += [b.section(f"*{words.say('promises.done_heading')}*")] if done else []
    shown += [_done_block(words, person, pair, one) for one in reversed(done)]
    add = b.actions([b.button("add_step", "Add a next step", pair.id)], "add-step")
    return [*shown[:MOST_BLOCKS], add, b.context(words.say("privacy.two", partner=partner))]


def _open_blocks(words: Words, person: Person, pair: Pair, promise: Promise) -> list[b.Block]:
    about = f"{pair.id}/{promise.id}"
    buttons = [b.button("step_done", "Done", about), b.button("change_step", "Change", about)]
    drop = b.button("drop_step", "Drop", about)
    return [b.section(promise_line(words, pair, person, promise)), b.actions([*buttons, drop], f"step-{promise.id}")]


def _done_block(words: Words, person: Person, pair: Pair, promise: Promise) -> b.Block:
    owner = pair.mentor if promise.owner_id == pair.mentor.id else pair.mentee
    who = "You" if owner.id == person.id else first_name(owner.name)
    day = short_day(promise.done_at.astimezone(person.zone).date()) if promise.done_at else ""
    again = b.button("step_open", "Open again", f"{pair.id}/{promise.id}")
    return b.section(words.say("promises.done_line", who=who, what=promise.what, day=day), accessory=again)


def build_form(words: Words, person: Person, pair: Pair, promise: Promise | None = None) -> b.View:
    """Ask what, who, and by when."""
    partner = pair.partner_of(person.id)
    only_two = words.say("privacy.two", partner=first_name(partner.name))
    owners = [b.option("You", person.id), b.option(first_name(partner.name), partner.id)]
    what = b.text_input("what", initial=promise.what if promise else "", most=LONGEST_PROMISE)
    shown = [
        b.field("what", "What", what, hint=only_two),
        b.field("owner", "Who", b.radio("owner", owners, promise.owner_id if promise else person.id)),
        b.field("due", "By when", b.datepicker("due", promise.due if promise else None), optional=True),
    ]
    memory = remember(pair=pair.id, promise=promise.id if promise else "")
    return b.modal(FORM, "A next step", shown, submit="Keep it", memory=memory)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a sent form says; the ids are claims, to be checked."""

    pair_id: str
    promise_id: str | None
    draft: PromiseDraft


def read_form(inputs: Inputs, memory: dict[str, str]) -> Meant:
    """Read what `build_form` asked."""
    draft = PromiseDraft(inputs.text("what"), inputs.text("owner"), inputs.day("due"))
    return Meant(memory.get("pair", ""), memory.get("promise") or None, draft)


# -- what happens -----------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring steps`: those of each pair."""
    for pair in visit.pairs:
        await visit.tell("", build_list(visit.world.words, visit.person, pair, await promises_of(visit.world, pair)))


async def opened(visit: Visit) -> None:
    """[Next steps]; the value is the pair's id, or "" for the first one."""
    pair = visit.pair(visit.value) if visit.value else visit.pairs[0]
    shown = build_list(visit.world.words, visit.person, pair, await promises_of(visit.world, pair))
    if "view" in visit.body:
        await visit.open(_list_view(shown))
    else:
        await visit.tell("", shown)


async def pressed_add(visit: Visit) -> None:
    """[Add a next step]."""
    await _show_form(visit, build_form(visit.world.words, visit.person, visit.pair(visit.value)))


async def pressed_change(visit: Visit) -> None:
    """[Change]."""
    pair, promise_id = _about(visit)
    promise = next((one for one in await promises_of(visit.world, pair) if one.id == promise_id), None)
    if promise is None:
        raise visit.world.broken("promise_gone")
    await _show_form(visit, build_form(visit.world.words, visit.person, pair, promise))


async def pressed_done(visit: Visit) -> None:
    """[Done]."""
    pair, promise_id = _about(visit)
    promise = await mark_promise(visit.world, pair, promise_id, done=True)
    await _show_again(visit, pair, visit.world.words.say("promises.done", what=promise.what))


async def pressed_open(visit: Visit) -> None:
    """[Open again]."""
    pair, promise_id = _about(visit)
    promise = await mark_promise(visit.world, pair, promise_id, done=False)
    await _show_again(visit, pair, visit.world.words.say("promises.open_again", what=promise.what))


async def told_done(visit: Visit) -> None:
    """[Done] in a note: said in its place, with the way back."""
    await _settle(visit, done=True)


async def told_open(visit: Visit) -> None:
    """[Open again] in a note."""
    await _settle(visit, done=False)


async def _settle(visit: Visit, *, done: bool) -> None:
    words, (pair, promise_id) = visit.world.words, _about(visit)
    promise = await mark_promise(visit.world, pair, promise_id, done=done)
    said = words.say("promises.done" if done else "promises.open_again", what=promise.what)
    other = "told_step_open" if done else "told_step_done"
    steps = b.button("open_steps", words.say("buttons.open_steps"), pair.id)
    if not await visit.settle(said, [b.button(other, words.say(f"buttons.{other}"), visit.value), steps]):
        await visit.tell(said)


async def pressed_drop(visit: Visit) -> None:
    """[Drop]; pressed twice, the list says so."""
    pair, promise_id = _about(visit)
    try:
        promise = await drop_promise(visit.world, pair, promise_id)
        said = visit.world.words.say("promises.dropped", what=promise.what)
    except RuleBroken as broken:
        said = str(broken)
    await _show_again(visit, pair, said)


async def sent(visit: Visit) -> b.View:
    """The form: the list comes in its place."""
    meant = read_form(visit.inputs, visit.memory)
    pair = visit.pair(meant.pair_id)
    promise = await keep_promise(visit.world, pair, visit.person, meant.draft, promise_id=meant.promise_id)
    partner = first_name(pair.partner_of(visit.person.id).name)
    said = visit.world.words.say("promises.kept", what=promise.what, partner=partner)
    shown = build_list(visit.world.words, visit.person, pair, await promises_of(visit.world, pair), said)
    return _list_view(shown)


def _about(visit: Visit) -> tuple[Pair, str]:
    pair_id, _, promise_id = visit.value.partition("/")
    return visit.pair(pair_id), promise_id


async def _show_again(visit: Visit, pair: Pair, said: str) -> None:
    """Show the list anew in the place of the one that was clicked."""
    shown = build_list(visit.world.words, visit.person, pair, await promises_of(visit.world, pair), said)
    if _in_form(visit):
        await visit.update_view(_list_view(shown))
    else:
        await visit.replace(said, shown)


async def _show_form(visit: Visit, form: b.View) -> None:
    await (visit.update_view(form) if _in_form(visit) else visit.open(form))


def _list_view(shown: Sequence[b.Block]) -> b.View:
    return b.modal(LIST, "Next steps", shown, close="Done")


def _in_form(visit: Visit) -> bool:
    return "view" in visit.body and visit.body["view"].get("type") == "modal"


def register(doors: Doors) -> None:
    """Answer `/mentoring steps`, the buttons and the form."""
    doors.word("steps", "promises.help", typed)
    doors.action("open_steps", opened)
    doors.action("add_step", pressed_add)
    doors.action("change_step", pressed_change)
    doors.action("step_done", pressed_done)
    doors.action("step_open", pressed_open)
    doors.action("drop_step", pressed_drop)
    doors.action("told_step_done", told_done)
    doors.action("told_step_open", told_open)
    doors.form(FORM, sent)
