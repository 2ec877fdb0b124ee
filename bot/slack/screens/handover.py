"""Hand a pair over to another liaison: a form, what will be told, and a way back. Coordinators and liaisons."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.domain.people import Member, Pair
from bot.domain.program import Role
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Visit, remember
from bot.usecases.hand_over import Movable, check_handover, hand_over, movable, undo_handover

FORM, PREVIEW, ANSWER = "handover", "handover_preview", "handed_over"


def build(found: Movable, pair_id: str = "") -> b.View:
    """Ask which pair, and who is to follow it."""
    pairs = [b.option(_line(pair), pair.id) for pair in found.pairs]
    people = [b.option(person.name, person.id) for person in found.liaisons]
    shown = [
        b.field("pair", "Which pair", b.select("pair", pairs, initial=pair_id or None)),
        b.field("to", "Who follows it from now on", b.select("to", people)),
    ]
    memory = remember(program=found.member.program.id)
    return b.modal(FORM, "Another liaison", shown, submit="Go on", memory=memory)


def _line(pair: Pair) -> str:
    return f"{pair.name} ({pair.liaison.name if pair.liaison else 'no liaison'})"


def build_preview(words: Words, member: Member, pair: Pair, to_id: str, to_name: str) -> b.View:
    """Say what will change and who is told."""
    memory = remember(program=member.program.id, pair=pair.id, to=to_id)
    shown = [b.section(words.say("handovers.preview", liaison=to_name, pair=pair.name))]
    return b.modal(PREVIEW, "Another liaison", shown, submit="Hand it over", memory=memory)


def build_answer(words: Words, pair: Pair, to_name: str, number: int) -> list[b.Block]:
    """Say what holds now, with the way back."""
    said = words.say("handovers.done", liaison=to_name, pair=pair.name)
    undo = b.button("undo_handover", "Undo", f"{pair.program.id}/{pair.id}/{number}")
    return [b.section(said), b.actions([undo], ANSWER)]


# -- what happens -------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring handover` and [Another liaison]."""
    able = [await movable(visit.world, member) for member in _able(visit)]
    found = [one for one in able if one.is_possible]
    if not found:
        raise visit.world.broken("handover_nobody_else" if any(one.pairs for one in able) else "handover_none")
    await visit.open(build(found[0]))


def _able(visit: Visit) -> Sequence[Member]:
    return [member for member in visit.current if member.roles & {Role.COORDINATOR, Role.LIAISON}]


def _member(visit: Visit, program_id: str) -> Member:
    member = next((one for one in _able(visit) if one.program.id == program_id), None)
    if member is None:
        raise visit.world.broken("handover_none")
    return member


async def sent(visit: Visit) -> b.View:
    """The form: what will change comes in its place."""
    member = _member(visit, visit.memory.get("program", ""))
    found = await movable(visit.world, member)
    pair, to = check_handover(visit.world, found, visit.inputs.text("pair"), visit.inputs.text("to"))
    return build_preview(visit.world.words, member, pair, to.id, to.name)


async def confirmed(visit: Visit) -> b.View | None:
    """[Hand it over]."""
    member, to_id = _member(visit, visit.memory.get("program", "")), visit.memory.get("to", "")
    found = await movable(visit.world, member)
    pair, number = await hand_over(visit.world, member, visit.memory.get("pair", ""), to_id)
    to_name = next(person.name for person in found.liaisons if person.id == to_id)
    return visit.answer_form(build_answer(visit.world.words, pair, to_name, number))


async def pressed_undo(visit: Visit) -> None:
    """[Undo], in its own place."""
    program_id, _, rest = visit.value.partition("/")
    pair_id, _, number = rest.partition("/")
    member, words = _member(visit, program_id), visit.world.words
    done = await undo_handover(visit.world, member, pair_id, int(number) if number.isdecimal() else 0)
    said = words.say("handovers.undone" if done else "handovers.moved_on")
    if not await visit.settle(said):
        await visit.replace(said)


def register(doors: Doors) -> None:
    """Answer `/mentoring handover`, the form and its preview."""
    doors.word("handover", "handovers.help", typed)
    doors.action("open_handover", typed)
    doors.form(FORM, sent)
    doors.form(PREVIEW, confirmed)
    doors.action("undo_handover", pressed_undo)
