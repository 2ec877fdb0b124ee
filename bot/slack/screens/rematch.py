"""Ask for a new partner after a pair that ends early; for coordinators, the list of who has asked."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.domain.endings import Rematch, RematchState
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Role
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.kept_forms import KeptForm, keep_sent, keeps, kept_view, take_offer_back
from bot.slack.visit import Visit, remember
from bot.slack.which_pair import which_pair_blocks
from bot.usecases.ask_rematch import (
    FORM,
    LONGEST_WORDS,
    Wish,
    ask_rematch,
    mark_rematch,
    open_wishes,
    rematch_of,
    rematchable,
    take_back_rematch,
    weeks_remaining,
)
from bot.usecases.phrasing import count_words, day_words, first_name
from bot.usecases.world import own_pair

LIST, MOST_WISHES = "rematches", 15
KEPT = KeptForm(FORM, lambda visit: visit.memory.get("pair", ""), lambda pair_id: ("open_rematch", pair_id))


# -- what it looks like -------------------------------------------------------------------------------------------


def build(words: Words, pair: Pair, person: Person, weeks: int, place: dict[str, str]) -> b.View:
    """Say how much of the program remains, and ask what would help."""
    partner = first_name(pair.partner_of(person.id).name)
    said = words.say("rematches.form", partner=partner, day=day_words(pair.span.last), weeks=count_words(weeks, "week"))
    text = b.text_input("words", multiline=True, most=LONGEST_WORDS)
    hint = words.say("rematches.hint", partner=partner)
    shown = [b.section(said), b.field("words", "What would help, if you like", text, hint=hint, optional=True)]
    return b.modal(FORM, "A new partner", shown, submit="Ask", memory=remember(pair=pair.id, **place))


def state_words(words: Words, pair: Pair, person: Person, asked: Rematch, weeks: int) -> str:
    """Say where a request stands."""
    partner = first_name(pair.partner_of(person.id).name)
    key = f"rematches.state_{asked.state.name.lower()}"
    return words.say(key, partner=partner, weeks=count_words(weeks, "week"))


def build_state(words: Words, pair: Pair, person: Person, asked: Rematch, weeks: int) -> list[b.Block]:
    """Show where a request stands, with the way back or the way to ask again."""
    ask = b.button("open_rematch", words.say("buttons.open_rematch"), pair.id)
    back = b.button("take_back_rematch", "Take it back", pair.id)
    shown = [b.section(state_words(words, pair, person, asked, weeks))]
    return [*shown, b.actions([back if asked.state.is_open else ask], f"rematch-{pair.id}")]


def build_list(words: Words, wishes: Sequence[Wish]) -> list[b.Block]:
    """Show who looks for a new partner, oldest first."""
    if not wishes:
        return [b.section(words.say("rematches.list_none"))]
    shown: list[b.Block] = []
    for wish in wishes[:MOST_WISHES]:
        asked = wish.rematch
        text = words.say(
            "rematches.list_line",
            person=wish.asker.name,
            partner=wish.pair.partner_of(wish.asker.id).name,
            state=asked.state.value,
            weeks=count_words(wish.weeks, "week"),
            day=day_words(wish.pair.span.last),
        )
        if asked.words:
            text += "\n" + words.say("rematches.list_words", words=asked.words)
        seen = [b.button("see_rematch", "I have seen it", asked.id)] if asked.state is RematchState.ASKED else []
        buttons = [*seen, b.button("close_rematch", "Close", asked.id)]
        shown += [*b.sections(text), b.actions(buttons, f"wish-{asked.id}")]
    return [*shown[:49], b.context(words.say("rematches.list_private"))]


# -- who asks -----------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring rematch`: where it stands, or the form."""
    pairs = _pairs(visit)
    if not pairs and visit.pairs:  # who is in no pair at all is told so by the look at them
        raise visit.world.broken("rematch_no_ending")
    if len(pairs) == 1:
        await _open(visit, pairs[0])
    else:
        await visit.tell("", which_pair_blocks(visit.world.words, pairs, visit.person, "open_rematch", "A new partner"))


