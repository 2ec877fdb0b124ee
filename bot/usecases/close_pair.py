"""Round off: what one of a pair says at the end, and the one question months later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.people import Member, Pair, Person
from bot.domain.replies import Question, Reply
from bot.domain.rules.closing import WHAT_NEXT, closing_days, follow_up_days, may_round_off
from bot.usecases.phrasing import day_words
from bot.usecases.ports import Records
from bot.usecases.world import World

FORM = "closing"  # under which what is typed is kept
LONGEST_WORDS = 1000
STILL = ("yes", "sometimes", "no")
CHOICES: dict[Question, tuple[str, ...]] = {
    Question.TALKED: ("yes", "planned", "no"),
    Question.WHAT_NEXT: WHAT_NEXT,
    Question.MENTOR_AGAIN: ("yes", "maybe", "no"),
    Question.MAY_ASK_LATER: ("yes", "no"),
    Question.FOLLOW_UP: STILL,
}
IN_WORDS = (Question.GROWTH, Question.THANKS)
WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands in somebody's closing form: a choice or words for each question that was answered."""

    said: Mapping[Question, str] = field(default_factory=dict)

    def of(self, question: Question) -> str:
        """Return what was said to a question, or ""."""
        return self.said.get(question, "")


async def close_pair(world: World, pair: Pair, person: Person, closing: Closing) -> bool:
    """Keep somebody's closing words, new or changed; return whether both have sent theirs now.

    Raises RuleBroken where no choice was made of what comes next, and for words that are too long.
    """
    if closing.of(Question.WHAT_NEXT) not in WHAT_NEXT:
        raise world.broken("closing_next", Question.WHAT_NEXT)
    for question in IN_WORDS:
        if len(closing.of(question)) > LONGEST_WORDS:
            raise world.broken("words_too_long", question, count=str(LONGEST_WORDS))
    now = world.now()
    async with world.store.begin() as records:
        await records.lock_pair(pair.id)
        before = (await records.replies([pair.id])).get(pair.id, [])
        own = {reply.question: reply for reply in before if reply.person_id == person.id}
        for question in (*CHOICES, *IN_WORDS):
            await _put(records, pair, person, question, closing.of(question), own.get(question), now)
        await records.drop_draft(person.id, FORM, pair.id)
        await records.look_now(now, pair_id=pair.id)
    partner = pair.partner_of(person.id).id
    return any(one.question is Question.WHAT_NEXT and one.person_id == partner for one in before)


async def _put(
    records: Records,
    pair: Pair,
    person: Person,
    question: Question,
    said: str,
    before: Reply | None,
    now: datetime,
) -> None:
    """Write what was said, and let go what is said no more; a question that this form did not ask stays as it was."""
    if question is Question.FOLLOW_UP or (not said and before is None):
        return
    if question in IN_WORDS:
        await records.put_reply(Reply(pair.id, person.id, question, WRITTEN if said else "", now, said))
    elif not said or said in CHOICES[question]:
        await records.put_reply(Reply(pair.id, person.id, question, said, now))


async def own_closing(world: World, pair: Pair, person: Person) -> Closing:
    """Return what somebody has sent so far."""
    async with world.store.begin() as records:
        replies = (await records.replies([pair.id])).get(pair.id, [])
    own = [reply for reply in replies if reply.person_id == person.id]
    return Closing({reply.question: reply.words or reply.choice for reply in own})


def may_close(world: World, pair: Pair, person: Person) -> None:
    """Raise RuleBroken, with the day, where it is too early to round off."""
    if not may_round_off(pair, person.today(world.now())):
        raise world.refused("closing.not_before", day=day_words(closing_days(pair).talk))


# -- one question later ---------------------------------------------------------------------------------------------


def asked_later(world: World, members: tuple[Member, ...], person: Person, pair_id: str) -> Pair:
    """Return the own pair about which somebody was asked after the end; raises RuleBroken for any other.

    The program is over: nothing else of it can be answered any more.
    """
    pairs = (pair for member in members for pair in member.pairs if pair.id == pair_id and pair.has(person.id))
    pair = next(pairs, None)
    if pair is not None:
        days = follow_up_days(pair.program)
        agreed = pair.evidence.choice(Question.MAY_ASK_LATER, person.id) == "yes"
        if agreed and days is not None and person.today(world.now()) >= days.first:
            return pair
    raise world.refused("kind_errors.stale_button")


async def answer_later(world: World, pair: Pair, person: Person, choice: str, words: str = "") -> None:
    """Keep what became of it; the newest answer counts, and words that were given stay with it."""
    if choice not in STILL:
        raise world.refused("kind_errors.stale_button")
    if len(words) > LONGEST_WORDS:
        raise world.broken("words_too_long", "words", count=str(LONGEST_WORDS))
    now = world.now()
    async with world.store.begin() as records:
        await records.put_reply(Reply(pair.id, person.id, Question.FOLLOW_UP, choice, now, words.strip()))
        await records.look_now(now, pair_id=pair.id)
