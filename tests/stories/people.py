"""People at their desks: what the playground's driver can do, each act done when the bot has done all it set off."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from bot.playground import PersonDriver
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Person

Json = dict[str, Any]
Settled = Callable[[], Awaitable[None]]


class Desk(PersonDriver):
    """One person. What is clicked or filled in may be named without the id that follows a colon or a hyphen."""

    def __init__(self, slack: Slack, person: Person, settled: Settled) -> None:
        super().__init__(slack, person)
        self._settled = settled

    async def types(self, line: str, in_: str = "") -> Json | None:
        """Type a slash command."""
        shown = await super().types(line, in_)
        await self._settled()
        return shown

    async def says(self, text: str, in_: str = "", thread: str | None = None) -> Json:
        """Write to the app."""
        said = await super().says(text, in_, thread)
        await self._settled()
        return said

    async def opens_messages(self) -> None:
        """Open the conversation with the app."""
        await super().opens_messages()
        await self._settled()

    async def clicks(self, what: str, choice: Any = None, *, where: str = "", block_id: str = "", ts: str = "") -> None:
        """Click what has this action id, or these words on it."""
        await super().clicks(self._whole_name(what), choice, where=where, block_id=block_id, ts=ts)
        await self._settled()

    async def submits(self, values: Mapping[str, Any] | None = None, /, **more: Any) -> dict[str, str]:
        """Fill and send the form on top; return the errors, by field."""
        named = {self._whole_field(name): value for name, value in {**(values or {}), **more}.items()}
        errors = await super().submits(named)
        await self._settled()
        return errors

    async def submits_again(self) -> dict[str, str]:
        """Send the last form once more, as a double click does."""
        errors = await super().submits_again()
        await self._settled()
        return errors

    async def closes(self, *, whole_stack: bool = False) -> None:
        """Close the form on top, or all of them."""
        await super().closes(whole_stack=whole_stack)
        await self._settled()

    @property
    def reading(self) -> str:
        """The newest message as a screen reader reads it."""
        return str(self.messages[-1]["text"]) if self.messages else ""

    def buttons(self, message: Json | None = None) -> list[str]:
        """What can be clicked in a message, or in the newest one, but for the row under each note: labels, or
        placeholders.
        """
        shown = message or self.messages[-1]
        return [_label(element) for block, element in elements_of(shown) if block.get("block_id") != "footer"]

    def field(self, name: str) -> Json:
        """An input block of the form on top."""
        form = self.form
        assert form is not None, f"{self.id} sees no form"
        return next(block for block in form["blocks"] if block["block_id"] == self._whole_field(name))

    def fields(self) -> list[str]:
        """The labels of the form's fields."""
        return [block["label"]["text"] for block in (self.form or {}).get("blocks", []) if block["type"] == "input"]

    def _whole_name(self, what: str) -> str:
        surfaces = [*reversed(self.modals), *reversed(self.messages), *([self.home] if self.home else [])]
        actions = (element["action_id"] for surface in surfaces for _, element in elements_of(surface))
        return next((action for action in actions if action.startswith(f"{what}:")), what)

    def _whole_field(self, name: str) -> str:
        blocks = (self.form or {}).get("blocks", [])
        return next((block["block_id"] for block in blocks if block["block_id"].startswith(f"{name}-")), name)


def elements_of(surface: Json) -> Iterator[tuple[Json, Json]]:
    """Yield each element that can be clicked or filled, with its block."""
    for block in surface.get("blocks") or []:
        for element in (*block.get("elements", []), block.get("element"), block.get("accessory")):
            if element and "action_id" in element:
                yield block, element


def _label(element: Json) -> str:
    label = element.get("text") or element.get("placeholder") or {}
    return str(label.get("text", ""))
