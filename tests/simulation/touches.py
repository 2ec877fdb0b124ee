"""Which acts may make a slot true or untrue: by the names of both, in the oracle's own words."""

from collections.abc import Mapping

from tests.simulation.deeds_of_year import (
    AnswerMeeting,
    AskToEnd,
    CallOff,
    DeedOfYear,
    Plan,
    SetGoal,
    Sign,
    Snooze,
    TakeBack,
)
from tests.simulation.script import (
    Act,
    Announce,
    Choose,
    EndPair,
    Help,
    Leave,
    LogMeeting,
    NewPair,
    NotYet,
    Pause,
    Resume,
    Return,
    Script,
    Stop,
    Undo,
)
from tests.simulation.second_thoughts import A_STEP, OfAChange, OfAMeeting, OfAStep, SecondThought
from tests.simulation.slots import Slot

AT_ITS_END = ("closing", "celebration")  # only a pair that has met is asked to round off
OF_THE_YEAR = ("phase_prompt", "meet_there", "agreement", "goals", "midpoint")
OF_REACH = ("unreachable", "partner_unreachable")
FOR_A_LIAISON = ("first_move", "in_the_way", "ending", "rematch", "unreachable")  # or for those who stand in
OF_A_PAIR = ("first_move", "checkin_reminder", "meeting_logged", "in_the_way", "pause", *OF_THE_YEAR, *AT_ITS_END)
OF_ITS_MEETINGS = ("first_move", "checkin_reminder", "in_the_way", *AT_ITS_END)
SAID_OF_A_MEETING = ("meeting_logged", "meeting_answered")
OF_A_GOAL = ("goals", "phase_prompt")
OF_AN_AGREEMENT = ("agreement", "agreement_news", "midpoint", "phase_prompt", "checkin_reminder")
OF_A_PLAN = ("appointment", "appointment_set")
OF_A_MOVE = ("first_move", "checkin_reminder", "phase_prompt")
Pairs = Mapping[str, tuple[str, ...]]


def pairs_of(script: Script) -> Pairs:
    """Return who belongs to each pair, later ones too: mentor, mentee, liaison."""
    found: dict[str, tuple[str, ...]] = {p.key: (p.mentor, p.mentee, p.liaison or "") for p in script.roster.pairs}
    for act in script.acts:
        if isinstance(act.deed, NewPair):
            found[act.deed.key] = (act.deed.mentor, *found[act.pair][1:])
    return found


def touches(act: Act, slot: Slot, pairs: Pairs) -> bool:
    """Tell whether what somebody did may make `slot` true, or not true any more."""
    pair = pairs.get(slot.subject)
    if isinstance(act.deed, SecondThought):
        return act.pair == slot.subject and _touches_thought(act.deed, slot)
    match act.deed:
        case Choose() | Snooze():
            return act.who == slot.person
        case Leave() | Return():
            return act.who == slot.person or _touches_reach(act.who, slot, pairs)
        case Pause() | Resume():
            return act.who == slot.person or (slot.rule in OF_A_PAIR and act.who in (pair or ()))
        case AskToEnd() | TakeBack() if (
            pair is None
        ):  # what is said to somebody because they are in a pair, or follow it
            return slot.rule != "announcement" and slot.person in pairs[act.pair]
        case SetGoal() | Sign() | Plan() | CallOff() | AnswerMeeting() | AskToEnd() | TakeBack():
            return act.pair == slot.subject and _touches_year(act.deed, slot)
        case EndPair():
            return slot.rule != "announcement" and (pair is None or slot.subject == act.pair)
        case NewPair(key=key):
            return slot.rule != "announcement" and (pair is None or slot.subject in (act.pair, key))
        case Announce():
            return slot.subject == f"act {act.number}"
        case Stop(of=number):
            return slot.subject == f"act {number}"
        case LogMeeting(day=day) | Undo(day=day) if slot.rule in SAID_OF_A_MEETING:
            return act.pair == slot.subject and slot.occurrence.startswith(str(day))
        case LogMeeting() | Undo() | NotYet() | Help():
            return act.pair == slot.subject and slot.rule in OF_ITS_MEETINGS


def _touches_reach(who: str, slot: Slot, pairs: Pairs) -> bool:
    """Tell whether somebody's leaving or coming back may change this slot of another's.

    While a liaison is away, those who coordinate hear what is for the liaison, and get the digest.
    """
    if slot.rule == "unreachable":
        return slot.occurrence.startswith(f"{who}/")
    if slot.rule == "digest":
        return any(who == liaison for *_, liaison in pairs.values())
    return slot.rule in (*OF_REACH, *OF_A_PAIR, *FOR_A_LIAISON) and who in pairs.get(slot.subject, ())


def _touches_year(deed: DeedOfYear, slot: Slot) -> bool:
    """Tell whether a deed of the pair's year may change this slot of the same pair."""
    match deed:
        case SetGoal():
            return slot.rule in OF_A_GOAL
        case Sign():
            return slot.rule in OF_AN_AGREEMENT
        case Plan(place=place) | CallOff(place=place) if slot.rule in OF_A_PLAN:
            return slot.occurrence.startswith(f"{place}/")
        case Plan() | CallOff():
            return slot.rule in OF_A_MOVE
        case AnswerMeeting(day=day) if slot.rule in SAID_OF_A_MEETING:
            return slot.occurrence.startswith(str(day))
        case AnswerMeeting():
            return slot.rule in (*OF_ITS_MEETINGS, "phase_prompt")
        case _:
            return slot.rule != "announcement"


def _touches_thought(deed: SecondThought, slot: Slot) -> bool:
    """Tell whether a second thought may change this slot of the same pair."""
    if isinstance(deed, OfAChange):
        return slot.rule in OF_AN_AGREEMENT
    if isinstance(deed, OfAMeeting):
        named = slot.rule in SAID_OF_A_MEETING and slot.occurrence.startswith(str(deed.day))
        return named or slot.rule in (*OF_ITS_MEETINGS, "phase_prompt")
    if isinstance(deed, OfAStep):
        return slot.rule == "next_step" and slot.occurrence == f"{A_STEP}{deed.number}"
    return slot.rule == "idea_sent"
