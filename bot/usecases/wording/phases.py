"""What is said in a phase: an idea for each of the two or for both, and whether they could meet at a conference."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.days import Span
from bot.domain.notes import Part
from bot.domain.nudges import Nudge, Rule
from bot.domain.people import Pair
from bot.domain.phases import windows_of
from bot.domain.program import KeyDate
from bot.domain.rules.meet_there import ANSWERS, occasion
from bot.domain.rules.phase_prompt import Prompt, chosen
from bot.usecases.phrasing import first_name, listed, short_day
from bot.usecases.wording.scene import Scene, Voice, only_two


def phase_prompt(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say what fits best in this turn; what fits for two pairs is said once."""
    found: dict[Prompt, list[Pair]] = {}
    for nudge in nudges:
        pair = scene.pair(nudge)
        turn = nudge.facts["phase"], int(nudge.facts.get("turn", "0"))
        prompt = chosen(pair, scene.member.person.id, voice.prompts.all, *turn)
        if prompt is not None:
            found.setdefault(prompt, []).append(pair)
    return [_idea(voice, scene, prompt, pairs) for prompt, pairs in found.items()]


def _idea(voice: Voice, scene: Scene, prompt: Prompt, pairs: list[Pair]) -> Part:
    another = voice.button("another_idea", f"{pairs[0].id}/{prompt.key}")
    return Part(Rule.PHASE_PROMPT, idea_text(voice, prompt, pairs, scene.member.person.id), (another,))


def idea_text(voice: Voice, prompt: Prompt, pairs: Iterable[Pair], person_id: str) -> str:
    """Say a prompt to one of the two, about all of these pairs."""
    pairs = tuple(pairs)
    ends = max(min(windows_of(pair)[prompt.phase].last, pair.span.last) for pair in pairs)
    liaisons = sorted({first_name(pair.liaison.name) for pair in pairs if pair.liaison})
    return voice.prompts.text(prompt.phase, prompt.whom, prompt.key).format(
        partner=listed(first_name(pair.partner_of(person_id).name) for pair in pairs),
        program=pairs[0].program.name,
        phase_end=short_day(ends),
        liaison=listed(liaisons),
    )


def idea_sent(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Pass on the activities that a partner has found."""
    known = {activity.key: activity for activity in voice.activities}
    found = [(nudge, known[nudge.facts["activity"]]) for nudge in nudges if nudge.facts["activity"] in known]
    parts = []
    for nudge, activity in found:
        partner = scene.partner(nudge)
        text = activity.text.format(partner=partner)
        said = voice.words.say("activities.sent_on", partner=partner, title=activity.title, text=text)
        said = f"{said}\n{only_two(voice, scene, nudge)}"
        parts.append(Part(Rule.IDEA_SENT, said, (voice.button("open_activities", nudge.pair_id or ""),)))
    return parts


def meet_there(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Ask once about each meeting, whatever pairs it is for; and suggest to those who both go to meet there."""
    known = {one.key: one for one in scene.member.program.key_dates}
    asked: dict[tuple[str, str], list[Nudge]] = {}
    parts = []
    for nudge in (nudge for nudge in nudges if nudge.facts["key"] in known):
        key, step = nudge.facts["key"], nudge.facts["step"]
        if step in ("ask", "moved"):
            asked.setdefault((key, step), []).append(nudge)
        else:
            parts.append(_told(voice, scene, nudge, known[key]))
    return [*parts, *(_ask(voice, scene, known[key], step, of_it) for (key, step), of_it in asked.items())]


def _ask(voice: Voice, scene: Scene, meeting: KeyDate, step: str, nudges: list[Nudge]) -> Part:
    partners = listed(scene.partner(nudge) for nudge in nudges)
    value = f"{occasion(meeting)}/{','.join(scene.pair(nudge).id for nudge in nudges)}"
    text = voice.words.say(f"meet_there.{step}", meeting=meeting.name, days=days_words(meeting.span), partner=partners)
    buttons = [voice.button(f"going_{answer}", value) for answer in ANSWERS]
    return Part(Rule.MEET_THERE, text, (replace(buttons[0], primary=True), *buttons[1:]))


def _told(voice: Voice, scene: Scene, nudge: Nudge, meeting: KeyDate) -> Part:
    """Say that both go, that one does not any more, or does after all."""
    step = nudge.facts["step"]
    text = voice.words.say(
        f"meet_there.{step}", meeting=meeting.name, days=days_words(meeting.span), partner=scene.partner(nudge)
    )
    buttons = () if step == "off" else (voice.button("log_in_person", nudge.pair_id or ""),)
    return Part(Rule.MEET_THERE, text, buttons)


def days_words(span: Span) -> str:
    """Say some days: "June 22", "February 9 to 13", "June 28 to July 3"."""
    if span.first == span.last:
        return short_day(span.first)
    if span.first.month == span.last.month:
        return f"{short_day(span.first)} to {span.last.day}"
    return f"{short_day(span.first)} to {short_day(span.last)}"
