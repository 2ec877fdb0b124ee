"""A conversation that grows stays as quick: a ratio within one run. How quick, `make bench` tells."""

import time

from bot.playground import Playground


async def test_a_full_conversation_is_no_slower_to_write_to(playground: Playground) -> None:
    def took(messages: int) -> float:
        began = time.perf_counter()
        for _ in range(messages):
            playground.web_api.answer("chat.postMessage", playground.bot_token, {"channel": "U0MAYA", "text": "x"})
        return (time.perf_counter() - began) / messages

    early = min(took(100) for _ in range(3))
    took(5000)
    late = min(took(100) for _ in range(3))

    assert late < 10 * early
