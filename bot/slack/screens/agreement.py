"""The agreement: `/agreement` shows it, a form in two pages writes it, both sign, and halfway both are asked."""

import re
from collections.abc import Sequence

from bot.domain.agreements import Agreement
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair
from bot.domain.terms import FIELDS
from bot.slack import blocks as b
from bot.slack.agreement_form import (
    CLASH,
    FIRST,
    FIRST_FIELDS,
    FORM,
    PAGES,
    SECOND,
    TYPED,
    AgreementForm,
    build,
    build_clash,
    read,
    read_clash,
    read_heard,
)
from bot.slack.agreement_view import as_view, build_choice, build_summary, build_version
from bot.slack.both import say_to_both
from bot.slack.doors import Doors
from bot.slack.visit import Visit
from bot.usecases.agreement_sheet import Sheet
from bot.usecases.answer_midpoint import CHANGE, KEEP, answer_midpoint
from bot.usecases.keep_terms import begin_terms, keep_offer, keep_page, keep_typed, throw_away, unsaved
from bot.usecases.phrasing import first_name
from bot.usecases.see_agreement import see_agreement
from bot.usecases.sign_agreement import Signed, sign_agreement
from bot.usecases.withdraw_agreement import Withdrawn, bring_back_agreement, may_bring_back, withdraw_agreement
from bot.usecases.wording.agreement import agreement_line
from bot.usecases.write_agreement import Clash, Written, checked_terms, settle_clash, write_agreement

OFFER = "agreement-offer"


# -- to read it -------------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/agreement …` and `/mentoring agreement …`."""
    typed = re.sub(r"^agreement\b", "", visit.typed, flags=re.IGNORECASE).strip()
    words = visit.world.words
    match typed.lower():
        case "":
            await _show(visit, visit.pairs)
        case "change":
            await _change(visit, visit.pairs)
        case "help":
            await visit.tell(words.say("agreements.usage"))
        case _:
            unknown = words.say("agreements.unknown", text=b.shorten(typed, 80))
            await visit.tell(f"{unknown}\n{words.say('agreements.usage')}")


async def _change(visit: Visit, pairs: Sequence[Pair]) -> None:
    """Open the form at once; who is in several pairs chooses first."""
    if len(pairs) == 1:
        await _show_form(visit, pairs[0])
        return
    choice = build_choice(visit.world.words, pairs, visit.person.id, to_change=True)
    await _put(visit, as_view(choice, _step(visit), **_place(visit)))


async def opened(visit: Visit) -> None:
    """[Open the agreement], for one pair, or for all where the button names none."""
    await _show(visit, (visit.pair(visit.value),) if visit.value else visit.pairs)


async def _show(visit: Visit, pairs: Sequence[Pair]) -> None:
    """Show the agreement; who is in several pairs chooses, and where nothing is written the form comes at once."""
    if len(pairs) > 1:
        choice = build_choice(visit.world.words, pairs, visit.person.id)
        await _put(visit, as_view(choice, _step(visit), **_place(visit)))
        return
    versions = await see_agreement(visit.world, pairs[0], visit.person)
    if versions:
        await _put(visit, await _summary(visit, pairs[0], versions))
    else:
        await _show_form(visit, pairs[0])


async def _summary(visit: Visit, pair: Pair, versions: Sequence[Agreement], answer: str = "") -> b.View:
    waits = await unsaved(visit.world, pair, visit.person)
    fresh = await _as_it_stands(visit, pair)
    async with visit.world.store.begin() as records:
        taken_back = await may_bring_back(records, pair, visit.person, versions)
    shown = build_summary(
        visit.world.words,
        fresh,
        visit.person,
        versions,
        answer=answer,
        unsaved=waits is not None,
        taken_back=taken_back,
    )
    return as_view(shown, _step(visit), **_place(visit))


async def _as_it_stands(visit: Visit, pair: Pair) -> Pair:
    """Return the pair as it is on record now: the visit knows it as it was when it began."""
    known = visit.person.id, pair.program.id
    async with visit.world.store.begin() as records:
        member = (await records.members_by_id({known})).get(known)
    return next((one for one in member.pairs if one.id == pair.id), pair) if member else pair


