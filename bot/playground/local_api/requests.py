"""Reading a request of the page's, and answering it in JSON, refusals too."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.playground.refusals import ActRefused
from bot.playground.workspace.state import Json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refusing(answer: Callable[[web.Request], Awaitable[Json]]) -> Handler:
    """A handler that answers in JSON, refusals too."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"ok": True, **await answer(request)}, headers={"Cache-Control": "no-store"})
        except ActRefused as refusal:
            answered = {"ok": False, "error": refusal.code, "message": refusal.sentence}
            return web.json_response(answered, status=refusal.status)

    return handle


async def body_of(request: web.Request) -> Json:
    """The JSON object that the request holds."""
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ActRefused("invalid_json", "The request holds no JSON object.")
    return body


def user_of(request: web.Request) -> str:
    """The person whom the address names."""
    return request.match_info["user"]


def text_in(body: Json, name: str) -> str:
    """A text that must be there."""
    if not isinstance(body.get(name), str):
        raise ActRefused("invalid_arguments", f"`{name}` is missing, or is no text.")
    text: str = body[name]
    return text


def maybe_text_in(body: Json, name: str) -> str | None:
    """A text, or None if there is none."""
    return None if body.get(name) is None else text_in(body, name)


def flag_in(body: Json, name: str) -> bool:
    """Yes or no; it must be there."""
    if not isinstance(body.get(name), bool):
        raise ActRefused("invalid_arguments", f"`{name}` is missing, or is neither true nor false.")
    flag: bool = body[name]
    return flag


def number_in(body: Json, name: str, otherwise: float, *, least: float = 0, most: float) -> float:
    """A number within its bounds; `otherwise` if it is not there."""
    value = body.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
        raise ActRefused("invalid_arguments", f"`{name}` is a number from {least:g} to {most:g}.")
    return value


def since_in(request: web.Request) -> int:
    """The number after which entries are wanted; all of them if it is none."""
    since = request.query.get("since", "0")
    return int(since) if since.isdigit() else 0


def state_in(body: Json) -> Json:
    """What the inputs of a view hold, in the shape of `state.values`."""
    state: Any = body.get("state") or {}
    if not isinstance(state, dict) or not all(_is_block_state(actions) for actions in state.values()):
        raise ActRefused("invalid_arguments", "`state` has the shape {block_id: {action_id: {…}}}.")
    return state


def _is_block_state(actions: Any) -> bool:
    return isinstance(actions, dict) and all(isinstance(value, dict) for value in actions.values())
