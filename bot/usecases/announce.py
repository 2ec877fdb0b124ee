"""Announce: a coordinator says something to an audience, once to each person, at a decent hour of theirs."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.announcements import (
    LONGEST_LINK,
    LONGEST_TEXT,
    Announcement,
    Progress,
    about,
    audience_of,
    worth_saying,
)
from bot.domain.errors import RuleBroken
from bot.domain.notes import Note
from bot.domain.nudges import Entry, Lane, Nudge, Rule, Slot
from bot.domain.pace import POSTS
from bot.domain.people import Member, Person
from bot.domain.program import Program, Role
from bot.domain.release import speaking_for
from bot.usecases.plan_nudges import nudge_of
from bot.usecases.ports import Courier, Records, Store
from bot.usecases.wording import NOTHING
from bot.usecases.world import World

LINK = re.compile(r"https://[^\s<>|\"]+\.[^\s<>|\"]+")


def announcers(world: World, members: Iterable[Member]) -> tuple[Member, ...]:
    """Return the memberships in which a person may announce; raises RuleBroken when there is none."""
    able: list[Member] = []
    refusals: list[RuleBroken] = []
    for member in members:
        try:
            may_announce(world, member)
        except RuleBroken as broken:
            refusals.append(broken)
        else:
            able.append(member)
    if not able:
        raise next(iter(refusals), world.broken("coordinators_only"))
    return tuple(able)


def may_announce(world: World, member: Member) -> None:
    """Raise RuleBroken unless the member coordinates a program that has not ended."""
    if Role.COORDINATOR not in member.roles:
        raise world.broken("coordinators_only")
    if member.person.today(world.now()) > member.program.span.last:
        raise world.broken("program_over", program=member.program.name)


def check_announcement(world: World, announcement: Announcement) -> None:
    """Raise RuleBroken, with the field, for a text that is empty or too long, for what is no link, for no role."""
    if not announcement.text.strip():
        raise world.broken("announcement_empty", "text")
    if len(announcement.text.encode("utf-16-le")) > 2 * LONGEST_TEXT:  # Slack counts an emoji as two
        raise world.broken("announcement_long", "text", count=str(LONGEST_TEXT))
    if announcement.link and not (len(announcement.link) <= LONGEST_LINK and LINK.fullmatch(announcement.link)):
        raise world.broken("announcement_link", "link")
    if not announcement.audience:
        raise world.broken("announcement_no_role", "audience")


async def find_audience(world: World, author: Member, roles: frozenset[Role]) -> list[Member]:
    """Return who would hear an announcement: members with one of the roles, without its author.

    Raises RuleBroken, at the field, when that is nobody.
    """
    may_announce(world, author)
    async with world.store.begin() as records:
        members = await records.members(author.program.id)
    found = _hearers(members, roles, author)
    if not found:
        raise world.broken("announcement_nobody", "audience")
    return found


def look_of(world: World, author: Member, announcement: Announcement) -> Note:
    """Return the note that each person of the audience gets, word for word."""
    copy = _copy(announcement, author, author.person, world.now())
    note = world.composer.compose("", author, [copy], NOTHING, world.now())
    assert note is not None  # an announcement always says something
    return note


async def how_long(world: World, author: Member, copies: int) -> timedelta:
    """Return about how long so many copies take that may go out at once, behind all that is due already."""
    now = world.now()
    async with world.store.begin() as records:
        queue = await records.queue(author.program.id, POSTS, now)
    return about(queue.lasts(now, copies))


async def announce(world: World, author: Member, announcement: Announcement) -> tuple[Announcement, bool]:
    """Put an announcement on its way: a copy for each person of its audience, through the outbox.

    Return it, and whether it is new: confirming twice (the same token) is one announcement.
    """
    may_announce(world, author)
    check_announcement(world, announcement)
    now = world.now()
    async with world.store.begin() as records:
        recorded, new = await records.put_announcement(announcement)
        if new:
            hearers = _hearers(await records.members(author.program.id), recorded.audience, author)
            await records.put_nudges([_copy(recorded, author, member.person, now) for member in hearers])
    return recorded, new


async def stop(world: World, members: Iterable[Member], announcement_id: str) -> tuple[Announcement, Progress]:
    """Take back the copies that have not gone out; return the announcement and how it stands then. Safe to call twice.

    Raises RuleBroken for an announcement of a program that none of `members` may announce in.
    """
    programs = {member.program.id for member in announcers(world, members)}
    async with world.store.begin() as records:
        announcement = await records.announcement(announcement_id)
        if announcement is None or announcement.program_id not in programs:
            raise world.broken("announcement_gone")
        await records.stop_announcement(announcement_id)
        return announcement, await _progress(records, announcement, world.now())


async def show_one(world: World, announcement: Announcement) -> None:
    """Bring the progress line of one announcement up to date at once."""
    async with world.store.begin() as records:
        progress = await _progress(records, announcement, world.now())
    await world.courier.show_progress(announcement, progress)


async def show_progress(store: Store, courier: Courier, now: datetime) -> int:
    """Bring the progress lines of announcements up to date; return how many are under way."""
    async with store.begin() as records:
        under_way = await records.announcements_under_way()
        counted = [(announcement, await _progress(records, announcement, now)) for announcement in under_way]
    for announcement, progress in counted:
        shown = not announcement.ts or await courier.show_progress(announcement, progress)
        if progress.finished and shown:  # a final line that a busy Slack refused is tried again
            async with store.begin() as records:
                await records.put_announcement(replace(announcement, done=True))
    return len(under_way)


async def _progress(records: Records, announcement: Announcement, now: datetime) -> Progress:
    progress = await records.progress(announcement.id)
    if progress.finished:
        return progress
    queue = await records.queue(announcement.program_id, POSTS, now, announcement.id)
    return replace(progress, to_go=about(queue.lasts(now))) if queue.own else progress


def _hearers(members: Iterable[Member], roles: frozenset[Role], author: Member) -> list[Member]:
    return [member for member in audience_of(members, roles) if member.person.id != author.person.id]


def _copy(announcement: Announcement, author: Member, person: Person, now: datetime) -> Nudge:
    """Make the copy for one person: due at their next decent hour, or, where none comes in time, when it is too late.

    Then it lapses, and the final line names the person.
    """
    program: Program = author.program
    slot = Slot(Rule.ANNOUNCEMENT, announcement.id, "", person.key)
    days = worth_saying(person, program, now)
    facts = {"author": author.person.name, "text": announcement.text, "link": announcement.link}
    entry = Entry(slot, person, days.first, days.last, Lane.ANNOUNCEMENT, None, tuple(facts.items()))
    moment = speaking_for(person, program).next_moment(now) or entry.ends
    return nudge_of(entry, program, min(moment, entry.ends))
