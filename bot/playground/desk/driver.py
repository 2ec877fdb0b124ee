"""Somebody at the playground, for tests: what a person does there, and what they see."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.block_kit import forms
from bot.playground.block_kit.checks import elements_of
from bot.playground.desk import clicks, commands, forms_sent, lookups, rooms, shortcuts, sights, writing
from bot.playground.desk.at_desk import At, Target, place
from bot.playground.refusals import ActRefused
from bot.playground.wire import interactions
from bot.playground.workspace.shapes import view_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person

PATIENCE = 3.0  # real seconds
Found = tuple[str | At, Json, Json]  # a view's id, or where the message is; the block; the element


class PersonDriver:
    """One person. Acts raise ActRefused when they cannot be done or the app does not answer."""

    def __init__(self, slack: Slack, person: Person):
        self._slack = slack
        self._person = person
        self._sent: tuple[OpenView, Json] | None = None

    @property
    def id(self) -> str:
        """The user id."""
        return self._person.id

    @property
    def messages(self) -> list[Json]:
        """The conversation with the app as this person sees it, oldest first."""
        return [sights.message_seen(message) for message in self._slack.im_with(self.id).seen_by(self.id)]

    @property
    def last_message(self) -> Json | None:
        """The newest message there."""
        return self.messages[-1] if self.messages else None

    @property
    def home(self) -> Json | None:
        """The home tab."""
        return view_object(self._person.home) if self._person.home else None

    @property
    def modals(self) -> list[Json]:
        """The open forms, the top one last."""
        return [view_object(view) for view in self._person.modals]

    @property
    def form(self) -> Json | None:
        """The form on top."""
        return self.modals[-1] if self.modals else None

    @property
    def unread(self) -> int:
        """How much has not been read."""
        return self._person.unread

    def conversation(self, channel: str) -> list[Json]:
        """A conversation by its id, as this person sees it, oldest first."""
        return [sights.message_seen(message) for message in place(self._slack, self._person, channel).seen_by(self.id)]

    def sees(self, in_: str = "") -> str:
        """All the words on this person's screen: the conversation with the app, or another; home; forms."""
        messages = self.conversation(in_) if in_ else self.messages
        return "\n".join(sights.words_of([messages, self.home, self.modals]))

    async def waits_to_see(self, words: str, within: float = PATIENCE) -> None:
        """Wait until these words are on the screen."""
        await self.waits_until(lambda: words in self.sees(), within)

    async def waits_for_form(self, within: float = PATIENCE) -> Json:
        """Wait until a form is open, and give the top one."""
        await self.waits_until(lambda: self._person.modals, within)
        return self.modals[-1]

    async def waits_until(self, happened: Callable[[], object], within: float = PATIENCE) -> None:
        """Wait until `happened()` is true."""
        await self._slack.bell.until(happened, within)

    async def types(self, line: str, in_: str = "") -> Json | None:
        """Type a slash command, to the app or in a conversation by its id. Give the message that was shown, if any."""
        shown = await commands.type_command(self._slack, self.id, line, in_)
        return sights.message_seen(shown) if shown else None

    async def says(self, text: str, in_: str = "", thread: str | None = None) -> Json:
        """Write, to the app or in a conversation by its id; with `thread` (a `ts`) as a reply."""
        return sights.message_seen(await writing.write(self._slack, self.id, text, in_, thread))

    async def reacts(self, name: str, message: Json, in_: str = "", *, off: bool = False) -> None:
        """Put a reaction on a message, or take it off."""
        await rooms.react(self._slack, self.id, (in_ or f"D{self.id}", message["ts"]), name, off=off)

    def joins(self, channel: str) -> None:
        """Join a channel."""
        rooms.join(self._slack, self.id, channel)

    def leaves(self, channel: str) -> None:
        """Leave a channel."""
        rooms.leave(self._slack, self.id, channel)

    async def uses_shortcut(self, callback_id: str, message: Json | None = None, in_: str = "") -> None:
        """Use a shortcut; one for messages on `message`, in the conversation with the app or another by its id."""
        at = (in_ or f"D{self.id}", message["ts"]) if message else None
        await shortcuts.use_shortcut(self._slack, self.id, callback_id, at)

    async def looks_up(self, what: str, typed: str, *, where: str = "", block_id: str = "") -> list[Json]:
        """Type into the menu with this action_id, and give the options that the app offers, out of their groups too."""
        at, target, _ = self._found(what, where, block_id, "")
        answer = await lookups.ask_options(self._slack, self.id, at, target, typed)
        grouped = [option for group in answer.get("option_groups", []) for option in group["options"]]
        return [*answer.get("options", []), *grouped]

    async def opens_home(self, within: float = PATIENCE) -> Json | None:
        """Open the home tab, wait until the app has published it anew, and give it."""
        before = self._person.home_published
        await writing.open_app(self._slack, self.id, "home")
        await self.waits_until(lambda: self._person.home_published > before, within)
        return self.home

    async def opens_messages(self) -> None:
        """Open the conversation with the app: everything is read."""
        await writing.open_app(self._slack, self.id, "messages")

    def opens(self, channel: str) -> None:
        """Open a conversation by its id: everything in it is read."""
        writing.open_conversation(self._slack, self.id, channel)

    async def clicks(self, what: str, choice: Any = None, *, where: str = "", block_id: str = "", ts: str = "") -> None:
        """Click what has this action_id, or these words on it; `choice` is what is chosen in a menu.

        It is looked for in the form on top; if none is open in the messages, newest first, of the conversation with the
        app and then of the others; and then on the home tab. `where` (`form`, `messages`, `home`), `block_id` and `ts`
        narrow it down.
        """
        at, target, element = self._found(what, where, block_id, ts)
        if isinstance(at, str):
            await clicks.click_view(self._slack, self.id, at, target, _chosen(element, choice), {})
        else:
            await clicks.click_message(self._slack, self.id, at, target, _chosen(element, choice))

    async def fills(self, **values: Any) -> None:
        """Put values into the form on top, by block_id or action_id, without sending it."""
        view = self._top()
        view.values = forms.held(view.blocks, _filled(view, values), view.values)

    async def submits(self, values: Mapping[str, Any] | None = None, /, **more: Any) -> dict[str, str]:
        """Fill and send the form on top. Give the errors by block_id; none if it was taken.

        Values go by block_id or action_id: a text, an option's value or its words, a list of them, a date, a user id,
        or None to clear. What is not named keeps what it holds.
        """
        view = self._top()
        state = _filled(view, {**(values or {}), **more})
        errors = await forms_sent.submit(self._slack, self.id, view.id, state)
        self._sent = (view, interactions.view_submission(self._slack, self._person, view))
        return errors

    async def submits_again(self) -> dict[str, str]:
        """Send the last form once more, as a double click does: the same view, whatever became of it."""
        if self._sent is None:
            raise ActRefused("view_not_found", "No form has been sent yet.", 404)
        view, payload = self._sent
        fresh = {**payload, "trigger_id": self._slack.triggers.issue(self.id)}
        return await forms_sent.send_form(self._slack, self._person, view, fresh)

    async def closes(self, *, whole_stack: bool = False) -> None:
        """Close the form on top, or all of them."""
        await forms_sent.close(self._slack, self.id, self._top().id, whole_stack=whole_stack)

    def reads(self) -> None:
        """Read everything."""
        writing.read(self._slack, self.id)

    def _top(self) -> OpenView:
        if not self._person.modals:
            raise ActRefused("view_not_found", "No form is open.", 404)
        return self._person.modals[-1]

    def _found(self, what: str, where: str, block_id: str, ts: str) -> tuple[str | At, Target, Json]:
        """The view's id, or where the message is; block and action; and the element itself."""
        found = self._looked_for(what, where, block_id, ts)
        if found is None:
            raise ActRefused("no_such_element", f"Nothing there is called {what!r}.", 404)
        at, block, element = found
        return at, (block["block_id"], element["action_id"]), element

    def _looked_for(self, what: str, where: str, block_id: str, ts: str) -> Found | None:
        if where == "form" or (self._person.modals and not where):
            return _in_view(self._top(), what, block_id)
        in_message = None if where == "home" else self._in_messages(what, block_id, ts)
        home = self._person.home if where == "home" or not (where or ts) else None
        return in_message or (_in_view(home, what, block_id) if home else None)

    def _in_messages(self, what: str, block_id: str, ts: str) -> Found | None:
        for channel in self._slack.conversations_of(self.id):
            for message in reversed(list(channel.seen_by(self.id))):
                found = _find(message.blocks, what, block_id)
                if found is not None and ts in ("", message.ts):
                    return (channel.id, message.ts), *found
        return None


