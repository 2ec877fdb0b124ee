"""A playground can be put down and taken up again, be it earlier, and it can begin anew."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Member, Playground, Room
from bot.playground.wire.messages import say_as_app
from bot.playground.workspace.saved import NotSaved, tokens_in
from tests.playground.conftest import refusal
from tests.playground.parrot import home, modal

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Echo"},
    "features": {"bot_user": {"display_name": "Echo"}, "app_home": {"messages_tab_enabled": True}},
    "oauth_config": {"scopes": {"bot": ["chat:write"]}},
}
MONDAY = datetime(2017, 6, 5, 14, tzinfo=UTC)
PEOPLE = [Member("U1", "maya", "Maya Okafor"), Member("U2", "tom", "Tom Lindqvist", tz="Asia/Kathmandu", is_admin=True)]
ROOMS = [Room("C1", "general", ("U1", "U2"), topic="All of us", with_app=True)]


def playground(now: datetime, people: list[Member] = PEOPLE) -> Playground:
    return Playground(MANIFEST, people, rooms=ROOMS, now=now)


def with_a_message() -> Playground:
    slack = playground(MONDAY)
    say_as_app(slack.slack, slack.slack.im_with("U1"), {"text": "Hello, Maya"})
    return slack


def on_paper(slack: Playground) -> Json:
    kept: Json = json.loads(json.dumps(slack.save()))
    return kept


def test_what_was_said_and_what_time_it_was_are_there_again() -> None:
    kept = on_paper(with_a_message())

    again = playground(MONDAY - timedelta(days=4))
    again.restore(kept)

    assert again.clock.now() == MONDAY
    assert again.person("U1").sees() == with_a_message().person("U1").sees()
    assert again.person("U1").unread == 1


async def test_all_that_there_is_comes_back(playground: Playground, client: AsyncWebClient) -> None:
    slack = playground.slack
    await client.chat_postMessage(
        channel="U0MAYA", text="Hello", metadata={"event_type": "x", "event_payload": {"n": 1}}
    )
    await client.chat_postEphemeral(channel="DU0MAYA", user="U0MAYA", text="Psst")
    await client.views_publish(user_id="U0MAYA", view=home())
    await client.views_open(trigger_id=slack.triggers.issue("U0MAYA"), view=modal(external_id="mine"))
    await client.views_push(trigger_id=slack.triggers.issue("U0MAYA"), view=modal())
    await playground.change("U0TOM", title="on leave", dnd="22:00-07:00")
    playground.scopes.discard("im:write")
    kept = on_paper(playground)

    async with Playground({}, []) as again:
        again.restore(kept)

        assert on_paper(again) | {"tokens": {}} == kept | {"tokens": {}}
        assert again.person("U0MAYA").messages == playground.person("U0MAYA").messages
        assert again.person("U0MAYA").home == playground.person("U0MAYA").home
        assert again.person("U0MAYA").modals == playground.person("U0MAYA").modals
        assert again.slack.views.keys() == slack.views.keys()


async def test_what_is_to_be_said_later_and_files_come_back_too() -> None:
    scopes = {"scopes": {"bot": ["chat:write", "files:write", "files:read"]}}
    later = MONDAY + timedelta(hours=1)
    async with Playground({**MANIFEST, "oauth_config": scopes}, PEOPLE, rooms=ROOMS, now=MONDAY) as first:
        client = AsyncWebClient(first.bot_token, first.api_url)
        await client.chat_scheduleMessage(channel="C1", text="Later", post_at=int(later.timestamp()))
        uploaded = await client.files_upload_v2(content="one\n", filename="words.txt", channel="C1")
        kept = on_paper(first)

    again = playground(MONDAY)
    again.restore(kept)
    await again.move_clock(later)

    assert again.slack.files.all[uploaded["file"]["id"]].content == b"one\n"
    assert [message["text"] for message in said_in(again, "C1")] == ["", "Later"]


def said_in(slack: Playground, channel: str) -> list[Json]:
    return [message.body for message in slack.slack.workspace.channels[channel].messages.values()]


async def test_a_view_that_was_taken_up_can_be_updated_by_its_id_and_by_the_apps_own_name(
    playground: Playground, client: AsyncWebClient
) -> None:
    opened = await client.views_open(
        trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal(external_id="mine")
    )
    kept = on_paper(playground)
    await playground.reset()
    assert (await refusal(client.views_update(view_id=opened["view"]["id"], view=modal())))["error"] == "not_found"

    playground.restore(kept)

    assert (await client.views_update(external_id="mine", view=modal(external_id="mine")))["ok"]
    assert (await client.views_update(view_id=opened["view"]["id"], view=modal()))["ok"]


def test_a_state_of_earlier_days_takes_the_clock_back() -> None:
    slack = playground(MONDAY)
    monday = on_paper(slack)
    slack.clock.set(MONDAY + timedelta(days=9))
    say_as_app(slack.slack, slack.slack.im_with("U1"), {"text": "A week on"})

    slack.restore(monday)

    assert slack.clock.now() == MONDAY
    assert slack.person("U1").messages == []
    assert say_as_app(slack.slack, slack.slack.im_with("U1"), {"text": "Monday"}).at == MONDAY


def test_no_message_gets_the_ts_of_an_earlier_one() -> None:
    first = with_a_message()
    kept = first.save()

    again = playground(MONDAY)
    again.restore(kept)
    said = say_as_app(again.slack, again.slack.im_with("U1"), {"text": "Once more"})

    assert said.ts not in {message["ts"] for message in first.person("U1").messages}


def test_saving_changes_nothing() -> None:
    slack = with_a_message()

    assert slack.save() == slack.save()


def test_whoever_acts_for_somebody_goes_on_acting_for_them() -> None:
    slack = playground(MONDAY)
    maya = slack.person("U1")

    slack.restore(on_paper(with_a_message()))

    assert (maya.unread, len(maya.messages)) == (1, 1)


def test_whoever_was_not_here_then_stays_if_the_playground_was_laid_out_with_them() -> None:
    kept = on_paper(with_a_message())
    newcomer = Member("U3", "lena", "Lena Brandt")

    again = playground(MONDAY, [*PEOPLE, newcomer])
    again.restore(kept)

    assert list(again.slack.workspace.people) == ["U1", "U2", "U3"]


async def test_whoever_joined_later_is_not_there_yet() -> None:
    slack = playground(MONDAY)
    kept = on_paper(slack)
    await slack.join(Member("U3", "lena", "Lena Brandt"))

    slack.restore(kept)

    assert list(slack.slack.workspace.people) == ["U1", "U2"]


def test_the_app_keeps_its_tokens_and_a_new_playground_may_take_them_over() -> None:
    first = playground(MONDAY)
    kept = on_paper(first)

    other = playground(MONDAY)
    before = other.bot_token
    other.restore(kept)
    heir = Playground(MANIFEST, PEOPLE, tokens=tokens_in(kept))

    assert other.bot_token == before
    assert (heir.bot_token, heir.app_token, heir.signing_secret) == (
        first.bot_token,
        first.app_token,
        first.signing_secret,
    )


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"version": 1},
        {"now": "2017-06-05T14:00:00+00:00", "stamp": "1.0", "people": {}, "channels": []},  # as it was before versions
        {"version": 2},
        {"version": 2, "now": "noon"},
    ],
)
def test_what_another_release_kept_is_refused_and_changes_nothing(kept: Json) -> None:
    slack = with_a_message()
    before = slack.save()

    with pytest.raises(NotSaved):
        slack.restore(kept)

    assert slack.save() == before


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("people", 3),
        ("people", [{"member": {"id": ["U0MAYA"], "name": "maya", "real_name": "Maya"}}]),
        ("channels", [{}]),
        ("now", "noon"),
        ("now", "2017-06-01T14:00:00"),  # of no zone
        ("stamp", "noon"),
        ("numbered", "many"),
        ("parts", {}),
    ],
)
def test_a_state_that_is_torn_is_refused_and_changes_nothing(name: str, wrong: Any) -> None:
    slack = with_a_message()
    before = slack.save()

    with pytest.raises(NotSaved, match="no saved playground"):
        slack.restore(before | {name: wrong})

    assert slack.save() == before


async def test_a_reset_is_as_at_the_start(playground: Playground, client: AsyncWebClient) -> None:
    before = on_paper(playground)
    await client.chat_postMessage(channel="U0MAYA", text="Hello")
    await playground.join(Member("U0NEW", "new", "Newcomer"))
    await playground.change("U0TOM", deleted=True)
    await playground.move_clock(playground.clock.now() + timedelta(days=3))
    playground.fail("*", how="500", times=None)
    await playground.uninstall()

    await playground.reset()

    assert on_paper(playground) | {"numbered": 0} == before | {"numbered": 0}
    assert (playground.faults, list(playground.calls)) == ([], [])
    assert (await client.auth_test())["ok"]
