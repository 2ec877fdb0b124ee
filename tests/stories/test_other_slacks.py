"""What another Slack may send or refuse: whatever it is, there is a kind answer, and nothing typed is lost."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.playground.wire import interactions
from bot.playground.wire.line import Kind
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk, Json, elements_of

SORRY = "Something went wrong on our side"


async def brings(stage: Stage, kind: Kind, payload: Json) -> None:
    """Let Slack bring `payload`, whatever stands in it, and take the acknowledgement."""
    await stage.playground.slack.deliveries.ask(kind, payload)
    await stage.settled()


def click(stage: Stage, desk: Desk, action_id: str, **instead: Any) -> Json:
    """A click on a button of the person's newest message, with some of what Slack sends put otherwise, or left out."""
    slack = stage.playground.slack
    message = list(slack.im_with(desk.id).seen_by(desk.id))[-1]
    found = ((block, one) for block, one in elements_of(message.body) if one["action_id"].startswith(action_id))
    block, element = next(found)
    action: Json = {name: element[name] for name in ("type", "action_id", "value") if name in element}
    action |= {"block_id": block["block_id"], "action_ts": "1497625200.000200"}
    person = slack.person(desk.id)
    assert person is not None
    payload = interactions.click_on_message(slack, person, message, slack.im_with(desk.id), action, {})
    return {name: value for name, value in (payload | instead).items() if value is not None}


# -- what is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "/checkin  YESTERDAY   45   Zoom ",
        "/checkin yesterday\u00a045\u00a0min\u00a0zoom",
        "/checkin “yesterday” 45’ zoom",
        "/checkin yesterday\u202f45\u2009zoom",
        "/checkin yesterday\t45 zoom\u200b",
    ],
)
async def test_odd_spaces_quotes_and_capitals_are_understood(maya: Desk, records: Lookup, line: str) -> None:
    await maya.types(line)

    (meeting,) = await records.meetings("tom-maya")
    assert (meeting.day.isoformat(), meeting.minutes, meeting.means.value) == ("2017-06-15", 45, "video")


@pytest.mark.parametrize("line", ["/goal SET\u00a0Learn maps", "/mentoring PAUSE\u00a0"])
async def test_words_after_a_command_may_stand_behind_an_odd_space(maya: Desk, line: str) -> None:
    await maya.types(line)

    assert maya.form is not None


async def test_a_goal_begun_in_the_command_stands_in_the_form_as_it_was_typed(maya: Desk) -> None:
    await maya.types("/goal set Talk R&D with @tom, <slowly>")

    assert maya.field("what")["element"]["initial_value"] == "Talk R&D with tom, <slowly>"


@pytest.mark.parametrize("command", ["/goal", "/mentoring"])
async def test_what_was_not_understood_is_shown_as_it_was_typed(maya: Desk, command: str) -> None:
    await maya.types(f"{command} R&D <now>")

    assert f"“{command} R&amp;D &lt;now&gt;”" in maya.reading


# -- clicks -----------------------------------------------------------------------------------------------------------


async def test_an_answer_without_an_address_for_it_comes_as_a_message(stage: Stage, maya: Desk) -> None:
    await maya.says("hello")

    await brings(stage, "interactive", click(stage, maya, "open_status", response_url=None))

    assert "*You and Tom*, every two weeks" in maya.reading


async def test_an_address_that_has_expired_silences_nothing(stage: Stage, maya: Desk) -> None:
    await maya.says("hello")
    url = f"{stage.playground.slack.address}/response/long-gone"

    await brings(stage, "interactive", click(stage, maya, "open_status", response_url=url))

    assert "*You and Tom*, every two weeks" in maya.reading


async def test_a_break_ends_from_a_click_that_can_be_answered_nowhere(stage: Stage, maya: Desk) -> None:
    await maya.types("/mentoring pause")
    await maya.submits(until="2017-06-20")

    await brings(stage, "interactive", click(stage, maya, "resume", response_url=None))

    assert "Welcome back" in maya.reading
    assert "Resume now" not in maya.buttons()


@pytest.mark.parametrize("reason", ["message_not_found", "edit_window_closed", "cant_update_message"])
async def test_a_message_that_cannot_be_changed_is_followed_by_another(stage: Stage, maya: Desk, reason: str) -> None:
    await maya.types("/checkin 45")
    stage.playground.fail("chat.update", how={"ok": False, "error": reason})

    await maya.clicks("undo_meeting")

    assert "Taken back" in maya.sees()


@pytest.mark.parametrize("message", [None, {"ts": "1.2", "type": "message"}, {"ts": "1.2", "blocks": []}])
async def test_a_click_that_comes_without_its_message_is_answered(
    stage: Stage, maya: Desk, records: Lookup, message: Json | None
) -> None:
    await maya.types("/checkin 45")

    await brings(stage, "interactive", click(stage, maya, "undo_meeting", message=message))

    assert "Taken back" in maya.sees()
    assert await records.meetings("tom-maya") == []


