"""Find people in Slack whom the roster knows by e-mail address only."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.content.rosters import Roster, RosterPerson
from bot.usecases.ports import Store


@dataclass(frozen=True, slots=True)
class SlackUser:
    """What Slack knows of somebody. `zone` is None where it does not say, or names one that nobody knows."""

    slack_id: str
    zone: ZoneInfo | None
    deleted: bool = False
    guest: bool = False


class Directory(Protocol):
    """Slack's own list of people."""

    async def by_email(self, email: str) -> SlackUser | None:
        """Return who has this address; None when nobody has, or when Slack will not tell."""

    async def by_id(self, slack_id: str) -> SlackUser | None:
        """Return who has this id."""


async def address(roster: Roster, directory: Directory) -> Roster:
    """Fill in what the roster leaves to Slack: ids of those with an e-mail address only, zones that are blank."""
    people = [await _addressed(person, directory) for person in roster.people]
    return replace(roster, people=tuple(people))


async def _addressed(person: RosterPerson, directory: Directory) -> RosterPerson:
    if person.slack_id and person.zone:
        return person
    found = await (directory.by_id(person.slack_id) if person.slack_id else directory.by_email(person.email))
    if found is None:
        return person
    return replace(person, slack_id=found.slack_id, zone=person.zone or found.zone)


async def find_people(store: Store, directory: Directory, now: datetime) -> int:
    """Look up everybody who has an e-mail address and no Slack id yet; return how many were found."""
    async with store.begin() as records:
        missing = (await records.trouble(now)).without_slack
    found = 0
    for person in missing:
        if person.email and (user := await directory.by_email(person.email)):
            async with store.begin() as records:
                for workspace in await records.workspaces():
                    if any(known.id == person.id for known in await records.people(workspace.id)):
                        await records.put_person(workspace.id, replace(person, slack_id=user.slack_id))
                        await records.look_now(now, person_id=person.id)
                        found += 1
    return found
