"""What one of a pair can do while an ending stands: take it back, who asked for it; and look for another partner."""

from bot.content.words import Words
from bot.domain.people import Pair, Person
from bot.slack import blocks as b


def ending_row(words: Words, pair: Pair, person: Person) -> list[b.Element]:
    """Return the buttons; none for a pair that goes on."""
    if pair.ending is None:
        return []
    mine = pair.ending.asked_by == person.id
    back = [b.button("take_back_ending", words.say("buttons.take_back_ending"), pair.id)] if mine else []
    return [*back, b.button("open_rematch", words.say("buttons.open_rematch"), pair.id)]
