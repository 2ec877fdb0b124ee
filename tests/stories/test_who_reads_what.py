"""Each private word is typed through the real screens; then everybody opens all there is, and reads their own only."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from tests.privacy.canaries import EVERYBODY, MINUTES, Cage
from tests.small_program import STRANGER
from tests.stories.conftest import Stage
from tests.stories.people import Desk

MONDAY = datetime(2017, 6, 19, 17, tzinfo=UTC)
JULY = datetime(2017, 7, 3, 17, tzinfo=UTC)
MARCH = datetime(2018, 3, 5, 16, tzinfo=UTC)
LAST_WEEK = datetime(2018, 4, 23, 16, tzinfo=UTC)
AFTER = datetime(2018, 5, 1, 16, tzinfo=UTC)
OURS, THEIRS = "tom-maya", "noor-ben"
HERE = [key for key in EVERYBODY if key != "lou"]
TEXTS = ("confidential", "off_limits", "ending", "expectations")
FIRST_PAGE = {"rhythm": "every month", "minutes": "60", "means": ["video"]}
WORDS = ("status", "agreement", "next", "steps", "word", "end", "rematch", "rematches", "closing", "outlook", "why")
LINES = ("/goal", "/goal story 1", "/checkin list", *(f"/mentoring {word}" for word in WORDS))


@dataclass
class Room:
    """All desks, and the table that says who may read what."""

    stage: Stage
    cage: Cage = field(default_factory=Cage)
    together: str = ""

    def desk(self, key: str) -> Desk:
        """Return somebody's desk."""
        return self.stage.desk(STRANGER if key == "robin" else f"U0{key.upper()}")

    def words(self, writer: str, *whats: str, pair: str = OURS) -> Iterable[str]:
        """Yield a new word for each of these fields."""
        return [self.cage.write(what, writer, pair) for what in whats]

    def look(self, where: str) -> None:
        """Hold what is on everybody's screen against the table, and what lies behind it in buttons and forms."""
        for key in HERE:
            desk = self.desk(key)
            together = desk.conversation(self.together) if self.together and key in ("maya", "tom") else []
            seen = [desk.messages, together, desk.home, desk.modals]
            self.cage.check(key, json.dumps(seen, default=str), where)

    async def everybody_opens_everything(self) -> None:
        """Let everybody open their Home, and all that can be asked for by typing."""
        for key in HERE:
            desk = self.desk(key)
            await desk.opens_home()
            await desk.says("hello")
            for line in LINES:
                await desk.types(line)
                self.look(f"{key}: {line}")
                while desk.modals:
                    await desk.closes(whole_stack=True)


@pytest.fixture
def room(stage: Stage) -> Room:
    """Everybody at their desks."""
    return Room(stage)


async def writes_all_down(room: Room, maya: Desk, tom: Desk) -> None:
    """Type a goal, an agreement, a meeting, a plan and a next step, each word of its own."""
    what, why, measure = room.words("maya", "goal: what", "goal: why", "goal: measure")
    await maya.types("/goal set")
    assert await maya.submits(what=what, why=why, measure=measure) == {}
    await maya.closes()
    (help_,) = room.words("tom", "goal: help")
    await tom.types("/goal")
    await tom.clicks("change_goal")
    assert await tom.submits(help=help_) == {}
    await tom.closes(whole_stack=True)

    await maya.types("/agreement")
    assert await maya.submits(FIRST_PAGE) == {}
    terms = room.words("maya", *(f"agreement: {name.replace('_', ' ')}" for name in TEXTS))
    assert await maya.submits(dict(zip(TEXTS, terms, strict=True))) == {}
    await maya.clicks("Sign")
    await maya.closes()
    (unsent,) = room.words("tom", "typed and not sent")
    await tom.types("/agreement change")
    assert await tom.submits() == {}
    await tom.clicks("agreement_typed:expectations", unsent)
    await tom.closes(whole_stack=True)

    step, notes, private = room.words("maya", "meeting: next step", "meeting: notes", "meeting: private")
    await maya.types("/checkin")
    met = {"day": date(2017, 6, 12), "minutes": MINUTES, "means": "Phone"}
    assert await maya.submits(**met, next_step=step, notes=notes, private=private) == {}
    (place,) = room.words("tom", "appointment: place")
    await tom.types("/mentoring next friday")
    assert await tom.submits(place=place) == {}
    (promise,) = room.words("tom", "next step")
    await tom.types("/mentoring steps")
    await tom.clicks("Add a next step")
    assert await tom.submits(what=promise) == {}
    await tom.closes()


