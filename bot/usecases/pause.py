"""Pause until a day, and come back. All clocks stop; partners are told only the date."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.days import Span, midnight
from bot.domain.nudges import BACK, Rule, Slot
from bot.domain.people import Member, Pair, Person
from bot.domain.program import Program
from bot.usecases.confide import LAST_NOTES, has_heard
from bot.usecases.news import tell_news
from bot.usecases.phrasing import day_words
from bot.usecases.ports import Records
from bot.usecases.world import World

SOON_ENOUGH = 6
LONG_ENOUGH = timedelta(days=30)


async def pause(world: World, members: tuple[Member, ...], person: Person, until: date) -> Span:
    """Say nothing to `person` from today until `until`, that day included; return the pause.

    A pause that runs already is changed. Raises RuleBroken for a day that is past, or after the last program's end.
    """
    now = world.now()
    today = person.today(now)
    _check(world, [member.program for member in members], today, until)
    running = person.pause_on(today)
    if running is not None and running.last == until:
        return running
    span = Span(today, until)
    async with world.store.begin() as records:
        await records.end_pauses(person.id, today)
        await records.put_pause(person.id, span)
        await _leave_unsaid(records, members, person, now)
        for pair in _pairs(members, today):
            await _tell(records, pair, person, span, now)
        await records.look_now(now, person_id=person.id)
    return span


async def resume(world: World, members: tuple[Member, ...], person: Person) -> bool:
    """End the pause of `person`; return whether there was one.

    Partners who have heard of it hear that it is over; who has not heard of it never will.
    """
    now = world.now()
    today = person.today(now)
    if not any(today <= span.last for span in person.pauses):
        return False
    async with world.store.begin() as records:
        await records.end_pauses(person.id, today)
        await _leave_unsaid(records, members, person, now)
        for pair in _pairs(members, today):
            await _tell_back(records, pair, person, now)
        await records.look_now(now, person_id=person.id)
    return True


def _pairs(members: Iterable[Member], today: date) -> list[Pair]:
    return [pair for member in members for pair in member.active_pairs(today)]


async def _tell(records: Records, pair: Pair, person: Person, span: Span, now: datetime) -> None:
    """Let the partner hear the date, and nothing else, while the pause still lasts."""
    partner = pair.partner_of(person.id)
    slot = Slot(Rule.PAUSE, pair.key, _named(person, span), partner.key)
    days = min(SOON_ENOUGH, (span.last - span.first).days)
    if not await tell_news(records, slot, partner, pair, now, facts={"until": span.last.isoformat()}, days=days):
        after = span.last + timedelta(days=1)  # too late for the date: that it is over is still worth hearing
        await _tell_back(records, pair, person, max(midnight(after, one.zone) for one in (person, partner)))


async def _tell_back(records: Records, pair: Pair, person: Person, now: datetime) -> None:
    """Let the partner hear that the break is over before its last day, if they count on that day.

    `now` may lie ahead: the break is over then.
    """
    partner = pair.partner_of(person.id)
    occurrence, until = await _last_heard(records, pair, person, now)
    if not occurrence or occurrence.endswith(BACK) or until < partner.today(now):
        return
    slot = Slot(Rule.PAUSE, pair.key, occurrence + BACK, partner.key)
    await tell_news(records, slot, partner, pair, now, facts={"until": until.isoformat()}, days=SOON_ENOUGH)


async def _last_heard(records: Records, pair: Pair, person: Person, now: datetime) -> tuple[str, date]:
    """Return the occurrence of what the partner has heard last of the person's breaks, and its day; ("", …) if none."""
    partner = pair.partner_of(person.id)
    for note in await records.sent_notes(partner.id, LAST_NOTES):
        for (rule, subject, occurrence, _), facts in zip(note.slots, note.facts, strict=True):
            about_it = (rule, subject) == (Rule.PAUSE, pair.key) and occurrence.startswith(f"{person.key}/")
            if about_it and note.state != "refused":
                return occurrence, date.fromisoformat(facts["until"])
    running = person.pause_on(person.today(now))
    if running is not None and await has_heard(records, pair, partner, Rule.PAUSE, _named(person, running)):
        return _named(person, running), running.last  # before a backup was restored
    return "", date.min


def _named(person: Person, span: Span) -> str:
    return f"{person.key}/{span.first}/{span.last}"


async def _leave_unsaid(records: Records, members: tuple[Member, ...], person: Person, now: datetime) -> None:
    """Withdraw what partners have not been told yet of an earlier pause: it is not true any more."""
    partners = [(pair.partner_of(person.id).id, pair.program.id) for pair in _pairs(members, person.today(now))]
    waiting = await records.open_nudges(partners, now + LONG_ENOUGH)
    about_it = [n.id for n in waiting if n.slot.rule == Rule.PAUSE and n.slot.occurrence.startswith(f"{person.key}/")]
    if about_it:
        await records.close_nudges(about_it, "withdrawn")


def _check(world: World, programs: list[Program], today: date, until: date) -> None:
    if until < today:
        raise world.broken("pause_past", "until")
    last = max((program.span.last for program in programs), default=until)
    if until > last:
        raise world.broken("date_after", "until", last_day=day_words(last))
