"""Which acts may make a slot true or untrue: by the names of both, in the oracle's own words."""

from collections.abc import Mapping

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
from tests.simulation.slots import Slot

AT_ITS_END = ("closing", "celebration")  # only a pair that has met is asked to round off
OF_THE_YEAR = ("phase_prompt", "meet_there", "agreement", "goals", "midpoint")
OF_REACH = ("unreachable", "partner_unreachable")
OF_A_PAIR = ("first_move", "checkin_reminder", "meeting_logged", "in_the_way", "pause", *OF_THE_YEAR, *AT_ITS_END)
OF_ITS_MEETINGS = ("first_move", "checkin_reminder", "in_the_way", *AT_ITS_END)
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
    match act.deed:
        case Choose():
            return act.who == slot.person
        case Leave() | Return():
            return act.who == slot.person or (slot.rule in (*OF_REACH, *OF_A_PAIR) and act.who in (pair or ()))
        case Pause() | Resume():
            return act.who == slot.person or (slot.rule in OF_A_PAIR and act.who in (pair or ()))
        case EndPair():
            return slot.rule != "announcement" and (pair is None or slot.subject == act.pair)
        case NewPair(key=key):
            return slot.rule != "announcement" and (pair is None or slot.subject in (act.pair, key))
        case Announce():
            return slot.subject == f"act {act.number}"
        case Stop(of=number):
            return slot.subject == f"act {number}"
        case LogMeeting(day=day) | Undo(day=day) if slot.rule == "meeting_logged":
            return act.pair == slot.subject and str(day) == slot.occurrence
        case LogMeeting() | Undo() | NotYet() | Help():
            return act.pair == slot.subject and slot.rule in OF_ITS_MEETINGS
