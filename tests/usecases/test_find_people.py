"""People whom the roster knows by e-mail address are found in Slack, and their zone where the roster leaves it out."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from bot.rehearsal.memory import MemoryStore
from bot.usecases.find_people import SlackUser, address, find_people
from bot.usecases.load_program import load_program
from tests.small_program import FRIDAY_MORNING, ROSTER, small_program

BY_EMAIL = ROSTER.replace("Maya Okafor,U0MAYA,,America/Chicago", "Maya Okafor,,maya@example.org,")


@dataclass
class Directory:
    """Slack's list of people, as far as a test needs it."""

    users: dict[str, SlackUser]
    asked: list[str] = field(default_factory=list)

    async def by_email(self, email: str) -> SlackUser | None:
        self.asked.append(email)
        return self.users.get(email)

    async def by_id(self, slack_id: str) -> SlackUser | None:
        self.asked.append(slack_id)
        return self.users.get(slack_id)


async def test_a_roster_gets_the_ids_and_zones_that_it_leaves_to_slack() -> None:
    _, roster = small_program(roster=BY_EMAIL)
    directory = Directory({"maya@example.org": SlackUser("U9MAYA", ZoneInfo("America/Denver"))})

    addressed = await address(roster, directory)

    maya = next(person for person in addressed.people if person.key == "maya")
    assert (maya.slack_id, maya.zone) == ("U9MAYA", ZoneInfo("America/Denver"))
    assert directory.asked == ["maya@example.org"]


async def test_who_is_not_in_slack_stays_without_an_id() -> None:
    _, roster = small_program(roster=BY_EMAIL)

    addressed = await address(roster, Directory({}))

    assert next(person for person in addressed.people if person.key == "maya").slack_id is None


@pytest.mark.parametrize(("users", "found"), [({"maya@example.org": SlackUser("U9MAYA", None)}, 1), ({}, 0)])
async def test_who_joins_slack_later_is_found_later(users: dict[str, SlackUser], found: int) -> None:
    store = MemoryStore()
    program, roster = small_program(roster=BY_EMAIL)
    async with store.begin() as records:
        await load_program(records, "w", program, roster, FRIDAY_MORNING)

    assert await find_people(store, Directory(users), FRIDAY_MORNING) == found

    async with store.begin() as records:
        maya = next(person for person in await records.people("w") if person.key == "maya")
    assert maya.slack_id == ("U9MAYA" if found else None)