def _in_view(view: OpenView, what: str, block_id: str) -> Found | None:
    found = _find(view.blocks, what, block_id)
    return (view.id, *found) if found is not None else None


def _find(blocks: list[Json], what: str, block_id: str) -> tuple[Json, Json] | None:
    for block in blocks:
        for element in elements_of(block):
            if what in (element["action_id"], _words_on(element)) and block_id in ("", block["block_id"]):
                return block, element
    return None


def _words_on(element: Json) -> str:
    text = element.get("text")
    return str(text["text"]) if isinstance(text, dict) else ""


def _chosen(element: Json, choice: Any) -> Json:
    if choice is None and element["type"] not in forms.VALUE_OF:
        return {}
    if element["type"] == "overflow":
        return {"selected_option": forms.option_called(element, choice)}
    return forms.state_for(element, choice)


def _filled(view: OpenView, values: Mapping[str, Any]) -> Json:
    state: Json = {}
    for name, value in values.items():
        block, element = _input_called(view, name)
        state.setdefault(block["block_id"], {})[element["action_id"]] = forms.state_for(element, value)
    return state


def _input_called(view: OpenView, name: str) -> tuple[Json, Json]:
    for block, element in forms.inputs_of(view.blocks):
        if name in (block["block_id"], element["action_id"]):
            return block, element
    raise ActRefused("no_such_element", f"The form has no input called {name!r}.", 404)
