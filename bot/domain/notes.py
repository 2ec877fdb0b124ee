"""Notes: what goes out to one person in one message, and how it went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.figures import YearFigures
from bot.domain.nudges import Lane

# How long after its call a message may still appear in the conversation: longer than a call may take, and than a
# message was ever seen to be late. Only then does "not there" mean that it never came.
SETTLING = timedelta(minutes=2)


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
class Picture:
    """What is to be seen: figures that can be drawn. `alt` says in words all that the drawing says, and no name."""

    figures: YearFigures
    alt: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a note says about one thing, in mrkdwn that is not yet escaped, with the buttons that belong to it.

    Where its picture cannot be brought, the words of the picture are shown in its place.
    """

    rule: str
    text: str
    buttons: tuple[Button, ...] = ()
    picture: Picture | None = None

    @property
    def spoken(self) -> str:
        """The text with what its picture shows, and what can be pressed: "[Log it] [Not yet]"."""
        pressed = " ".join(f"[{b.label}: {b.url}]" if b.url else f"[{b.label}]" for b in self.buttons)
        return "\n".join(filter(None, [self.text, self.picture.alt if self.picture else "", pressed]))


@dataclass(frozen=True, slots=True)
class Note:
    """One message to one person. `id` and `marks` are opaque and travel with it, so that it can be found again:
    the id tells this try from every other, the marks tell what it says (see Nudge.mark). `footer` are the buttons that
    stand below each note.
    """

    id: str
    program_id: str
    person_id: str
    lane: Lane
    parts: tuple[Part, ...]
    footer: Part | None = None
    marks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole message in words, as a screen reader reads it: the buttons by their labels, links in full."""
        return "\n\n".join(part.spoken for part in (*self.parts, *filter(None, [self.footer])))


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
    """Slack surely did not take it: try again, not before `until`.

    `cause` is "limit" (429: everybody slows down), "line" (Slack was not reached) or "lease" (no time left to begin).
    """

    until: datetime
    reason: str
    cause: str = "limit"


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack surely did not take it, and will not. `whose` says what is at fault: person, workspace or message."""

    reason: str
    whose: str = "message"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Slack may have taken it. The conversation is read before anything else is done."""

    reason: str


Outcome = Sent | Later | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Absent:
    """The conversation was read, long enough after the call: the message is not there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The conversation cannot be read, and never will as things are: whether the message arrived cannot be told."""

    reason: str


Finding = Sent | Absent | Unreadable | Later


@dataclass(frozen=True, slots=True)
class Lease:
    """How long a sender may begin its call. `deadline` is in seconds of the sender's own steady clock.

    A process that was stopped in between finds the deadline past, whatever the clock on the wall says.
    """

    deadline: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A note of which nobody knows whether it arrived. `channel` is where it would be; "" when that is not known."""

    note_id: str
    workspace_id: str
    person_id: str
    slack_id: str
    channel: str
    lane: Lane
    started_at: datetime
