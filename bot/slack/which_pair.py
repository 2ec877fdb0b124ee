"""With whom? For who is in several pairs: a line for each, with the button that goes on."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.domain.people import Pair, Person
from bot.slack import blocks as b


def which_pair_blocks(words: Words, pairs: Sequence[Pair], person: Person, action: str, label: str) -> list[b.Block]:
    """Ask which pair is meant, and offer each by the partner's name."""
    offered = [
        b.section(f"*{pair.partner_of(person.id).name}*", accessory=b.button(action, label, pair.id))
        for pair in pairs[:40]
    ]
    return [b.section(words.say("pairs.which")), *offered]
