"""What a person can choose to hear or not: kinds of message, each of them one or several rules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.nudges import Rule
from bot.domain.people import Member, Preferences
from bot.domain.program import Role

TWO = frozenset({Role.MENTOR, Role.MENTEE})
SNOOZE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message that can be switched off: its rules, the first of which names it, and whom it can reach."""

    rules: tuple[Rule, ...]
    roles: frozenset[Role]

    @property
    def name(self) -> Rule:
        """The rule whose name the kind has in the settings."""
        return self.rules[0]


# At most ten: as many boxes as Slack lets one tick.
KINDS = (
    Kind((Rule.FIRST_MOVE,), TWO | {Role.LIAISON}),
    Kind((Rule.CHECKIN_REMINDER,), TWO),
    Kind((Rule.PHASE_PROMPT, Rule.MEET_THERE, Rule.IDEA_SENT), TWO),
    Kind((Rule.MEETING_LOGGED, Rule.MEETING_ANSWERED, Rule.APPOINTMENT, Rule.APPOINTMENT_SET, Rule.NEXT_STEP), TWO),
    Kind((Rule.AGREEMENT, Rule.AGREEMENT_NEWS, Rule.GOALS, Rule.MIDPOINT), TWO),
    Kind((Rule.PAUSE,), TWO),
    Kind((Rule.TRAINING,), frozenset(Role)),
    Kind((Rule.CLOSING, Rule.CELEBRATION, Rule.FOLLOW_UP), TWO),
)
CHOOSABLE = {rule: kind for kind in KINDS for rule in kind.rules}


def kinds_for(members: Iterable[Member]) -> tuple[Rule, ...]:
    """Return the names of the kinds that can reach a person by their roles and that they may switch off.

    Not among them: what a person says to a person (announcements, a call for a liaison's help), what must reach people
    (an ending, another liaison, a partner out of reach), the one farewell, and the digest, of which a liaison chooses
    how often.
    """
    members = tuple(members)
    roles = frozenset(role for member in members for role in member.roles)
    if any(member.covered for member in members):  # who stands in for a liaison hears as one
        roles |= {Role.LIAISON}
    trained = any(course.audience & member.roles for member in members for course in member.program.trainings)
    return tuple(kind.name for kind in KINDS if kind.roles & roles and (trained or kind.name is not Rule.TRAINING))


def kind_of(rule: str) -> Rule | None:
    """Return the name of the kind that a rule belongs to; None for what cannot be switched off."""
    return next((kind.name for known, kind in CHOOSABLE.items() if known == rule), None)


def rules_of(names: Iterable[str]) -> frozenset[str]:
    """Return all rules of the kinds with these names."""
    wanted = set(names)
    return frozenset(rule.value for kind in KINDS if kind.name in wanted for rule in kind.rules)


def with_kinds(before: Preferences, offered: Iterable[Rule], wanted: Iterable[str]) -> frozenset[str]:
    """Return what is switched off when, of the kinds that were `offered`, exactly `wanted` are wanted.

    What was not offered stays as it was.
    """
    wanted = set(wanted)
    switched_off = rules_of(kind for kind in offered if kind not in wanted)
    return (before.muted - rules_of(offered)) | switched_off


def without_kind(before: Preferences, name: str) -> Preferences:
    """Return what holds when a kind is switched off."""
    return replace(before, muted=before.muted | rules_of([name]))


def with_kind(before: Preferences, name: str) -> Preferences:
    """Return what holds when a kind is wanted: neither switched off nor asleep."""
    rules = rules_of([name])
    awake = tuple((rule, until) for rule, until in before.snoozed if rule not in rules)
    return replace(before, muted=before.muted - rules, snoozed=awake)


def asleep_until(before: Preferences, name: str, until: date) -> Preferences:
    """Return what holds when a kind sleeps until a day, that day included."""
    rules = rules_of([name])
    others = tuple((rule, day) for rule, day in before.snoozed if rule not in rules)
    return replace(before, snoozed=(*others, *((rule, until) for rule in sorted(rules))))


def sleeping(chosen: Preferences, today: date) -> dict[Rule, date]:
    """Return the kinds that sleep on `today`, by name, with the last day of each."""
    asleep = {rule: until for rule, until in chosen.snoozed if today <= until}
    return {kind.name: asleep[kind.name] for kind in KINDS if kind.name in asleep and kind.name not in chosen.muted}
