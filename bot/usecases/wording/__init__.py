"""Which words each rule has: one function for each, in the order in which a note says them."""

from collections.abc import Callable

from bot.domain.notes import Part
from bot.domain.nudges import Nudge, Rule
from bot.usecases.wording import agreement, appointments, closing, digest, goals, life, meetings, members, pairs, phases
from bot.usecases.wording.scene import NOTHING, Background, Scene, Voice

__all__ = ["NOTHING", "WORDING", "Background", "Scene", "Voice"]

WORDING: dict[Rule, Callable[[Voice, Scene, list[Nudge]], list[Part]]] = {
    Rule.ANNOUNCEMENT: members.announcement,
    Rule.FAREWELL: members.farewell,
    Rule.IN_THE_WAY: life.in_the_way,
    Rule.ENDING: life.ending,
    Rule.REMATCH: life.rematch,
    Rule.HANDOVER: life.handover,
    Rule.FOLLOW_UP: closing.follow_up,
    Rule.CELEBRATION: closing.celebration,
    Rule.UNREACHABLE: pairs.unreachable,
    Rule.PARTNER_UNREACHABLE: life.partner_unreachable,
    Rule.PAUSE: pairs.pause,
    Rule.MEETING_ANSWERED: meetings.meeting_answered,
    Rule.MEETING_LOGGED: meetings.meeting_logged,
    Rule.APPOINTMENT_SET: appointments.appointment_set,
    Rule.NEXT_STEP: appointments.next_step,
    Rule.APPOINTMENT: appointments.appointment,
    Rule.CHECKIN_REMINDER: pairs.checkin_reminder,
    Rule.FIRST_MOVE: pairs.first_move,
    Rule.GOALS: goals.goals,
    Rule.AGREEMENT_NEWS: agreement.agreement_news,
    Rule.AGREEMENT: agreement.agreement,
    Rule.MIDPOINT: agreement.midpoint,
    Rule.CLOSING: closing.closing,
    Rule.TRAINING: members.training,
    Rule.DIGEST: digest.digest,
    Rule.IDEA_SENT: phases.idea_sent,
    Rule.PHASE_PROMPT: phases.phase_prompt,
    Rule.MEET_THERE: phases.meet_there,
}
