"""See home: all that one person's App Home is about, and nothing of anybody else's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.appointments import Promise
from bot.domain.days import Span
from bot.domain.endings import Rematch
from bot.domain.glance import Glance, glance
from bot.domain.goals import Goal, GoalMove
from bot.domain.meetings import Confirmed, Meeting
from bot.domain.people import Answer, Member, Pair, Person
from bot.domain.phases import windows_of
from bot.domain.privacy import answer_for
from bot.domain.program import Phase, Program, Role
from bot.domain.replies import Topic, topic_of
from bot.domain.standing import asked_past_liaison
from bot.usecases.ports import Records, Unclear
from bot.usecases.world import World

ALL_MEETINGS = 400  # more than a pair could have in a year


@dataclass(frozen=True, slots=True)
class PairAtHome:
    """One of the person's own pairs, its goals (oldest first) and its meetings (newest first), those that count.

    `moves` is the story of the goals, `promises` what the two mean to do, done or not, oldest first, `topic`
    what one of them suggested last to do at the next meeting.
    """

    pair: Pair
    goals: tuple[Goal, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    moves: tuple[GoalMove, ...] = ()
    promises: tuple[Promise, ...] = ()
    topic: Topic | None = None

    @property
    def windows(self) -> Mapping[Phase, Span]:
        """The days of each phase, for this pair."""
        return windows_of(self.pair)


@dataclass(frozen=True, slots=True)
class MemberAtHome:
    """The person in one program: own pairs under way, or planning already; the figures, for who coordinates the
    program or reads them; and, for who coordinates it, the messages of which somebody has to say whether to send them
    again, oldest first.
    `rematches` are the person's own wishes for a new partner; `asked` who asked for a word past the liaison, for who
    coordinates.
    """

    member: Member
    pairs: tuple[PairAtHome, ...] = ()
    glance: Glance | None = None
    unclear: tuple[Unclear, ...] = ()
    rematches: tuple[tuple[Pair, Rematch], ...] = ()
    asked: tuple[tuple[Pair, Answer], ...] = ()


@dataclass(frozen=True, slots=True)
class WhomToAsk:
    """The names of those who coordinate a program."""

    program: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """What a person sees of themselves. Without a `person` they are in no program. There, and once all their
    programs are over, `ask` says whom to ask.
    """

    now: datetime
    person: Person | None = None
    programs: tuple[MemberAtHome, ...] = ()
    ask: tuple[WhomToAsk, ...] = ()

    @property
    def today(self) -> date:
        """The date on the person's calendar; UTC's for somebody unknown."""
        return self.person.today(self.now) if self.person else self.now.date()

    @property
    def open(self) -> tuple[MemberAtHome, ...]:
        """The programs that have not ended."""
        return tuple(one for one in self.programs if self.today <= one.member.program.span.last)

    @property
    def own_pairs(self) -> tuple[Pair, ...]:
        """The person's own pairs under way, or planning already, of all programs."""
        return tuple(at_home.pair for one in self.open for at_home in one.pairs)

    def has_role(self, role: Role) -> bool:
        """Tell whether the person has this role in a program that has not ended."""
        return any(role in one.member.roles for one in self.open)


async def see_home(world: World, workspace_id: str, slack_id: str) -> Home:
    """Return what a Slack user's Home is about, as things stand now."""
    now = world.now()
    async with world.store.begin() as records:
        members = await records.members_of_slack_user(workspace_id, slack_id)
        if not members:
            return Home(now, ask=await _whom_to_ask(records, workspace_id, now))
        person = members[0].person
        programs = [await _member_at_home(world, records, member, person.today(now)) for member in members]
        home = Home(now, person, tuple(programs))
        over = [one.member.program for one in programs] if not home.open else []
        return replace(home, ask=await _coordinators_of(records, over))


async def _member_at_home(world: World, records: Records, member: Member, today: date) -> MemberAtHome:
    pairs = [await _pair_at_home(world, records, pair) for pair in member.hearing_pairs(today)]
    counts = member.roles & {Role.COORDINATOR, Role.READER} and today <= member.program.span.last
    everybody = await records.pairs(member.program.id) if counts else ()
    return MemberAtHome(
        member,
        tuple(pairs),
        glance(everybody, today) if counts else None,
        await _unclear(records, member, today),
        await _rematches(records, member),
        tuple(_asked(member, everybody, today)),
    )


async def _rematches(records: Records, member: Member) -> tuple[tuple[Pair, Rematch], ...]:
    ending = {pair.id: pair for pair in member.pairs if pair.ending is not None}
    found = await records.rematches(member.program.id) if ending else []
    own = (one for one in found if one.person_id == member.person.id)
    return tuple((ending[one.pair_id], one) for one in own if one.pair_id in ending)


def _asked(member: Member, pairs: Iterable[Pair], today: date) -> Iterator[tuple[Pair, Answer]]:
    coordinates = Role.COORDINATOR in member.roles
    for pair in pairs:
        asked = asked_past_liaison(pair, today)
        if asked is None or pair.has(member.person.id) or not pair.active_on(today):
            continue
        if (seen := answer_for(asked, member.person.id, pair, coordinates=coordinates)) is not None:
            yield pair, seen


async def _pair_at_home(world: World, records: Records, pair: Pair) -> PairAtHome:
    held = await records.meetings(pair.id, ALL_MEETINGS)
    said = (await records.replies([pair.id])).get(pair.id, ())
    return PairAtHome(
        pair,
        goals=tuple(await records.goals(pair.id)),
        meetings=tuple(meeting for meeting in held if meeting.confirmed is not Confirmed.DENIED),
        moves=tuple(await records.goal_moves(pair.id)),
        promises=tuple((await records.promises([pair.id])).get(pair.id, ())),
        topic=topic_of(said, pair.logged_at, world.composer.titles),
    )


async def _unclear(records: Records, member: Member, today: date) -> tuple[Unclear, ...]:
    if Role.COORDINATOR not in member.roles or today > member.program.span.last:
        return ()
    return tuple(await records.unknown_notes(member.program.id))


async def _whom_to_ask(records: Records, workspace_id: str, now: datetime) -> tuple[WhomToAsk, ...]:
    return await _coordinators_of(records, _under_way(await records.programs(workspace_id), now))


async def _coordinators_of(records: Records, programs: Iterable[Program]) -> tuple[WhomToAsk, ...]:
    return tuple([WhomToAsk(p.name, tuple([c.name for c in await records.coordinators(p.id)])) for p in programs])


def _under_way(programs: Iterable[Program], now: datetime) -> list[Program]:
    return [program for program in programs if now.astimezone(program.zone).date() <= program.span.last]
