"""After the last day: what is left to see of a pair or a program that has ended, and whom to ask. Pure."""

from datetime import date

from bot.content.words import Words
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Phase, Role
from bot.domain.rules.closing import may_be_asked_later
from bot.slack import blocks as b
from bot.usecases.look_back import ended_pairs
from bot.usecases.phrasing import day_words, first_name, listed
from bot.usecases.see_home import Home

MOST_ENDED = 5


def over_blocks(words: Words, home: Home, key: str = "home.after") -> list[b.Block]:
    """Say, once all programs of a person are over, which was the last, what there is to look back at, whom to ask."""
    last = max((one.member for one in home.programs), key=lambda member: member.program.span.last)
    name = first_name(last.person.name)
    said = words.say(key, program=last.program.name, day=day_words(last.program.span.last), name=name)
    shown = [b.section(said)]
    for one in home.programs:
        shown += ended_blocks(words, one.member, home.today)
    others = [(one.program, [name for name in one.names if name != last.person.name]) for one in home.ask]
    asked = [words.say("home.ask", program=program, names=listed(names)) for program, names in others if names]
    shown += [b.context("\n".join(asked))] if asked else []
    return [*shown, b.actions(_buttons(words, home), "after")]


def _buttons(words: Words, home: Home) -> list[b.Element]:
    """What came of the pairs, for who coordinated them; settings only where a message may still come."""
    members = [one.member for one in home.programs]
    later = any(may_be_asked_later(member, home.today) for member in members)
    coordinated = next((member for member in members if Role.COORDINATOR in member.roles), None)
    outlook = outlook_button(words, coordinated, home.today) if coordinated else []
    settings = [b.button("open_settings", "Settings")] if later else []
    return [*outlook, *settings, b.button("open_why", "Why these messages")]


def outlook_button(words: Words, member: Member, today: date) -> list[b.Element]:
    """What came of the pairs, for who coordinates them: from the last phase on, also after the end."""
    window = member.program.window_within(Phase.TRANSITIONING)
    begun = window is not None and today >= window.first
    shown = begun and Role.COORDINATOR in member.roles
    return [b.button("open_outlook", words.say("buttons.open_outlook"), member.program.id)] if shown else []


def ended_blocks(words: Words, member: Member, today: date) -> list[b.Block]:
    """Say of each own pair that has ended when that was, with the way to look back; the last to end first."""
    ended = sorted(ended_pairs(member, today), key=lambda pair: pair.span.last, reverse=True)
    back = words.say("buttons.look_back")
    return [
        b.section(_ended_words(words, pair, member.person, today), accessory=b.button("look_back", back, pair.id))
        for pair in ended[:MOST_ENDED]
    ]


def _ended_words(words: Words, pair: Pair, person: Person, today: date) -> str:
    partner = first_name(pair.partner_of(person.id).name)
    said = words.say("home.pair_over", partner=partner, day=day_words(pair.span.last))
    liaison = pair.confidant if today <= pair.program.span.last else None
    return said if liaison is None else f"{said} {words.say('home.pair_over_ask', liaison=liaison.name)}"
