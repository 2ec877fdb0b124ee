"""People who act: each deed by the use case that a click or a command would call."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.content.rosters import Roster, RosterPair
from bot.domain.announcements import Announcement
from bot.domain.days import SpeakingHours
from bot.domain.errors import RuleBroken
from bot.domain.meetings import Means
from bot.domain.people import Member, Pair, Person, Preferences
from bot.domain.program import Program, Role
from bot.usecases.announce import announce, stop
from bot.usecases.answer_reminder import remind_on, something_in_the_way
from bot.usecases.change_settings import change_settings
from bot.usecases.follow_account import follow_account
from bot.usecases.load_program import load_program
from bot.usecases.log_meeting import MeetingDraft, log_meeting
from bot.usecases.pause import pause, resume
from bot.usecases.undo_meeting import undo_meeting
from bot.usecases.world import World
from tests.simulation.acts_of_second_thoughts import Undos, do_second_thought
from tests.simulation.acts_of_year import do_deed_of_year
from tests.simulation.deeds_of_year import DeedOfYear
from tests.simulation.script import (
    Act,
    Announce,
    Choose,
    EndPair,
    Help,
    Leave,
    LogMeeting,
    NewPair,
    NotYet,
    Pause,
    Resume,
    Return,
    Stop,
    Undo,
)
from tests.simulation.second_thoughts import SecondThought

TEAM = "T0TANDEM"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with what is known of them, and the pair that it is about, if any."""

    member: Member
    pair: Pair | None


class People:
    """The people of a program. `roster` is the coordinator's file as it stands."""

    def __init__(self, program: Program, roster: Roster) -> None:
        self.program = program
        self.roster = roster
        self._undos = Undos()

    async def load(self, world: World) -> None:
        """Load the program, or the roster as it stands now."""
        async with world.store.begin() as records:
            workspace = await records.workspace(TEAM)
            await load_program(records, workspace.id, self.program, self.roster, world.now())

    async def perform(self, world: World, act: Act) -> bool:
        """Do what somebody does; safe to do again. Return False where Tandem kindly refuses."""
        try:
            await self._do(world, act)
        except RuleBroken:
            return False
        return True

    async def _do(self, world: World, act: Act) -> None:
        match act.deed:
            case EndPair() | NewPair():
                self.roster = _changed(self.roster, act)
                await self.load(world)
                return
            case Leave() | Return():
                gone = isinstance(act.deed, Leave)
                await follow_account(world, await self._workspace(world), self.slack_id(act.who), gone=gone)
                return
            case _:
                actor = await self._actor(world, act)
        if actor is not None and isinstance(act.deed, DeedOfYear):
            await do_deed_of_year(world, actor.member.person, actor.pair, act.deed, self._undos)
        elif actor is not None and isinstance(act.deed, SecondThought):
            if actor.pair is not None:
                await do_second_thought(world, actor.member.person, actor.pair, act.deed, self._undos)
        elif actor is not None:
            await _own_deed(world, act, actor.member)
            if actor.pair is not None:
                await _pair_deed(world, act, actor.member.person, actor.pair)

    def slack_id(self, key: str) -> str:
        """Return the Slack id of a person."""
        return next(str(person.slack_id) for person in self.roster.people if person.key == key)

    async def _workspace(self, world: World) -> str:
        async with world.store.begin() as records:
            return (await records.workspace(TEAM)).id

    async def _actor(self, world: World, act: Act) -> Actor | None:
        async with world.store.begin() as records:
            workspace = await records.workspace(TEAM)
            members = await records.members_of_slack_user(workspace.id, self.slack_id(act.who))
        if not members:
            return None
        pair = next((pair for pair in members[0].pairs if pair.key == act.pair), None)
        if pair is not None and not pair.active_on(members[0].person.today(act.at)):
            pair = None  # the buttons of a pair that has ended are gone
        return Actor(members[0], pair)


async def _own_deed(world: World, act: Act, member: Member) -> None:
    """Do what is about a person alone, or about everybody."""
    person = member.person
    match act.deed:
        case Pause(until=until):
            await pause(world, (member,), person, until)
        case Resume():
            await resume(world, (member,), person)
        case Choose(muted=muted, start=start, end=end, days=days):
            hours = SpeakingHours(start, end, frozenset(days)) if start and end else None
            await change_settings(world, person, Preferences(frozenset(muted), hours))
        case Announce():
            await announce(world, member, _announcement(act, member))
        case Stop(of=number):
            await stop(world, (member,), await _made_by(world, member, number))
        case _:
            pass


async def _pair_deed(world: World, act: Act, person: Person, pair: Pair) -> None:
    """Do what one of a pair does."""
    match act.deed:
        case LogMeeting(day=day, minutes=minutes):
            await log_meeting(world, pair, person, MeetingDraft(day, minutes, Means.VIDEO))
        case Undo(day=day):
            async with world.store.begin() as records:
                meeting = await records.meeting_on(pair.id, day)
            if meeting is not None:
                await undo_meeting(world, pair, person, meeting.id)
        case NotYet(day=day):
            await remind_on(world, pair, person, day)
        case Help(words=words):
            await something_in_the_way(world, pair, person, words)
        case _:
            pass


def _announcement(act: Act, member: Member) -> Announcement:
    assert isinstance(act.deed, Announce)
    roles = frozenset(map(Role, act.deed.roles))
    token = f"act {act.number}"
    line = ("D" + str(member.person.slack_id)[1:], f"{act.at.timestamp():.0f}.000000")
    return Announcement(
        member.program.id, member.person.id, act.deed.text, roles, token, _moment(act), channel=line[0], ts=line[1]
    )


def _moment(act: Act) -> datetime:
    return act.at


async def _made_by(world: World, member: Member, number: int) -> str:
    """Return the announcement that an act has made: pressing "announce" again finds the same."""
    async with world.store.begin() as records:
        under_way = await records.announcements_under_way()
    return next((one.id for one in under_way if one.token == f"act {number}"), "none")


def _changed(roster: Roster, act: Act) -> Roster:
    """Return the roster as a coordinator would change it; the same again changes nothing."""
    old = next(pair for pair in roster.pairs if pair.key == act.pair)
    match act.deed:
        case EndPair(last=last):
            pairs = tuple(replace(pair, ends=last) if pair is old else pair for pair in roster.pairs)
        case NewPair(key=key, mentor=mentor, starts=starts) if all(pair.key != key for pair in roster.pairs):
            pairs = (*roster.pairs, RosterPair(key, mentor, old.mentee, old.liaison, old.rhythm, starts, None, 0))
        case _:
            pairs = roster.pairs
    return replace(roster, pairs=pairs)