async def test_a_button_that_nobody_knows_any_more_is_answered_without_an_address(stage: Stage, maya: Desk) -> None:
    await maya.says("hello")
    old = {"type": "button", "action_id": "of_last_year", "block_id": "x", "value": "1", "action_ts": "1.2"}

    await brings(stage, "interactive", click(stage, maya, "open_status", response_url=None, actions=[old]))

    assert "This has moved on since the message was sent" in maya.reading


async def test_an_outsider_of_another_workspace_is_told_what_this_is(stage: Stage, maya: Desk) -> None:
    slack, person = stage.playground.slack, stage.playground.slack.person(maya.id)
    assert person is not None
    typed = interactions.slash_command(slack, person, slack.im_with(maya.id), "/checkin", "45")
    foreign = {"user_id": "U9OUTSIDE", "team_id": "T9ELSEWHERE", "channel_name": "directmessage"}

    await brings(stage, "slash_commands", typed | foreign)

    assert "You are not on the list of a program here." in maya.reading


async def test_a_command_in_a_channel_without_the_app_is_answered_there_and_kept_in_the_messages(
    stage: Stage, maya: Desk, records: Lookup
) -> None:
    slack, person = stage.playground.slack, stage.playground.slack.person(maya.id)
    assert person is not None
    typed = interactions.slash_command(slack, person, slack.im_with(maya.id), "/checkin", "45")

    await brings(stage, "slash_commands", typed | {"channel_id": "C0LOUNGE", "channel_name": "lounge"})

    assert len(await records.meetings("tom-maya")) == 1
    assert {call.args["channel"] for call in stage.calls("chat.postMessage")} <= {maya.id, "U0TOM"}
    assert "Logged: Friday, June 16" in maya.sees()


@pytest.mark.parametrize(
    "how", ["429", {"ok": False, "error": "expired_trigger_id"}, {"ok": False, "error": "ratelimited"}]
)
async def test_a_form_that_a_busy_slack_does_not_open_can_be_had_again(stage: Stage, maya: Desk, how: Any) -> None:
    stage.playground.fail("views.open", how=how)

    await maya.types("/checkin")

    assert "Slack was too busy to open this just now." in maya.sees()

    await maya.types("/checkin")

    assert maya.form is not None


async def test_a_slack_that_takes_no_word_at_all_leaves_a_line_in_the_log(
    stage: Stage, maya: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    stage.playground.fail("chat.postMessage", how="429", times=2)

    with capture_logs() as logs:
        await maya.says("hello")

    assert [entry["event"] for entry in logs if entry["log_level"] == "warning"] == ["slack_is_busy", "not_told"]
    assert "never retrieved" not in caplog.text

    await maya.says("hello")

    assert maya.sees()


# -- forms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["missing_scope", "channel_not_found"])
async def test_a_meeting_is_logged_where_the_message_cannot_be_read_again(
    stage: Stage, maya: Desk, records: Lookup, reason: str
) -> None:
    await maya.says("hello")
    await maya.clicks("log_meeting")
    stage.playground.fail("conversations.history", how={"ok": False, "error": reason})

    assert await maya.submits(minutes="45") == {}

    assert len(await records.meetings("tom-maya")) == 1
    assert "Logged: June 16" in maya.sees()


@pytest.mark.parametrize("values", [None, {}, {"minutes": None, "day": {"day": None}, "means": {"means": {}}}])
async def test_a_form_that_comes_without_its_values_is_refused_at_the_field(
    stage: Stage, maya: Desk, records: Lookup, values: Json | None
) -> None:
    await maya.types("/checkin")
    slack, person = stage.playground.slack, stage.playground.slack.person(maya.id)
    assert person is not None
    payload = interactions.view_submission(slack, person, person.modals[-1])
    payload["view"] = payload["view"] | {"state": {"values": values} if values is not None else None}

    reply = await slack.deliveries.ask("interactive", payload)
    await stage.settled()

    assert "Choose the day on which you met." in str(reply)
    assert await records.meetings("tom-maya") == []


# -- events -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "message", [{"channel_type": "app_home"}, {"subtype": "me_message"}, {"subtype": "thread_broadcast"}]
)
async def test_whatever_somebody_writes_here_gets_the_menu(stage: Stage, maya: Desk, message: Json) -> None:
    body = {"type": "message", "channel_type": "im", "user": maya.id, "text": "hello", "ts": "1497625200.000100"}
    body["channel"] = stage.playground.slack.im_with(maya.id).id
    event = interactions.event(stage.playground.slack, body | message)
    del event["event_id"]

    assert await stage.playground.slack.deliveries.tell(event)
    await stage.settled()

    assert "Hello Maya." in maya.reading
