"""How the two of a pair remember a meeting: who may still change it, and what it counts as after an answer.

The one who logged a meeting is its logger, the other one the partner. Whatever both do, and in whatever order, it is
one meeting: it counts, or it is denied and counts nowhere.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.meetings import Confirmed, Meeting, Words
from bot.domain.people import Pair, Person

NOON, NONE, AN_HOUR = time(12), timedelta(0), timedelta(hours=1)
FAR_APART = 8  # hours


def still_editable(meeting: Meeting, pair: Pair, by: Person, now: datetime) -> bool:
    """Tell whether `by` may change the facts outright: their own, not long after it was logged, by their calendar."""
    last = by.today(meeting.logged_at) + timedelta(days=pair.program.pairs.editable)
    return meeting.logged_by == by.id and by.today(now) <= last


def partners_day(day: date, by: Person, partner: Person) -> date | None:
    """Return the other day that a meeting on `day`, by one's own calendar, may have on the partner's.

    None where the two live so near to each other that hardly anybody meets while their calendars differ.
    """
    noon = datetime.combine(day, NOON)
    ahead = noon.replace(tzinfo=by.zone).utcoffset(), noon.replace(tzinfo=partner.zone).utcoffset()
    hours = ((ahead[0] or NONE) - (ahead[1] or NONE)) / AN_HOUR
    return day - timedelta(days=1 if hours > 0 else -1) if abs(hours) >= FAR_APART else None


def partner_has_spoken(meeting: Meeting) -> bool:
    """Tell whether the partner stands by the meeting or has written about it: then it is not the logger's alone."""
    stands_by_it = meeting.confirmed in (Confirmed.YES, Confirmed.CHANGED)
    return stands_by_it or any(words for words in meeting.words if words.person_id != meeting.logged_by)


def has_been_answered(meeting: Meeting) -> bool:
    """Tell whether its facts are known to both, so that a change of them is worth remembering."""
    return meeting.confirmed is not Confirmed.NOT_YET


# -- what a meeting counts as, after… -----------------------------------------------------------------------------


def they_met(meeting: Meeting, by: Person) -> Meeting:
    """Return it after `by` says that they met: the partner confirms it, the logger keeps it or takes over the change.

    A partner who had changed the facts has confirmed them already.
    """
    if by.id == meeting.logged_by:
        then = {Confirmed.DENIED: Confirmed.KEPT, Confirmed.CHANGED: Confirmed.YES}
    else:
        then = {Confirmed.NOT_YET: Confirmed.YES, Confirmed.DENIED: Confirmed.YES}
    return replace(meeting, confirmed=then.get(meeting.confirmed, meeting.confirmed))


def they_did_not_meet(meeting: Meeting, by: Person) -> Meeting:
    """Return it after `by` says that they did not meet; what the logger has kept, the partner denies no more."""
    kept = meeting.confirmed is Confirmed.KEPT and by.id != meeting.logged_by
    return meeting if kept else replace(meeting, confirmed=Confirmed.DENIED)


def unanswered(meeting: Meeting, by: Person) -> Meeting:
    """Return it after the partner takes back a plain yes or no."""
    plain = meeting.confirmed in (Confirmed.YES, Confirmed.DENIED)
    return replace(meeting, confirmed=Confirmed.NOT_YET) if plain and by.id != meeting.logged_by else meeting


def with_facts(meeting: Meeting, changed: Meeting, by: Person) -> Meeting:
    """Return `changed`, whose facts are those that `by` gives, as what it counts as from now on."""
    if by.id != meeting.logged_by:
        kept = meeting.confirmed is Confirmed.KEPT
        return replace(changed, confirmed=Confirmed.KEPT if kept else Confirmed.CHANGED)
    if meeting.confirmed in (Confirmed.DENIED, Confirmed.KEPT):
        return replace(changed, confirmed=Confirmed.KEPT)
    same = meeting.facts == changed.facts
    return replace(changed, confirmed=meeting.confirmed if same else Confirmed.NOT_YET)


# -- two that become one ------------------------------------------------------------------------------------------


def united(kept: Meeting, gone: Meeting) -> Meeting:
    """Return `kept` with the words of `gone`; nobody's words are lost."""
    writers = dict.fromkeys(words.person_id for words in (*kept.words, *gone.words))
    words = tuple(_joined(kept.words_of(writer), gone.words_of(writer)) for writer in writers)
    return replace(kept, words=words)


def _joined(first: Words, second: Words) -> Words:
    return Words(
        first.person_id,
        _lines(first.next_step, second.next_step, " · "),
        _lines(first.notes, second.notes, "\n"),
        _lines(first.private, second.private, "\n"),
    )


def _lines(first: str, second: str, between: str) -> str:
    """Join two texts, each said once."""
    if not second or second in first:
        return first
    return second if not first or first in second else f"{first}{between}{second}"


def without_words(meeting: Meeting, person_id: str) -> Meeting:
    """Return `meeting` without what one of the two wrote."""
    return replace(meeting, words=tuple(said for said in meeting.words if said.person_id != person_id))


def with_words(meeting: Meeting, words: Words, *, literal: bool) -> Meeting:
    """Return `meeting` with what one of the two writes.

    `literal`: they saw what they had written before, and this takes its place; else it is put beside it.
    """
    others = tuple(said for said in meeting.words if said.person_id != words.person_id)
    own = words if literal else _joined(meeting.words_of(words.person_id), words)
    return replace(meeting, words=(*others, own) if own else others)
