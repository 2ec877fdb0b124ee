"""What the page lets a person do, and what it shows of their screen."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.playground.desk import acts, sights
from bot.playground.local_api.requests import body_of, refusing, state_in, text_in, user_of
from bot.playground.refusals import ActRefused
from bot.playground.workspace.state import Json

if TYPE_CHECKING:
    from bot.playground.server import Playground

CHOICES = (
    "selected_option",
    "selected_options",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_conversations",
    "selected_channel",
    "selected_channels",
    "rich_text_value",
    "value",
)
CHANGEABLE: tuple[str, ...] = ("name", "real_name", "tz", "email", "title", "deleted")


class PeopleRoutes:
    """Everything under /playground/people/."""

    def __init__(self, playground: "Playground"):
        self._playground = playground
        self._slack = playground.slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_get("/playground/people/{user}", refusing(self.person))
        for verb in ("command", "message", "open", "click", "submit", "close", "change"):
            router.add_post(f"/playground/people/{{user}}/{verb}", refusing(getattr(self, verb)))

    async def person(self, request: web.Request) -> Json:
        """One person's screen."""
        person = acts.known(self._slack, user_of(request))
        if request.query.get("read") == "1":
            acts.read(self._slack, person.id)
        return {"revision": self._slack.bell.revision, **sights.screen(self._slack, person)}

    async def command(self, request: web.Request) -> Json:
        """A typed command."""
        shown = await acts.type_command(self._slack, user_of(request), text_in(await body_of(request), "text"))
        return {"shown": shown.shown() if shown else None}

    async def message(self, request: web.Request) -> Json:
        """A message to the app."""
        message = await acts.write(self._slack, user_of(request), text_in(await body_of(request), "text"))
        return {"ts": message.ts}

    async def open(self, request: web.Request) -> Json:
        """The app is opened."""
        await acts.open_app(self._slack, user_of(request), text_in(await body_of(request), "tab"))
        return {}

    async def click(self, request: web.Request) -> Json:
        """A button or a menu is used."""
        body = await body_of(request)
        target = (text_in(body, "block_id"), text_in(body, "action_id"))
        choice = {name: body[name] for name in CHOICES if name in body}
        if "view" in body:
            await acts.click_view(self._slack, user_of(request), text_in(body, "view"), target, choice, state_in(body))
        else:
            place = (text_in(body, "channel"), text_in(body, "ts"))
            await acts.click_message(self._slack, user_of(request), place, target, choice)
        return {}

    async def submit(self, request: web.Request) -> Json:
        """A form is sent."""
        body = await body_of(request)
        return {"errors": await acts.submit(self._slack, user_of(request), text_in(body, "view"), state_in(body))}

    async def close(self, request: web.Request) -> Json:
        """A form is closed."""
        body = await body_of(request)
        await acts.close(self._slack, user_of(request), text_in(body, "view"), whole_stack=body.get("all") is True)
        return {}

    async def change(self, request: web.Request) -> Json:
        """Somebody leaves, comes back, moves or is renamed."""
        body = await body_of(request)
        changes: Json = {name: body[name] for name in CHANGEABLE if name in body}
        _refuse_bad_changes(changes)
        await self._playground.change(user_of(request), **changes)
        return {}


def _refuse_bad_changes(changes: Json) -> None:
    if not changes:
        raise ActRefused("invalid_arguments", "Nothing to change was named.")
    for name, value in changes.items():
        if not isinstance(value, bool if name == "deleted" else str):
            raise ActRefused("invalid_arguments", f"`{name}` has the wrong type.")
    if "tz" in changes:
        try:
            ZoneInfo(changes["tz"])
        except (KeyError, ValueError, OSError):
            raise ActRefused("invalid_arguments", "There is no such time zone.") from None
