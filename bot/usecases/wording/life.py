"""What is said when life happens: a word in confidence, somebody out of reach, an ending, a wish, another liaison."""

from datetime import date, datetime

from bot.content.words import Words
from bot.domain.endings import RematchState, weeks_left
from bot.domain.notes import Button, Part
from bot.domain.nudges import PASSED_ON, Nudge
from bot.domain.people import Pair, Person
from bot.domain.privacy import answer_for, ending_for, rematch_for
from bot.usecases.phrasing import count_words, day_words, first_name, moment_words
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
    return Part(nudge.slot.rule, out_of_reach_words(voice.words, pair, scene.member.person))


def out_of_reach_words(words: Words, pair: Pair, reader: Person) -> str:
    """Say to one of the two that messages do not reach the other, and who takes care of it."""
    liaison = pair.confidant
    partner, name = first_name(pair.partner_of(reader.id).name), first_name(liaison.name) if liaison else ""
    key = "plain" if liaison else "no_liaison"
    return words.say(f"partner_unreachable.{key}", partner=partner, liaison=name)


# -- an ending ----------------------------------------------------------------------------------------------------


def ending(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Tell the partner the day, and who looks after the pair also who asked and why; or that it is off."""
    return [_one_ending(voice, scene, nudge) for nudge in nudges]


def _one_ending(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair, me = scene.pair(nudge), scene.member.person
    own = pair.has(me.id)
    if nudge.slot.occurrence.endswith("/off"):
        said = voice.words.say(f"ending.{'off' if own else 'off_followed'}", partner=_partner(pair, me), pair=pair.name)
        wish = [voice.words.say("ending.wish_off")] if "wish" in nudge.facts else []
        quiet = voice.in_the_way_button(pair) if wish else ()
        return Part(nudge.slot.rule, "\n".join([said, *_holds_again(voice.words, pair, me, nudge), *wish]), quiet)
    if own:
        planned = datetime.fromisoformat(nudge.facts["planned"]) if "planned" in nudge.facts else None
        goal, alone = _goal_named(scene, pair), "alone" in nudge.facts
        said = ending_words(voice.words, pair, me, _day(nudge), goal, planned, alone=alone)
        return Part(nudge.slot.rule, said, _ending_buttons(voice, pair, nudge))
    return Part(nudge.slot.rule, _ending_for_others(voice, scene, nudge, pair))


def _holds_again(words: Words, pair: Pair, me: Person, nudge: Nudge) -> list[str]:
    """Say that the meeting holds again that was off with the ending, as it is planned by now."""
    planned = pair.appointment
    if planned is None or planned.id != nudge.facts.get("appointment") or not pair.has(me.id):
        return []
    return [words.say("ending.holds", when=moment_words(planned.starts.astimezone(me.zone)))]


def listener_of(pair: Pair) -> Person | None:
    """Return the liaison to whom the two can talk: one beside them whom messages reach."""
    return pair.confidant if pair.confidant is not None and not pair.confidant.unreachable else None


def ending_words(
    words: Words,
    pair: Pair,
    reader: Person,
    day: date,
    goal: str = "",
    planned: datetime | None = None,
    *,
    alone: bool = False,
) -> str:
    """Say to one of the two that the pair ends on `day`: neutral, and the very words that the one who asks has read.

    `goal` is what is to be finished first, `planned` the meeting that is off with it; `alone`: nobody looks after them.
    """
    liaison = listener_of(pair)
    said = words.say("ending.partner", partner=_partner(pair, reader), day=day_words(day))
    if goal:
        said += "\n" + words.say("ending.goal", goal=goal)
    if planned is not None:
        said += "\n" + words.say("ending.planned", when=moment_words(planned.astimezone(reader.zone)))
    key = "next_alone" if alone else "next" if liaison else "next_no_liaison"
    return said + "\n" + words.say(f"ending.{key}", liaison=first_name(liaison.name) if liaison else "")


def _ending_for_others(voice: Voice, scene: Scene, nudge: Nudge, pair: Pair) -> str:
    asker = pair.one(nudge.facts["person"])
    partner, unreached = first_name(pair.partner_of(asker.id).name), pair.partner_of(asker.id).unreachable
    key = "followed_unreached" if unreached else "followed"
    text = voice.words.say(
        f"ending.{key}", pair=pair.name, person=asker.name, partner=partner, day=day_words(_day(nudge))
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


def _ending_buttons(voice: Voice, pair: Pair, nudge: Nudge) -> tuple[Button, ...]:
    planned = nudge.facts.get("appointment")
    off = (voice.button("calendar_off", planned),) if planned else ()
    return (voice.button("open_rematch", pair.id), *off)


# -- a wish, and another liaison ----------------------------------------------------------------------------------


def rematch(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Tell those who find partners who would like one, or would not any more; and who asked, where it stands."""
    return [_one_rematch(voice, scene, nudge) for nudge in nudges]


def _one_rematch(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    asker = pair.one(nudge.facts["person"])
    partner = pair.partner_of(asker.id).name
    if nudge.slot.occurrence.endswith("/off"):
        return Part(nudge.slot.rule, voice.words.say("rematch.off", person=asker.name, partner=partner))
    weeks = weeks_left(max(pair.span.last, scene.today), pair.program.span.last)
    if asker.id == scene.member.person.id:
        return _where_it_stands(voice, pair, nudge, weeks)
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


def _where_it_stands(voice: Voice, pair: Pair, nudge: Nudge, weeks: int) -> Part:
    """Tell who asked that somebody looks, or that it is closed."""
    state = nudge.slot.occurrence.rpartition("/")[2]
    partner = _partner(pair, pair.one(nudge.facts["person"]))
    said = voice.words.say(f"rematches.state_{state}", partner=partner, weeks=count_words(weeks, "week"))
    again = (voice.button("open_rematch", pair.id),) if state == RematchState.CLOSED else ()
    return Part(nudge.slot.rule, said, again)


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
