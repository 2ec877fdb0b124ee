"""What Slack brings more than once, and what comes late, counts once; what has not been answered is answered."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import Any

import pytest

from bot.domain.program import Role
from bot.playground.wire import interactions
from bot.playground.wire.line import Kind, Retry
from bot.playground.workspace.journal import Delivery
from bot.settings import Settings
from bot.wiring import open_tandem, serve
from tests.stories.conftest import Lookup, Stage
from tests.stories.people import Desk, Json
from tests.stories.test_hello import MENU
from tests.stories.test_other_slacks import brings, click

Act = Callable[[Stage], Awaitable[object]]
MEETING = {"day": date(2017, 6, 12), "minutes": 45, "means": "Phone"}


def deliveries(stage: Stage) -> list[Delivery]:
    """What Slack has brought so far, other than what somebody opens."""
    entries = stage.playground.slack.journal.entries
    return [one for one in entries if isinstance(one, Delivery) and one.name != "event app_home_opened"]


def said_since(stage: Stage, n: int) -> list[str]:
    """What the bot has called, or sent to a response URL, after the entry `n` of the journal."""
    later = stage.playground.slack.journal.after(n)
    return [entry.method for entry in later if not isinstance(entry, Delivery)]


async def bring_again(stage: Stage, delivery: Delivery, times: int = 1) -> list[Json | None]:
    """Let Slack bring the very same once more; return the acknowledgements."""
    kind: Any = delivery.kind
    replies = [await stage.playground.slack.deliveries.ask(kind, delivery.payload) for _ in range(times)]
    await stage.settled()
    return replies


# -- acts of each kind ------------------------------------------------------------------------------------------------


async def logs_in_a_few_words(stage: Stage) -> None:
    await stage.desk("U0MAYA").types("/checkin yesterday 45 zoom")


async def logs_with_the_form(stage: Stage) -> None:
    await stage.desk("U0MAYA").types("/checkin")
    await stage.desk("U0MAYA").submits(MEETING)


async def undoes(stage: Stage) -> None:
    await logs_in_a_few_words(stage)
    await stage.desk("U0MAYA").clicks("Undo")


async def sets_a_goal(stage: Stage) -> None:
    await stage.desk("U0MAYA").types("/goal set")
    await stage.desk("U0MAYA").submits(what="Learn to catalog maps")


async def marks_a_goal(stage: Stage) -> None:
    await sets_a_goal(stage)
    await stage.desk("U0MAYA").closes()
    await stage.desk("U0MAYA").types("/goal done 1")


async def announces(stage: Stage) -> None:
    ada = stage.desk("U0ADA")
    await ada.types("/announce")
    await ada.submits(text="The training moves.", audience=["mentor"])
    await ada.clicks("announce_send")


async def stops_the_announcement(stage: Stage) -> None:
    await announces(stage)
    await stage.desk("U0ADA").closes()
    await stage.desk("U0ADA").clicks("Stop")


async def chooses_settings(stage: Stage) -> None:
    await stage.desk("U0MAYA").types("/mentoring settings")
    await stage.desk("U0MAYA").submits(kinds=["first_move", "pause"])


async def pauses_in_a_few_words(stage: Stage) -> None:
    await stage.desk("U0MAYA").types("/mentoring pause until 15 October")


async def pauses_with_the_form(stage: Stage) -> None:
    await stage.desk("U0MAYA").types("/mentoring pause")
    await stage.desk("U0MAYA").submits(until=date(2017, 6, 30))


async def resumes(stage: Stage) -> None:
    await pauses_in_a_few_words(stage)
    await stage.desk("U0MAYA").clicks("Resume now")


async def writes(stage: Stage) -> None:
    await stage.desk("U0MAYA").says("hello")


ACTS: list[Act] = [
    logs_in_a_few_words,
    logs_with_the_form,
    undoes,
    sets_a_goal,
    marks_a_goal,
    announces,
    stops_the_announcement,
    chooses_settings,
    pauses_in_a_few_words,
    pauses_with_the_form,
    resumes,
    writes,
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
async def test_what_slack_brings_three_times_counts_once_and_is_acknowledged_alike(stage: Stage, act: Act) -> None:
    await act(stage)
    last = deliveries(stage)[-1]
    kept = await everything_kept(stage)
    n = stage.playground.slack.journal.entries[-1].n

    replies = await bring_again(stage, last, times=2)

    assert replies == [last.reply, last.reply]
    assert said_since(stage, n) == []
    assert await everything_kept(stage) == kept


async def test_all_of_a_busy_day_brought_three_times_in_any_order_counts_once(stage: Stage) -> None:
    for act in (writes, sets_a_goal, announces, logs_in_a_few_words, pauses_in_a_few_words):
        await act(stage)
        for user in ("U0MAYA", "U0ADA"):
            while stage.desk(user).form:
                await stage.desk(user).closes()
    kept, opened = await everything_kept(stage), len(stage.calls("views.open"))
    shown = [stage.desk(user).messages for user in ("U0MAYA", "U0TOM", "U0ADA")]

    again = deliveries(stage) * 2
    Random(4).shuffle(again)
    for delivery in again:
        assert await bring_again(stage, delivery) == [delivery.reply]

    assert await everything_kept(stage) == kept
    assert [stage.desk(user).messages for user in ("U0MAYA", "U0TOM", "U0ADA")] == shown
    assert len(stage.calls("views.open")) == opened


async def everything_kept(stage: Stage) -> object:
    """What people have done, as it is on record."""
    records = stage.records
    async with stage.tandem.store.begin() as kept:
        announcements = await kept.announcements_under_way()
        progress = [await kept.progress(one.id) for one in announcements]
    return (
        await records.meetings("tom-maya"),
        await records.goals("tom-maya"),
        await records.person("maya"),
        [(one.token, one.done) for one in announcements],
        progress,
    )


# -- events -----------------------------------------------------------------------------------------------------------


def message_event(stage: Stage, desk: Desk) -> Json:
    channel = stage.playground.slack.im_with(desk.id).id
    body = {"type": "message", "channel_type": "im", "channel": channel, "user": desk.id, "text": "hello"}
    return interactions.event(stage.playground.slack, body | {"ts": "1497625200.000100"})


async def test_an_event_of_which_only_a_further_try_arrives_is_answered(stage: Stage, maya: Desk) -> None:
    outcome = await stage.playground.sockets.carry("events_api", message_event(stage, maya), 15, Retry(1, "timeout"))
    await stage.settled()

    assert outcome.reply == {}
    assert [message["text"][: len(MENU)] for message in maya.messages] == [MENU]


async def test_a_message_whose_event_has_no_id_is_told_by_its_place_and_moment(stage: Stage, maya: Desk) -> None:
    event = {name: value for name, value in message_event(stage, maya).items() if name != "event_id"}
    later = event | {"event": event["event"] | {"ts": "1497625260.000100"}}

    for one in (event, event, later, event):
        await brings(stage, "events_api", one)

    assert len(maya.messages) == 2


# -- forms that stay open ---------------------------------------------------------------------------------------------


async def test_a_form_that_was_refused_is_refused_again_when_it_is_brought_again_and_then_taken(
    maya: Desk, stage: Stage, records: Lookup
) -> None:
    await maya.types("/checkin")
    assert list(await maya.submits({**MEETING, "minutes": 0})) == ["minutes"]
    refused = deliveries(stage)[-1]

    assert await bring_again(stage, refused) == [refused.reply]
    assert (refused.reply or {})["response_action"] == "errors"

    assert await maya.submits(minutes=45) == {}
    assert len(await records.meetings("tom-maya")) == 1
    assert maya.form is None


async def test_a_page_that_takes_a_forms_place_comes_again_when_the_form_is_brought_again(
    ada: Desk, stage: Stage
) -> None:
    await ada.types("/announce")
    await ada.submits(text="The training moves.", audience=["mentor"])
    sent = deliveries(stage)[-1]

    (reply,) = await bring_again(stage, sent)

    assert (reply or {})["view"]["callback_id"] == "announce_preview"
    assert reply == sent.reply


# -- at the same moment -----------------------------------------------------------------------------------------------


@contextmanager
def counted_sends(stage: Stage) -> Iterator[list[str]]:
    """Collect what is written into conversations within the block."""
    before = len(stage.calls("chat.postMessage"))
    sent: list[str] = []
    yield sent
    sent += [call.args["text"] for call in stage.calls("chat.postMessage")[before:]]


async def both(stage: Stage, kind: Kind, payload: Json) -> None:
    """Bring the same twice at the same moment."""
    ask = stage.playground.slack.deliveries.ask
    await asyncio.gather(ask(kind, payload), ask(kind, payload))
    await stage.settled()


async def test_the_same_click_twice_at_once_has_one_effect(stage: Stage, maya: Desk, records: Lookup) -> None:
    await maya.types("/checkin yesterday 45 zoom")
    n = stage.playground.slack.journal.entries[-1].n

    await both(stage, "interactive", click(stage, maya, "undo_meeting"))

    assert await records.meetings("tom-maya") == []
    assert said_since(stage, n) == ["chat.update"]


async def test_two_bots_on_one_database_answer_the_same_once(stage: Stage, maya: Desk, records: Lookup) -> None:
    settings: Settings = stage.settings
    async with open_tandem(settings, stage.playground.clock.now) as other, serve(other, settings):
        await stage.playground.until(lambda: stage.playground.slack.deliveries.connected == 2)
        with counted_sends(stage) as sent:
            for _ in range(2):  # each bot gets one of the two, whoever's turn it is
                await both(stage, "events_api", message_event(stage, maya))
                assert await other.doors.busy.finish(30)
        await both(stage, "slash_commands", deliver_command(stage, maya, "/checkin", "yesterday 45 zoom"))
        assert await other.doors.busy.finish(30)
        await both(stage, "interactive", click(stage, maya, "undo_meeting"))
        assert await other.doors.busy.finish(30)

    assert len(sent) == 2
    assert await records.meetings("tom-maya") == []
    assert [message["text"].startswith("Taken back") for message in maya.messages] == [False, False, True]


def deliver_command(stage: Stage, desk: Desk, command: str, text: str) -> Json:
    slack, person = stage.playground.slack, stage.playground.slack.person(desk.id)
    assert person is not None
    return interactions.slash_command(slack, person, slack.im_with(desk.id), command, text)


# -- who may ----------------------------------------------------------------------------------------------------------


async def test_somebody_of_another_organization_follows_and_announces_nothing_whatever_their_id(
    stage: Stage, ada: Desk, maya: Desk
) -> None:
    elsewhere = {"team_id": "T9ELSEWHERE"}
    await brings(stage, "slash_commands", deliver_command(stage, ada, "/announce", "") | elsewhere)
    assert ada.form is None
    assert "Only the coordinators of the program can do this." in ada.reading

    await ada.types("/announce")
    await ada.submits(text="The training moves.", audience=["mentee"])
    person = stage.playground.slack.person(ada.id)
    assert person is not None
    action = {"type": "button", "action_id": "announce_send", "block_id": "announce", "action_ts": "1.1"}
    payload = interactions.click_on_view(stage.playground.slack, person, person.modals[-1], action)
    await brings(stage, "interactive", payload | {"user": payload["user"] | elsewhere})
    await stage.tick()

    assert "Only the coordinators of the program can do this." in ada.reading
    assert "The training moves." not in maya.sees()


async def test_a_partner_from_another_organization_logs_their_own_meetings(
    stage: Stage, tom: Desk, records: Lookup
) -> None:
    typed = deliver_command(stage, tom, "/checkin", "yesterday 45 zoom")

    await brings(stage, "slash_commands", typed | {"team_id": "T9ELSEWHERE"})

    assert len(await records.meetings("tom-maya")) == 1


@pytest.mark.parametrize(("command", "fields"), [("/checkin", MEETING), ("/goal set", {"what": "Learn"})])
async def test_a_form_that_was_made_to_name_another_pair_is_refused_and_stays_open(
    stage: Stage, maya: Desk, records: Lookup, command: str, fields: dict[str, Any]
) -> None:
    await maya.types(command)
    others = await records.pair("noor-ben")
    view = stage.playground.slack.person(maya.id).modals[-1]  # type: ignore[union-attr]
    view.body["private_metadata"] = view.body["private_metadata"].replace(
        (await records.pair("tom-maya")).id, others.id
    )

    errors = await maya.submits(fields)

    assert list(errors.values()) == [
        "This has moved on since the message was sent, so there is nothing left to do here. `/mentoring` shows where "
        "things stand now."
    ]
    assert (await records.meetings("noor-ben"), await records.goals("noor-ben")) == ([], [])
    assert (await records.meetings("tom-maya"), await records.goals("tom-maya")) == ([], [])
    assert maya.form is not None


async def test_who_was_a_coordinator_when_the_button_was_shown_is_asked_again_when_it_is_pressed(
    stage: Stage, ada: Desk, maya: Desk
) -> None:
    await ada.says("hello")
    program, person = await stage.records.program(), await stage.records.person("ada")
    async with stage.tandem.store.begin() as records:
        await records.put_roles(program.id, person.id, frozenset({Role.READER}), stage.now)

    await ada.clicks("Announce something")

    assert ada.form is None
    assert "Only the coordinators of the program can do this." in ada.sees()
