"""views.*: the forms on a person's screen, three deep at most, and the home tab."""

import secrets
from typing import Any

from bot.playground.block_kit import forms
from bot.playground.block_kit.checks import too_large, view_problems
from bot.playground.block_kit.filled_in import filled_in, with_ids
from bot.playground.refusals import MethodRefused, missing
from bot.playground.web_api.arguments import Arguments
from bot.playground.web_api.method import Method
from bot.playground.workspace.passes import Trigger
from bot.playground.workspace.shapes import view_object
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, OpenView, Person

DEEPEST = 3
LABELS = ("title", "submit", "close")


def open_view(slack: Slack, args: Arguments) -> Json:
    """views.open: a new form, which takes the place of whatever was open."""
    trigger, person = _asker(slack, args)
    body = _checked(slack, args, "modal")
    trigger.used = True
    close_all(slack, person)
    return {"view": view_object(put_on_top(slack, person, body, trigger.channel))}


def push(slack: Slack, args: Arguments) -> Json:
    """views.push: one more form on top of those that are open."""
    trigger, person = _asker(slack, args)
    if not person.modals:
        raise MethodRefused("not_found")
    if len(person.modals) >= DEEPEST:
        raise MethodRefused("push_limit_reached")
    body = _checked(slack, args, "modal")
    trigger.used = True
    return {"view": view_object(put_on_top(slack, person, body, trigger.channel))}


def update(slack: Slack, args: Arguments) -> Json:
    """views.update: by the view's id or the app's own name for it; with `hash`, only if nothing changed meanwhile."""
    if args.has("view_id") == args.has("external_id"):
        raise MethodRefused("invalid_arguments", ["[ERROR] exactly one of view_id, external_id is needed"])
    view_id = args.text("view_id") or slack.external_ids.get(args.text("external_id"), "")
    view = slack.views.get(view_id)
    if view is None or view.body["type"] != "modal":
        raise MethodRefused("not_found")
    _refuse_stale(args, view)
    replace(slack, view, _checked(slack, args, "modal", instead_of=view))
    return {"view": view_object(view)}


def publish(slack: Slack, args: Arguments) -> Json:
    """views.publish: the home tab of one person, whole."""
    if not slack.app.home_tab:
        raise MethodRefused("not_enabled")
    person = slack.person(args.needed("user_id"))
    if person is None:
        raise MethodRefused("invalid_arguments", ["[ERROR] invalid `user_id`"])
    _refuse_stale(args, person.home)
    body = _checked(slack, args, "home", instead_of=person.home)
    if person.home is None:
        person.home = _new(slack, person, body)
    else:
        replace(slack, person.home, body)
    person.home_published += 1
    slack.bell.ring()
    return {"view": view_object(person.home)}


def take(slack: Slack, person: Person, view: Any, action: str, current: OpenView) -> None:
    """Do what an answer to a submission says: `push` or `update` with this view. Raise MethodRefused if it is wrong."""
    if not isinstance(view, dict):
        raise missing("view")
    if action == "push" and len(person.modals) >= DEEPEST:
        raise MethodRefused("push_limit_reached")
    body = _accepted(slack, view, "modal", instead_of=current if action == "update" else None)
    if action == "push":
        put_on_top(slack, person, body)
    else:
        replace(slack, current, body)


def put_on_top(slack: Slack, person: Person, body: Json, here: str = "") -> OpenView:
    """Open a form on top of a person's stack. `here` is the conversation they look at, if they do."""
    view = _new(slack, person, body, here)
    if person.modals:
        view.previous, view.root = person.modals[-1].id, person.modals[0].id
    person.modals.append(view)
    slack.bell.ring()
    return view


def replace(slack: Slack, view: OpenView, body: Json) -> None:
    """Show something else in a view; inputs that keep their ids keep what was typed into them."""
    slack.external_ids.pop(view.external_id, None)
    view.body, view.hash = body, _fresh_hash(slack)
    view.values = forms.held(view.blocks, {}, _of_same_type(view))
    _name(slack, view)
    slack.bell.ring()


def close(slack: Slack, person: Person, view: OpenView) -> None:
    """Take one form off a person's stack, if it is still there."""
    if view in person.modals:
        person.modals.remove(view)
        slack.views.pop(view.id, None)
        slack.external_ids.pop(view.external_id, None)
        slack.bell.ring()


def close_all(slack: Slack, person: Person) -> None:
    """Take every form off a person's stack."""
    for view in tuple(person.modals):
        close(slack, person, view)


def _asker(slack: Slack, args: Arguments) -> tuple[Trigger, Person]:
    trigger = slack.triggers.look_at(args.needed("trigger_id"))
    return trigger, slack.workspace.people[trigger.user]


def _checked(slack: Slack, args: Arguments, kind: str, instead_of: OpenView | None = None) -> Json:
    view = args.structure("view", "invalid_arguments")
    if not isinstance(view, dict):
        raise missing("view")
    return _accepted(slack, view, kind, instead_of)


def _accepted(slack: Slack, view: Json, kind: str, instead_of: OpenView | None) -> Json:
    if view.get("type") != kind:
        raise MethodRefused("invalid_arguments", [f"[ERROR] must be {kind} [json-pointer:/view/type]"])
    if too_large(view):
        raise MethodRefused("view_too_large")
    problems = view_problems(view)
    if problems:
        raise MethodRefused("invalid_arguments", problems)
    holder = slack.external_ids.get(view.get("external_id") or "")
    if holder is not None and (instead_of is None or holder != instead_of.id):
        raise MethodRefused("duplicate_external_id")
    return {
        **view,
        **{name: filled_in(view[name]) for name in LABELS if name in view},
        "blocks": with_ids(view["blocks"]),
    }


def _new(slack: Slack, person: Person, body: Json, here: str = "") -> OpenView:
    view_id = f"V{slack.number():010d}"
    view = OpenView(view_id, person.id, body, _fresh_hash(slack), root=view_id)
    view.values = forms.held(view.blocks, {}, {}, here)
    slack.views[view_id] = view
    _name(slack, view)
    return view


def _name(slack: Slack, view: OpenView) -> None:
    if view.external_id:
        slack.external_ids[view.external_id] = view.id


def _refuse_stale(args: Arguments, view: OpenView | None) -> None:
    """A `hash` that is given must be the newest, even an empty one (slack-go#1462)."""
    if args.has("hash") and (view is None or args.text("hash") != view.hash):
        raise MethodRefused("hash_conflict")


def _of_same_type(view: OpenView) -> Json:
    """What the inputs held, where an input of the same type has kept its place."""
    kept: Json = {}
    for block, element in forms.inputs_of(view.blocks):
        was = view.values.get(block["block_id"], {}).get(element["action_id"])
        if was and was["type"] == element["type"]:
            kept.setdefault(block["block_id"], {})[element["action_id"]] = was
    return kept


def _fresh_hash(slack: Slack) -> str:
    return f"{slack.clock.seconds()}.{secrets.token_hex(4)}"


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
