"""What is said when life happens: a word in confidence, somebody out of reach, an ending, a wish, another liaison."""

from datetime import date

from bot.content.words import Words
from bot.domain.endings import weeks_left
from bot.domain.notes import Button, Part
from bot.domain.nudges import PASSED_ON, Nudge
from bot.domain.people import Pair, Person
from bot.domain.privacy import answer_for, ending_for, rematch_for
from bot.usecases.phrasing import count_words, day_words, first_name
from bot.usecases.wording.scene import Scene, Voice


def in_the_way(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Tell the liaison, or those who coordinate, who asked for a word."""
    once = {(scene.pair(nudge).id, nudge.facts["person"]): nudge for nudge in nudges}
    return [_one_in_the_way(voice, scene, nudge) for nudge in once.values()]


def _one_in_the_way(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    asker = pair.one(nudge.facts["person"])
    past = nudge.pair_id is None
    partner, liaison = first_name(pair.partner_of(asker.id).name), pair.liaison_beside
    key = _asked_as(scene, nudge, liaison)
    text = voice.words.say(
        f"in_the_way.{key}", person=asker.name, partner=partner, liaison=first_name(liaison.name) if liaison else ""
    )
    asked = pair.help_past if past and nudge.facts.get("instead") != PASSED_ON else pair.help_asked
    if asked is not None and asked.words and asked.person_id == asker.id:
        seen = answer_for(asked, scene.member.person.id, pair, coordinates=scene.coordinates)
        text += "\n" + voice.words.say("in_the_way.words", words=seen.words) if seen else ""
    return Part(nudge.slot.rule, text)


def _asked_as(scene: Scene, nudge: Nudge, liaison: Person | None) -> str:
    """Return as what somebody hears of it: by now they may follow the pair, though they were asked before."""
    if nudge.pair_id is not None:
        return "plain"
    if liaison is not None and liaison.id == scene.member.person.id:
        return "follows_now"
    if "instead" in nudge.facts:
        return "instead"
    return "past_liaison" if liaison else "no_liaison"


def partner_unreachable(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Tell the other one what happens next, or that messages arrive again."""
    return [_one_out_of_reach(voice, scene, nudge) for nudge in nudges]


def _one_out_of_reach(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    if nudge.slot.occurrence.endswith("/back"):
        return Part(nudge.slot.rule, voice.words.say("partner_unreachable.back", partner=scene.partner(nudge)))
    liaison = pair.confidant
    key = "plain" if liaison else "no_liaison"
    name = first_name(liaison.name) if liaison else ""
    return Part(
        nudge.slot.rule, voice.words.say(f"partner_unreachable.{key}", partner=scene.partner(nudge), liaison=name)
    )


# -- an ending ----------------------------------------------------------------------------------------------------


def ending(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Tell the partner the day, and who looks after the pair also who asked and why; or that it is off."""
    return [_one_ending(voice, scene, nudge) for nudge in nudges]


def _one_ending(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair, me = scene.pair(nudge), scene.member.person
    own = pair.has(me.id)
    if nudge.slot.occurrence.endswith("/off"):
        key = "off" if own else "off_followed"
        return Part(nudge.slot.rule, voice.words.say(f"ending.{key}", partner=_partner(pair, me), pair=pair.name))
    if own:
        goal = _goal_named(scene, pair)
        return Part(
            nudge.slot.rule, ending_words(voice.words, pair, me, _day(nudge), goal), _rematch_button(voice, pair)
        )
    return Part(nudge.slot.rule, _ending_for_others(voice, scene, nudge, pair))


def ending_words(words: Words, pair: Pair, reader: Person, day: date, goal: str = "") -> str:
    """Say to one of the two that the pair ends on `day`: neutral, and the very words that the one who asks has read."""
    liaison = pair.confidant
    said = words.say("ending.partner", partner=_partner(pair, reader), day=day_words(day))
    if goal:
        said += "\n" + words.say("ending.goal", goal=goal)
    key = "next" if liaison else "next_no_liaison"
    return said + "\n" + words.say(f"ending.{key}", liaison=first_name(liaison.name) if liaison else "")


def _ending_for_others(voice: Voice, scene: Scene, nudge: Nudge, pair: Pair) -> str:
    asker = pair.one(nudge.facts["person"])
    partner = first_name(pair.partner_of(asker.id).name)
    text = voice.words.say(
        "ending.followed", pair=pair.name, person=asker.name, partner=partner, day=day_words(_day(nudge))
    )
    held = pair.ending
    if held is None or held.id != nudge.facts["ending"]:
        return text
    reason = ending_for(held, scene.member.person.id, pair, coordinates=scene.coordinates).reason
    return (
        text + "\n" + voice.words.say("ending.reason", person=first_name(asker.name), words=reason) if reason else text
    )


def _goal_named(scene: Scene, pair: Pair) -> str:
    goal_id = pair.ending.goal_id if pair.ending else None
    return next((" ".join(g.what.split()) for g in scene.background.goals.get(pair.id, ()) if g.id == goal_id), "")


def _rematch_button(voice: Voice, pair: Pair) -> tuple[Button, ...]:
    return (voice.button("open_rematch", pair.id),)


# -- a wish, and another liaison ----------------------------------------------------------------------------------


def rematch(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Tell those who find partners who would like one, or would not any more."""
    return [_one_rematch(voice, scene, nudge) for nudge in nudges]


def _one_rematch(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    asker = pair.one(nudge.facts["person"])
    partner = pair.partner_of(asker.id).name
    if nudge.slot.occurrence.endswith("/off"):
        return Part(nudge.slot.rule, voice.words.say("rematch.off", person=asker.name, partner=partner))
    weeks = weeks_left(max(pair.span.last, scene.today), pair.program.span.last)
    said = voice.words.say(
        "rematch.asked",
        person=asker.name,
        partner=partner,
        role="mentee" if asker.id == pair.mentor.id else "mentor",
        day=day_words(pair.span.last),
        weeks=count_words(weeks, "week"),
    )
    mine = [one for one in scene.background.rematches.get(pair.id, ()) if one.person_id == asker.id]
    seen = [rematch_for(one, scene.member.person.id, pair, coordinates=scene.coordinates) for one in mine]
    if words := next((one.words for one in seen if one is not None), ""):
        said += "\n" + voice.words.say("rematch.words", words=words)
    buttons = (voice.button("open_rematches", pair.program.id),) if scene.coordinates else ()
    return Part(nudge.slot.rule, said, buttons)


def handover(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Tell the two, the new liaison and the former one who follows a pair from now on."""
    return [_one_handover(voice, scene, nudge) for nudge in nudges]


def _one_handover(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    me, facts = scene.member.person, nudge.facts
    if nudge.pair_id is None:
        key = "former" if facts["name"] else "former_nobody"
        return Part(nudge.slot.rule, voice.words.say(f"handover.{key}", pair=facts["names"], liaison=facts["name"]))
    if not scene.pair(nudge).has(me.id):
        key = "new" if "former" in facts else "new_first"
        said = voice.words.say(f"handover.{key}", pair=facts["names"], former=facts.get("former", ""))
        return Part(nudge.slot.rule, said, (voice.button("caseload", scene.member.program.id),))
    key = "two" if facts["name"] else "two_nobody"
    said = voice.words.say(f"handover.{key}", partner=scene.partner(nudge), liaison=facts["name"])
    return Part(nudge.slot.rule, said)


def _partner(pair: Pair, me: Person) -> str:
    return first_name(pair.partner_of(me.id).name)


def _day(nudge: Nudge) -> date:
    return date.fromisoformat(nudge.facts["last"])
