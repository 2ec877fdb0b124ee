"""Answer a reminder: not yet, remind me on a day; or something is in the way, which one person hears, and no other."""

from datetime import date

from bot.domain.drafts import ANY_PAIR
from bot.domain.nudges import Rule
from bot.domain.people import Answer, AnswerKind, Pair, Person
from bot.usecases.confide import Hearers, hearers_of
from bot.usecases.phrasing import day_words
from bot.usecases.world import World

FORM = "in_the_way"  # under which what is typed is kept
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


async def something_in_the_way(
    world: World, pair: Pair, by: Person, words: str, *, past_liaison: bool = False
) -> Hearers:
    """Tell the liaison, and nobody else, that something is in the way; `words` may be empty. Return who is told.

    With `past_liaison`, and where nobody but the two follows the pair, those who coordinate are told, and not the
    liaison. Saying it twice on a day is one message, and adding words one more where the first has gone out; both hold
    the newest words. Raises RuleBroken where nobody is there who could be told.
    """
    now = world.now()
    today = by.today(now)
    async with world.store.begin() as records:
        hearers = await hearers_of(records, pair, by, past_liaison=past_liaison)
        if not hearers.people:
            raise world.broken("nobody_to_tell")
        answer = Answer(
            pair.id,
            by.id,
            AnswerKind.IN_THE_WAY,
            today,
            now,
            words=words.strip()[:LONGEST_WORDS],
            past_liaison=hearers.past_liaison,
        )
        occurrence = f"{by.key}/{today}/words" if answer.words else f"{by.key}/{today}"
        await records.put_answer(answer)
        for subject in (pair.id, ANY_PAIR):
            await records.drop_draft(by.id, FORM, subject)
        await hearers.tell(
            records, pair, Rule.IN_THE_WAY, occurrence, now, facts={"person": by.id}, days=HELP_STAYS_WORTH_SAYING
        )
        await records.look_now(now, pair_id=pair.id)
    return hearers