async def show_version(visit: Visit) -> None:
    """[Earlier versions], and from one to the next."""
    pair_id, _, number = visit.value.partition("/")
    pair = visit.pair(pair_id)
    versions = await see_agreement(visit.world, pair, visit.person)
    if not versions or not number.isdecimal():
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    shown = build_version(visit.world.words, pair, visit.person, versions, int(number))
    await _put(visit, as_view(shown, _step(visit), **_place(visit)))


# -- to write it ------------------------------------------------------------------------------------------------------


async def pressed_change(visit: Visit) -> None:
    """[Change], [Go on where you were]."""
    await _show_form(visit, visit.pair(visit.value))


async def pressed_anew(visit: Visit) -> None:
    """[Begin anew], in the form: what was typed is thrown away."""
    pair = visit.pair(visit.value)
    thrown = await throw_away(visit.world, pair, visit.person)
    await _show_form(visit, pair)
    await _take_offer_back(visit, thrown.offer if thrown else "")


async def _show_form(visit: Visit, pair: Pair) -> None:
    """Show the form where the person was, or from its beginning."""
    view_id = str(visit.body["view"]["id"]) if _in_form(visit) else ""
    sheet = await begin_terms(visit.world, pair, visit.person, view=view_id, step=_step(visit) + 1 if view_id else 0)
    form = AgreementForm(pair, visit.person, sheet, resumed=sheet.is_changed, place=_place(visit))
    await _put(visit, build(visit.world.words, form, SECOND if sheet.page == SECOND and sheet.is_changed else FIRST))


async def typing(visit: Visit) -> None:
    """A letter, a tick or a choice: it is kept as it comes."""
    pair = visit.pair(visit.memory.get("pair", ""))
    heard = read_heard(visit.inputs)
    names = {str(action.get("block_id")) for action in visit.body["actions"]}
    await keep_typed(
        visit.world,
        pair,
        visit.person,
        {name: value for name, value in heard.items() if name in names},
        others={name: value for name, value in heard.items() if name not in names and value},
        stamp=str(visit.action.get("action_ts") or ""),
        view=_view_id(visit),
        step=_step(visit),
    )


async def closed(visit: Visit) -> None:
    """The form was closed: what was typed is kept, and the way back stands in the conversation."""
    pair = visit.pair(visit.memory.get("pair", ""))
    others = {name: value for name, value in read_heard(visit.inputs).items() if value}
    view, step = _view_id(visit), _step(visit)
    await keep_typed(visit.world, pair, visit.person, {}, others=others, stamp="", view=view, step=step)
    sheet = await unsaved(visit.world, pair, visit.person)
    if sheet is None:
        return
    await _take_offer_back(visit, sheet.offer)
    channel, ts = await visit.send("", _offer_blocks(visit, pair))
    await keep_offer(visit.world, pair, visit.person, f"{channel}/{ts}")


def _offer_blocks(visit: Visit, pair: Pair) -> list[b.Block]:
    said = visit.world.words.say("agreements.kept", partner=_partner(visit, pair))
    go_on = b.button("change_agreement", "Go on where you were", pair.id, style="primary")
    question = b.confirm("What you typed and did not save is gone then.", "Throw it away", "Keep it")
    away = b.button("agreement_throw_away", "Throw it away", pair.id, confirm=question)
    return [b.section(said), b.actions([go_on, away], OFFER)]


async def pressed_throw_away(visit: Visit) -> None:
    """[Throw it away], in the offer to go on: settled in place."""
    pair = visit.pair(visit.value)
    await throw_away(visit.world, pair, visit.person)
    said = visit.world.words.say("agreements.thrown_away")
    again = b.button("open_agreement", visit.world.words.say("buttons.open_agreement"), pair.id)
    if not await visit.settle(said, [again]):
        await visit.tell(said)


async def pressed_back(visit: Visit) -> None:
    """[Back], with all that stands on the page."""
    pair = visit.pair(visit.memory.get("pair", ""))
    sheet = await _keep_page(visit, pair, SECOND, FIRST)
    await visit.update_view(build(visit.world.words, _form(visit, pair, sheet), FIRST))


