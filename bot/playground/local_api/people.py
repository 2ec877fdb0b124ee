"""What the page lets a person do, and what it shows of their screen."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.desk import clicks, commands, forms_sent, lookups, rooms, shortcuts, sights, writing
from bot.playground.desk.at_desk import At, Target, known
from bot.playground.local_api import accounts
from bot.playground.local_api.requests import body_of, maybe_text_in, refusing, state_in, text_in, user_of
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
ACTS = ("command", "message", "open", "click", "submit", "close", "options", "shortcut", "react", "join", "leave")


class PeopleRoutes:
    """Everything under /playground/people/."""

    def __init__(self, playground: "Playground"):
        self._playground = playground
        self._slack = playground.slack

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add every route."""
        router.add_post("/playground/people", refusing(self.arrive))
        router.add_get("/playground/people/{user}", refusing(self.person))
        for verb in (*ACTS, "change"):
            router.add_post(f"/playground/people/{{user}}/{verb}", refusing(getattr(self, verb)))

    async def person(self, request: web.Request) -> Json:
        """One person's screen. With `read` a conversation, or with 1 everything, counts as read."""
        person, opened = known(self._slack, user_of(request)), request.query.get("read")
        if opened:
            writing.read(self._slack, person.id, None if opened == "1" else opened)
        return {"revision": self._slack.bell.revision, **sights.screen(self._slack, person)}

    async def command(self, request: web.Request) -> Json:
        """A typed command."""
        body = await body_of(request)
        where = maybe_text_in(body, "channel") or ""
        shown = await commands.type_command(self._slack, user_of(request), text_in(body, "text"), where)
        return {"shown": sights.message_seen(shown) if shown else None}

    async def message(self, request: web.Request) -> Json:
        """A message, to the app if no other conversation is named."""
        body = await body_of(request)
        where, thread = maybe_text_in(body, "channel") or "", maybe_text_in(body, "thread_ts")
        message = await writing.write(self._slack, user_of(request), text_in(body, "text"), where, thread)
        return {"ts": message.ts}

    async def open(self, request: web.Request) -> Json:
        """The app is opened, or a conversation."""
        body = await body_of(request)
        if "channel" in body:
            writing.open_conversation(self._slack, user_of(request), text_in(body, "channel"))
        else:
            await writing.open_app(self._slack, user_of(request), text_in(body, "tab"))
        return {}

    async def click(self, request: web.Request) -> Json:
        """A button or a menu is used."""
        body, user = await body_of(request), user_of(request)
        choice = {name: body[name] for name in CHOICES if name in body}
        where, target = _place_in(body), _target_in(body)
        if isinstance(where, str):
            await clicks.click_view(self._slack, user, where, target, choice, state_in(body))
        else:
            await clicks.click_message(self._slack, user, where, target, choice)
        return {}

    async def options(self, request: web.Request) -> Json:
        """Something is looked up in a menu whose options come from the app."""
        body = await body_of(request)
        typed = text_in(body, "value")
        return await lookups.ask_options(self._slack, user_of(request), _place_in(body), _target_in(body), typed)

    async def shortcut(self, request: web.Request) -> Json:
        """A shortcut is used, maybe on a message."""
        body = await body_of(request)
        at = _at_in(body) if "ts" in body else None
        await shortcuts.use_shortcut(self._slack, user_of(request), text_in(body, "callback_id"), at)
        return {}

    async def submit(self, request: web.Request) -> Json:
        """A form is sent."""
        body = await body_of(request)
        errors = await forms_sent.submit(self._slack, user_of(request), text_in(body, "view"), state_in(body))
        return {"errors": errors}

    async def close(self, request: web.Request) -> Json:
        """A form is closed."""
        body = await body_of(request)
        whole_stack = body.get("all") is True
        await forms_sent.close(self._slack, user_of(request), text_in(body, "view"), whole_stack=whole_stack)
        return {}

    async def react(self, request: web.Request) -> Json:
        """A reaction is put on a message, or taken off."""
        body = await body_of(request)
        name, off = text_in(body, "name"), body.get("remove") is True
        await rooms.react(self._slack, user_of(request), _at_in(body), name, off=off)
        return {}

    async def join(self, request: web.Request) -> Json:
        """Somebody joins a channel."""
        rooms.join(self._slack, user_of(request), text_in(await body_of(request), "channel"))
        return {}

    async def leave(self, request: web.Request) -> Json:
        """Somebody leaves a channel."""
        rooms.leave(self._slack, user_of(request), text_in(await body_of(request), "channel"))
        return {}

    async def change(self, request: web.Request) -> Json:
        """Somebody's account changes: they leave, come back, move, are renamed."""
        changes = accounts.changes_in(await body_of(request))
        await self._playground.change(user_of(request), **changes)
        return {}

    async def arrive(self, request: web.Request) -> Json:
        """Somebody new joins the workspace."""
        member = accounts.member_in(await body_of(request), self._slack)
        await self._playground.join(member)
        return {"person": sights.person_seen(self._slack, known(self._slack, member.id))}


def _place_in(body: Json) -> str | At:
    """A view's id, or where a message is."""
    return text_in(body, "view") if "view" in body else _at_in(body)


def _at_in(body: Json) -> At:
    return text_in(body, "channel"), text_in(body, "ts")


def _target_in(body: Json) -> Target:
    return text_in(body, "block_id"), text_in(body, "action_id")
