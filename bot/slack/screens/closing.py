"""Round off: one form for what has grown, thanks, and what comes next; and the one question months later."""

import re
from collections.abc import Sequence

from bot.content.words import Words
from bot.domain.goals import Goal
from bot.domain.people import Pair
from bot.domain.replies import Question
from bot.domain.rules.closing import FINISH, GOES_ON, IN_TOUCH
from bot.slack import blocks as b
from bot.slack.both import say_to_both
from bot.slack.doors import Doors
from bot.slack.kept_forms import KeptForm, keep_sent, keeps, kept_view, take_offer_back
from bot.slack.visit import Inputs, Visit, remember
from bot.usecases.close_pair import (
    FORM,
    LONGEST_WORDS,
    STILL,
    Closing,
    answer_later,
    asked_later,
    close_pair,
    may_close,
    own_closing,
)
from bot.usecases.phrasing import day_words, first_name

LATER = "follow_up_words"
KEPT = KeptForm(FORM, lambda visit: visit.memory.get("pair", ""), lambda pair_id: ("open_closing", pair_id))
TALKED = {"yes": "Yes", "planned": "It is planned", "no": "No, and that is fine"}
NEXT = {GOES_ON: "Go on informally", IN_TOUCH: "Stay in touch", FINISH: "Finish here"}
AGAIN = {"yes": "Yes", "maybe": "Perhaps", "no": "No"}
MAY_ASK = {"yes": "You may ask me one question later", "no": "Please do not"}


# -- the form -------------------------------------------------------------------------------------------------------


def build(
    words: Words, person_id: str, pair: Pair, goals: Sequence[Goal], given: Closing, place: dict[str, str]
) -> b.View:
    """Ask for all of it on one screen; `given` is what was sent before."""
    partner = first_name(pair.partner_of(person_id).name)
    two = words.say("privacy.two", partner=partner)
    shown = [b.section(words.say("closing.intro", partner=partner))]
    if goals:
        lines = "\n".join(f"{number}. {' '.join(goal.what.split())}" for number, goal in enumerate(goals, start=1))
        shown.append(b.section(words.say("closing.goals", goals=lines)))
    shown += [
        _choice(Question.TALKED, "Have you had your closing talk?", TALKED, given, two),
        _text(Question.GROWTH, "What has grown, on your goals or beyond?", given, two),
        _text(
            Question.THANKS, f"A word of thanks to {partner}", given, words.say("closing.thanks_hint", partner=partner)
        ),
        _choice(Question.WHAT_NEXT, "What would you like next?", NEXT, given, words.say("closing.next_hint")),
        _choice(
            Question.MENTOR_AGAIN,
            "Would you mentor next time?",
            AGAIN,
            given,
            words.say("privacy.coordinators", partner=partner, liaison=""),
        ),
    ]
    if months := pair.program.pairs.follow_up_months:
        hint = words.say("closing.later_hint", months=str(months))
        shown.append(_choice(Question.MAY_ASK_LATER, "One question later?", MAY_ASK, given, hint))
    return b.modal(FORM, "Round off", shown, submit="Send", close="Later", memory=remember(pair=pair.id, **place))


def _choice(question: Question, label: str, choices: dict[str, str], given: Closing, hint: str) -> b.Block:
    options = [b.option(shown, value) for value, shown in choices.items()]
    element = b.select(question, options, initial=given.of(question), placeholder="Choose one")
    return b.field(question, label, element, hint=hint, optional=question is not Question.WHAT_NEXT)


def _text(question: Question, label: str, given: Closing, hint: str) -> b.Block:
    element = b.text_input(question, initial=given.of(question), multiline=True, most=LONGEST_WORDS)
    return b.field(question, label, element, hint=hint, optional=True)


def read(inputs: Inputs) -> Closing:
    """Read what `build` asked."""
    said = {question: inputs.text(question) for question in Question if question in inputs.values}
    return Closing({question: text for question, text in said.items() if text})


