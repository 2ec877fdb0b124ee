"""End a pair without blame: a form, the very words that the partner will read, and a way back until the last day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.content.words import Words
from bot.domain.appointments import Appointment
from bot.domain.goals import Goal
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.kept_forms import KeptForm, keep_sent, keeps, kept_view, take_offer_back
from bot.slack.visit import Inputs, Visit
from bot.slack.which_pair import which_pair_blocks
from bot.usecases.confide import hearers_of
from bot.usecases.end_pair import (
    FORM,
    LONGEST_REASON,
    EndingDraft,
    check_ending,
    end_pair,
    take_back_ending,
    usual_last_day,
)
from bot.usecases.keep_form import kept_in
from bot.usecases.phrasing import day_words, first_name, moment_words
from bot.usecases.plan_meeting import next_planned, off_with
from bot.usecases.wording.life import ending_words, listener_of
from bot.usecases.world import own_pair

PREVIEW, ANSWER, NO_GOAL, PAST = "ending_preview", "ended", "none", "past"


@dataclass(frozen=True, slots=True)
class Asked:
    """The pair, who would end it, its open goals, and what they have filled in so far.

    `off` is the meeting that is called off if it ends on that day; `alone`: nobody looks after the two.
    """

    pair: Pair
    person: Person
    goals: Sequence[Goal]
    draft: EndingDraft
    off: datetime | None = None
    alone: bool = False

    @property
    def partner(self) -> str:
        """What one calls the other one."""
        return first_name(self.pair.partner_of(self.person.id).name)

    @property
    def liaison(self) -> str:
        """What one calls the liaison; "" where there is none beside the two whom messages reach."""
        liaison = listener_of(self.pair)
        return first_name(liaison.name) if liaison else ""

    @property
    def unreached(self) -> str:
        """What a key of the words ends in where messages do not reach the partner; else ""."""
        return "_unreached" if self.pair.partner_of(self.person.id).unreachable else ""

    @property
    def goal(self) -> str:
        """The goal that is to be finished first, or ""."""
        return next((" ".join(one.what.split()) for one in self.goals if one.id == self.draft.goal_id), "")


def pack(asked: Asked) -> str:
    """Write down what was filled in, for the preview to carry: the writer's own words, which nobody else can see."""
    draft = asked.draft
    ids = {"pair": asked.pair.id, "day": draft.last_day.isoformat(), "goal": draft.goal_id or ""}
    head = json.dumps(ids | {"past": PAST if draft.past_liaison else ""}, separators=(",", ":"))
    return f"{head}\n{draft.reason}"


def unpack(memory: str) -> tuple[str, EndingDraft | None]:
    """Read what `pack` wrote: the pair's id and the draft; None for what somebody else wrote."""
    head, _, reason = memory.partition("\n")
    try:
        found = json.loads(head)
        draft = EndingDraft(date.fromisoformat(found["day"]), reason, found["goal"] or None, found["past"] == PAST)
        return str(found["pair"]), draft
    except (ValueError, KeyError, TypeError):
        return "", None


# -- what it looks like -------------------------------------------------------------------------------------------


def build(words: Words, asked: Asked) -> b.View:
    """Ask for the last day, a goal to finish, and, if they like, why."""
    shown = [
        b.section(words.say(f"endings.form{asked.unreached}", partner=asked.partner)),
        b.field("last_day", "The last day", b.datepicker("last_day", asked.draft.last_day)),
        *_goal_field(words, asked),
        *([] if asked.alone else [_reason_field(words, asked), *_who(words, asked)]),
    ]
    return b.modal(FORM, "End the pair", shown, submit="Read it first", memory=pack(asked))


def _goal_field(words: Words, asked: Asked) -> list[b.Block]:
    if not asked.goals:
        return []
    options = [b.option(words.say("endings.no_goal"), NO_GOAL), *(b.option(g.what, g.id) for g in asked.goals)]
    chosen = b.select("goal", options, initial=asked.draft.goal_id or NO_GOAL)
    return [b.field("goal", words.say("endings.goal"), chosen)]


