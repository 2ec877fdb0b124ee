"""Compose: find the words and buttons for what is to be said to one person at one moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from bot.content.prompts import Prompts
from bot.content.words import Words
from bot.domain.meetings import Meeting
from bot.domain.notes import Button, Note, Part
from bot.domain.nudges import Lane, Nudge, Rule
from bot.domain.people import Member, Pair
from bot.domain.program import Phase, Role, Training
from bot.domain.rules.training import moment_of, reminder_day
from bot.domain.standing import Standing, Stands, standing, worst_first
from bot.usecases.phrasing import (
    count_words,
    day_words,
    first_name,
    listed,
    means_words,
    moment_words,
    short_day,
    time_words,
)

ORDER = (
    Rule.ANNOUNCEMENT,
    Rule.FAREWELL,
    Rule.IN_THE_WAY,
    Rule.UNREACHABLE,
    Rule.PAUSE,
    Rule.CHECKIN_REMINDER,
    Rule.FIRST_MOVE,
    Rule.MEETING_LOGGED,
    Rule.TRAINING,
    Rule.DIGEST,
    Rule.PHASE_PROMPT,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the words of one note are about: the member, their day, and the meetings that nudges refer to."""

    member: Member
    now: datetime
    meetings: Mapping[str, Meeting]

    @property
    def today(self) -> date:
        """The date on the reader's calendar."""
        return self.member.person.today(self.now)

    def pair(self, nudge: Nudge) -> Pair:
        """Return the pair that a nudge is about."""
        known = (*self.member.pairs, *self.member.watched)
        return next(pair for pair in known if pair.id == nudge.pair_id)

    def partner(self, nudge: Nudge) -> str:
        """Return what one calls the reader's partner."""
        return first_name(self.pair(nudge).partner_of(self.member.person.id).name)


