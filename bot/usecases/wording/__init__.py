"""Which words each rule has: one function for each, in the order in which a note says them."""

from collections.abc import Callable

from bot.domain.notes import Part
from bot.domain.nudges import Nudge, Rule
from bot.usecases.wording import agreement, appointments, digest, goals, meetings, members, pairs
from bot.usecases.wording.scene import NOTHING, Background, Scene, Voice

__all__ = ["NOTHING", "WORDING", "Background", "Scene", "Voice"]

WORDING: dict[Rule, Callable[[Voice, Scene, list[Nudge]], list[Part]]] = {
    Rule.ANNOUNCEMENT: members.announcement,
    Rule.FAREWELL: members.farewell,
    Rule.IN_THE_WAY: pairs.in_the_way,
    Rule.UNREACHABLE: pairs.unreachable,
    Rule.PAUSE: pairs.pause,
    Rule.APPOINTMENT_SET: appointments.appointment_set,
    Rule.APPOINTMENT: appointments.appointment,
    Rule.CHECKIN_REMINDER: pairs.checkin_reminder,
    Rule.FIRST_MOVE: pairs.first_move,
    Rule.GOALS: goals.goals,
    Rule.MEETING_ANSWERED: meetings.meeting_answered,
    Rule.MEETING_LOGGED: meetings.meeting_logged,
    Rule.AGREEMENT_NEWS: agreement.agreement_news,
    Rule.AGREEMENT: agreement.agreement,
    Rule.MIDPOINT: agreement.midpoint,
    Rule.TRAINING: members.training,
    Rule.DIGEST: digest.digest,
    Rule.PHASE_PROMPT: members.phase_prompt,
}
