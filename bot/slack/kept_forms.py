"""Forms that lose nothing: what is typed is kept while it is typed, and stands there again when they are opened.

Slack tells nothing of what stood in a form that is closed, so each field tells of its changes itself. Any form can be
kept as it is built: `kept_view` puts what was typed before into its fields, and `keeps` answers what they tell.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.drafts import Fields, HalfFilled
from bot.domain.people import Pair
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.visit import Inputs, Visit, read_memory, remember
from bot.slack.windows import KEPT
from bot.usecases.keep_form import begin_form, keep_form, keep_form_s_offer, keep_page, kept_in, throw_form_away
from bot.usecases.phrasing import first_name

RESUMED, OFFER = "kept-resumed", "kept-offer"
ANEW, AWAY = "kept_anew", "kept_throw_away"
PLACE = ("channel", "ts", "block")
NUMERAL = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form by its name; `subject` tells what one that is open is about, `back` which button opens that again.

    `pages` are the names of what comes in the form's place before it is sent, and is closed like it.
    """

    name: str
    subject: Callable[[Visit], str]
    back: Callable[[str], tuple[str, str]]
    pages: tuple[str, ...] = ()


# -- what it looks like -----------------------------------------------------------------------------------------------


async def kept_view(visit: Visit, form: KeptForm, subject: str, view: b.View, *, goes_on: bool = False) -> b.View:
    """Return `view` with what this person typed before and did not send; each of its fields tells of its changes.

    The form says so where that is something, unless it `goes_on` in the same window.
    """
    memory = read_memory(view["private_metadata"])
    here = {name: memory[name] for name in PLACE if name in memory}
    place = None if here.get("block") == OFFER else remember(**here)
    found = await begin_form(visit.world, visit.person, form.name, subject, fields_shown(view), place)
    blocks = [_telling(form, _filled(block, found.own)) for block in view["blocks"]]
    if found.own and not goes_on:
        anew = b.button(ANEW, "Begin anew", f"{form.name}/{subject}")
        said = visit.world.words.say("kept.resumed")
        blocks = [b.section(said, accessory=anew, block_id=RESUMED), *blocks]
    return view | {"blocks": blocks, "notify_on_close": True, "private_metadata": _memory(view, found)}


def _memory(view: b.View, found: HalfFilled) -> str:
    """Return what the form remembers; not the offer to go on, which goes, but what had opened the form before that."""
    memory = read_memory(view["private_metadata"])
    if memory.get("block") != OFFER:
        return str(view["private_metadata"])
    rest = {name: value for name, value in memory.items() if name not in PLACE}
    return remember(**rest, **read_memory(found.place))


def fields_shown(view: b.View) -> dict[str, str]:
    """Return what the fields of a form hold when it opens, by their names; boxes as `typed_in` does."""
    return {block["block_id"]: _standing(block["element"]) for block in view["blocks"] if _is_kept(block)}


def _is_kept(block: b.Block) -> bool:
    return bool(block["type"] == "input" and not block.get("dispatch_action"))


def _standing(element: b.Element) -> str:
    ticked = " ".join(option["value"] for option in element.get("initial_options", []))
    chosen = (element.get("initial_option") or {}).get("value")
    return str(
        element.get("initial_value")
        or chosen
        or element.get("initial_date")
        or element.get("initial_time")
        or ticked
        or ""
    )


def _telling(form: KeptForm, block: b.Block, turn: str = "0") -> b.Block:
    """Let a field tell of its changes. The `turn` is part of its name: in a form that begins anew, Slack must not put
    back what stood there.
    """
    if not _is_kept(block):
        return block
    named = block["element"] | {"action_id": f"{form.name}_typed:{block['block_id']}:{turn}"}
    return b.heard(block | {"element": named})


def _filled(block: b.Block, typed: Fields) -> b.Block:
    """Put what was typed into a field; what it does not offer any more is left out."""
    if not _is_kept(block) or block["block_id"] not in typed:
        return block
    return block | {"element": _with(block["element"], typed[block["block_id"]])}


def _with(element: b.Element, text: str) -> b.Element:
    bare = {name: value for name, value in element.items() if not name.startswith("initial_")}
    offered = [option for option in element.get("options", []) if option["value"] in (text, *text.split())]
    match element["type"]:
        case "plain_text_input":
            return bare | ({"initial_value": text[: element.get("max_length", 3000)]} if text else {})
        case "number_input":
            return bare | ({"initial_value": text} if NUMERAL.fullmatch(text) else {})
        case "datepicker" | "timepicker":
            return bare | ({f"initial_{element['type'].removesuffix('picker')}": text} if text else {})
        case "checkboxes":
            return bare | ({"initial_options": offered} if offered else {})
        case _:
            chosen = next((option for option in element.get("options", []) if option["value"] == text), None)
            return bare | {"initial_option": chosen} if chosen else element


