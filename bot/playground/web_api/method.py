"""What a Web API method is: an answer, the scopes of which it needs one, and the kind of token (`any`: bot or app)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.playground.web_api.arguments import Arguments
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `answer` gives what stands beside `ok: true`, at once and as a whole, or raises MethodRefused."""

    answer: Callable[[Slack, Arguments], Json]
    scopes: tuple[str, ...] = ()
    token: Literal["bot", "app", "any", "none"] = "bot"
