"""What is said about meetings: that the partner logged one, and that they answered to one."""

from collections.abc import Iterator

from bot.domain.goals import said_by
from bot.domain.meetings import Meeting
from bot.domain.notes import Part
from bot.domain.nudges import Nudge
from bot.domain.privacy import moves_for
from bot.usecases.phrasing import day_words, facts_words, means_words
from bot.usecases.wording.goals import said_line
from bot.usecases.wording.scene import Scene, Voice

ASKED = ("meeting_yes", "meeting_different", "meeting_no")
ANSWERED = {
    "changed": ("meeting_right", "correct_meeting"),
    "denied": ("meeting_let_go", "meeting_kept"),
    "corrected": ("meeting_right", "correct_meeting"),
    "corrected_off": ("meeting_kept",),
}


def meeting_logged(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say what the partner has logged, and ask whether it is so."""
    return [_one_logged(voice, scene, nudge, scene.background.meetings[nudge.facts["meeting"]]) for nudge in nudges]


def _one_logged(voice: Voice, scene: Scene, nudge: Nudge, meeting: Meeting) -> Part:
    text = voice.words.say(
        "meeting_logged.one",
        partner=scene.partner(nudge),
        day=day_words(meeting.day),
        minutes=str(meeting.minutes),
        means=means_words(meeting.means),
    )
    next_step = meeting.words_of(meeting.logged_by).next_step
    if next_step:
        text += "\n" + voice.words.say("meeting_logged.next", what=next_step)
    text += "".join(f"\n{line}" for line in _said_lines(voice, scene, nudge, meeting))
    text += "\n" + voice.words.say("meeting_logged.asks")
    yes, *others = (voice.button(action, meeting.id, primary=action == ASKED[0]) for action in ASKED)
    return Part(nudge.slot.rule, text, (yes, *others))


def _said_lines(voice: Voice, scene: Scene, nudge: Nudge, meeting: Meeting) -> Iterator[str]:
    """Yield what who logged it said of the goals: for the two only, as the next step is."""
    pair, background = scene.pair(nudge), scene.background
    lines = moves_for(background.said.get(meeting.id, ()), scene.member.person.id, pair)
    theirs = said_by(lines, meeting.logged_by)
    for goal in background.goals.get(pair.id, ()):
        if goal.id in theirs:
            yield said_line(voice.words, goal, theirs[goal.id], "meeting_logged.goal")


def meeting_answered(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say that the partner remembers a meeting differently or put it right: the facts only, none of their words."""
    return [_one_answered(voice, scene, nudge) for nudge in nudges]


def _one_answered(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    meeting, said = scene.background.meetings[nudge.facts["meeting"]], nudge.facts["said"]
    said = said if said != "corrected" or meeting.counts else "corrected_off"
    text = voice.words.say(
        f"meeting_answered.{said}",
        partner=scene.partner(nudge),
        day=day_words(meeting.day),
        facts=facts_words(meeting),
    )
    return Part(nudge.slot.rule, text, tuple(voice.button(action, meeting.id) for action in ANSWERED[said]))
