"""Messages that the app has written for later."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.playground.workspace.channels import Json


@dataclass(frozen=True, slots=True)
class ScheduledMessage:
    """One message for later. `post_at` is aware; `content` is what it says, as it goes into the message."""

    id: str
    channel: str
    post_at: datetime
    created: int
    content: Json


@dataclass(slots=True)
class Scheduled:
    """What is still to be sent, by id; gone through by the time at which it goes out."""

    waiting: dict[str, ScheduledMessage] = field(default_factory=dict)

    def __iter__(self) -> Iterator[ScheduledMessage]:
        return iter(sorted(self.waiting.values(), key=lambda one: one.post_at))

    def add(self, message: ScheduledMessage) -> None:
        """Keep a message for later."""
        self.waiting[message.id] = message

    def get(self, message_id: str) -> ScheduledMessage | None:
        """A message that is still to be sent, or None."""
        return self.waiting.get(message_id)

    def drop(self, message_id: str) -> None:
        """Forget a message."""
        self.waiting.pop(message_id, None)

    def next_due(self) -> datetime | None:
        """When the next message goes out; None if nothing waits.

        One with metadata never goes out: so it is in Slack, a documented mistake of theirs.
        """
        return next((one.post_at for one in self if "metadata" not in one.content), None)

    def take_due(self, now: datetime) -> list[ScheduledMessage]:
        """What goes out by `now`, the earliest first; it does not wait any more. What has metadata is gone for good."""
        due = [one for one in self if one.post_at <= now]
        for one in due:
            self.drop(one.id)
        return [one for one in due if "metadata" not in one.content]
