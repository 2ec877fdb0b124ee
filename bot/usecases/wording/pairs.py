"""What is said about a pair."""

from datetime import date

from bot.domain.notes import Part
from bot.domain.nudges import A_LIAISON, BACK, GUEST, Nudge, Rule
from bot.usecases.phrasing import (
    count_words,
    day_words,
    first_name,
)
from bot.usecases.wording.appointments import asked_after, open_steps
from bot.usecases.wording.scene import Scene, Voice


def first_move(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Ask for the first hello; a liaison hears of all pairs at once."""
    own = [nudge for nudge in nudges if scene.pair(nudge).has(scene.member.person.id)]
    followed = [nudge for nudge in nudges if nudge not in own]
    parts = [_own_first_move(voice, scene, nudge) for nudge in own]
    return parts + ([_followed_first_move(voice, scene, followed)] if followed else [])


def _own_first_move(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    text = voice.words.say(f"first_move.{nudge.slot.occurrence}", partner=scene.partner(nudge))
    pair = scene.pair(nudge)
    log = voice.button("log_meeting", pair.id, primary=True)
    return Part(nudge.slot.rule, text, (log, *voice.in_the_way_button(pair)))


def _followed_first_move(voice: Voice, scene: Scene, nudges: list[Nudge]) -> Part:
    pairs = sorted((scene.pair(nudge) for nudge in nudges), key=lambda pair: pair.name)
    if len(pairs) == 1:
        days = (scene.today - pairs[0].span.first).days
        text = voice.words.say("first_move.liaison", pair=pairs[0].name, days=str(days))
    else:
        lines = "\n".join(f"• {pair.name}" for pair in pairs)
        text = voice.words.say("first_move.liaison_many", count=str(len(pairs)), pairs=lines)
    return Part(Rule.FIRST_MOVE, text)


def checkin_reminder(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Ask each pair about its next meeting."""
    return [_one_reminder(voice, scene, nudge) for nudge in nudges]


def _one_reminder(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    key = {"asked": "snoozed"}.get(nudge.facts["step"], nudge.facts["step"])
    if key == "second" and pair.confidant is None:
        key = "second_alone"
    text = voice.words.say(
        f"checkin_reminder.{key}",
        partner=scene.partner(nudge),
        since=voice.since(pair, scene.today),
        rhythm=str(pair.agreed_rhythm),
        liaison=first_name(pair.confidant.name) if pair.confidant else "",
    )
    if key == "first" and (asked := asked_after(voice.words, pair, scene.member.person)):
        text = asked
    lines = open_steps(voice.words, pair, scene.member.person, scene.background.promises.get(pair.id, ()))
    return Part(nudge.slot.rule, "\n".join([text, *lines]), voice.reminder_buttons(pair))


def unreachable(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say who cannot be reached."""
    return [_one_unreachable(voice, nudge) for nudge in nudges]


def _one_unreachable(voice: Voice, nudge: Nudge) -> Part:
    facts = nudge.facts
    if GUEST in facts:
        said = voice.words.say("unreachable.guest", person=facts["name"], partner=facts["partner"])
        return Part(nudge.slot.rule, said)
    why = voice.words.say(f"unreachable.why_{facts['why']}")
    if nudge.slot.occurrence.endswith(A_LIAISON):
        pairs = count_words(int(facts["count"]), "pair")
        said = voice.words.say("unreachable.liaison", person=facts["name"], why=why, pairs=pairs)
        return Part(nudge.slot.rule, said, (voice.button("open_handover", nudge.program_id),))
    said = voice.words.say("unreachable.plain", person=facts["name"], partner=facts["partner"], why=why)
    return Part(nudge.slot.rule, said)


def pause(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say until when the partner takes a break, or that it is over, and nothing else."""
    return [
        Part(
            nudge.slot.rule,
            voice.words.say(
                "pause.back" if nudge.slot.occurrence.endswith(BACK) else "pause.partner",
                person=scene.partner(nudge),
                day=day_words(date.fromisoformat(nudge.facts["until"])),
            ),
        )
        for nudge in nudges
    ]