async def sent(visit: Visit) -> b.View | None:
    """[Next] leads to the second page, [Save] to the summary; a page is kept before it is looked at."""
    pair = visit.pair(visit.memory.get("pair", ""))
    if visit.memory.get("page") != SECOND:
        sheet = await _keep_page(visit, pair, FIRST, FIRST)
        fields = sheet.fields
        checked_terms(visit.world, pair, {name: fields[name] if name in FIRST_FIELDS else "" for name in FIELDS})
        sheet = await _keep_page(visit, pair, FIRST, SECOND)
        return build(visit.world.words, _form(visit, pair, sheet), SECOND)
    sheet = await _keep_page(visit, pair, SECOND, SECOND)
    return await _after_saving(visit, pair, sheet, await write_agreement(visit.world, pair, visit.person))


async def sent_clash(visit: Visit) -> b.View | None:
    """Whose words stay, where both have changed the same."""
    pair, memory = visit.pair(visit.memory.get("pair", "")), visit.memory
    keeps = read_clash(visit.inputs)
    sheet = Sheet(pair.id, visit.person.id, visit.world.now(), step=_step(visit))
    outcome = await settle_clash(visit.world, pair, visit.person, keeps, memory.get("seen", ""))
    return await _after_saving(visit, pair, sheet, outcome)


async def _after_saving(visit: Visit, pair: Pair, sheet: Sheet, outcome: Written | Clash) -> b.View:
    if isinstance(outcome, Clash):
        return build_clash(visit.world.words, _form(visit, pair, sheet), outcome)
    if not outcome.versions:
        raise visit.world.broken("agreement_incomplete")
    key = "agreements.saved" if outcome.changed else "agreements.unchanged"
    said = visit.world.words.say(key, partner=_partner(visit, pair))
    if outcome.changed:
        visit.afterwards(lambda: _settle(visit, pair))
    visit.afterwards(lambda: _take_offer_back(visit, outcome.offer))
    view = await _summary(visit, pair, outcome.versions, said)
    return as_view(view["blocks"], sheet.step, **_place(visit))


async def _keep_page(visit: Visit, pair: Pair, page: str, next_page: str) -> Sheet:
    """Keep a page as it stands; where another one follows, what comes late from this one is older."""
    values = read(visit.inputs, PAGES[page])
    view, step = _view_id(visit), _step(visit) + (page != next_page)
    return await keep_page(visit.world, pair, visit.person, values, page=next_page, view=view, step=step)


# -- to sign it -------------------------------------------------------------------------------------------------------


async def pressed_sign(visit: Visit) -> None:
    """[Sign], beside the words that are signed."""
    pair_id, version, seen = (*visit.value.split("/"), "", "", "")[:3]
    pair, words = visit.pair(pair_id), visit.world.words
    try:
        found = await sign_agreement(visit.world, pair, visit.person, int(version or 0), seen)
    except RuleBroken as broken:
        await _put(
            visit, await _summary(visit, pair, await see_agreement(visit.world, pair, visit.person), str(broken))
        )
        return
    if not found.versions:
        raise RuleBroken(words.say("kind_errors.stale_button"))
    gone = found.moved and found.versions[-1].version < int(version or 0)
    said = words.say("agreements.gone" if gone else _signed_key(found), partner=_partner(visit, pair))
    await _put(visit, await _summary(visit, pair, found.versions, said))
    if not found.moved:
        await _settle(visit, pair)
    newest = found.versions[-1]
    if newest.in_force and pair.evidence.in_force < newest.version:
        await say_to_both(visit, pair, words.say("together.signed"))


def _signed_key(found: Signed) -> str:
    if found.moved:
        return "agreements.moved"
    return "agreements.in_force" if found.versions[-1].in_force else "agreements.signed"


# -- to take a change back --------------------------------------------------------------------------------------------


async def pressed_take_back(visit: Visit) -> None:
    """[Take it back], for who suggested a change: what both have signed stands untouched."""
    pair_id, version, seen = (*visit.value.split("/"), "", "", "")[:3]
    pair = visit.pair(pair_id)
    found = await withdraw_agreement(visit.world, pair, visit.person, int(version or 0), seen)
    await _after_a_way_back(visit, pair, found, "agreements.withdrawn")


async def pressed_bring_back(visit: Visit) -> None:
    """[Bring the change back]: it waits again, with whatever was signed of it."""
    pair = visit.pair(visit.value)
    found = await bring_back_agreement(visit.world, pair, visit.person)
    await _after_a_way_back(visit, pair, found, "agreements.back")


