"""Ideas: `/mentoring ideas` and [Another idea] show the next prompt of the pair's phase, and what is worth reading."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.content.words import Words
from bot.domain.errors import RuleBroken
from bot.domain.people import Pair
from bot.domain.phases import phase_of
from bot.domain.program import Phase, Resource
from bot.domain.rules.phase_prompt import Prompt, ideas_for
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.showing import show
from bot.slack.visit import Visit
from bot.usecases.compose_note import Composer
from bot.usecases.phrasing import first_name
from bot.usecases.wording.phases import idea_text
from bot.usecases.world import own_pair

MOST_PAIRS, MOST_RESOURCES = 5, 5
ANSWER = "idea"
Shown = Mapping[str, str]
NOTHING_SHOWN: Shown = {}


# -- what it looks like -----------------------------------------------------------------------------------------------


def next_idea(composer: Composer, pair: Pair, person_id: str, today: date, after: str = "") -> Prompt | None:
    """Return the idea that comes after the one of this key, and after the last one the first again; None: no more."""
    ideas = ideas_for(pair, person_id, composer.prompts.all, today)
    keys = [prompt.key for prompt in ideas]
    others = ideas[keys.index(after) + 1 :] + ideas[: keys.index(after)] if after in keys else ideas
    return next(iter(others), None)


def build(
    composer: Composer,
    pairs: Sequence[Pair],
    person_id: str,
    today: date,
    shown: Shown = NOTHING_SHOWN,
    after: str = "",
) -> list[b.Block]:
    """Show an idea for each pair, and the resources of their phases.

    `shown` are the keys of those that stand there, by the pair's id: they stay, and the pair `after` gets its next one.
    """
    ideas = {pair.id: _idea(composer, pair, person_id, today, shown, after) for pair in pairs[:MOST_PAIRS]}
    stands = {pair_id: prompt.key if prompt else "" for pair_id, prompt in ideas.items()}
    blocks: list[b.Block] = []
    for pair in pairs[:MOST_PAIRS]:
        blocks += _pair_blocks(composer, pair, person_id, ideas[pair.id], stands)
    return [*blocks, *_reading(composer.words, pairs, today), b.context(composer.words.say("ideas.private"))]


def _idea(composer: Composer, pair: Pair, person_id: str, today: date, shown: Shown, after: str) -> Prompt | None:
    key = shown.get(pair.id, "")
    if pair.id != after:
        ideas = ideas_for(pair, person_id, composer.prompts.all, today)
        stays = next((prompt for prompt in ideas if prompt.key == key), None)
        if stays is not None:
            return stays
    return next_idea(composer, pair, person_id, today, key)


def about(pair_id: str, stands: Shown) -> str:
    """Write down for a button of one pair what idea stands there for each: its own one first."""
    others = (f"{other}/{key}" for other, key in stands.items() if other != pair_id)
    return " ".join([f"{pair_id}/{stands[pair_id]}", *others])


def read_about(value: str) -> tuple[str, dict[str, str]]:
    """Return the pair whose button it is, and what stands there: the inverse of `about`."""
    stands = {pair_id: key for pair_id, _, key in (one.partition("/") for one in value.split())}
    return next(iter(stands), ""), stands


def _pair_blocks(composer: Composer, pair: Pair, person_id: str, prompt: Prompt | None, stands: Shown) -> list[b.Block]:
    words, partner = composer.words, first_name(pair.partner_of(person_id).name)
    activities = b.button("open_activities", words.say("buttons.open_activities"), pair.id)
    if prompt is None:
        said = words.say("ideas.none", partner=partner)
        return [b.section(said), b.actions([activities], f"{ANSWER}-{pair.id}")]
    heading = words.say("ideas.heading", phase=prompt.phase.capitalize(), partner=partner)
    another = b.button("another_idea", words.say("buttons.another_idea"), about(pair.id, stands))
    said = f"{heading}\n{idea_text(composer, prompt, (pair,), person_id)}"
    return [b.section(said), b.actions([another, activities], f"{ANSWER}-{pair.id}")]


def _reading(words: Words, pairs: Iterable[Pair], today: date) -> list[b.Block]:
    found: dict[Resource, None] = {}
    for pair in pairs:
        phase = phase_of(pair, today) or Phase.PLANNING
        found |= dict.fromkeys(one for one in pair.program.resources if one.phase is phase)
    if not found:
        return []
    opens = words.say("buttons.open")
    rows = [
        b.section(one.title, accessory=b.button(f"link_resource_{number}", opens, url=one.link))
        for number, one in enumerate(list(found)[:MOST_RESOURCES])
    ]
    return [b.section(words.say("ideas.reading")), *rows]


# -- what happens -----------------------------------------------------------------------------------------------------


def own_pairs(visit: Visit) -> tuple[Pair, ...]:
    """Return the person's pairs that may hear of ideas, also before their first day; raises RuleBroken for none."""
    if not any(member.pairs for member in visit.current):
        raise RuleBroken(visit.world.words.say("ideas.no_pair"))
    return visit.pairs


async def opened(visit: Visit) -> None:
    """`/mentoring ideas` and [Ideas for this phase]: for one pair, or for all where the button names none."""
    pairs = own_pairs(visit)
    if "actions" in visit.body and visit.value:
        pairs = (own_pair(visit.world, pairs, visit.value),)
    shown = build(visit.world.composer, pairs, visit.person.id, visit.today)
    await show(visit, visit.world.words.say("buttons.open_ideas"), shown)


async def another(visit: Visit) -> None:
    """[Another idea]: in the place of the last one; below a note, in the place of the button."""
    pair_id, stands = read_about(visit.value)
    pairs = own_pairs(visit)
    pair = own_pair(visit.world, pairs, pair_id)
    if not str(visit.action.get("block_id", "")).startswith(f"{ANSWER}-"):
        await _below_a_note(visit, pair, stands[pair_id])
        return
    there = [one for one in pairs if one.id in stands]
    shown = build(visit.world.composer, there, visit.person.id, visit.today, stands, pair_id)
    if "view" in visit.body:
        await visit.update_view(b.modal("shown", visit.world.words.say("buttons.open_ideas"), shown, close="Done"))
    else:
        await visit.replace("", shown)


async def _below_a_note(visit: Visit, pair: Pair, key: str) -> None:
    composer, me, words = visit.world.composer, visit.person.id, visit.world.words
    prompt = next_idea(composer, pair, me, visit.today, key)
    activities = b.button("open_activities", words.say("buttons.open_activities"), pair.id)
    if prompt is None:
        said, buttons = words.say("ideas.none", partner=first_name(pair.partner_of(me).name)), [activities]
    else:
        said = idea_text(composer, prompt, (pair,), me)
        buttons = [b.button("another_idea", words.say("buttons.another_idea"), f"{pair.id}/{prompt.key}"), activities]
    if not await visit.settle(said, buttons):
        await visit.tell(said)


def register(doors: Doors) -> None:
    """Answer `/mentoring ideas` and the buttons."""
    doors.word("ideas", "ideas.help", opened)
    doors.action("open_ideas", opened)
    doors.action("another_idea", another)
