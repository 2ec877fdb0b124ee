"""The validator beyond its cases: whatever it is given, it answers; and what is well is not complained about."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.playground.block_kit.checks import (
    blocks_of_attachments,
    blocks_of_message,
    found_in_message,
    found_in_view,
    view_problems,
)
from tests.playground.block_kit.cases import Json, cases
from tests.playground.parrot import actions, button, home, modal, plain, section

JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=3),
    lambda inside: some.lists(inside, max_size=2) | some.dictionaries(some.sampled_from(["type", "text"]), inside),
    max_leaves=4,
)


@pytest.mark.parametrize("nonsense", ["text", 7, None, [], {}, {"type": 3}, {"type": ["section"]}])
def test_nonsense_is_found_rather_than_stumbled_over(nonsense: Any) -> None:
    assert blocks_of_message([nonsense])
    assert blocks_of_message([{"type": "section", "text": nonsense}])
    assert blocks_of_message([{"type": "actions", "elements": nonsense}])
    assert view_problems({"type": "modal", "title": nonsense, "blocks": [nonsense]})
    assert found_in_message({"blocks": nonsense}) or nonsense == []
    assert found_in_view(nonsense)


@given(some.sampled_from(cases("good")), JSON, some.randoms(use_true_random=False))
def test_whatever_is_put_into_a_payload_gets_an_answer(case: Any, thing: Any, chance: Any) -> None:
    payload = deepcopy(case.payload)
    _replace_something(payload, thing, chance)

    (found_in_message if case.surface == "message" else found_in_view)(payload)


def _replace_something(within: Any, thing: Any, chance: Any) -> None:
    """Put a thing in the place of some part, at any depth."""
    keys = list(within) if isinstance(within, dict) else list(range(len(within)))
    key = chance.choice(keys) if keys else None
    if key is None:
        return
    if isinstance(within[key], dict | list) and chance.random() < 0.8:
        _replace_something(within[key], thing, chance)
    else:
        within[key] = thing


def test_several_wrong_things_are_all_told() -> None:
    problems = blocks_of_message([section("a" * 3001), {"type": "hologram"}, {"type": "header"}])

    assert problems == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
        "[ERROR] unsupported type: hologram [json-pointer:/blocks/1/type]",
        "[ERROR] missing required field: text [json-pointer:/blocks/2]",
    ]


def test_what_stands_in_a_container_is_looked_at_as_well() -> None:
    twins: Json = {"type": "container", "title": plain("Twins"), "child_blocks": [actions(button("a"))] * 2}

    assert blocks_of_message([twins]) == [
        "[ERROR] block_id row occurs twice [json-pointer:/blocks/0/child_blocks/1/block_id]"
    ]


def test_each_attachment_has_its_own_pointer() -> None:
    attachments = [{"text": "Old"}, {"blocks": [section("")]}]

    assert blocks_of_attachments(attachments) == [
        "[ERROR] must be more than 0 characters [json-pointer:/attachments/1/blocks/0/text/text]"
    ]
    assert blocks_of_attachments([{"text": "Old"}, {"blocks": [section("New")]}]) == []


def test_what_is_no_attachment_is_pointed_at() -> None:
    assert blocks_of_attachments([{"text": "Old"}, "nonsense"]) == [
        "[ERROR] must provide an object [json-pointer:/attachments/1]"
    ]


def test_a_view_of_an_unknown_type_is_pointed_at() -> None:
    assert view_problems(modal() | {"type": "dialog"}) == ["[ERROR] unsupported type: dialog [json-pointer:/view/type]"]
    assert view_problems(modal()) == view_problems(home()) == []
