"""Compose: find the words and buttons for what is to be said to one person at one moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from bot.domain.notes import Note, Part
from bot.domain.nudges import Lane, Nudge, Rule
from bot.domain.people import Member
from bot.domain.standing import Standing
from bot.usecases.wording import WORDING, Background, Scene, Voice
from bot.usecases.wording.digest import digest_text, standing_line

ORDER = tuple(WORDING)


class Composer(Voice):
    """Turns nudges into notes, with the words and prompts that it was given."""

    def compose(
        self, note_id: str, member: Member, nudges: Sequence[Nudge], background: Background, now: datetime
    ) -> Note | None:
        """Say all `nudges`, which are of one member, in one note; None when nothing is worth saying."""
        scene = Scene(member, now, background)
        ordered = sorted(nudges, key=lambda nudge: (ORDER.index(Rule(nudge.slot.rule)), nudge.slot))
        parts = [
            part
            for rule, group in groupby(ordered, key=lambda nudge: Rule(nudge.slot.rule))
            for part in WORDING[rule](self, scene, list(group))
        ]
        if not parts:
            return None
        if any(nudge.again for nudge in nudges):
            parts[0] = replace(parts[0], text=self.words.say("note.again", text=parts[0].text))
        lane = min((nudge.lane for nudge in nudges), default=Lane.REMINDER)
        marks = tuple(nudge.mark for nudge in ordered)
        return Note(note_id, member.program.id, member.person.id, lane, tuple(parts), self._footer(note_id), marks)

    def _footer(self, note_id: str) -> Part:
        """Return what stands below each note: why this very one came, and the choice of what comes."""
        return Part("footer", "", (self.button("why_note", note_id), self.button("open_settings", "")))

    def digest_text(self, standings: list[Standing], today: date) -> str:
        """Say how a caseload stands, worst first; short when all is well."""
        return digest_text(self, standings, today)

    def standing_line(self, found: Standing, today: date) -> str:
        """Say in one line how a pair stands."""
        return standing_line(self, found, today)