# -- what happens -----------------------------------------------------------------------------------------------------


def keeps(doors: Doors, form: KeptForm) -> None:
    """Keep what is typed into a form, and offer to go on when it is closed."""

    async def typing(visit: Visit) -> None:
        stamp = str(visit.action.get("action_ts") or "")
        await keep_form(visit.world, visit.person, form.name, form.subject(visit), typed_in(visit.inputs), stamp)

    async def closed(visit: Visit) -> None:
        await _offer_to_go_on(visit, form)

    doors.action(re.compile(rf"^{form.name}_typed:"), typing, quiet=True)
    for page in (form.name, *form.pages):
        doors.closed(page, closed)


async def keep_sent(visit: Visit, form: KeptForm) -> HalfFilled:
    """Keep a form that was sent, before it is looked at; return what was known of it."""
    return await keep_page(visit.world, visit.person, form.name, form.subject(visit), typed_in(visit.inputs))


def typed_in(inputs: Inputs) -> dict[str, str]:
    """Return all that stands in a form, by the names of its fields; boxes by their values, with spaces between."""
    return {name: inputs.text(name) or " ".join(inputs.chosen(name)) for name in inputs.values}


async def _offer_to_go_on(visit: Visit, form: KeptForm) -> None:
    """Say, where there is something to lose, that it is kept, with the way back; the newest such message stays."""
    subject = form.subject(visit)
    found = await kept_in(visit.world, visit.person, form.name, subject)
    if not found.own:
        return
    await take_offer_back(visit, found)
    said = visit.world.words.say(f"kept.{form.name}", partner=_partner(visit, subject))
    action, value = form.back(subject)
    go_on = b.button(action, "Go on where you were", value, style="primary")
    question = b.confirm("What you typed and did not send is gone then.", "Throw it away", "Keep it")
    away = b.button(AWAY, "Throw it away", f"{form.name}/{subject}", confirm=question)
    channel, ts = await visit.send("", [b.section(said), b.actions([go_on, away], OFFER)])
    await keep_form_s_offer(visit.world, visit.person, form.name, subject, f"{channel}/{ts}")


async def take_offer_back(visit: Visit, found: HalfFilled) -> None:
    """Remove the message that offers to go on, where there is one."""
    channel, _, ts = found.offer.partition("/")
    if ts:
        await visit.take_back(channel, ts)


def _partner(visit: Visit, subject: str) -> str:
    pair_id, _, _ = subject.partition("/")
    pairs: list[Pair] = [pair for member in visit.members for pair in member.pairs if pair.id == pair_id]
    return first_name(pairs[0].partner_of(visit.person.id).name) if pairs else visit.world.words.say("kept.partner")


async def throw_away(visit: Visit) -> None:
    """[Throw it away], in the offer to go on: settled in place."""
    name, _, subject = visit.value.partition("/")
    await throw_form_away(visit.world, visit.person, name, subject)
    await visit.settle_or_tell(visit.world.words.say("kept.thrown_away"))


async def begin_anew(visit: Visit) -> None:
    """[Begin anew], in the form: its fields hold what they held at first."""
    name, _, subject = visit.value.partition("/")
    stamp = str(visit.action.get("action_ts") or "0")
    thrown = await throw_form_away(visit.world, visit.person, name, subject, stamp)
    opened: dict[str, Any] = visit.body["view"]
    form = KeptForm(name, lambda _: subject, lambda _: ("", ""))
    blocks = [_anew(form, block, thrown.shown, stamp) for block in opened["blocks"] if block["block_id"] != RESUMED]
    view = {part: opened[part] for part in KEPT if opened.get(part) is not None} | {"blocks": blocks}
    await visit.update_view(view)
    await take_offer_back(visit, thrown)


def _anew(form: KeptForm, block: b.Block, shown: Fields, turn: str) -> b.Block:
    if block["type"] != "input" or block["block_id"] not in shown:
        return block
    silent = {name: value for name, value in block.items() if name != "dispatch_action" and value is not None}
    return _telling(form, _filled(silent, shown), turn)
