"""Forms, as a real Bolt app gets them over a real socket, and what becomes of its answer."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground import ActRefused, PersonDriver, Playground
from tests.playground.conftest import Connect
from tests.playground.listening import Json, menu, opens_forms, takes_forms
from tests.playground.parrot import actions, button, home, input_block, kept_option, modal, option, plain, words_input


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
            {"type": "section", "text": plain("x"), "block_id": "side", "accessory": menu(choices)},
            actions(button("press")),
        ),
    )
    got = takes_forms(app)

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        assert await maya.submits(one="Pear", all=["a", "Pear"], who="U0TOM", count=3) == {}

    apple, pear = kept_option("a", "Apple"), kept_option("b", "Pear")
    assert got[0]["view"]["state"]["values"] == {
        "words": {"typed": {"type": "plain_text_input", "value": None}},
        "day": {"d": {"type": "datepicker", "selected_date": "2017-06-12"}},
        "hour": {"t": {"type": "timepicker", "selected_time": None}},
        "one": {"s": {"type": "static_select", "selected_option": pear}},
        "many": {"c": {"type": "checkboxes", "selected_options": []}},
        "all": {"m": {"type": "multi_static_select", "selected_options": [apple, pear]}},
        "who": {"u": {"type": "users_select", "selected_user": "U0TOM"}},
        "count": {"n": {"type": "number_input", "value": "3"}},
        "side": {"menu": {"type": "static_select", "selected_option": apple}},
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
        {"response_action": "shut"},
        {"text": "Saved"},
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


def _where(**more: Any) -> Json:
    """An input for a conversation to which the app may answer."""
    menu = {"type": "conversations_select", "action_id": "menu", "response_url_enabled": True, **more}
    return input_block("where", menu)


async def test_a_form_may_name_the_conversation_for_the_answer(
    app: AsyncApp, connected: Connect, maya: PersonDriver, tom: PersonDriver, playground: Playground
) -> None:
    opens_forms(app, modal(_where(default_to_current_conversation=True)))
    urls: list[Json] = []

    @app.view("words")
    async def words(ack: AsyncAck, body: Json) -> None:
        await ack()
        [url] = body["response_urls"]
        urls.append(url)
        await AsyncWebhookClient(url["response_url"]).send(text="For all to see", response_type="in_channel")

    async with connected():
        await maya.types("/say", in_="C0GENERAL")
        form = await maya.waits_for_form()
        await maya.submits()
        await tom.waits_until(lambda: "For all to see" in tom.sees(in_="C0GENERAL"))

    held = form["state"]["values"]["where"]["menu"]
    assert held == {"type": "conversations_select", "selected_conversation": "C0GENERAL"}
    assert (urls[0]["channel_id"], urls[0]["block_id"], urls[0]["action_id"]) == ("C0GENERAL", "where", "menu")


async def test_a_form_without_such_a_choice_names_none(app: AsyncApp, connected: Connect, maya: PersonDriver) -> None:
    opens_forms(app, modal(_where(response_url_enabled=False, initial_conversation="C0GENERAL")))
    got = takes_forms(app)

    async with connected():
        await maya.types("/say")
        await maya.waits_for_form()
        await maya.submits()

    assert got[0]["response_urls"] == []
