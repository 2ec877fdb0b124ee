"""Whatever two people do about their meetings, in whatever order: one a day, counted right, no word lost or shown."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.words import load_words
from bot.domain.errors import RuleBroken
from bot.domain.meetings import Means, Meeting
from bot.domain.people import Pair, Person
from bot.slack.meeting_form import MeetingForm, build, on_record
from bot.slack.meeting_list import Page, build_list
from bot.usecases.answer_meeting import Put, Says, answer_meeting, correct_meeting
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.undo_meeting import undo_meeting
from tests.usecases.stage import Stage, at, opened

DAYS = (1, 2)
WINDOW = 14

Act = tuple[str, str, int, int]  # what, who, a day, a number
WHAT = ["log", "log", "edit", "move", "yes", "no", "no", "unanswer", "undo", "correct", "not at all", "wait"]
ACTS = st.lists(
    st.tuples(st.sampled_from(WHAT), st.sampled_from(["maya", "tom"]), st.sampled_from(DAYS), st.sampled_from(DAYS)),
    min_size=8,
    max_size=24,
)


@dataclass
class Told:
    """One meeting as two people would tell of it: who logged it and when, the minutes, and how it stands.

    `stands`: open, confirmed, changed, denied or kept. `marks` are what each wrote: {who: {mark: where}}.
    """

    by: str
    since: int
    minutes: int
    stands: str = "open"
    marks: dict[str, dict[str, str]] = field(default_factory=lambda: {"maya": {}, "tom": {}})

    @property
    def history(self) -> dict[str, dict[str, str]]:
        return {who: {m: w for m, w in marks.items() if w == "history"} for who, marks in self.marks.items()}


class Oracle:
    """The rules told once more, in the words of the issue and without a look at the code."""

    def __init__(self) -> None:
        self.today = 0
        self.told: dict[int, Told] = {}

    def may_change(self, told: Told, who: str) -> bool:
        return told.by == who and self.today - told.since <= WINDOW

    def same_again(self, told: Told, who: str) -> None:
        """Somebody says once more that they met, as it stands."""
        if who != told.by and told.stands in ("open", "denied"):
            told.stands = "confirmed"
        if who == told.by:
            told.stands = {"denied": "kept", "changed": "confirmed"}.get(told.stands, told.stands)

    def other_facts(self, told: Told, who: str) -> None:
        if told.stands == "kept":
            return
        if who != told.by:
            told.stands = "changed"
        else:
            told.stands = "kept" if told.stands == "denied" else "open"

    def log(self, who: str, day: int, minutes: int, mark: str) -> None:
        told = self.told.get(day)
        if told is None:
            told = self.told[day] = Told(who, self.today, minutes)
        elif who == told.by and minutes != told.minutes:
            if not self.may_change(told, who):
                return
            self.other_facts(told, who)
            told.minutes = minutes
        else:
            self.same_again(told, who)
        told.marks[who] |= {f"n{mark}": "notes", f"p{mark}": "private"}

    def edit(self, who: str, day: int, minutes: int, mark: str) -> None:
        told = self.told.get(day)
        if told is None:
            return
        if who == told.by and minutes != told.minutes:
            if not self.may_change(told, who):
                return
            self.other_facts(told, who)
            told.minutes = minutes
        told.marks[who] = told.history[who] | {f"n{mark}": "notes", f"p{mark}": "private"}

    def move(self, who: str, day: int, to: int, mark: str) -> None:
        told = self.told.get(day)
        if told is None or to == day or told.by != who:
            if told is not None:
                self.edit(who, day, told.minutes, mark)
            return
        if not self.may_change(told, who):
            return
        target = self.told.get(to)
        if target is not None and target.by == who and target.minutes != told.minutes:
            if not self.may_change(target, who):
                return
            self.other_facts(target, who)
            target.minutes = told.minutes
        elif target is not None:
            self.same_again(target, who)
        else:
            self.other_facts(told, who)
        told.marks[who] = told.history[who] | {f"n{mark}": "notes", f"p{mark}": "private"}
        del self.told[day]
        if target is None:
            self.told[to] = told
        else:
            for writer in told.marks:
                target.marks[writer] |= told.marks[writer]

    def yes(self, who: str, day: int) -> None:
        if day in self.told:
            self.same_again(self.told[day], who)

    def no(self, who: str, day: int) -> None:
        told = self.told.get(day)
        if told is not None and (who == told.by or told.stands != "kept"):
            told.stands = "denied"

    def unanswer(self, who: str, day: int) -> None:
        told = self.told.get(day)
        if told is not None and who != told.by and told.stands in ("confirmed", "denied"):
            told.stands = "open"

    def undo(self, who: str, day: int) -> None:
        told = self.told.get(day)
        if told is None or not self.may_change(told, who) or told.stands in ("confirmed", "changed"):
            return
        other = "tom" if who == "maya" else "maya"
        if not told.marks[other]:
            del self.told[day]

    def correct(self, who: str, day: int, minutes: int, mark: str) -> None:
        if day in self.told:
            self.other_facts(self.told[day], who)
            self.told[day].minutes = minutes
            self.told[day].marks[who] |= {f"h{mark}": "history"}

    def not_at_all(self, who: str, day: int, mark: str) -> None:
        if day in self.told:
            self.no(who, day)
            self.told[day].marks[who] |= {f"h{mark}": "history"}


class House:
    """The code under test, moved by the same acts."""

    def __init__(self, stage: Stage, pair: Pair) -> None:
        self.stage, self.pair = stage, pair

    def person(self, who: str) -> Person:
        return self.pair.mentee if who == "maya" else self.pair.mentor

    async def on(self, day: int) -> Meeting | None:
        async with self.stage.store.begin() as records:
            return await records.meeting_on(self.pair.id, date(2017, 6, day))

    async def do(self, act: Act, mark: str, oracle: Oracle) -> None:
        what, who, day, number = act
        world, by = self.stage.world, self.person(who)
        if what == "wait":
            self.stage.now += timedelta(days=5 * number)
            oracle.today += 5 * number
            return
        found = await self.on(day)
        draft = MeetingDraft(date(2017, 6, day), number, Means.VIDEO, notes=f"n{mark}", private=f"p{mark}")
        try:
            if what == "log":
                await log_meeting(world, self.pair, by, draft)
            elif found is None:
                pass
            elif what == "edit":
                await log_meeting(world, self.pair, by, draft, meeting_id=found.id)
            elif what == "move":
                moved = MeetingDraft(
                    date(2017, 6, number), found.minutes, found.means, notes=f"n{mark}", private=f"p{mark}"
                )
                await log_meeting(world, self.pair, by, moved, meeting_id=found.id)
            elif what == "undo":
                await undo_meeting(world, self.pair, by, found.id)
            elif what in ("correct", "not at all"):
                put = Put(draft, what == "correct", f"h{mark}")
                await correct_meeting(world, self.pair, by, found.id, put)
            else:
                says = {"yes": Says.MET, "no": Says.DID_NOT_MEET, "unanswer": Says.NOTHING}[what]
                await answer_meeting(world, self.pair, by, found.id, says)
        except RuleBroken:
            pass


def foresee(oracle: Oracle, act: Act, mark: str) -> None:
    what, who, day, number = act
    match what:
        case "log" | "edit" | "correct" | "move":
            getattr(oracle, what)(who, day, number, mark)
        case "not at all":
            oracle.not_at_all(who, day, mark)
        case "yes" | "no" | "unanswer" | "undo":
            getattr(oracle, what)(who, day)


@given(ACTS)
@settings(max_examples=300, deadline=None)
def test_whatever_two_people_do_it_is_one_meeting_a_day_counted_right_and_no_word_is_lost(acts: list[Act]) -> None:
    asyncio.run(lived(acts))


@given(ACTS)
@settings(max_examples=20, deadline=None)
def test_whatever_two_people_do_no_note_tells_their_words(acts: list[Act]) -> None:
    said = asyncio.run(lived(acts, days_after=10))

    assert not any(f"{kind}<" in said for kind in "nph")


async def lived(acts: list[Act], days_after: int = 0) -> str:
    """Live through the acts, held against the oracle after each; return what both were told."""
    async with opened("memory") as store:
        stage = Stage(store)
        await stage.load()
        stage.now = at(6, 9, 12)
        oracle, house = Oracle(), House(stage, await stage.pair("tom-maya"))
        for number, act in enumerate(acts):
            mark = f"<{number}>"
            await house.do(act, mark, oracle)
            foresee(oracle, act, mark)
            await hold(stage, house, oracle)
        if days_after:
            await stage.walk(stage.now + timedelta(days=days_after))
        return "".join(stage.texts("maya") + stage.texts("tom"))


async def hold(stage: Stage, house: House, oracle: Oracle) -> None:
    """Hold what is on record against the oracle, and what each sees against what is for their eyes."""
    pair = await stage.pair("tom-maya")
    async with stage.store.begin() as records:
        meetings = await records.meetings(pair.id, 100)
        history = await records.corrections([meeting.id for meeting in meetings])
    by_day = {meeting.day.day: meeting for meeting in meetings}

    assert len(by_day) == len(meetings)
    assert {day: meeting.minutes for day, meeting in by_day.items()} == {d: t.minutes for d, t in oracle.told.items()}
    counted = [day for day, told in oracle.told.items() if told.stands != "denied"]
    assert pair.meetings == len(counted)
    assert pair.last_meeting == (date(2017, 6, max(counted)) if counted else None)
    for day, told in oracle.told.items():
        meeting = by_day[day]
        for who, marks in told.marks.items():
            own = meeting.words_of(house.person(who).id)
            written = {"notes": own.notes, "private": own.private}
            written["history"] = "".join(one.words for one in history.get(meeting.id, []))
            assert all(mark in written[where] for mark, where in marks.items())
            other = "tom" if who == "maya" else "maya"
            shown = what_is_shown(house, other, meeting, history.get(meeting.id, ()))
            assert not any(json.dumps(m)[1:-1] in shown for m, where in marks.items() if where == "private")


def what_is_shown(house: House, who: str, meeting: Meeting, history: object) -> str:
    person = house.person(who)
    form = MeetingForm(house.pair, person, on_record(meeting, person), meeting=meeting, history=history)  # type: ignore[arg-type]
    listed = build_list(load_words(), person.id, Page([(house.pair, meeting)]))
    return json.dumps([build(load_words(), form), listed]).replace("&lt;", "<").replace("&gt;", ">")
