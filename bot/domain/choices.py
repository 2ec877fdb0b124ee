"""What a person can choose to hear or not."""

from collections.abc import Iterable

from bot.domain.nudges import Rule
from bot.domain.people import Member, Preferences
from bot.domain.program import Role

TWO = frozenset({Role.MENTOR, Role.MENTEE})
CHOOSABLE = {
    Rule.FIRST_MOVE: TWO | {Role.LIAISON},
    Rule.CHECKIN_REMINDER: TWO,
    Rule.PHASE_PROMPT: TWO,
    Rule.GOALS: TWO,
    Rule.MEET_THERE: TWO,
    Rule.MEETING_LOGGED: TWO,
    Rule.PAUSE: TWO,
    Rule.TRAINING: frozenset(Role),
}


def kinds_for(members: Iterable[Member]) -> tuple[Rule, ...]:
    """Return the kinds that can reach a person by their roles and that they may switch off.

    Not among them: what a person says to a person (announcements, a call for a liaison's help), the one farewell, and
    the digest, of which a liaison chooses how often.
    """
    members = tuple(members)
    roles = frozenset(role for member in members for role in member.roles)
    trained = any(course.audience & member.roles for member in members for course in member.program.trainings)
    travels = any(key_date.meet for member in members for key_date in member.program.key_dates)
    without = {Rule.TRAINING: not trained, Rule.MEET_THERE: not travels}
    return tuple(rule for rule, who in CHOOSABLE.items() if who & roles and not without.get(rule, False))


def with_kinds(before: Preferences, offered: Iterable[Rule], wanted: Iterable[str]) -> frozenset[str]:
    """Return what is switched off when, of the kinds that were `offered`, exactly `wanted` are wanted.

    What was not offered stays as it was.
    """
    offered_names = {rule.value for rule in offered}
    return (before.muted - offered_names) | (offered_names - set(wanted))
