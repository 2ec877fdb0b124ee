"""A playground can be put down and taken up again."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.playground import Member, Playground
from bot.playground.wire.messages import say_as_app

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Echo"},
    "features": {"bot_user": {"display_name": "Echo"}, "app_home": {"messages_tab_enabled": True}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}
MONDAY = datetime(2017, 6, 5, 14, tzinfo=UTC)


def playground(now: datetime) -> Playground:
    return Playground(MANIFEST, [Member("U1", "maya", "Maya Okafor"), Member("U2", "tom", "Tom Lindqvist")], now=now)


def with_a_message() -> Playground:
    slack = playground(MONDAY)
    say_as_app(slack.slack, slack.slack.im_with("U1"), {"text": "Hello, Maya"})
    return slack


def test_what_was_said_and_what_time_it_was_are_there_again() -> None:
    saved = json.loads(json.dumps(with_a_message().save()))

    again = playground(MONDAY - timedelta(days=4))
    again.restore(saved)

    assert again.clock.now() == MONDAY
    assert again.person("U1").sees() == with_a_message().person("U1").sees()
    assert again.person("U1").unread == 1


def test_no_message_gets_the_ts_of_an_earlier_one() -> None:
    first = with_a_message()
    saved = first.save()

    again = playground(MONDAY)
    again.restore(saved)
    said = say_as_app(again.slack, again.slack.im_with("U1"), {"text": "Once more"})

    assert said.ts not in {message["ts"] for message in first.person("U1").messages}


def test_a_clock_that_stands_later_is_not_put_back() -> None:
    saved = with_a_message().save()

    with pytest.raises(ValueError, match="does not run back"):
        playground(MONDAY + timedelta(days=1)).restore(saved)