async def confides_and_ends(room: Room, maya: Desk, tom: Desk) -> None:
    """Say what is in the way, to the liaison and past the liaison; end the pair, and ask for another partner."""
    (words,) = room.words("maya", "something is in the way")
    await maya.types("/mentoring word")
    assert await maya.submits(words=words) == {}
    (past,) = room.words("tom", "something is in the way, past the liaison")
    await tom.types("/mentoring word")
    assert await tom.submits(words=past, who="past") == {}
    (reason,) = room.words("tom", "why it ends")
    await tom.types("/mentoring end")
    assert await tom.submits(reason=reason, last_day=date(2017, 9, 29)) == {}
    assert await tom.submits() == {}
    (wish,) = room.words("maya", "a new partner")
    await maya.types("/mentoring rematch")
    assert await maya.submits(words=wish) == {}


READ_BY_THE_OTHER = {
    *((f"goal: {words}", "maya", "tom") for words in ("what", "why", "measure")),
    ("goal: help", "tom", "maya"),
    *((f"agreement: {name.replace('_', ' ')}", "maya", "tom") for name in TEXTS),
    ("meeting: next step", "maya", "tom"),
    ("appointment: place", "tom", "maya"),
    ("next step", "tom", "maya"),
}
READ_BY_OTHERS = {
    ("something is in the way", "maya", "lena"),
    ("something is in the way, past the liaison", "tom", "ada"),
    ("why it ends", "tom", "lena"),
    ("a new partner", "maya", "lena"),
    ("a new partner", "maya", "ada"),
}


async def test_what_two_write_is_read_by_those_for_whom_it_is_and_by_nobody_else(
    room: Room, stage: Stage, maya: Desk, tom: Desk
) -> None:
    await maya.types("/mentoring together")
    room.together = (await stage.records.pair(OURS)).channel
    await writes_all_down(room, maya, tom)
    await confides_and_ends(room, maya, tom)
    for moment in (MONDAY, JULY):
        await stage.tick(moment)
        room.look("the messages")
    await room.everybody_opens_everything()

    assert len(maya.conversation(room.together)) > 1
    assert room.cage.read >= READ_BY_THE_OTHER | READ_BY_OTHERS
    assert not {one for one in room.cage.read if one[2] in ("charlie", "robin", "noor", "ben", "ines")}


# -- at the end -------------------------------------------------------------------------------------------------------

CLOSING = {(words, *two) for words in ("growth", "thanks") for two in (("ben", "noor"), ("noor", "ben"))}


async def rounds_off(room: Room, key: str, *, sends: bool = True) -> None:
    """Fill in the closing form of Noor and Ben, and send it or close the window."""
    desk = room.desk(key)
    await desk.types("/mentoring closing")
    if key == "noor":
        await desk.clicks("Ben Castillo")
    if sends:
        growth, thanks = room.words(key, "growth", "thanks", pair=THEIRS)
        assert await desk.submits(growth=growth, thanks=thanks, what_next="go on") == {}
        room.cage.rounded_off.add((THEIRS, key))
    else:
        growth, thanks = room.words(key, "typed and not sent", "typed and not sent", pair=THEIRS)
        await desk.fills(growth=growth, thanks=thanks)
        await desk.clicks("closing_typed:what_next", "finish")
        await desk.closes()


async def test_closing_words_wait_for_both_and_what_was_not_sent_is_read_by_nobody(room: Room, stage: Stage) -> None:
    hooks, stage.playground.hooks = stage.playground.hooks, None  # nothing is to happen on the way
    await stage.goes_to(MARCH)
    await rounds_off(room, "ben")
    await rounds_off(room, "noor", sends=False)
    await room.everybody_opens_everything()
    assert not {one for one in room.cage.read if one[0] == "thanks"}

    await rounds_off(room, "noor")
    await stage.goes_to(LAST_WEEK)
    stage.playground.hooks = hooks
    await stage.goes_to(AFTER)
    await room.everybody_opens_everything()

    assert room.cage.read == CLOSING
