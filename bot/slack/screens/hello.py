"""Hello: whoever writes to Tandem gets a menu, so that everything can be reached from the DM's buttons alone."""

from bot.content.words import Words
from bot.domain.people import Pair, Person
from bot.slack import blocks as b
from bot.slack.after_view import over_blocks
from bot.slack.doors import Doors
from bot.slack.home_view import foot_buttons, role_buttons, stranger_blocks
from bot.slack.visit import Visit
from bot.usecases.phrasing import day_words, first_name
from bot.usecases.see_home import Home, see_home

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
    alone = len(home.own_pairs) == 1
    shown += [_pair_row(pair, home.person, alone=alone) for pair in home.own_pairs[:MOST_PAIRS]]
    return [*shown, *_role_rows(home), b.actions(_own_buttons(home, home.person), "hello-own")]


def _greeting(words: Words, home: Home, name: str) -> str:
    coming = [one.member.program for one in home.open if home.today < one.member.program.span.first]
    if len(coming) == len(home.open):
        return words.say("hello.before", name=name, program=coming[0].name, day=day_words(coming[0].span.first))
    return words.say("hello.menu", name=name)


def _pair_row(pair: Pair, person: Person, *, alone: bool) -> b.Block:
    partner = "" if alone else f" with {pair.partner_of(person.id).name}"
    log = b.button("log_meeting", f"Log a meeting{partner}", pair.id, style="primary")
    plan = b.button("plan_meeting", "Plan the next one", pair.id)
    goals = b.button("open_goals", f"Goals{partner}", pair.id)
    return b.actions([log, plan, goals, *_more(pair)], f"hello-{pair.id}")


def _more(pair: Pair) -> list[b.Element]:
    return [
        b.button("open_steps", "Next steps", pair.id),
        b.button("open_agreement", "Agreement", pair.id),
        b.button("open_ideas", "Ideas", pair.id),
        b.button("in_the_way", "A quiet word", pair.id),
    ]


def _role_rows(home: Home) -> list[b.Block]:
    """A row for each program in which the person follows pairs or coordinates."""
    rows = [(one.member.program.id, role_buttons(one.member)) for one in home.open]
    return [b.actions(buttons, f"hello-role-{program_id}") for program_id, buttons in rows if buttons]


def _own_buttons(home: Home, person: Person) -> list[b.Element]:
    resume = [b.button("resume", "Resume now")] if person.pause_on(home.today) else []
    return [b.button("open_status", "Status"), *resume, *foot_buttons(person, home.today)]
