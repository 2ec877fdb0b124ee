"""Hello: whoever writes to Tandem gets a menu, so that everything can be reached from the DM's buttons alone."""

from datetime import datetime

from bot.content.words import Words
from bot.domain.next_step import next_step
from bot.domain.people import Person
from bot.slack import blocks as b
from bot.slack.after_view import over_blocks
from bot.slack.doors import Doors
from bot.slack.home_view import foot_buttons, role_row, stranger_blocks
from bot.slack.pair_rows import pair_rows
from bot.slack.visit import Visit
from bot.usecases.phrasing import day_words, first_name
from bot.usecases.see_home import Home, PairAtHome, see_home

MOST_PAIRS = 10
SPOKEN_SUBTYPES = (None, "file_share", "me_message", "thread_broadcast")
OWN_PLACES = ("im", "app_home")  # what Slack calls a conversation with an app


def register(doors: Doors) -> None:
    """Answer what people write into their conversation with the app."""
    doors.event("message", written)


async def written(visit: Visit) -> None:
    """Somebody wrote. Bots, edits, deletions and what is written elsewhere get no answer."""
    message = visit.notice
    by_person = visit.slack_id and not message.get("bot_id") and message.get("subtype") in SPOKEN_SUBTYPES
    if not by_person or message.get("channel_type") not in OWN_PLACES:
        return
    home = await see_home(visit.world, visit.workspace_id, visit.slack_id)
    await visit.send("", build_menu(visit.world.words, home))


def build_menu(words: Words, home: Home) -> list[b.Block]:
    """Offer all that this person can do, as buttons; explain Tandem to somebody in no program."""
    if home.person is None:
        return stranger_blocks(words, home.ask)
    name = first_name(home.person.name)
    if not home.open:
        return over_blocks(words, home, "hello.after")
    shown = [b.section(_greeting(words, home, name))]
    at_home = [one for program in home.open for one in program.pairs]
    for one in at_home[:MOST_PAIRS]:
        shown += _pair_blocks(words, one, home.person, home.now, alone=len(at_home) == 1)
    return [*shown, *_role_rows(words, home), b.actions(_own_buttons(home, home.person), "hello-own")]


def _greeting(words: Words, home: Home, name: str) -> str:
    coming = [one.member.program for one in home.open if home.today < one.member.program.opens]
    if len(coming) == len(home.open):
        key = "before_planning" if coming[0].opens < coming[0].span.first else "before"
        return words.say(
            f"hello.{key}",
            name=name,
            program=coming[0].name,
            day=day_words(coming[0].span.first),
            opens=day_words(coming[0].opens),
        )
    return words.say("hello.menu", name=name)


def _pair_blocks(words: Words, at_home: PairAtHome, me: Person, now: datetime, *, alone: bool) -> list[b.Block]:
    pair = at_home.pair
    step = next_step(pair, me.id, at_home.goals, me.today(now))
    first, second = pair_rows(words, pair, me, step, now)
    named = [] if alone else [b.section(words.say("hello.pair", partner=pair.partner_of(me.id).name))]
    return [*named, b.actions(first, f"hello-{pair.id}"), b.actions(second, f"hello-more-{pair.id}")]


def _role_rows(words: Words, home: Home) -> list[b.Block]:
    """A row for each program in which the person follows pairs or coordinates."""
    return [row for one in home.open for row in role_row(words, one.member, home.today, "hello-role")]


def _own_buttons(home: Home, person: Person) -> list[b.Element]:
    resume = [b.button("resume", "Resume now")] if person.pause_on(home.today) else []
    return [b.button("open_status", "Status"), *resume, *foot_buttons(person, home.today)]
