"""What people do, as a real Bolt app gets it over a real socket, and what becomes of its answer."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import ActRefused, PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.parrot import actions, button, home, input_block, modal, option, plain, section, words_input

Json = dict[str, Any]


def hears_commands(app: AsyncApp, *answer: Any, **more: Any) -> list[Json]:
    """Let Parrot acknowledge /say and /raw with this answer, and keep what it heard."""
    heard: list[Json] = []

    @app.command("/say")
    @app.command("/raw")
    async def say(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack(*answer, **more)

    return heard


def opens_forms(app: AsyncApp, view: Json) -> None:
    """Let Parrot open this form at /say."""

    @app.command("/say")
    async def say(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def takes_forms(app: AsyncApp, **answer: Any) -> list[Json]:
    """Let Parrot acknowledge forms with this answer, and keep what it got."""
    got: list[Json] = []

    @app.view("words")
    async def words(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack(**answer)

    return got


def takes_clicks(app: AsyncApp, *names: str) -> list[Json]:
    """Let Parrot acknowledge clicks on these, and keep what it got."""
    got: list[Json] = []

    async def click(ack: AsyncAck, body: Json) -> None:
        got.append(body)
        await ack()

    for name in names:
        app.action(name)(click)
    return got


# -- commands ---------------------------------------------------------------------------------------------------------


async def test_a_command_reaches_the_app_with_slacks_fields(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    heard = hears_commands(app)

    async with connected():
        assert await maya.types("/say  hello there ") is None

    [command] = heard
    assert (command["command"], command["text"]) == ("/say", "hello there")
    assert (command["user_id"], command["user_name"]) == ("U0MAYA", "maya")
    assert (command["team_id"], command["channel_name"]) == (playground.team_id, "directmessage")
    assert command["channel_id"].startswith("D")
    assert command["response_url"].startswith(playground.url)
    assert command["trigger_id"]
    assert command["is_enterprise_install"] == "false"


async def test_names_become_people_where_the_manifest_asks_for_it(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    heard = hears_commands(app)

    async with connected():
        for line in ("/say with @tom.b, not @nobody", "/raw with @tom.b", "/say to tom.b@maya", "/say @tom.b"):
            await maya.types(line)

    assert [command["text"] for command in heard] == [
        "with <@U0TOM|tom.b>, not @nobody",
        "with @tom.b",
        "to tom.b@maya",
        "<@U0TOM|tom.b>",
    ]


async def test_what_is_typed_cannot_pass_for_markup(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    heard = hears_commands(app)

    async with connected():
        await maya.types("/say <!here> & <@U0TOM>")

    assert heard[0]["text"] == "&lt;!here&gt; &amp; &lt;@U0TOM&gt;"


async def test_text_in_the_acknowledgement_is_shown_to_that_person_alone(
    app: AsyncApp, connected: Connect, maya: PersonDriver, tom: PersonDriver
) -> None:
    hears_commands(app, "Said.")

    async with connected():
        shown = await maya.types("/say it")

    assert shown is not None
    assert (shown["text"], shown["ephemeral"]) == ("Said.", True)
    assert maya.last_message == shown
    assert tom.messages == []


async def test_an_acknowledgement_may_hold_blocks_and_speak_to_all(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    hears_commands(app, {"text": "Said.", "blocks": [section("*Said*")], "response_type": "in_channel"})

    async with connected():
        shown = await maya.types("/say it")

    assert shown is not None
    assert "ephemeral" not in shown
    assert shown["blocks"][0]["text"]["text"] == "*Said*"


async def test_an_acknowledgement_that_slack_would_not_show_is_told(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    hears_commands(app, {"text": "Said.", "blocks": [section("")]})

    async with connected():
        with pytest.raises(ActRefused, match="app_answered_badly"):
            await maya.types("/say it")


async def test_a_command_that_the_manifest_lacks_is_unknown(maya: PersonDriver) -> None:
    with pytest.raises(ActRefused, match="unknown_command: /sing"):
        await maya.types("/sing")


async def test_an_app_that_does_not_acknowledge_has_not_answered(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    async with connected():
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say it")  # Bolt has no listener for it, and does not acknowledge


async def test_an_app_that_takes_longer_than_three_seconds_has_not_answered(
    app: AsyncApp, connected: Connect, maya: PersonDriver, playground: Playground
) -> None:
    released = asyncio.Event()

    @app.command("/say")
    async def say(ack: AsyncAck) -> None:
        await released.wait()
        await ack("Too late")

    async with connected():
        with pytest.raises(ActRefused, match="app_did_not_answer"):
            await maya.types("/say it")
        released.set()

    assert maya.messages == []


async def test_an_app_that_is_not_there_has_not_answered(maya: PersonDriver) -> None:
    with pytest.raises(ActRefused, match="app_did_not_answer: The app is not connected"):
        await maya.types("/say it")


async def test_somebody_who_has_left_does_nothing(playground: Playground) -> None:
    gone = playground.person("U0GONE")

    for act in (gone.types("/say it"), gone.says("hello"), gone.opens_messages()):
        with pytest.raises(ActRefused, match="Gina Gone has left"):
            await act


def test_nobody_can_act_who_is_not_here(playground: Playground) -> None:
    with pytest.raises(ActRefused, match="user_not_found"):
        playground.person("U0NOBODY")


# -- forms ------------------------------------------------------------------------------------------------------------


async def test_a_form_is_opened_filled_and_taken(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    opens_forms(app, modal(private_metadata="pair-7"))
    got = takes_forms(app)

    async with connected():
        await maya.types("/say")
        form = await maya.waits_for_form()
        assert await maya.submits(words="Hello") == {}

    [submission] = got
    assert submission["type"] == "view_submission"
    assert submission["user"]["id"] == "U0MAYA"
    view = submission["view"]
    assert (view["id"], view["hash"], view["private_metadata"]) == (form["id"], form["hash"], "pair-7")
    assert view["state"]["values"] == {"words": {"typed": {"type": "plain_text_input", "value": "Hello"}}}
    assert maya.form is None


async def test_every_input_is_in_the_state_of_a_submission(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    choices = [option("a", "Apple"), option("b", "Pear")]
    opens_forms(
        app,
        modal(
            words_input(optional=True),
            input_block("day", {"type": "datepicker", "action_id": "d", "initial_date": "2017-06-12"}),
            input_block("hour", {"type": "timepicker", "action_id": "t"}, optional=True),
            input_block("one", {"type": "static_select", "action_id": "s", "options": choices}),
            input_block("many", {"type": "checkboxes", "action_id": "c", "options": choices}, optional=True),
            input_block("all", {"type": "multi_static_select", "action_id": "m", "options": choices}),
            input_block("who", {"type": "users_select", "action_id": "u"}, optional=True),
            input_block("count", {"type": "number_input", "action_id": "n", "is_decimal_allowed": False}),
            {"type": "section", "text": plain("x"), "block_id": "side", "accessory": _menu(choices)},
            actions(button("press")),
        ),
    )
    got = takes_forms(app)

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        assert await maya.submits(one="Pear", all=["a", "Pear"], who="U0TOM", count=3) == {}

    assert got[0]["view"]["state"]["values"] == {
        "words": {"typed": {"type": "plain_text_input", "value": None}},
        "day": {"d": {"type": "datepicker", "selected_date": "2017-06-12"}},
        "hour": {"t": {"type": "timepicker", "selected_time": None}},
        "one": {"s": {"type": "static_select", "selected_option": choices[1]}},
        "many": {"c": {"type": "checkboxes", "selected_options": []}},
        "all": {"m": {"type": "multi_static_select", "selected_options": choices}},
        "who": {"u": {"type": "users_select", "selected_user": "U0TOM"}},
        "count": {"n": {"type": "number_input", "value": "3"}},
        "side": {"menu": {"type": "static_select", "selected_option": choices[0]}},
    }


async def test_the_apps_errors_are_shown_and_the_form_stays(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    opens_forms(app, modal())
    takes_forms(app, response_action="errors", errors={"words": "Say it nicely."})

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        assert await maya.submits(words="Hey!") == {"words": "Say it nicely."}

    assert maya.form is not None
    assert maya.form["state"]["values"]["words"]["typed"]["value"] == "Hey!"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"no-such-block": "Wrong."}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "update"},
        {"response_action": "push", "view": home()},
    ],
)
async def test_an_answer_to_a_form_that_slack_would_not_take_is_told(
    app: AsyncApp, connected: Connect, maya: PersonDriver, answer: Json
) -> None:
    opens_forms(app, modal())
    takes_forms(app, **answer)

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        with pytest.raises(ActRefused, match="app_answered_badly"):
            await maya.submits(words="Hello")

    assert maya.form is not None


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(title=plain("Other"))}, ["Words", "Other"]),
        ({"response_action": "push", "view": modal(title=plain("More"))}, ["Words", "Words", "More"]),
        ({"response_action": "clear"}, []),
        ({}, ["Words"]),
    ],
)
async def test_a_taken_form_goes_where_the_app_says(
    app: AsyncApp,
    connected: Connect,
    maya: PersonDriver,
    client: AsyncWebClient,
    playground: Playground,
    answer: Json,
    titles: list[str],
) -> None:
    takes_forms(app, **answer)
    await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal())
    await client.views_push(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal())

    async with connected():
        await maya.submits(words="Hello")

    assert [view["title"]["text"] for view in maya.modals] == titles


async def test_a_form_sent_twice_reaches_the_app_twice(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    opens_forms(app, modal())
    got = takes_forms(app)

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        assert await maya.submits(words="Hello") == {}
        assert await maya.submits_again() == {}

    first, second = got
    assert first["view"] == second["view"]
    assert first["trigger_id"] != second["trigger_id"]
    assert maya.form is None


async def test_what_slacks_own_client_would_not_send_does_not_reach_the_app(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    opens_forms(
        app,
        modal(
            input_block("text", {"type": "plain_text_input", "action_id": "a", "min_length": 3, "max_length": 5}),
            input_block(
                "number", {"type": "number_input", "action_id": "a", "is_decimal_allowed": False, "max_value": "9"}
            ),
            input_block("mail", {"type": "email_text_input", "action_id": "a"}),
            input_block("link", {"type": "url_text_input", "action_id": "a"}),
            input_block("needed", {"type": "users_select", "action_id": "a"}),
            words_input("free", optional=True),
        ),
    )
    got = takes_forms(app)
    good: Json = {"text": "four", "number": "9", "mail": "a@b.org", "link": "https://b.org", "needed": "U0TOM"}

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        wrong = await maya.submits(text="ab", number="12", mail="nobody", link="b.org")
        more = await maya.submits(good | {"text": "abcdef", "number": "1.5", "needed": None})
        assert await maya.submits(good | {"number": "many"}) == {"number": "Please enter a number."}
        assert got == []
        assert await maya.submits(good) == {}

    assert wrong == {
        "text": "Must be at least 3 characters.",
        "number": "Please enter a number of at most 9.",
        "mail": "Please enter a valid email address.",
        "link": "Please enter a valid URL.",
        "needed": "Please complete this required field.",
    }
    assert set(more) == {"text", "number", "needed"}
    assert len(got) == 1


async def test_nothing_can_be_filled_in_that_is_not_there(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    menu = input_block("menu", {"type": "static_select", "action_id": "m", "options": [option("a")]})
    await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal(menu))

    with pytest.raises(ActRefused, match="no_such_element"):
        await maya.submits(words="Hello")
    with pytest.raises(ActRefused, match="no_such_choice"):
        await maya.submits(menu="b")
    with pytest.raises(ActRefused, match="no_such_choice"):
        await maya.submits(menu={"text": plain("Forged"), "value": "b"})


async def test_without_a_form_nothing_is_sent(maya: PersonDriver) -> None:
    for act in (maya.submits(), maya.submits_again(), maya.closes()):
        with pytest.raises(ActRefused, match="view_not_found"):
            await act


@pytest.mark.parametrize(("asked", "told"), [(True, 1), (False, 0)])
async def test_the_app_hears_of_a_closed_form_if_it_asked_to(
    app: AsyncApp, connected: Connect, maya: PersonDriver, asked: bool, told: int
) -> None:
    opens_forms(app, modal(notify_on_close=asked))
    heard: list[Json] = []

    @app.view_closed("words")
    async def closed(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        await maya.closes()

    assert maya.form is None
    assert [(body["type"], body["is_cleared"]) for body in heard] == [("view_closed", False)] * told


async def test_closing_the_whole_stack_tells_of_each_form(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    heard: list[Json] = []

    @app.view_closed("words")
    async def closed(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack()

    await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal(notify_on_close=True))
    await client.views_push(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal(notify_on_close=True))
    async with connected():
        await maya.closes(whole_stack=True)

    assert maya.modals == []
    assert [body["is_cleared"] for body in heard] == [True, True]


# -- clicks -----------------------------------------------------------------------------------------------------------


async def test_a_click_on_a_message_brings_the_message_along(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    got = takes_clicks(app, "yes")
    posted = await client.chat_postMessage(
        channel="U0MAYA", text="Did you meet?", blocks=[actions(button("yes", "Yes", value="pair-7", style="primary"))]
    )

    async with connected():
        await maya.clicks("Yes")

    [click] = got
    assert (click["type"], click["user"]["id"]) == ("block_actions", "U0MAYA")
    assert click["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": posted["channel"],
        "is_ephemeral": False,
    }
    assert click["channel"]["id"] == posted["channel"]
    assert click["message"]["blocks"][0]["elements"][0]["action_id"] == "yes"
    assert click["response_url"].startswith(playground.url)
    [action] = click["actions"]
    assert (action["type"], action["action_id"], action["block_id"]) == ("button", "yes", "row")
    assert (action["value"], action["text"]["text"], action["style"]) == ("pair-7", "Yes", "primary")
    assert action["action_ts"]
    assert click["trigger_id"]


async def test_a_click_on_an_ephemeral_message_brings_no_message(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    hears_commands(app, {"text": "Sure?", "blocks": [actions(button("yes"))]})
    got = takes_clicks(app, "yes")

    async with connected():
        await maya.types("/say")
        await maya.clicks("yes")

    assert got[0]["container"]["is_ephemeral"] is True
    assert "message" not in got[0]


async def test_a_choice_is_in_the_action_and_in_the_state(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "menu", "more")
    choices = [option("a", "Apple"), option("b", "Pear")]
    more = {"type": "overflow", "action_id": "more", "options": choices}
    await client.chat_postMessage(channel="U0MAYA", text="Fruit?", blocks=[actions(_menu(choices), more)])

    async with connected():
        await maya.clicks("menu", "Pear")
        await maya.clicks("more", "a")
        with pytest.raises(ActRefused, match="no_such_choice"):
            await maya.clicks("menu", "Plum")

    assert got[0]["actions"][0]["selected_option"] == choices[1]
    assert got[0]["state"]["values"]["row"]["menu"]["selected_option"] == choices[1]
    assert got[1]["actions"][0]["selected_option"] == choices[0]
    assert got[1]["state"]["values"]["row"].keys() == {"menu"}


async def test_a_click_in_a_form_brings_the_form_and_what_it_holds(
    app: AsyncApp, connected: Connect, maya: PersonDriver
) -> None:
    opens_forms(app, modal(words_input(), actions(button("help", "Help"))))
    got = takes_clicks(app, "help")

    async with connected():
        await maya.types("/say")
        form = await maya.waits_for_form()
        await maya.fills(words="half a sen")
        await maya.clicks("Help")

    [click] = got
    assert click["container"] == {"type": "view", "view_id": form["id"]}
    assert click["view"]["state"]["values"]["words"]["typed"]["value"] == "half a sen"
    assert "message" not in click
    assert "response_url" not in click


async def test_a_click_on_the_home_tab_brings_the_home_tab(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "go")
    published = await client.views_publish(user_id="U0MAYA", view=home(actions(button("go"))))

    async with connected():
        await maya.clicks("go", where="home")

    assert got[0]["view"]["id"] == published["view"]["id"]
    assert got[0]["view"]["type"] == "home"


async def test_an_open_form_hides_what_is_beneath_it(
    maya: PersonDriver, client: AsyncWebClient, playground: Playground
) -> None:
    await client.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button("beneath"))])
    await client.views_open(trigger_id=playground.slack.triggers.issue("U0MAYA"), view=modal())

    with pytest.raises(ActRefused, match="no_such_element"):
        await maya.clicks("beneath")


async def test_a_button_that_is_gone_cannot_be_clicked(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button("yes"))])
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Done", blocks=[])

    async with connected():
        with pytest.raises(ActRefused, match="no_such_element"):
            await maya.clicks("yes")


async def test_two_clicks_at_once_are_two_clicks(
    app: AsyncApp, connected: Connect, maya: PersonDriver, client: AsyncWebClient
) -> None:
    got = takes_clicks(app, "yes")
    await client.chat_postMessage(channel="U0MAYA", text="x", blocks=[actions(button("yes"))])

    async with connected():
        await asyncio.gather(maya.clicks("yes"), maya.clicks("yes"))

    assert len(got) == 2


def _whole_number(**limits: str) -> Json:
    return {"type": "number_input", "action_id": "a", "is_decimal_allowed": False, **limits}


def _menu(choices: list[Json]) -> Json:
    return {"type": "static_select", "action_id": "menu", "options": choices, "initial_option": choices[0]}
