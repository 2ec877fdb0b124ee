"""Answer a reminder: not yet, remind me on a day; or something is in the way, which only the liaison hears."""

from datetime import date

from bot.domain.nudges import Lane, Rule, Slot
from bot.domain.people import Answer, AnswerKind, Pair, Person
from bot.usecases.phrasing import day_words
from bot.usecases.world import World, told_once

LONGEST_WORDS = 1000
HELP_STAYS_WORTH_SAYING = 60


async def remind_on(world: World, pair: Pair, by: Person, day: date) -> date:
    """Let the reminder of `pair` rest until `day`, when `by` is asked again; return the day.

    Raises RuleBroken for a day that has begun or lies past the pair's end.
    """
    now = world.now()
    if day <= by.today(now):
        raise world.broken("remind_later", "day")
    if day > pair.span.last:
        raise world.broken("date_after", "day", last_day=day_words(pair.span.last))
    answer = Answer(pair.id, by.id, AnswerKind.NOT_YET, by.today(now), now, remind_on=day)
    async with world.store.begin() as records:
        await records.put_answer(answer)
        await records.look_now(now, pair_id=pair.id)
    return day


async def something_in_the_way(world: World, pair: Pair, by: Person, words: str) -> None:
    """Tell the liaison, and nobody else, that something is in the way; `words` may be empty.

    Saying it twice on a day is one message, and adding words one more where the first has gone out; both hold the
    newest words. Raises RuleBroken where nobody follows the pair.
    """
    now = world.now()
    today = by.today(now)
    if pair.liaison is None:
        raise world.broken("no_liaison")
    answer = Answer(pair.id, by.id, AnswerKind.IN_THE_WAY, today, now, words=words.strip()[:LONGEST_WORDS])
    occurrence = f"{by.key}/{today}/words" if answer.words else f"{by.key}/{today}"
    slot = Slot(Rule.IN_THE_WAY, pair.key, occurrence, pair.liaison.key)
    facts = {"person": by.id}
    async with world.store.begin() as records:
        await records.put_answer(answer)
        nudges = told_once(
            slot, pair.liaison, pair, now, facts=facts, days=HELP_STAYS_WORTH_SAYING, lane=Lane.ESCALATION
        )
        await records.put_nudges(nudges)
        await records.look_now(now, pair_id=pair.id)