# -- what happens ---------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring closing`: who is in two pairs chooses."""
    pairs = visit.pairs
    if len(pairs) == 1:
        await _open(visit, pairs[0])
        return
    names = ((pair.id, pair.partner_of(visit.person.id).name) for pair in pairs)
    buttons = [b.button(f"open_closing:{pair_id}", name, pair_id) for pair_id, name in names]
    text = visit.world.words.say("closing.choose")
    await visit.tell(text, [b.section(text), b.actions(buttons, "which-closing")])


async def opened(visit: Visit) -> None:
    """[Round off]."""
    await _open(visit, visit.pair(visit.value))


async def _open(visit: Visit, pair: Pair) -> None:
    may_close(visit.world, pair, visit.person)
    given = await own_closing(visit.world, pair, visit.person)
    async with visit.world.store.begin() as records:
        goals = [goal for goal in await records.goals(pair.id) if goal.is_open or goal.state == "done"]
    place = {} if "view" in visit.body else visit.place if "actions" in visit.body else {}
    form = build(visit.world.words, visit.person.id, pair, goals, given, place)
    await visit.open(await kept_view(visit, KEPT, pair.id, form))


async def sent(visit: Visit) -> b.View | None:
    """The form."""
    words = visit.world.words
    pair = visit.pair(visit.memory.get("pair", ""))
    kept = await keep_sent(visit, KEPT)
    both = await close_pair(visit.world, pair, visit.person, read(visit.inputs))
    partner, last = first_name(pair.partner_of(visit.person.id).name), day_words(pair.span.last)
    said = words.say("closing.sent_both" if both else "closing.sent", partner=partner, day=last)
    change = b.button("open_closing", words.say("buttons.open_closing"), pair.id)
    visit.afterwards(lambda: take_offer_back(visit, kept))
    if both:
        visit.afterwards(lambda: say_to_both(visit, pair, words.say("closing.both")))
    return visit.say_at_last(said, [change])


# -- one question later ---------------------------------------------------------------------------------------------


async def answered(visit: Visit) -> None:
    """[Yes, we are] [Now and then] [Not any more], though the program is over."""
    words, choice = visit.world.words, visit.action["action_id"].removeprefix("follow_up_")
    pair = asked_later(visit.world, visit.members, visit.person, visit.value)
    await answer_later(visit.world, pair, visit.person, choice)
    said = words.say("follow_up.thanks")
    if not await visit.settle(said, [b.button(LATER, words.say("follow_up.add"), f"{pair.id}/{choice}")]):
        await visit.tell(said)


async def open_words(visit: Visit) -> None:
    """[Add a few words]."""
    pair_id, _, choice = visit.value.partition("/")
    pair = asked_later(visit.world, visit.members, visit.person, pair_id)
    hint = visit.world.words.say("privacy.coordinators", partner=first_name(pair.partner_of(visit.person.id).name))
    box = b.text_input("words", multiline=True, most=LONGEST_WORDS)
    shown = b.field("words", "What has become of it?", box, hint=hint, optional=True)
    memory = remember(pair=pair.id, choice=choice, **visit.place)
    await visit.open(b.modal(LATER, "A few words", [shown], submit="Send", memory=memory))


async def take_words(visit: Visit) -> b.View | None:
    """The form for a few words."""
    pair = asked_later(visit.world, visit.members, visit.person, visit.memory.get("pair", ""))
    await answer_later(visit.world, pair, visit.person, visit.memory.get("choice", ""), visit.inputs.text("words"))
    said = visit.world.words.say("follow_up.thanks_words")
    return visit.say_at_last(said)


def register(doors: Doors) -> None:
    """Answer `/mentoring closing`, the buttons and the forms."""
    doors.word("closing", "closing.help", typed)
    doors.action(re.compile(r"^open_closing(:.+)?$"), opened)
    doors.form(FORM, sent)
    keeps(doors, KEPT)
    doors.action(re.compile(rf"^follow_up_({'|'.join(STILL)})$"), answered)
    doors.action(LATER, open_words)
    doors.form(LATER, take_words)
