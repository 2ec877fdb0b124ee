"""Programs and who is in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.people import Member, Pair, Person
from bot.domain.program import Program, Role
from bot.usecases.ports.values import PairRow, Workspace


class Programs(Protocol):
    """Programs and who is in them."""

    async def workspaces(self) -> tuple[Workspace, ...]:
        """Return all workspaces."""

    async def workspace(self, team_id: str) -> Workspace:
        """Return the workspace of a Slack team. The only one without a team becomes this team's; else a new one."""

    async def programs(self, workspace_id: str) -> tuple[Program, ...]:
        """Return the programs of a workspace, by first day."""

    async def put_program(self, workspace_id: str, program: Program) -> Program:
        """Write a design: a new one, or that of the same key anew. Return it with its id."""

    async def people(self, workspace_id: str) -> tuple[Person, ...]:
        """Return everybody in a workspace, by key."""

    async def slack_users(self, workspace_id: str, id_ends: str) -> tuple[str, ...]:
        """Return the Slack user ids of those people of a workspace whose own id, in hexadecimal digits, ends so."""

    async def put_person(self, workspace_id: str, person: Person) -> Person:
        """Write name, Slack id, e-mail, zone and reachability: anew (id "" and a new key) or changed.

        Preferences and pauses stay. Raises LookupError for a person of another workspace.
        """

    async def put_people(self, workspace_id: str, persons: Sequence[Person]) -> tuple[Person, ...]:
        """Write people, however many, as put_person does; return them in the same order. No key may come twice."""

    async def roles(self, program_id: str) -> dict[str, frozenset[Role]]:
        """Return the roles of each person (by id) in a program."""

    async def put_roles(self, program_id: str, person_id: str, roles: frozenset[Role], now: datetime) -> None:
        """Make a person a member with these roles; no roles: a member no more. Their agenda row is due at `now`."""

    async def put_members(self, program_id: str, roles: Mapping[str, frozenset[Role]], now: datetime) -> None:
        """Give roles to people (by id), however many, as put_roles does."""

    async def pairs(self, program_id: str) -> tuple[Pair, ...]:
        """Return all pairs of a program, by key, with all that is known of them."""

    async def put_pair(self, pair: PairRow, now: datetime) -> str:
        """Write a pair, new (id "" and a new key) or changed; return its id.

        Its agenda row is due at `now`, and so are those of all who belong to it or follow it, or did until now.
        Raises ValueError for a rhythm that cannot be read.
        """

    async def put_pairs(self, rows: Sequence[PairRow], now: datetime) -> list[str]:
        """Write pairs of one program, however many, as put_pair does; return their ids. No key may come twice."""

    async def members_of_slack_user(self, workspace_id: str, slack_id: str) -> tuple[Member, ...]:
        """Return what a Slack user is in each program, the one that began last first."""

    async def members(self, program_id: str) -> tuple[Member, ...]:
        """Return all members of a program with their pairs, by the person's key."""

    async def person_of_slack_user(self, workspace_id: str, slack_id: str) -> Person | None:
        """Return the person with this Slack id."""

    async def coordinators(self, program_id: str) -> tuple[Person, ...]:
        """Return the coordinators of a program, by name."""
