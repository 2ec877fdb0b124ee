"""Rows into values, and values into rows. Nothing else in the project sees a row."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Row

from bot.domain.announcements import Announcement
from bot.domain.days import Span
from bot.domain.goals import Goal, GoalState
from bot.domain.meetings import Confirmed, Means, Meeting, Words
from bot.domain.nudges import Lane, Nudge, Slot
from bot.domain.people import Answer, AnswerKind, Person
from bot.store.documents import read_preferences
from bot.usecases.ports import PairRow, Workspace

AnyRow = Row[Any]
Values = Mapping[str, object]

UTC_ZONE = ZoneInfo("UTC")


def zone_named(name: str, otherwise: ZoneInfo = UTC_ZONE) -> ZoneInfo:
    """Return the zone of that name, or `otherwise` where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown, empty or absolute, a folder of zones
        return otherwise


def workspace_of(row: AnyRow) -> Workspace:
    """Read a workspace."""
    return Workspace(row.id, row.team_id or "", row.name, row.stopped)


def person_of(row: AnyRow, pauses: tuple[Span, ...], otherwise: ZoneInfo) -> Person:
    """Read a person; `otherwise` stands in for a zone that this machine does not know."""
    return Person(
        id=row.id,
        key=row.key,
        name=row.name,
        zone=zone_named(row.zone, otherwise),
        slack_id=row.slack_id,
        email=row.email,
        preferences=read_preferences(row.preferences),
        pauses=pauses,
        unreachable=row.unreachable,
        channel=row.channel,
        unreachable_at=row.unreachable_at,
    )


def person_values(person: Person) -> Values:
    """Write a person, without what they chose for themselves."""
    return {
        "id": person.id,
        "key": person.key,
        "name": person.name,
        "slack_id": person.slack_id,
        "email": person.email,
        "zone": person.zone.key,
        "unreachable": person.unreachable,
        "unreachable_at": person.unreachable_at,
    }


def pair_values(pair: PairRow) -> Values:
    """Write a pair, without its program."""
    return {
        "id": pair.id,
        "key": pair.key,
        "mentor_id": pair.mentor_id,
        "mentee_id": pair.mentee_id,
        "liaison_id": pair.liaison_id,
        "rhythm": pair.rhythm,
        "starts": pair.starts,
        "ends": pair.ends,
    }


def meeting_of(row: AnyRow, words: Iterable[AnyRow]) -> Meeting:
    """Read a meeting with what the two wrote."""
    return Meeting(
        pair_id=row.pair_id,
        day=row.day,
        minutes=row.minutes,
        means=Means(row.means),
        logged_by=row.logged_by,
        logged_at=row.logged_at,
        words=tuple(Words(said.person_id, said.next_step, said.notes, said.private) for said in words),
        confirmed=Confirmed(row.confirmed),
        id=row.id,
    )


def meeting_values(meeting: Meeting) -> Values:
    """Write a meeting, without the words."""
    return {
        "pair_id": meeting.pair_id,
        "day": meeting.day,
        "minutes": meeting.minutes,
        "means": meeting.means.value,
        "logged_by": meeting.logged_by,
        "logged_at": meeting.logged_at,
        "moved": [],
        "confirmed": meeting.confirmed.value,
    }


def goal_of(row: AnyRow) -> Goal:
    """Read a goal."""
    state = GoalState(row.state)
    more = (row.why, row.measure, row.target, row.set_by)
    return Goal(row.pair_id, row.what, row.help, state, row.since, *more, row.id)


def answer_of(row: AnyRow) -> Answer:
    """Read an answer."""
    kind = AnswerKind(row.kind)
    said = (row.day, row.at, row.remind_on, row.words, row.past_liaison)
    return Answer(row.pair_id, row.person_id, kind, *said, row.id)


def nudge_of(row: AnyRow) -> Nudge:
    """Read a nudge."""
    return Nudge(
        slot=Slot(row.rule, row.subject, row.occurrence, row.person),
        program_id=row.program_id,
        person_id=row.person_id,
        lane=Lane(row.lane),
        not_before=row.not_before,
        too_late=row.too_late,
        pair_id=row.pair_id,
        facts=row.facts,
        id=row.id,
        again=row.again,
    )


def nudge_values(nudge: Nudge) -> Values:
    """Write a nudge that is open."""
    return {
        "program_id": nudge.program_id,
        "rule": str(nudge.slot.rule),
        "subject": nudge.slot.subject,
        "occurrence": nudge.slot.occurrence,
        "person": nudge.slot.person,
        "person_id": nudge.person_id,
        "lane": int(nudge.lane),
        "not_before": nudge.not_before,
        "too_late": nudge.too_late,
        "pair_id": nudge.pair_id,
        "facts": nudge.facts,
        "state": "open",
    }


def announcement_of(row: AnyRow) -> Announcement:
    """Read an announcement."""
    return Announcement(
        program_id=row.program_id,
        author_id=row.author_id,
        text=row.text,
        audience=row.audience,
        token=row.token,
        at=row.at,
        link=row.link,
        channel=row.channel,
        ts=row.ts,
        done=row.done,
        id=row.id,
    )


def announcement_values(announcement: Announcement) -> Values:
    """Write an announcement."""
    return {
        "program_id": announcement.program_id,
        "author_id": announcement.author_id,
        "text": announcement.text,
        "audience": announcement.audience,
        "token": announcement.token,
        "at": announcement.at,
        "link": announcement.link,
        "channel": announcement.channel,
        "ts": announcement.ts,
        "done": announcement.done,
    }
