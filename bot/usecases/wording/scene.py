"""What the words of notes have in common: whom they are for, what they refer to, and the voice that says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.content.activities import Activity, load_activities
from bot.content.prompts import Prompts
from bot.content.words import Words
from bot.domain.appointments import Promise
from bot.domain.endings import Rematch
from bot.domain.goals import Goal, GoalMove
from bot.domain.meetings import Meeting
from bot.domain.notes import Button
from bot.domain.nudges import Nudge
from bot.domain.people import Member, Pair
from bot.domain.program import Role
from bot.domain.replies import Reply
from bot.usecases.phrasing import count_words, first_name, short_day


@dataclass(frozen=True, slots=True)
class Background:
    """What nudges refer to: meetings and pairs by their id; all else by the id of its pair.

    `pairs` are those of which a reader hears who is not of them and does not follow them, such as a coordinator.
    Promises, goals, replies and what was `said` of goals at meetings, by the meeting's id, are there for the rules that
    need them (see `bot.usecases.background`), and for the two only. `logs` are all the meetings of a pair.
    """

    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    promises: Mapping[str, Sequence[Promise]] = field(default_factory=dict)
    goals: Mapping[str, Sequence[Goal]] = field(default_factory=dict)
    said: Mapping[str, Sequence[GoalMove]] = field(default_factory=dict)
    replies: Mapping[str, Sequence[Reply]] = field(default_factory=dict)
    pairs: Mapping[str, Pair] = field(default_factory=dict)
    rematches: Mapping[str, Sequence[Rematch]] = field(default_factory=dict)
    logs: Mapping[str, Sequence[Meeting]] = field(default_factory=dict)


NOTHING = Background()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words of one note are about: the member, their day, and what they refer to."""

    member: Member
    now: datetime
    background: Background

    @property
    def today(self) -> date:
        """The date on the reader's calendar."""
        return self.member.person.today(self.now)

    def pair(self, nudge: Nudge) -> Pair:
        """Return the pair that a nudge is about."""
        if nudge.pair_id is None:
            return self.background.pairs[nudge.facts["pair"]]
        known = (*self.member.pairs, *self.member.watched)
        return next(pair for pair in known if pair.id == nudge.pair_id)

    @property
    def coordinates(self) -> bool:
        """Tell whether the reader coordinates the program."""
        return Role.COORDINATOR in self.member.roles

    def partner(self, nudge: Nudge) -> str:
        """Return what one calls the reader's partner."""
        return first_name(self.pair(nudge).partner_of(self.member.person.id).name)


@dataclass
class Voice:
    """The words and prompts, and the turns of phrase and buttons that several rules share."""

    words: Words
    prompts: Prompts
    activities: tuple[Activity, ...] = field(default_factory=load_activities)

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the activities, by key."""
        return {activity.key: activity.title for activity in self.activities}

    def reminder_buttons(self, pair: Pair) -> tuple[Button, ...]:
        """Return the answers to a reminder."""
        log = self.button("log_meeting", pair.id, primary=True)
        not_yet = Button("not_yet", self.words.say("buttons.not_yet"), pair.id, picks_day=True)
        return (log, not_yet, self.button("plan_meeting", pair.id), *self.in_the_way_button(pair))

    def since(self, pair: Pair, today: date) -> str:
        """Say how long ago a pair met, or how long it has been under way without meeting.

        Days on which its clocks stood do not count, and where there were any, the words say so.
        """
        since = pair.last_meeting or pair.span.first
        run = pair.days_run(since, today)
        key = "since_start" if pair.last_meeting is None else "since_met"
        said = self.words.say(f"checkin_reminder.{key}", days=count_words(run, "day"), day=short_day(since))
        return said if run == (today - since).days else self.words.say("checkin_reminder.but_breaks", since=said)

    def button(self, action: str, value: str, *, primary: bool = False) -> Button:
        """Make a button with the words of `buttons.<action>`."""
        return Button(action, self.words.say(f"buttons.{action}"), value, primary=primary)

    def in_the_way_button(self, pair: Pair) -> tuple[Button, ...]:
        """Return the quiet way to the liaison, or to those who coordinate."""
        return (self.button("in_the_way", pair.id),)

    def link(self, action: str, url: str) -> Button:
        """Make a button that leads to an address."""
        return Button(f"link_{action}", self.words.say(f"buttons.{action}"), url=url)


def only_two(voice: Voice, scene: Scene, nudge: Nudge) -> str:
    """Say that nobody but the two of a pair sees it."""
    return voice.words.say("privacy.two", partner=scene.partner(nudge))
