"""What is typed after a command, as Slack sends it, and as it was meant."""

import pytest

from bot.slack.blocks import as_typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ""),
        ("Hello all", "Hello all"),
        ("Q&amp;A at &lt;noon&gt;", "Q&A at <noon>"),
        ("Ask <@U0TOM|tom> or <#C1|general>", "Ask tom or general"),
        ("See <https://example.org/a?b=c&amp;d|example.org>", "See https://example.org/a?b=c&d"),
        ("See <https://example.org>", "See https://example.org"),
        ("<!channel> all", "all"),
    ],
)
def test_what_is_typed_is_freed_of_slacks_markup(typed: str, meant: str) -> None:
    assert as_typed(typed) == meant
