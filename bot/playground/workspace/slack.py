"""All that this Slack knows, in one place: every method and every act is given it."""

from dataclasses import dataclass, field

from bot.playground.refusals import out_of_scope
from bot.playground.wire.deliveries import Deliveries
from bot.playground.workspace.bell import Bell
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.faults import Faults
from bot.playground.workspace.files import Files
from bot.playground.workspace.installed_app import InstalledApp
from bot.playground.workspace.journal import Journal
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.passes import Codes, ResponseUrls, Triggers
from bot.playground.workspace.scheduled import Scheduled
from bot.playground.workspace.state import OpenView, Person, Workspace


@dataclass(slots=True)
class Slack:
    """One workspace with one app. `address` is known once the server listens."""

    team_name: str
    zone: str
    app: InstalledApp
    workspace: Workspace
    clock: Clock
    bell: Bell
    triggers: Triggers
    response_urls: ResponseUrls
    codes: Codes
    deliveries: Deliveries
    journal: Journal
    limits: Limits
    faults: Faults
    address: str = ""
    scheduled: Scheduled = field(default_factory=Scheduled)
    files: Files = field(default_factory=Files)
    views: dict[str, OpenView] = field(default_factory=dict)  # all that are open, by id
    external_ids: dict[str, str] = field(default_factory=dict)  # the app's own name for a view → its id
    numbered: int = 0

    def number(self) -> int:
        """The next number: for ids."""
        self.numbered += 1
        return self.numbered

    def person(self, user: str) -> Person | None:
        """Somebody by their id, or None."""
        return self.workspace.people.get(user)

    def channel(self, channel_id: str) -> Channel | None:
        """A conversation by its id, or None."""
        return self.workspace.channel(channel_id, self.clock.seconds())

    def im_with(self, user: str) -> Channel:
        """The app's conversation with one person."""
        return self.workspace.im_with(user, self.clock.seconds())

    def conversations_of(self, user: str) -> list[Channel]:
        """Those that a person is in, the one with the app first."""
        im = self.im_with(user)
        return [im, *(channel for channel in self.workspace.of(user) if channel is not im)]

    def knows(self, person: Person) -> bool:
        """Whether the app can reach that person: somebody of another organization only through a channel of both."""
        return not person.member.team or any(
            room.has_app and not room.is_direct for room in self.workspace.of(person.id)
        )

    def demand(self, *scopes: str) -> None:
        """Raise MethodRefused unless the app was granted one of these scopes."""
        if self.app.scopes.isdisjoint(scopes):
            raise out_of_scope(",".join(scopes), self.app.provided)