async def _after_a_way_back(visit: Visit, pair: Pair, found: Withdrawn, key: str) -> None:
    if not found.versions:
        raise RuleBroken(visit.world.words.say("kind_errors.stale_button"))
    said = visit.world.words.say("agreements.moved_on" if found.moved else key, partner=_partner(visit, pair))
    await _put(visit, await _summary(visit, pair, found.versions, said))
    if not found.moved:
        await _settle(visit, pair)


# -- halfway ----------------------------------------------------------------------------------------------------------


async def pressed_keep(visit: Visit) -> None:
    """[Keep it]: settled in place; it can still be changed."""
    pair, words = visit.pair(visit.value), visit.world.words
    await answer_midpoint(visit.world, pair, visit.person, KEEP)
    said = words.say("midpoint.kept")
    again = b.button("open_agreement", words.say("buttons.open_agreement"), pair.id)
    if not await visit.settle(said, [again]):
        await visit.tell(said)


async def pressed_rethink(visit: Visit) -> None:
    """[Change it]: the form opens, and the question is answered."""
    pair, words = visit.pair(visit.value), visit.world.words
    await _show_form(visit, pair)
    await answer_midpoint(visit.world, pair, visit.person, CHANGE)
    keep = b.button("keep_agreement", words.say("buttons.keep_agreement"), pair.id)
    again = b.button("change_agreement", words.say("buttons.rethink_agreement"), pair.id)
    await visit.settle(words.say("midpoint.rethinking"), [again, keep])


# -- small bits -------------------------------------------------------------------------------------------------------


async def _put(visit: Visit, view: b.View) -> None:
    await (visit.update_view(view) if _in_form(visit) else visit.open(view))


async def _settle(visit: Visit, pair: Pair) -> None:
    """Say how far it is in the place of the button that opened it, unless that was the offer to go on."""
    place = _place(visit)
    if not place or place.get("block") == OFFER:
        return
    fresh = await _as_it_stands(visit, pair)
    again = b.button("open_agreement", visit.world.words.say("buttons.open_agreement"), pair.id)
    await visit.settle(agreement_line(visit.world.words, fresh, visit.person.id), [again], place=place)


async def _take_offer_back(visit: Visit, offer: str) -> None:
    channel, _, ts = offer.partition("/")
    if ts:
        await visit.take_back(channel, ts)


def _form(visit: Visit, pair: Pair, sheet: Sheet) -> AgreementForm:
    return AgreementForm(pair, visit.person, sheet, place=visit.opened_at)


def _place(visit: Visit) -> dict[str, str]:
    return visit.opened_at if "view" in visit.body else (visit.place if "actions" in visit.body else {})


def _in_form(visit: Visit) -> bool:
    return "view" in visit.body and visit.body["view"].get("type") == "modal"


def _view_id(visit: Visit) -> str:
    return str(visit.body.get("view", {}).get("id") or "")


def _step(visit: Visit) -> int:
    step = visit.memory.get("step", "")
    return int(step) if step.isdecimal() else 0


def _partner(visit: Visit, pair: Pair) -> str:
    return first_name(pair.partner_of(visit.person.id).name)


def register(doors: Doors) -> None:
    """Answer `/agreement`, its buttons, its form, and what is typed there."""
    doors.command("/agreement", typed)
    doors.word("agreement", "agreements.help", typed)
    doors.action(re.compile(r"^open_agreement(:\d+)?$"), opened)
    doors.action(re.compile(r"^agreement_version(:\d+)?$"), show_version)
    doors.action(re.compile(r"^change_agreement(:\d+)?$"), pressed_change)
    doors.action("agreement_anew", pressed_anew)
    doors.action("agreement_back", pressed_back)
    doors.action("agreement_throw_away", pressed_throw_away)
    doors.action("sign_agreement", pressed_sign)
    doors.action("take_back_agreement", pressed_take_back)
    doors.action("bring_back_agreement", pressed_bring_back)
    doors.action("keep_agreement", pressed_keep)
    doors.action("rethink_agreement", pressed_rethink)
    doors.action(re.compile(rf"^{TYPED}:"), typing, quiet=True)
    doors.form(FORM, sent)
    doors.form(CLASH, sent_clash)
    doors.closed(FORM, closed)
    doors.closed(CLASH, closed)
