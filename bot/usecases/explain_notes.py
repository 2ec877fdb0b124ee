"""Explain: what went out to a person of its own accord, and the rule behind each."""

from dataclasses import dataclass
from datetime import date
from itertools import chain

from bot.domain.choices import kind_of
from bot.domain.coming import WHEN_IT_HAPPENS, next_day
from bot.domain.notes import SentNote
from bot.domain.nudges import Entry
from bot.domain.people import Member, Pair, Person
from bot.domain.rules import member_timetable, pair_timetable
from bot.usecases.world import World

LAST_NOTES, NOTES_KNOWN = 5, 60


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of thing that a note said. `partner` is who it was about, for the person's own pair; `next_day` when the
    same may come again: None when it comes only when it happens, or not at all.
    """

    rule: str
    partner: Person | None
    next_day: date | None
    when_it_happens: bool
    muted: bool
    asleep_until: date | None = None

    @property
    def kind(self) -> str:
        """The kind that can be switched off, by its name in the settings; "" for what must reach people."""
        return kind_of(self.rule) or ""


@dataclass(frozen=True, slots=True)
class Explained:
    """A note: on which day of the person's it went, what became of it ("sent" …), and why it came."""

    day: date
    state: str
    reasons: tuple[Reason, ...]


async def explain_notes(world: World, members: tuple[Member, ...], person: Person) -> list[Explained]:
    """Return the last notes to `person`, newest first, as things stand now."""
    now = world.now()
    today = person.today(now)
    async with world.store.begin() as records:
        notes = await records.sent_notes(person.id, LAST_NOTES)
    entries = _timetable(world, members, today)
    return [_explain(note, members, person, entries, today) for note in notes]


async def explain_note(world: World, members: tuple[Member, ...], person: Person, note_id: str) -> Explained | None:
    """Return why one note came to `person`; None for one that is not theirs, or that is long ago."""
    now = world.now()
    today = person.today(now)
    async with world.store.begin() as records:
        notes = await records.sent_notes(person.id, NOTES_KNOWN)
    note = next((one for one in notes if one.id == note_id), None)
    return _explain(note, members, person, _timetable(world, members, today), today) if note else None


def _timetable(world: World, members: tuple[Member, ...], today: date) -> list[Entry]:
    """Return all that is to come for the members, of programs that have not ended."""
    current = [member for member in members if today <= member.program.span.last]
    own = (member_timetable(member, world.composer.prompts.all, today) for member in current)
    pairs = (pair_timetable(pair) for member in current for pair in (*member.pairs, *member.watched))
    return list(chain.from_iterable(chain(own, pairs)))


def _explain(
    note: SentNote, members: tuple[Member, ...], person: Person, entries: list[Entry], today: date
) -> Explained:
    kinds = dict.fromkeys((rule, pair_id) for rule, _, _, pair_id in note.slots)
    own = {pair.id: pair for member in members for pair in member.pairs}
    reasons = [_reason(rule, own.get(pair_id or ""), pair_id, person, entries, today) for rule, pair_id in kinds]
    return Explained(person.today(note.at), note.state, tuple(dict.fromkeys(reasons)))


def _reason(
    rule: str, pair: Pair | None, pair_id: str | None, person: Person, entries: list[Entry], today: date
) -> Reason:
    return Reason(
        rule=rule,
        partner=pair.partner_of(person.id) if pair else None,
        next_day=next_day(entries, rule, person.id, today, pair_id=pair_id),
        when_it_happens=rule in WHEN_IT_HAPPENS,
        muted=rule in person.preferences.muted,
        asleep_until=max(
            (until for kind, until in person.preferences.snoozed if kind == rule and today <= until), default=None
        ),
    )
