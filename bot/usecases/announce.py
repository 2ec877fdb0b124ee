"""Announce: a coordinator says something to an audience, once to each person, at a decent hour of theirs."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.announcements import Announcement, audience_of
from bot.domain.nudges import Entry, Lane, Nudge, Rule, Slot
from bot.domain.people import Member, Person
from bot.domain.program import Program, Role
from bot.domain.release import speaking_for
from bot.usecases.plan_nudges import nudge_of
from bot.usecases.ports import Courier, Store
from bot.usecases.world import World

WORTH_SAYING = timedelta(days=13)


async def find_audience(world: World, author: Member, roles: frozenset[Role]) -> list[Member]:
    """Return who would hear an announcement: members with one of the roles, without its author."""
    may_announce(world, author)
    async with world.store.begin() as records:
        members = await records.members(author.program.id)
    return [member for member in audience_of(members, roles) if member.person.id != author.person.id]


async def announce(world: World, author: Member, announcement: Announcement) -> tuple[Announcement, bool]:
    """Put an announcement on its way: a copy for each person of its audience, through the outbox.

    Return it, and whether it is new: confirming twice (the same token) is one announcement.
    """
    may_announce(world, author)
    now = world.now()
    async with world.store.begin() as records:
        recorded, new = await records.put_announcement(announcement)
        if new:
            members = await records.members(author.program.id)
            people = [m.person for m in audience_of(members, recorded.audience) if m.person.id != author.person.id]
            await records.put_nudges([_copy(recorded, author, person, now) for person in people])
    return recorded, new


async def stop(world: World, author: Member, announcement_id: str) -> int:
    """Take back the copies that have not gone out; return how many."""
    may_announce(world, author)
    async with world.store.begin() as records:
        announcement = await records.announcement(announcement_id)
        if announcement is None or announcement.program_id != author.program.id:
            raise world.broken("announcement_gone")
        return await records.stop_announcement(announcement_id)


def may_announce(world: World, member: Member) -> None:
    """Raise RuleBroken unless the member coordinates a program that has not ended."""
    if Role.COORDINATOR not in member.roles:
        raise world.broken("coordinators_only")
    if member.person.today(world.now()) > member.program.span.last:
        raise world.broken("program_over", program=member.program.name)


async def show_progress(store: Store, courier: Courier) -> int:
    """Bring the progress lines of announcements up to date; return how many are under way."""
    async with store.begin() as records:
        under_way = await records.announcements_under_way()
        counted = [(announcement, await records.progress(announcement.id)) for announcement in under_way]
    for announcement, progress in counted:
        if announcement.ts:
            await courier.show_progress(announcement, progress)
        if progress.finished:
            async with store.begin() as records:
                await records.put_announcement(replace(announcement, done=True))
    return len(under_way)


def _copy(announcement: Announcement, author: Member, person: Person, now: datetime) -> Nudge:
    program: Program = author.program
    slot = Slot(Rule.ANNOUNCEMENT, announcement.id, "", person.key)
    today = person.today(now)
    last = min(today + WORTH_SAYING, program.span.last)
    facts = {"author": author.person.name, "text": announcement.text, "link": announcement.link}
    entry = Entry(slot, person, today, last, Lane.ANNOUNCEMENT, None, tuple(facts.items()))
    return nudge_of(entry, program, speaking_for(person, program).next_moment(now) or now)
