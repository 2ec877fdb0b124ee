"""Look back: `/mentoring year` shows what a pair's time came to, once its last day is over. Only its two see it."""

from collections.abc import Sequence

from bot.domain.figures import kept_goals, year_figures
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.showing import show
from bot.slack.visit import Visit
from bot.usecases.compose_note import Composer
from bot.usecases.look_back import LookBack, look_back
from bot.usecases.phrasing import day_words, first_name
from bot.usecases.wording.closing import figures_words, next_words, partners_words, year_words

MOST_PAIRS, MOST_BLOCKS = 3, 49


def build(composer: Composer, found: Sequence[LookBack]) -> list[b.Block]:
    """Show each pair's time: in figures, with its goals, and what the partner wrote at the end."""
    shown: list[b.Block] = []
    for one in found[:MOST_PAIRS]:
        shown += _pair_blocks(composer, one)
    return shown[:MOST_BLOCKS]


def _pair_blocks(composer: Composer, one: LookBack) -> list[b.Block]:
    pair, me = one.pair, one.person.id
    goals = kept_goals(one.goals)
    figures = year_figures(pair, one.meetings, goals)
    said = [year_words(composer, pair, me, figures, goals), figures_words(composer, figures)]
    said += [*partners_words(composer, pair, me, one.replies), next_words(composer, pair, me)]
    return [block for text in said if text for block in b.sections(text)]


async def typed(visit: Visit) -> None:
    """`/mentoring year`."""
    found = await look_back(visit.world, visit.members, visit.person)
    if not found:
        pair = visit.pairs[0]  # who is in none is told so
        partner = first_name(pair.partner_of(visit.person.id).name)
        raise visit.world.refused("celebration.not_over", partner=partner, day=day_words(pair.span.last))
    await _show(visit, found)


async def opened(visit: Visit) -> None:
    """[Look back]."""
    found = await look_back(visit.world, visit.members, visit.person, visit.value)
    if not found:
        raise visit.world.refused("kind_errors.stale_button")
    await _show(visit, found)


async def _show(visit: Visit, found: Sequence[LookBack]) -> None:
    await show(visit, "Looking back", build(visit.world.composer, found))


def register(doors: Doors) -> None:
    """Answer `/mentoring year` and the button."""
    doors.word("year", "celebration.help", typed)
    doors.action("look_back", opened)