def _reason_field(words: Words, asked: Asked) -> b.Block:
    hint = words.say(f"endings.{'why_either' if asked.liaison else 'why_coordinators'}", partner=asked.partner)
    reason = b.text_input("reason", initial=asked.draft.reason, multiline=True, most=LONGEST_REASON)
    return b.field("reason", "Why, if you like", reason, hint=hint, optional=True)


def _who(words: Words, asked: Asked) -> list[b.Block]:
    if not asked.liaison:
        return []
    options = [
        b.option(
            b.shorten(words.say("confide.to_liaison", liaison=asked.liaison), b.OPTION),
            "liaison",
            words.say("confide.to_liaison_more"),
        ),
        b.option(words.say("confide.past_liaison"), PAST, words.say("confide.past_liaison_more")),
    ]
    return [
        b.field("who", "Who may read why", b.radio("who", options, PAST if asked.draft.past_liaison else "liaison"))
    ]


def read(inputs: Inputs) -> EndingDraft | None:
    """Read what `build` asked; None without a day."""
    day, goal = inputs.day("last_day"), inputs.text("goal")
    goal_id = goal if goal not in ("", NO_GOAL) else None
    return EndingDraft(day, inputs.text("reason"), goal_id, inputs.text("who") == PAST) if day else None


def build_preview(words: Words, asked: Asked) -> b.View:
    """Show what the partner will read, word for word, and who else is told."""
    partner = asked.pair.partner_of(asked.person.id)
    day = asked.draft.last_day
    read_by = ending_words(words, asked.pair, partner, day, asked.goal, asked.off, alone=asked.alone)
    coordinators = "those who coordinate the program"
    who = asked.liaison or coordinators.capitalize()
    reason_for = coordinators if asked.draft.past_liaison or not asked.liaison else asked.liaison
    told = "preview_nobody" if asked.alone else "preview_liaison"
    shown = [
        b.section(words.say(f"endings.preview{asked.unreached}", partner=asked.partner)),
        *b.sections("\n".join(f"> {line}" for line in read_by.split("\n"))),
        b.section(words.say(f"endings.{told}", who=who, reason_for=reason_for)),
        b.context(words.say("endings.preview_back")),
        b.actions([b.button("ending_change", "Change")], "ending-change"),
    ]
    return b.modal(PREVIEW, "Before it is sent", shown, submit="End the pair", memory=pack(asked)) | {
        "notify_on_close": True
    }


def build_answer(
    words: Words, pair: Pair, person: Person, day: date, key: str = "done", off: Appointment | None = None
) -> list[b.Block]:
    """Say what holds now, with the way back and the way on."""
    partner = first_name(pair.partner_of(person.id).name)
    back = [b.button("take_back_ending", "Take it back", pair.id)] if _is_theirs(pair, person) else []
    on = b.button("open_rematch", words.say("buttons.open_rematch"), pair.id)
    unreached = key == "done" and pair.partner_of(person.id).unreachable
    said = words.say(f"endings.{key}{'_unreached' if unreached else ''}", partner=partner, day=day_words(day))
    if off is not None:
        said += " " + words.say("endings.off", when=moment_words(off.starts.astimezone(person.zone)))
    calendar = [b.button("calendar_off", words.say("buttons.calendar_off"), off.id)] if off else []
    return [b.section(said), b.actions([*back, on, *calendar], f"{ANSWER}-{pair.id}")]


def _is_theirs(pair: Pair, person: Person) -> bool:
    return pair.ending is None or pair.ending.asked_by == person.id


# -- what happens -------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/mentoring end`."""
    pairs = visit.pairs_under_way
    if len(pairs) == 1:
        await _open(visit, pairs[0])
    else:
        await visit.tell("", which_pair_blocks(visit.world.words, pairs, visit.person, "open_ending", "End the pair"))


async def opened(visit: Visit) -> None:
    """[End the pair]."""
    await _open(visit, own_pair(visit.world, visit.pairs_under_way, visit.value))


async def _open(visit: Visit, pair: Pair) -> None:
    if pair.ending is not None:
        shown = build_answer(visit.world.words, pair, visit.person, pair.span.last, "running")
        if "view" in visit.body:
            await visit.open(b.modal("shown", "End the pair", shown, close="Done"))
        else:
            await visit.tell("", shown)
        return
    await visit.open(await _form(visit, pair))


