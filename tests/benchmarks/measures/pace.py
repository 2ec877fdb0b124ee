"""Pace: how much of a limit that nobody is told one workspace gets, and how evenly a thousand share one worker."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

from sqlalchemy import JSON, create_engine, insert, literal, or_, select

from bot.domain.nudges import Lane
from bot.domain.pace import POSTS
from bot.domain.program import Role
from bot.store import SqlStore
from bot.store.columns import Moment
from bot.store.tables import members, nudges, people
from tests.benchmarks.progress import say
from tests.benchmarks.stage.app import tandem_on
from tests.benchmarks.stage.crowd import MONDAY, Crowd, plain
from tests.benchmarks.stage.databases import BOTH, filled
from tests.benchmarks.stage.hidden_limit import MINUTES, Sender, by_our_pace, greedily, once_a_second, play
from tests.benchmarks.table import Line, less, more

WORLDS = 50

MANY = Crowd(12, workspaces=1_000)
BIG = 100  # workspaces where everybody waits for a message; in the others nearly half of them, the mentees, do not
EACH = 50  # messages for each workspace, on average: ten bursts
BATCH, BETWEEN_BATCHES = 100, timedelta(seconds=0.1)  # it sends a third of what the paces would allow
AGAIN = timedelta(seconds=1)


async def measure() -> AsyncIterator[Line]:
    """Play the pure pace in worlds of ten minutes, then let the real claims hand out turns by a clock of ours."""
    say(f"pace: {WORLDS} worlds of {MINUTES} minutes")
    (ours, refused), (greedy, knocked), (fixed, _) = (_played(one) for one in (by_our_pace, greedily, once_a_second))
    yield more("a hidden limit, used (naive: greedily)", ours, "%", at_least=92, naive=greedy)
    yield less("  refused, of a thousand calls", refused, "calls", at_most=5, naive=knocked)
    yield more("  used by one message a second", fixed, "%")
    for kind in BOTH:
        say(f"pace: {kind}, {MANY.workspaces:,} workspaces")
        yield less(f"{MANY.workspaces:,} workspaces, apart by, {kind}", await _apart_percent(kind), "%", at_most=10)


def _played(sender: Sender) -> tuple[float, float]:
    """Return the percentage of the limit that was used, and how many calls of a thousand were refused."""
    worlds = [play(sender, seed) for seed in range(WORLDS)]
    taken, refused = sum(world.taken for world in worlds), sum(world.refused for world in worlds)
    return 100 * taken / sum(world.permitted for world in worlds), 1000 * refused / (taken + refused)


async def _apart_percent(kind: str) -> float:
    """Return how far the workspaces with the most and the fewest messages are from halfway between them."""
    async with filled(kind, MANY) as url, tandem_on(url, MONDAY) as tandem:
        _let_people_wait(url)
        handed = await _hand_out(tandem.store)
    mean = sum(handed.values()) / MANY.workspaces
    counts = [handed[f"workspace-{number:09d}"] for number in range(MANY.workspaces)]
    return 100 * (max(counts) - min(counts)) / 2 / mean


async def _hand_out(store: SqlStore) -> Counter[str]:
    """Let one worker that is too slow for all of them claim turns; return how many each workspace had."""
    handed: Counter[str] = Counter()
    now = MONDAY
    while sum(handed.values()) < EACH * MANY.workspaces:
        async with store.begin() as records:
            turns = await records.claim_turns(POSTS, now, BATCH)
            nudges = await records.open_nudges([member for turn in turns for member in turn.people], now)
            await records.hold({nudge.id: now + AGAIN for nudge in nudges})  # and there is always more to say
            await records.put_paces([turn.pace.taken(len(turn.people), now) for turn in turns])
        handed.update({turn.pace.workspace_id: len(turn.people) for turn in turns})
        now += BETWEEN_BATCHES
    return handed


def _let_people_wait(url: str) -> None:
    """Write an open nudge for everybody in the big workspaces, and in the others for all but the mentees."""
    waiting = select(
        people.c.id,
        people.c.workspace_id,
        members.c.program_id,
        literal("phase_prompt").label("rule"),
        literal("").label("subject"),
        literal("").label("occurrence"),
        people.c.key.label("person"),
        people.c.id.label("person_id"),
        literal(int(Lane.REMINDER)).label("lane"),
        literal(MONDAY - timedelta(hours=1), Moment()).label("not_before"),
        literal(MONDAY + timedelta(days=7), Moment()).label("too_late"),
        literal({}, JSON()).label("facts"),
        literal("open").label("state"),
    ).join(members, members.c.person_id == people.c.id)
    in_big = people.c.workspace_id < f"workspace-{BIG:09d}"
    chosen = waiting.where(or_(in_big, members.c.roles != frozenset({Role.MENTEE})))
    engine = create_engine(plain(url))
    with engine.begin() as connection:
        connection.execute(insert(nudges).from_select([column.name for column in chosen.selected_columns], chosen))
    engine.dispose()