class Composer:
    """Turns nudges into notes, with the words and prompts that it was given."""

    def __init__(self, words: Words, prompts: Prompts) -> None:
        self.words = words
        self.prompts = prompts
        self._wording: dict[str, Callable[[Scene, list[Nudge]], list[Part]]] = {
            Rule.ANNOUNCEMENT: self._announcement,
            Rule.FAREWELL: self._farewell,
            Rule.IN_THE_WAY: self._in_the_way,
            Rule.UNREACHABLE: self._unreachable,
            Rule.PAUSE: self._pause,
            Rule.CHECKIN_REMINDER: self._checkin_reminder,
            Rule.FIRST_MOVE: self._first_move,
            Rule.MEETING_LOGGED: self._meeting_logged,
            Rule.TRAINING: self._training,
            Rule.DIGEST: self._digest,
            Rule.PHASE_PROMPT: self._phase_prompt,
        }

    def compose(
        self, note_id: str, member: Member, nudges: Sequence[Nudge], meetings: Mapping[str, Meeting], now: datetime
    ) -> Note | None:
        """Say all `nudges`, which are of one member, in one note; None when nothing is worth saying."""
        scene = Scene(member, now, meetings)
        ordered = sorted(nudges, key=lambda nudge: (ORDER.index(Rule(nudge.slot.rule)), nudge.slot))
        parts = [
            part
            for rule, group in groupby(ordered, key=lambda nudge: nudge.slot.rule)
            for part in self._wording[rule](scene, list(group))
        ]
        if not parts:
            return None
        if any(nudge.again for nudge in nudges):
            parts[0] = replace(parts[0], text=self.words.say("note.again", text=parts[0].text))
        lane = min((nudge.lane for nudge in nudges), default=Lane.REMINDER)
        marks = tuple(nudge.mark for nudge in ordered)
        return Note(
            note_id, member.program.id, member.person.id, lane, tuple(parts), self.words.say("note.footer"), marks
        )

    # -- pairs ----------------------------------------------------------------------------------------------------

    def _first_move(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        own = [nudge for nudge in nudges if scene.pair(nudge).has(scene.member.person.id)]
        followed = [nudge for nudge in nudges if nudge not in own]
        parts = [self._own_first_move(scene, nudge) for nudge in own]
        return parts + ([self._followed_first_move(scene, followed)] if followed else [])

    def _own_first_move(self, scene: Scene, nudge: Nudge) -> Part:
        text = self.words.say(f"first_move.{nudge.slot.occurrence}", partner=scene.partner(nudge))
        pair = scene.pair(nudge)
        log = self._button("log_meeting", pair.id, primary=True)
        return Part(nudge.slot.rule, text, (log, *self._in_the_way_button(pair)))

    def _followed_first_move(self, scene: Scene, nudges: list[Nudge]) -> Part:
        pairs = sorted((scene.pair(nudge) for nudge in nudges), key=lambda pair: pair.name)
        if len(pairs) == 1:
            days = (scene.today - pairs[0].span.first).days
            text = self.words.say("first_move.liaison", pair=pairs[0].name, days=str(days))
        else:
            lines = "\n".join(f"• {pair.name}" for pair in pairs)
            text = self.words.say("first_move.liaison_many", count=str(len(pairs)), pairs=lines)
        return Part(Rule.FIRST_MOVE, text)

    def _checkin_reminder(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        return [self._one_reminder(scene, nudge) for nudge in nudges]

    def _one_reminder(self, scene: Scene, nudge: Nudge) -> Part:
        pair = scene.pair(nudge)
        key = {"asked": "snoozed"}.get(nudge.facts["step"], nudge.facts["step"])
        if key == "second" and pair.liaison is None:
            key = "second_alone"
        text = self.words.say(
            f"checkin_reminder.{key}",
            partner=scene.partner(nudge),
            since=self.since(pair, scene.today),
            rhythm=str(pair.agreed_rhythm),
            liaison=first_name(pair.liaison.name) if pair.liaison else "",
        )
        return Part(nudge.slot.rule, text, self.reminder_buttons(pair))

    def reminder_buttons(self, pair: Pair) -> tuple[Button, ...]:
        """Return the answers to a reminder; that something is in the way, only where somebody follows the pair."""
        log = self._button("log_meeting", pair.id, primary=True)
        not_yet = Button("not_yet", self.words.say("buttons.not_yet"), pair.id, picks_day=True)
        return (log, not_yet, *self._in_the_way_button(pair))

    def since(self, pair: Pair, today: date) -> str:
        """Say how long ago a pair met, or how long it has been under way without meeting."""
        if pair.last_meeting is not None:
            days = count_words((today - pair.last_meeting).days, "day")
            return self.words.say("checkin_reminder.since_met", days=days, day=short_day(pair.last_meeting))
        days = count_words((today - pair.span.first).days, "day")
        return self.words.say("checkin_reminder.since_start", days=days)

    def _meeting_logged(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        return [self._one_meeting(scene, nudge, scene.meetings[nudge.facts["meeting"]]) for nudge in nudges]

    def _one_meeting(self, scene: Scene, nudge: Nudge, meeting: Meeting) -> Part:
        text = self.words.say(
            "meeting_logged.one",
            partner=scene.partner(nudge),
            day=day_words(meeting.day),
            minutes=str(meeting.minutes),
            means=means_words(meeting.means),
        )
        next_step = meeting.words_of(meeting.logged_by).next_step
        if next_step:
            text += "\n" + self.words.say("meeting_logged.next", what=next_step)
        return Part(nudge.slot.rule, text, (self._button("edit_meeting", meeting.id),))

    def _in_the_way(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        once = {(nudge.pair_id, nudge.facts["person"]): nudge for nudge in nudges}
        return [self._one_in_the_way(scene, nudge) for nudge in once.values()]

    def _one_in_the_way(self, scene: Scene, nudge: Nudge) -> Part:
        pair = scene.pair(nudge)
        asker = pair.mentor if nudge.facts["person"] == pair.mentor.id else pair.mentee
        text = self.words.say("in_the_way.plain", person=asker.name, partner=first_name(pair.partner_of(asker.id).name))
        asked = pair.help_asked
        if asked is not None and asked.words and asked.person_id == asker.id:
            text += "\n" + self.words.say("in_the_way.words", words=asked.words)
        return Part(nudge.slot.rule, text)

    def _unreachable(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        return [Part(nudge.slot.rule, self._one_unreachable(nudge.facts)) for nudge in nudges]

    def _one_unreachable(self, facts: Mapping[str, str]) -> str:
        why = self.words.say(f"unreachable.why_{facts['why']}")
        return self.words.say("unreachable.plain", person=facts["name"], partner=facts["partner"], why=why)

    def _pause(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        return [
            Part(
                nudge.slot.rule,
                self.words.say(
                    "pause.partner",
                    person=scene.partner(nudge),
                    day=day_words(date.fromisoformat(nudge.facts["until"])),
                ),
            )
            for nudge in nudges
        ]

    # -- members --------------------------------------------------------------------------------------------------

    def _phase_prompt(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        return [self._one_prompt(scene, nudge) for nudge in nudges]

    def _one_prompt(self, scene: Scene, nudge: Nudge) -> Part:
        phase, role = Phase(nudge.facts["phase"]), Role(nudge.facts["role"])
        member = scene.member
        pairs = [p for p in member.active_pairs(scene.today) if _role_in(p, member.person.id) is role]
        liaisons = sorted({first_name(pair.liaison.name) for pair in pairs if pair.liaison})
        text = self.prompts.text(phase, role, nudge.facts["key"]).format(
            partner=listed(first_name(pair.partner_of(member.person.id).name) for pair in pairs),
            program=member.program.name,
            phase_end=short_day(member.program.windows[phase].last),
            liaison=listed(liaisons),
        )
        return Part(nudge.slot.rule, text)

    def _training(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        courses = {course.key: course for course in scene.member.program.trainings}
        known = [(nudge, courses[nudge.facts["training"]]) for nudge in nudges if nudge.facts["training"] in courses]
        return [self._one_training(scene, nudge.facts["step"], course) for nudge, course in known]

    def _one_training(self, scene: Scene, step: str, course: Training) -> Part:
        if step == "recording":
            text = self.words.say("training.recording", title=course.title)
            return Part(Rule.TRAINING, text, (self._link("watch", course.recording),))
        moments = self._session_moments(scene, course, step)
        if step != "ahead" and all(moment.date() == scene.today for moment in moments):
            when = f"{listed(time_words(moment) for moment in moments)} your time"
            text = self.words.say("training.today", title=course.title, when=when)
        elif len(moments) == 1:
            when, minutes = moment_words(moments[0]), str(course.minutes)
            text = self.words.say("training.session", title=course.title, when=when, minutes=minutes)
        else:
            lines = "\n".join(f"• {moment_words(moment)}" for moment in moments)
            text = self.words.say("training.session_many", title=course.title, sessions=lines)
        return Part(Rule.TRAINING, text, (self._link("join", course.link),) if course.link else ())

    def _session_moments(self, scene: Scene, course: Training, step: str) -> list[datetime]:
        """Return the sessions, on the reader's clock: all of them ahead, else those to be reminded of today."""
        program, person = scene.member.program, scene.member.person
        return [
            moment_of(program, session).astimezone(person.zone)
            for session in sorted(course.sessions)
            if step == "ahead" or reminder_day(program, person, session) == scene.today
        ]

    def _farewell(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        member = scene.member
        part = nudges[0].facts["part"]
        pairs = member.active_pairs(scene.today)
        text = self.words.say(
            f"farewell.{part}",
            program=member.program.name,
            partner=listed(first_name(pair.partner_of(member.person.id).name) for pair in pairs),
            meetings=count_words(sum(pair.meetings for pair in pairs), "meeting"),
            count=str(len(member.caseload(scene.today))),
        )
        return [Part(Rule.FAREWELL, text)]

    def _announcement(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        return [
            Part(
                Rule.ANNOUNCEMENT,
                self.words.say("announcement.message", author=nudge.facts["author"], text=nudge.facts["text"]),
                (self._link("open", nudge.facts["link"]),) if nudge.facts.get("link") else (),
            )
            for nudge in nudges
        ]

    # -- the digest -----------------------------------------------------------------------------------------------

    def _digest(self, scene: Scene, nudges: list[Nudge]) -> list[Part]:
        member, today = scene.member, scene.today
        standings = worst_first([standing(pair, today) for pair in member.caseload(today)])
        look = [s for s in standings if s.stands.needs_a_look]
        if not look and member.person.preferences.digest_only_when_needed:
            return []
        return [Part(Rule.DIGEST, self.digest_text(standings, today), (self._button("caseload", member.program.id),))]

    def digest_text(self, standings: list[Standing], today: date) -> str:
        """Say how a caseload stands, worst first; short when all is well."""
        if not standings:
            return self.words.say("digest.opening_none")
        look = [s for s in standings if s.stands.needs_a_look]
        paused = [s for s in standings if s.stands is Stands.PAUSED]
        shown = [self.standing_line(s, today) for s in (*look, *paused)]
        opening = "opening_some" if look else "opening_all_well"
        lines = [self.words.say(f"digest.{opening}", count=str(len(look)), total=str(len(standings))), *shown]
        if look and (rest := len(standings) - len(look) - len(paused)):
            lines.append(self.words.say("digest.more", count=str(rest)))
        return "\n".join(lines)

    def standing_line(self, found: Standing, today: date) -> str:
        """Say in one line how a pair stands."""
        return self.words.say("digest.line", pair=found.pair.name, reason=self.reason(found, today))

    def reason(self, found: Standing, today: date) -> str:
        """Say why a pair needs a look, in facts."""
        pair = found.pair
        asker = pair.help_asked.person_id if pair.help_asked else ""
        return self.words.say(
            f"digest.reason_{found.stands.name.lower()}",
            person=first_name((pair.mentor if asker == pair.mentor.id else pair.mentee).name),
            day=short_day(found.day) if found.day else "",
            days=count_words(found.days, "day"),
            since=self.since(pair, today),
            rhythm=str(pair.agreed_rhythm),
        )

    # -- buttons --------------------------------------------------------------------------------------------------

    def _button(self, action: str, value: str, *, primary: bool = False) -> Button:
        return Button(action, self.words.say(f"buttons.{action}"), value, primary=primary)

    def _in_the_way_button(self, pair: Pair) -> tuple[Button, ...]:
        if pair.liaison is None:  # nobody would be told
            return ()
        confirm = self.words.say("buttons.in_the_way_confirm")
        return (Button("in_the_way", self.words.say("buttons.in_the_way"), pair.id, confirm=confirm),)

    def _link(self, action: str, url: str) -> Button:
        return Button(f"link_{action}", self.words.say(f"buttons.{action}"), url=url)


def _role_in(pair: Pair, person_id: str) -> Role:
    return Role.MENTOR if person_id == pair.mentor.id else Role.MENTEE
