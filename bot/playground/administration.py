"""What happens to the workspace without anybody's click: people come, change and go, and so does the app."""

from dataclasses import replace
from typing import Any

from bot.playground.desk.at_desk import known
from bot.playground.wire import interactions, removal
from bot.playground.workspace.shapes import user_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Member, Person


class Administration:
    """The part of a playground that an administrator of the workspace would see to. The app hears of what it may."""

    slack: Slack

    async def change(self, user: str, **changes: Any) -> None:
        """Change a member's fields, as an administrator or they themselves would; the app gets `user_change`."""
        person = known(self.slack, user)
        person.member, person.changed = replace(person.member, **changes), self.slack.clock.seconds()
        self.slack.bell.ring()
        await self._tell_of(person, "user_change")

    async def deactivate(self, user: str) -> None:
        """Somebody leaves the workspace."""
        await self.change(user, deleted=True)

    async def reactivate(self, user: str) -> None:
        """Somebody comes back."""
        await self.change(user, deleted=False)

    async def rename(self, user: str, real_name: str, name: str | None = None) -> None:
        """Somebody takes another name."""
        await self.change(user, real_name=real_name, **({"name": name} if name else {}))

    async def join(self, member: Member) -> None:
        """Somebody new joins the workspace; the app gets `team_join`, but for somebody of another organization."""
        person = self.slack.workspace.people[member.id] = Person(member, changed=self.slack.clock.seconds())
        self.slack.bell.ring()
        if not member.team:
            await self._tell_of(person, "team_join")

    async def uninstall(self, *, token_first: bool = True) -> None:
        """The app is removed: its bot token is dead from now on, and it hears of it twice, in whichever order."""
        events = removal.removed(self.slack)
        for event in events if token_first else reversed(events):
            await self.tell(event)

    def install(self) -> str:
        """The app is installed again, with what its manifest asks for. Give its token: a new one, if it was removed."""
        self.slack.app.put_in()
        self.slack.bell.ring()
        return self.slack.app.bot_token

    async def tell(self, event: Json) -> bool:
        """Send the app an event of any kind, if its manifest asks for it; say whether it was acknowledged."""
        app, last = self.slack.app, ("tokens_revoked", "app_uninstalled")
        if event["type"] not in app.events or not (app.installed or event["type"] in last):
            return False
        return await self.slack.deliveries.tell(interactions.event(self.slack, event))

    async def _tell_of(self, person: Person, kind: str) -> None:
        slack = self.slack
        if "users:read" not in slack.app.scopes:
            return
        user = user_object(
            person.member,
            slack.clock.now(),
            updated=person.changed,
            with_email="users:read.email" in slack.app.scopes,
            with_locale=True,
            address=slack.address,
        )
        await self.tell({"type": kind, "user": user, "cache_ts": slack.clock.seconds()})