async def _form(visit: Visit, pair: Pair, *, goes_on: bool = False) -> b.View:
    asked = await _asked(visit, pair, EndingDraft(usual_last_day(pair, visit.today)))
    return await kept_view(visit, KEPT, pair.id, build(visit.world.words, asked), goes_on=goes_on)


async def _asked(visit: Visit, pair: Pair, draft: EndingDraft) -> Asked:
    async with visit.world.store.begin() as records:
        goals = [goal for goal in await records.goals(pair.id) if goal.is_open]
        alone = not (await hearers_of(records, pair, visit.person)).people
    off = off_with(pair, draft.last_day, visit.world.now())
    return Asked(pair, visit.person, goals, draft, off.starts if off else None, alone)


async def sent(visit: Visit) -> b.View:
    """The form: what the partner will read comes in its place."""
    pair_id, _ = unpack(_memory(visit))
    pair, draft = own_pair(visit.world, visit.pairs_under_way, pair_id), read(visit.inputs)
    await keep_sent(visit, KEPT)
    if draft is None:
        raise visit.world.broken("pause_unreadable", "last_day")
    check_ending(visit.world, pair, visit.person, draft)
    return build_preview(visit.world.words, await _asked(visit, pair, draft))


async def pressed_change(visit: Visit) -> None:
    """[Change]: back to the form, filled as it was."""
    pair = own_pair(visit.world, visit.pairs_under_way, _pair_id(visit))
    await visit.update_view(await _form(visit, pair, goes_on=True))


async def confirmed(visit: Visit) -> b.View | None:
    """[End the pair], under the preview."""
    pair_id, draft = unpack(_memory(visit))
    pair = own_pair(visit.world, visit.pairs_under_way, pair_id)
    if draft is None:
        raise visit.world.broken("pause_unreadable")
    kept = await kept_in(visit.world, visit.person, FORM, pair.id)
    ended = await end_pair(visit.world, pair, visit.person, draft)
    visit.afterwards(lambda: take_offer_back(visit, kept))
    day, off = ended.ending.last_day, ended.off
    return visit.answer_form(build_answer(visit.world.words, pair, visit.person, day, off=off))


async def pressed_take_back(visit: Visit) -> None:
    """[Take it back], in its own place."""
    pairs = (pair for member in visit.current for pair in member.pairs)  # one that has ended hears why it is too late
    pair = own_pair(visit.world, pairs, visit.value)
    words = visit.world.words
    back = await take_back_ending(visit.world, pair, visit.person)
    key = "endings.taken_back" if back.had else "endings.nothing"
    said = words.say(key, partner=first_name(_partner(visit, pair)))
    if back.holds is not None:
        said += " " + words.say("endings.holds", when=moment_words(back.holds.starts.astimezone(visit.person.zone)))
    if back.wish_off:
        said += " " + words.say("endings.wish_off")
    free = back.had and await next_planned(visit.world, pair) is None
    plan = [b.button("plan_meeting", words.say("buttons.plan_meeting"), pair.id)] if free else []
    if "view" in visit.body or not await visit.settle(said, plan):
        await visit.tell(said)


def _partner(visit: Visit, pair: Pair) -> str:
    return pair.partner_of(visit.person.id).name


def _memory(visit: Visit) -> str:
    return str(visit.body["view"].get("private_metadata") or "")


def _pair_id(visit: Visit) -> str:
    return unpack(_memory(visit))[0]


KEPT = KeptForm(FORM, _pair_id, lambda pair_id: ("open_ending", pair_id), pages=(PREVIEW,))


def register(doors: Doors) -> None:
    """Answer `/mentoring end`, the form, its preview and the way back."""
    doors.word("end", "endings.help", typed)
    doors.action("open_ending", opened)
    doors.form(FORM, sent)
    doors.form(PREVIEW, confirmed)
    keeps(doors, KEPT)
    doors.action("ending_change", pressed_change)
    doors.action("take_back_ending", pressed_take_back)
