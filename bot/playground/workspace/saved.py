"""A playground on paper: all that there is in it, so that the same or another one can go on from there.

Not kept are the promises of a moment (trigger ids, response URLs), the journal, faults, limits and the clock's speed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, get_type_hints

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.clock import Clock
from bot.playground.workspace.paper import read, written
from bot.playground.workspace.slack import Slack
from bot.playground.workspace.state import Json, Person

VERSION = 2  # of the shape below; 1 did not say so
TOKENS = ("bot_token", "app_token", "signing_secret", "verification_token", "client_id", "client_secret")
PARTS = ("external_ids", "scheduled", "files")  # of Slack, by attribute: beside people, conversations and the clock


class NotSaved(ValueError):
    """That is no saved playground, or one of another release."""


@dataclass(slots=True)
class Kept:
    """Everything. Views are kept with the people who have them open; `tokens` and secrets are the app's."""

    version: int
    now: datetime
    stamp: str
    numbered: int
    installed: bool
    scopes: set[str]
    tokens: dict[str, str]
    people: list[Person]
    channels: list[Channel]
    parts: dict[str, Any]


def save(slack: Slack) -> Json:
    """Return what JSON can hold of the workspace."""
    kept = Kept(
        version=VERSION,
        now=slack.clock.now(),
        stamp=slack.clock.last_stamp,
        numbered=slack.numbered,
        installed=slack.app.installed,
        scopes=slack.app.scopes,
        tokens={name: getattr(slack.app, name) for name in TOKENS},
        people=list(slack.workspace.people.values()),
        channels=list(slack.workspace.channels.values()),
        parts={name: getattr(slack, name) for name in PARTS},
    )
    on_paper: Json = written(kept)
    return on_paper


def load(slack: Slack, paper: Mapping[str, Any]) -> None:
    """Put the workspace where `save` found it, be that earlier; the app keeps its present tokens.

    Raises NotSaved, and changes nothing, if that is no saved playground of this release.
    """
    kept = _read(paper)
    slack.clock.put_back(kept.now, kept.stamp)
    slack.numbered = max(slack.numbered, kept.numbered)
    _install(slack, kept.installed)
    slack.app.scopes.clear()
    slack.app.scopes.update(kept.scopes)
    slack.workspace.people = {person.id: _at_their_desk(slack, person) for person in kept.people}
    slack.workspace.channels = {channel.id: channel for channel in kept.channels}
    slack.views = {view.id: view for person in kept.people for view in (person.home, *person.modals) if view}
    for name, part in kept.parts.items():
        setattr(slack, name, part)
    slack.bell.ring()


def _install(slack: Slack, installed: bool) -> None:
    """Have the app in the workspace, or not. Its token of the moment works again, whatever had become of it."""
    slack.app.dead.pop(slack.app.bot_token, None)
    slack.app.installed = True
    if not installed:
        slack.app.remove()


def tokens_in(paper: Mapping[str, Any]) -> Mapping[str, str]:
    """The app's tokens and secrets in a saved playground. Raise NotSaved if it is none of this release."""
    tokens = _read(paper).tokens
    return {name: tokens[name] for name in TOKENS if name in tokens}


def _at_their_desk(slack: Slack, kept: Person) -> Person:
    """The person as kept; whoever holds on to somebody who is here already goes on holding them."""
    here = slack.person(kept.id)
    if here is None:
        return kept
    for one in fields(Person):
        setattr(here, one.name, getattr(kept, one.name))
    return here


def _read(paper: Mapping[str, Any]) -> Kept:
    if not isinstance(paper, Mapping) or paper.get("version") != VERSION:
        raise NotSaved("That was saved by another release of the playground, or is no saved playground at all.")
    hints = get_type_hints(Slack)
    try:
        kept: Kept = read(Kept, paper)
        Clock(kept.now).put_back(kept.now, kept.stamp)
        kept.parts = {name: read(hints[name], kept.parts[name]) for name in PARTS}
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise NotSaved(f"That is no saved playground ({wrong!r}).") from wrong
    return kept
