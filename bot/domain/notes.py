"""Notes: what goes out to one person in one message, and how it went."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.nudges import Lane


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a part of a note. `action` is what it means, `value` what it is about, `url` where it leads.

    `picks_day` asks for a day at once. `confirm` is a question that is asked before the click counts.
    """

    action: str
    label: str
    value: str = ""
    url: str = ""
    primary: bool = False
    picks_day: bool = False
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What a note says about one thing, in mrkdwn that is not yet escaped, with the buttons that belong to it."""

    rule: str
    text: str
    buttons: tuple[Button, ...] = ()

    @property
    def spoken(self) -> str:
        """The text with what can be pressed: "[Log it] [Not yet]"."""
        pressed = " ".join(f"[{b.label}: {b.url}]" if b.url else f"[{b.label}]" for b in self.buttons)
        return f"{self.text}\n{pressed}" if pressed else self.text


@dataclass(frozen=True, slots=True)
class Note:
    """One message to one person. `id` is opaque and travels with it, so that it can be found again."""

    id: str
    program_id: str
    person_id: str
    lane: Lane
    parts: tuple[Part, ...]
    footer: str = ""

    @property
    def text(self) -> str:
        """The whole message in words, as a screen reader reads it: the buttons by their labels, links in full."""
        return "\n\n".join([*(part.spoken for part in self.parts), *filter(None, [self.footer])])


@dataclass(frozen=True, slots=True)
class SentNote:
    """What is remembered of a note: when it went, and the slots it held as (rule, subject, occurrence, pair id)."""

    id: str
    at: datetime
    state: str
    slots: tuple[tuple[str, str, str, str | None], ...]
    facts: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack took it; `channel` and `ts` name the message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Later:
    """Slack surely did not take it: try again, not before `until`."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack surely did not take it, and will not. `whose` says what is at fault: person, workspace or message."""

    reason: str
    whose: str = "message"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Slack may have taken it. It is never sent twice."""

    reason: str


Outcome = Sent | Later | Refused | Unknown
