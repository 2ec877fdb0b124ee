"""Forms: sending one, and closing it or all of them."""

from bot.playground.block_kit import forms
from bot.playground.desk import answers
from bot.playground.desk.at_desk import ask, open_view, with_app
from bot.playground.desk.clicks import refuse_unknown
from bot.playground.refusals import ActRefused
from bot.playground.web_api import views
from bot.playground.wire import interactions
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person


async def submit(slack: Slack, user: str, view_id: str, state: Json) -> dict[str, str]:
    """Send a form. Give the errors, by block_id: Slack's own client finds some before the app is asked."""
    person = with_app(slack, user)
    view = open_view(slack, person, view_id)
    if not person.modals or view is not person.modals[-1]:
        raise ActRefused("view_not_on_top", "That form is not on top.", 409)
    refuse_unknown(view, state)
    view.values = forms.held(view.blocks, state, view.values)
    complaints = forms.complaints(view.blocks, view.values)
    if complaints:
        return complaints
    return await send_form(slack, person, view, interactions.view_submission(slack, person, view))


async def send_form(slack: Slack, person: Person, view: OpenView, payload: Json) -> dict[str, str]:
    """Bring a submission to the app, and do what it says."""
    return answers.settle_submission(slack, person, view, await ask(slack, "interactive", payload))


async def close(slack: Slack, user: str, view_id: str, *, whole_stack: bool = False) -> None:
    """Close a form, or with `whole_stack` all of them. The app hears of those that have notify_on_close."""
    person = with_app(slack, user)
    view = open_view(slack, person, view_id)
    if view not in person.modals:
        raise ActRefused("not_a_form", "The home tab cannot be closed.")
    cleared = whole_stack or view.body.get("clear_on_close") is True
    closing = tuple(person.modals) if cleared else tuple(person.modals[person.modals.index(view) :])
    for one in reversed(closing):
        views.close(slack, person, one)
    for one in reversed(closing):
        if one.body.get("notify_on_close"):
            await ask(slack, "interactive", interactions.view_closed(slack, person, one, cleared))