async def opened(visit: Visit) -> None:
    """[Ask for a new partner]."""
    await _open(visit, own_pair(visit.world, _pairs(visit), visit.value))


def _pairs(visit: Visit) -> list[Pair]:
    return [pair for member in visit.current for pair in rematchable(member)]


async def _open(visit: Visit, pair: Pair) -> None:
    async with visit.world.store.begin() as records:
        asked = await rematch_of(records, pair, visit.person)
    weeks = weeks_remaining(pair, visit.person, visit.world.now())
    if asked is not None and asked.state.is_open:
        shown = build_state(visit.world.words, pair, visit.person, asked, weeks)
        if not visit.place or not await visit.settle(state_words(visit.world.words, pair, visit.person, asked, weeks)):
            await visit.tell("", shown)
        return
    form = build(visit.world.words, pair, visit.person, weeks, visit.place)
    await visit.open(await kept_view(visit, KEPT, pair.id, form))


async def sent(visit: Visit) -> b.View | None:
    """The form."""
    pair = own_pair(visit.world, _pairs(visit), visit.memory.get("pair", ""))
    kept = await keep_sent(visit, KEPT)
    asked = await ask_rematch(visit.world, pair, visit.person, visit.inputs.text("words"))
    weeks = weeks_remaining(pair, visit.person, visit.world.now())
    visit.afterwards(lambda: take_offer_back(visit, kept))
    return visit.answer_form(build_state(visit.world.words, pair, visit.person, asked, weeks))


async def pressed_take_back(visit: Visit) -> None:
    """[Take it back], in its own place."""
    pair = own_pair(visit.world, _pairs(visit), visit.value)
    await take_back_rematch(visit.world, pair, visit.person)
    partner = first_name(pair.partner_of(visit.person.id).name)
    said = visit.world.words.say("rematches.state_taken_back", partner=partner)
    again = b.button("open_rematch", visit.world.words.say("buttons.open_rematch"), pair.id)
    if not await visit.settle(said, [again]):
        await visit.tell(said)


# -- who finds a partner ------------------------------------------------------------------------------------------


async def listed(visit: Visit) -> None:
    """`/mentoring rematches` and [See who looks for a partner]."""
    wishes = [wish for member in _coordinators(visit) for wish in await open_wishes(visit.world, member)]
    await visit.tell("", build_list(visit.world.words, wishes))


def _coordinators(visit: Visit) -> list[Member]:
    found = [member for member in visit.current if Role.COORDINATOR in member.roles]
    if not found:
        raise visit.world.broken("coordinators_only_here")
    return found


async def pressed_seen(visit: Visit) -> None:
    """[I have seen it]."""
    await _mark(visit, RematchState.SEEN, "rematches.seen")


async def pressed_close(visit: Visit) -> None:
    """[Close]."""
    await _mark(visit, RematchState.CLOSED, "rematches.closed")


async def _mark(visit: Visit, state: RematchState, key: str) -> None:
    for member in _coordinators(visit):
        if any(wish.rematch.id == visit.value for wish in await open_wishes(visit.world, member)):
            wish = await mark_rematch(visit.world, member, visit.value, state)
            said = visit.world.words.say(key, person=wish.asker.name)
            close = [b.button("close_rematch", "Close", visit.value)] if state is RematchState.SEEN else []
            if not await visit.settle(said, close):
                await visit.tell(said)
            return
    raise visit.world.broken("rematch_gone")


def register(doors: Doors) -> None:
    """Answer `/mentoring rematch` and `rematches`, the form and the buttons."""
    doors.word("rematch", "rematches.help", typed)
    doors.word("rematches", "rematches.help_list", listed)
    doors.action("open_rematch", opened)
    doors.action("open_rematches", listed)
    doors.form(FORM, sent)
    keeps(doors, KEPT)
    doors.action("take_back_rematch", pressed_take_back)
    doors.action("see_rematch", pressed_seen)
    doors.action("close_rematch", pressed_close)
