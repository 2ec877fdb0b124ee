"""Half-filled forms: the offer to go on can be thrown away, and a form that stands as it was left begins anew."""

from bot.slack.doors import Doors
from bot.slack.kept_forms import ANEW, AWAY, begin_anew, throw_away


def register(doors: Doors) -> None:
    """Answer [Throw it away] and [Begin anew], whichever form it is."""
    doors.action(AWAY, throw_away)
    doors.action(ANEW, begin_anew)
