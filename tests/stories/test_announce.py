"""`/announce`: the form, the preview, sending once, the line that says how it goes, and stopping."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.announcements import Announcement, Progress
from bot.domain.days import SpeakingHours
from bot.domain.people import Preferences
from bot.domain.program import Role
from bot.slack import blocks as b
from bot.usecases.change_settings import change_settings
from tests.stories.conftest import Stage, mrkdwn_in
from tests.stories.people import Desk

TEXT = "The training moves to *Friday*, 2 PM."
FORM: dict[str, Any] = {"text": TEXT, "audience": ["mentor", "mentee"]}
MONDAY_IN_GUAM = datetime(2017, 6, 19, 3, tzinfo=UTC)  # 1 PM there; Sunday evening in Chicago
EVERYBODY = datetime(2017, 6, 19, 21, tzinfo=UTC)


def heard(desk: Desk) -> str:
    return "\n".join(message["text"] for message in desk.messages)


def line(ada: Desk) -> str:
    """The progress line, as it stands now."""
    return next(str(message["text"]) for message in ada.messages if "Your announcement" in message["text"])


async def progress(stage: Stage) -> tuple[list[Announcement], list[Progress]]:
    async with stage.tandem.store.begin() as records:
        under_way = await records.announcements_under_way()
        return under_way, [await records.progress(one.id) for one in under_way]


async def previewed(ada: Desk, **form: Any) -> None:
    await ada.types("/announce")
    assert await ada.submits({**FORM, **form}) == {}


async def sent(ada: Desk, **form: Any) -> None:
    await previewed(ada, **form)
    await ada.clicks("announce_send")


# -- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["U0MAYA", "U0TOM", "U0LENA", "U0CHARLIE"])
async def test_only_coordinators_announce(stage: Stage, who: str) -> None:
    desk = stage.desk(who)

    await desk.types("/announce")

    assert "Only the coordinators of the program can do this." in desk.reading
    assert desk.form is None


async def test_a_stranger_is_told_kindly_what_this_is(stranger: Desk) -> None:
    await stranger.types("/announce hello")

    assert "You are not on the list of a program here." in stranger.reading
    assert stranger.form is None


async def test_after_the_last_day_nothing_is_announced(stage: Stage, ada: Desk) -> None:
    stage.playground.hooks = None
    await stage.goes_to(datetime(2018, 5, 20, 15, tzinfo=UTC))

    await ada.types("/announce")

    assert "First Year ended on Monday, April 30" in ada.reading
    assert ada.form is None


async def test_help_says_how_it_goes(ada: Desk) -> None:
    await ada.types("/announce help")

    assert "You see it as it will look, with how many people get it and who" in ada.reading
    assert ada.form is None


# -- the form ---------------------------------------------------------------------------------------------------------


async def test_what_is_typed_begins_the_form(ada: Desk) -> None:
    await ada.types("/announce Q&A on <Friday>")

    assert ada.field("text")["element"]["initial_value"] == "Q&A on <Friday>"


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"text": "   "}, "text", "Write what you want to say."),
        ({"text": "🙂" * 1001}, "text", "This is longer than 2000 characters."),
        ({"link": "http://example.org"}, "link", "A link begins with https://"),
        ({"link": "https://example.org/<!channel>"}, "link", "A link begins with https://"),
    ],
)
async def test_what_cannot_be_sent_is_an_error_at_the_field(
    ada: Desk, wrong: dict[str, Any], field: str, said: str
) -> None:
    await ada.types("/announce")

    errors = await ada.submits({**FORM, **wrong})

    assert list(errors) == [field]
    assert errors[field].startswith(said)
    assert (ada.form or {})["callback_id"] == "announce"


async def test_a_role_that_nobody_has_is_an_error_at_the_field(stage: Stage, ada: Desk) -> None:
    program, lena = await stage.records.program(), await stage.records.person("lena")
    async with stage.tandem.store.begin() as records:
        await records.put_roles(program.id, lena.id, frozenset(), stage.now)
    await ada.types("/announce")

    errors = await ada.submits(text=TEXT, audience=["liaison"])

    assert errors == {"audience": "Nobody in the program has this role, apart from you. Choose another one."}


# -- the preview ------------------------------------------------------------------------------------------------------


async def test_the_preview_shows_it_as_it_will_look_with_who_and_when(ada: Desk) -> None:
    await previewed(ada, link="https://example.org/training")

    said = ada.sees()
    assert f"*Ada Novak* writes to the program:\n{TEXT}" in said
    assert "Open the link" in said
    assert "*For 5 people* (mentors and mentees): Ben, Inês, Maya, Noor and Tom" in said
    assert "4 people in their hours now; 1 person will hear at their next" in said
    assert heard(ada) == ""


async def test_changing_it_comes_back_to_the_form_with_nothing_lost(ada: Desk) -> None:
    await previewed(ada, text="First\n\n“second” & <third>", link="https://example.org/a?b=c&d", audience=["liaison"])

    await ada.clicks("Change")

    assert ada.field("text")["element"]["initial_value"] == "First\n\n“second” & <third>"
    assert ada.field("link")["element"]["initial_value"] == "https://example.org/a?b=c&d"
    assert [o["value"] for o in ada.field("audience")["element"]["initial_options"]] == ["liaison"]
    assert await ada.submits(text=TEXT) == {}
    assert "*For 1 person* (liaisons): Lena" in ada.sees()


async def test_the_longest_text_fits(ada: Desk) -> None:
    await previewed(ada, text='"\n' * 999 + "ok", link="https://example.org/" + "x" * 470)

    await ada.clicks("Change")

    assert ada.field("text")["element"]["initial_value"] == '"\n' * 999 + "ok"


async def test_closing_the_preview_sends_nothing(stage: Stage, ada: Desk, tom: Desk) -> None:
    await previewed(ada)
    await ada.closes()
    await stage.tick(EVERYBODY)

    assert TEXT not in heard(tom)
    assert await progress(stage) == ([], [])


# -- sending ----------------------------------------------------------------------------------------------------------


async def test_it_goes_out_once_to_each_at_a_decent_hour(
    stage: Stage, ada: Desk, maya: Desk, tom: Desk, ben: Desk, lena: Desk
) -> None:
    await sent(ada)
    assert "On its way to 5 people." in ada.sees()
    await stage.tick()

    assert heard(maya).count(TEXT) == 1
    assert heard(tom).count(TEXT) == 1
    assert TEXT not in heard(ben)  # it is one o'clock on Saturday morning in Guam

    await stage.tick(MONDAY_IN_GUAM)
    assert heard(ben).count(TEXT) == 1
    await stage.tick(EVERYBODY)
    assert heard(maya).count(TEXT) == 1
    assert TEXT not in heard(lena)


async def test_the_line_is_there_first_and_is_kept_up_to_date_in_its_place(stage: Stage, ada: Desk) -> None:
    await sent(ada)
    assert "Sent: 0 · Still waiting: 5 · Not reached: 0" in line(ada)
    assert "Stop" in ada.buttons()

    await stage.tick()
    assert "Sent: 4 · Still waiting: 1 · Not reached: 0" in line(ada)

    await stage.tick(MONDAY_IN_GUAM)
    assert "Done. It reached 5 people." in line(ada)
    assert len([message for message in ada.messages if "Your announcement" in message["text"]]) == 1
    assert "Stop" not in ada.sees()
    assert await progress(stage) == ([], [])


async def test_the_record_knows_the_line_from_the_first_moment(stage: Stage, ada: Desk) -> None:
    await sent(ada)

    under_way, _ = await progress(stage)

    assert [one.ts for one in under_way] == [ada.messages[-1]["ts"]]
    first = next(call for call in stage.calls("chat.postMessage"))
    assert "Getting ready to send it to 5 people" in str(first.args)


async def test_pressing_send_twice_is_one_announcement(stage: Stage, ada: Desk, maya: Desk) -> None:
    await previewed(ada)

    await asyncio.gather(ada.clicks("announce_send"), ada.clicks("announce_send"))
    await stage.tick()

    assert heard(maya).count(TEXT) == 1
    assert len([message for message in ada.messages if "Your announcement" in message["text"]]) == 1
    assert "went wrong" not in ada.sees()
    assert len(stage.calls("chat.delete")) == 1  # the second line, which the second press had begun


async def test_two_announcements_of_the_same_words_are_two(stage: Stage, ada: Desk, maya: Desk) -> None:
    await sent(ada)
    await ada.closes()
    await sent(ada)
    await stage.tick()

    assert heard(maya).count(TEXT) == 2


async def test_what_is_written_pings_nobody(stage: Stage, ada: Desk, maya: Desk) -> None:
    await sent(ada, text="<!channel> @here <@U0TOM> see <https://evil.example|here>")
    await stage.tick()

    assert "<!channel>" not in str(maya.messages[-1])
    assert "&lt;!channel&gt; @here &lt;@U0TOM&gt;" in maya.reading
    assert all(text["verbatim"] for text in mrkdwn_in(maya.messages[-1]))
    assert stage.pings_nobody()


async def test_the_author_is_not_written_to(stage: Stage, ada: Desk) -> None:
    program, person = await stage.records.program(), await stage.records.person("ada")
    async with stage.tandem.store.begin() as records:
        roles = (await records.roles(program.id))[person.id]
        await records.put_roles(program.id, person.id, roles | {Role.MENTOR}, stage.now)
    await sent(ada)
    await stage.tick(EVERYBODY)

    assert "writes to the program" not in heard(ada)


async def test_who_left_the_workspace_is_named_in_the_end(stage: Stage, ada: Desk, tom: Desk) -> None:
    await sent(ada, audience=["mentor"])
    await stage.playground.deactivate(tom.id)
    await stage.tick()

    assert "Done. It reached 2 people." in line(ada)
    assert "Not reached: Tom Lindqvist. A direct word may help." in line(ada)


async def test_who_is_known_to_have_left_is_named_in_the_preview(stage: Stage, ada: Desk, tom: Desk) -> None:
    person = await stage.records.person("tom")
    async with stage.tandem.store.begin() as records:
        await records.mark_unreachable(person.id, "user_disabled", stage.now)

    await previewed(ada, audience=["mentor"])

    assert "Tom Lindqvist cannot be reached by Tandem just now; the final line will say so." in ada.sees()


async def test_somebody_on_a_break_hears_after_it(stage: Stage, ada: Desk, maya: Desk) -> None:
    await maya.types("/mentoring pause until 21 June")
    await sent(ada)
    await stage.tick(datetime(2017, 6, 21, 22, tzinfo=UTC))
    assert TEXT not in heard(maya)

    await stage.tick(datetime(2017, 6, 22, 22, tzinfo=UTC))

    assert heard(maya).count(TEXT) == 1


async def test_hours_chosen_after_it_was_sent_are_obeyed(stage: Stage, ada: Desk, maya: Desk) -> None:
    await sent(ada)
    person = await stage.records.person("maya")
    await change_settings(stage.tandem.world, person, Preferences(hours=SpeakingHours(days=frozenset({3}))))
    await stage.tick(datetime(2017, 6, 21, 22, tzinfo=UTC))
    assert TEXT not in heard(maya)

    await stage.tick(datetime(2017, 6, 22, 22, tzinfo=UTC))

    assert heard(maya).count(TEXT) == 1


async def test_what_is_previewed_is_what_arrives(stage: Stage, ada: Desk, maya: Desk) -> None:
    await previewed(ada, link="https://example.org/room")
    assert ada.form is not None
    preview = ada.form["blocks"]
    await ada.clicks("announce_send")
    await stage.tick(EVERYBODY)

    arrived = next(message for message in maya.messages if TEXT in message["text"])
    *message, row = arrived["blocks"]
    until = next(place for place, block in enumerate(preview) if block["type"] == "divider")
    *shown, last = preview[1:until]
    assert [_bare(block) for block in shown] == [_bare(block) for block in message][: len(shown)]
    assert last["elements"][0]["text"] == b.spoken([row]).replace("\n", " ")


def _bare(block: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in block.items() if name != "block_id"}


# -- stopping ---------------------------------------------------------------------------------------------------------


async def test_a_final_line_that_a_busy_slack_refuses_is_shown_by_the_next_tick(stage: Stage, ada: Desk) -> None:
    await sent(ada)
    stage.playground.fail("chat.update", how="429", times=50)
    await stage.goes_to(EVERYBODY)
    stale = line(ada)
    assert (await progress(stage))[0]  # still under way, though every copy has gone out

    stage.playground.faults.clear()
    await stage.tick()

    assert line(ada) != stale
    assert (await progress(stage))[0] == []


async def test_what_has_not_gone_out_can_be_stopped(stage: Stage, ada: Desk, maya: Desk, ben: Desk) -> None:
    await sent(ada)
    await stage.tick()
    await ada.closes()

    await ada.clicks("Stop")

    assert "Stopped. It had reached 4 people; 1 person will not hear of it." in line(ada)
    assert "Not reached" not in line(ada)
    await stage.tick(EVERYBODY)
    assert heard(maya).count(TEXT) == 1
    assert TEXT not in heard(ben)
    assert "Stopped. It had reached 4 people; 1 person will not hear of it." in line(ada)


async def test_a_tampered_draft_sends_nothing(stage: Stage, ada: Desk, maya: Desk) -> None:
    await previewed(ada)
    view = stage.playground.slack.person(ada.id).modals[-1]  # type: ignore[union-attr]
    view.body["private_metadata"] = '{"program":"other","token":"x","link":"","audience":"mentor"}\nhello'

    await ada.clicks("announce_send")
    await stage.tick()

    assert "This announcement is no longer there." in str(ada.form)
    assert "hello" not in heard(maya)


async def test_who_coordinates_no_more_can_neither_send_nor_stop(stage: Stage, ada: Desk, ben: Desk) -> None:
    await sent(ada)
    await ada.closes()
    await previewed(ada, text="Another word")
    program, person = await stage.records.program(), await stage.records.person("ada")
    async with stage.tandem.store.begin() as records:
        await records.put_roles(program.id, person.id, frozenset({Role.READER}), stage.now)

    await ada.clicks("announce_send")
    assert "Only the coordinators of the program can do this." in str(ada.form)
    await ada.closes(whole_stack=True)
    await ada.clicks("Stop")
    await stage.tick(MONDAY_IN_GUAM)

    assert heard(ada).count("Only the coordinators of the program can do this.") == 1
    assert "Another word" not in heard(ben)
    assert TEXT in heard(ben)


async def test_who_coordinates_two_programs_chooses(stage: Stage, ada: Desk, maya: Desk) -> None:
    program, person = await stage.records.program(), await stage.records.person("ada")
    async with stage.tandem.store.begin() as records:
        workspace = await records.workspace(stage.playground.team_id)
        second = await records.put_program(workspace.id, replace(program, id="", key="second", name="Second Year"))
        await records.put_roles(second.id, person.id, frozenset({Role.COORDINATOR}), stage.now)
    await ada.types("/announce")
    assert ada.fields()[0] == "Program"

    errors = await ada.submits({**FORM, "program": "Second Year"})
    assert errors == {"audience": "Nobody in the program has this role, apart from you. Choose another one."}
    assert await ada.submits({**FORM, "program": "First Year"}) == {}
    await ada.clicks("announce_send")
    await stage.tick()

    assert heard(maya).count(TEXT) == 1


async def test_the_button_on_home_opens_the_form(ada: Desk) -> None:
    await ada.opens_home()

    await ada.clicks("Announce something", where="home")

    assert (ada.form or {})["callback_id"] == "announce"
