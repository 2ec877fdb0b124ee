"""Forms and home tabs: who may open one, how deep they stack, and how changes are kept apart."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import PersonDriver, Playground
from tests.playground.conftest import RealTime, refusal
from tests.playground.parrot import MANIFEST, MEMBERS, home, input_block, modal, plain, section, words_input


def trigger(playground: Playground, user: str = "U0MAYA") -> str:
    return playground.slack.triggers.issue(user)


async def test_a_form_opens_on_the_screen_of_who_asked_for_it(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver, tom: PersonDriver
) -> None:
    answer = await client.views_open(trigger_id=trigger(playground), view=modal(private_metadata="pair-7"))

    view = answer["view"]
    assert view["id"].startswith("V")
    assert view["root_view_id"] == view["id"]
    assert (view["private_metadata"], view["callback_id"], view["previous_view_id"]) == ("pair-7", "words", None)
    assert view["state"]["values"] == {"words": {"typed": {"type": "plain_text_input", "value": None}}}
    assert maya.form == view
    assert tom.form is None


async def test_a_trigger_opens_one_form_only(client: AsyncWebClient, playground: Playground) -> None:
    once = trigger(playground)
    await client.views_open(trigger_id=once, view=modal())

    assert (await refusal(client.views_open(trigger_id=once, view=modal())))["error"] == "exchanged_trigger_id"


@pytest.mark.parametrize(("after", "error"), [(2.9, None), (3.1, "expired_trigger_id")])
async def test_a_trigger_lives_three_seconds(
    client: AsyncWebClient, playground: Playground, seconds: RealTime, after: float, error: str | None
) -> None:
    given = trigger(playground)
    seconds.now += after
    call = client.views_open(trigger_id=given, view=modal())

    if error:
        assert (await refusal(call))["error"] == error
    else:
        assert (await call)["ok"]


async def test_a_made_up_trigger_opens_nothing(client: AsyncWebClient) -> None:
    assert (await refusal(client.views_open(trigger_id="1.2.3", view=modal())))["error"] == "invalid_trigger_id"


async def test_a_wrong_form_is_pointed_at_and_leaves_the_trigger_good(
    client: AsyncWebClient, playground: Playground
) -> None:
    given = trigger(playground)

    answer = await refusal(client.views_open(trigger_id=given, view=modal(title=plain("t" * 25))))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert (await client.views_open(trigger_id=given, view=modal()))["ok"]


@pytest.mark.parametrize("view", [home(), {"blocks": []}, "[", "no view"])
async def test_what_is_no_modal_does_not_open(client: AsyncWebClient, playground: Playground, view: Any) -> None:
    call = client.api_call("views.open", json={"trigger_id": trigger(playground), "view": view})

    assert (await refusal(call))["error"] == "invalid_arguments"


async def test_half_an_emoji_opens_a_form_like_any_text(client: AsyncWebClient, playground: Playground) -> None:
    cut = modal(section("\ud83d"))

    opened = await client.views_open(trigger_id=trigger(playground), view=cut)

    assert opened["view"]["blocks"][0]["text"]["text"] == "\ud83d"


async def test_a_form_heavier_than_slack_takes_is_refused(client: AsyncWebClient, playground: Playground) -> None:
    heavy = modal(*[{"type": "section", "fields": [plain("x" * 1999)] * 10} for _ in range(14)])

    assert (await refusal(client.views_open(trigger_id=trigger(playground), view=heavy)))["error"] == "view_too_large"


async def test_forms_stack_three_deep(client: AsyncWebClient, playground: Playground, maya: PersonDriver) -> None:
    opened = [await client.views_open(trigger_id=trigger(playground), view=modal())]
    opened += [await client.views_push(trigger_id=trigger(playground), view=modal()) for _ in range(2)]

    ids = [answer["view"]["id"] for answer in opened]
    assert [view["id"] for view in maya.modals] == ids
    assert [view["previous_view_id"] for view in maya.modals] == [None, ids[0], ids[1]]
    assert {view["root_view_id"] for view in maya.modals} == {ids[0]}
    fourth = client.views_push(trigger_id=trigger(playground), view=modal())
    assert (await refusal(fourth))["error"] == "push_limit_reached"


async def test_nothing_is_pushed_where_nothing_is_open(client: AsyncWebClient, playground: Playground) -> None:
    call = client.views_push(trigger_id=trigger(playground), view=modal())

    assert (await refusal(call))["error"] == "not_found"


async def test_an_update_keeps_what_was_typed_where_the_input_stays(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    before = modal(words_input("kept"), words_input("gone"))
    opened = await client.views_open(trigger_id=trigger(playground), view=before)
    await maya.fills(kept="typed", gone="typed")

    await client.views_update(view_id=opened["view"]["id"], view=modal(words_input("kept"), words_input("new")))

    assert maya.form is not None
    values = maya.form["state"]["values"]
    assert values["kept"]["typed"]["value"] == "typed"
    assert values["new"]["typed"]["value"] is None
    assert "gone" not in values


async def test_an_input_of_another_kind_begins_anew(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    opened = await client.views_open(trigger_id=trigger(playground), view=modal(words_input("when")))
    await maya.fills(when="soon")

    day = input_block("when", {"type": "datepicker", "action_id": "typed", "initial_date": "2017-06-12"})
    await client.views_update(view_id=opened["view"]["id"], view=modal(day))

    assert maya.form is not None
    assert maya.form["state"]["values"]["when"]["typed"] == {"type": "datepicker", "selected_date": "2017-06-12"}


async def test_a_hash_keeps_two_writers_apart(client: AsyncWebClient, playground: Playground) -> None:
    first = (await client.views_open(trigger_id=trigger(playground), view=modal()))["view"]
    second = (await client.views_update(view_id=first["id"], hash=first["hash"], view=modal()))["view"]

    late = client.views_update(view_id=first["id"], hash=first["hash"], view=modal())

    assert second["hash"] != first["hash"]
    assert (await refusal(late))["error"] == "hash_conflict"
    assert (await client.views_update(view_id=first["id"], view=modal()))["ok"]


async def test_the_apps_own_name_for_a_form_is_unique_while_it_is_open(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    await client.views_open(trigger_id=trigger(playground), view=modal(external_id="checkin-7"))

    twice = client.views_open(trigger_id=trigger(playground, "U0TOM"), view=modal(external_id="checkin-7"))
    assert (await refusal(twice))["error"] == "duplicate_external_id"
    assert (await client.views_update(external_id="checkin-7", view=modal(external_id="checkin-7")))["ok"]
    await maya.closes()
    assert (await client.views_open(trigger_id=trigger(playground), view=modal(external_id="checkin-7")))["ok"]


async def test_a_closed_form_cannot_be_updated(
    client: AsyncWebClient, playground: Playground, maya: PersonDriver
) -> None:
    view = (await client.views_open(trigger_id=trigger(playground), view=modal()))["view"]
    await maya.closes()

    assert (await refusal(client.views_update(view_id=view["id"], view=modal())))["error"] == "not_found"


async def test_an_update_names_its_form_in_one_way(client: AsyncWebClient, playground: Playground) -> None:
    view = (await client.views_open(trigger_id=trigger(playground), view=modal()))["view"]

    both = client.api_call("views.update", json={"view_id": view["id"], "external_id": "x", "view": modal()})
    neither = client.api_call("views.update", json={"view": modal()})

    assert (await refusal(both))["error"] == "invalid_arguments"
    assert (await refusal(neither))["error"] == "invalid_arguments"


async def test_a_home_tab_is_published_and_replaced_whole(
    client: AsyncWebClient, maya: PersonDriver, tom: PersonDriver
) -> None:
    first = (await client.views_publish(user_id="U0MAYA", view=home()))["view"]
    second = (await client.views_publish(user_id="U0MAYA", view=home(), hash=first["hash"]))["view"]

    assert maya.home == second
    assert (second["id"], second["type"]) == (first["id"], "home")
    assert second["hash"] != first["hash"]
    assert tom.home is None


@pytest.mark.parametrize("stale", ["", "1.old"])
async def test_a_home_tab_is_not_replaced_by_a_late_writer(client: AsyncWebClient, stale: str) -> None:
    await client.views_publish(user_id="U0MAYA", view=home())

    call = client.api_call("views.publish", json={"user_id": "U0MAYA", "view": home(), "hash": stale})

    assert (await refusal(call))["error"] == "hash_conflict"


async def test_a_home_tab_needs_a_person_and_a_home(client: AsyncWebClient) -> None:
    nobody = await refusal(client.views_publish(user_id="U0NOBODY", view=home()))
    no_home = await refusal(client.views_publish(user_id="U0MAYA", view=modal()))

    assert nobody["error"] == no_home["error"] == "invalid_arguments"


async def test_without_a_home_tab_nothing_is_published() -> None:
    features = MANIFEST["features"] | {"app_home": {"messages_tab_enabled": True}}

    async with Playground(MANIFEST | {"features": features}, MEMBERS) as playground:
        client = AsyncWebClient(playground.bot_token, base_url=playground.api_url)
        assert (await refusal(client.views_publish(user_id="U0MAYA", view=home())))["error"] == "not_enabled"
