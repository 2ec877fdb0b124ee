"""slack_sdk's own classes: what they build is let through, and they alone catch fewer wrong payloads than Slack."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as some
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models import blocks as sdk
from slack_sdk.models.views import View

from bot.playground.block_kit.checks import blocks_of_message, view_problems
from tests.playground.block_kit.built import everywhere, inputs, only_in_messages, tables, words
from tests.playground.block_kit.cases import Case, cases


@given(some.lists(everywhere | only_in_messages, max_size=4), some.lists(tables, max_size=1))
def test_a_message_built_with_the_models_is_let_through(blocks: list[Any], table: list[Any]) -> None:
    assert blocks_of_message([block.to_dict() for block in blocks + table]) == []


@given(words, some.lists(everywhere | inputs, min_size=1, max_size=4))
def test_a_form_built_with_the_models_is_let_through(title: str, blocks: list[Any]) -> None:
    view = View(type="modal", title=title, submit="Send", blocks=blocks, private_metadata=title)

    assert view_problems(view.to_dict()) == []


@given(some.lists(everywhere, min_size=1, max_size=4))
def test_a_home_tab_built_with_the_models_is_let_through(blocks: list[Any]) -> None:
    assert view_problems(View(type="home", blocks=blocks).to_dict()) == []


def test_the_models_alone_catch_fewer_wrong_payloads() -> None:
    bad = [case for case in cases("bad") if case.at]

    caught = [case for case in bad if _caught_by_models(case)]

    print(f"slack_sdk.models alone catches {len(caught)} of {len(bad)} wrong payloads; the playground all.")  # noqa: T201
    assert len(caught) < len(bad)


def _caught_by_models(case: Case) -> bool:
    """Whether building the payload with the models fails; what they do not know they leave out with a mere warning."""
    try:
        if case.surface == "message":
            return None in [block and block.to_dict() for block in sdk.Block.parse_all(case.payload.get("blocks"))]
        View(**case.payload).to_dict()
    except (SlackObjectFormationError, AttributeError, KeyError, TypeError, ValueError):
        return True
    return False
