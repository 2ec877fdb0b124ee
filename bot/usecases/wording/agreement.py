"""What is said about an agreement: whose turn it is, that it holds, whether it still suits; never what stands in it."""

from bot.content.words import Words
from bot.domain.notes import Part
from bot.domain.nudges import Nudge
from bot.domain.people import Pair
from bot.domain.rules.agreement import whose_turn
from bot.usecases.phrasing import first_name, listed
from bot.usecases.wording.scene import Scene, Voice


def agreement_line(words: Words, pair: Pair, reader_id: str) -> str:
    """Say in one line how far the agreement is, and whose turn it is: for the two of the pair."""
    evidence, partner = pair.evidence, first_name(pair.partner_of(reader_id).name)
    turn = whose_turn(pair)
    mine = "yours" if turn is not None and turn.id == reader_id else "theirs"
    if evidence.draft:
        step = "lacking" if evidence.lacks else "signed" if evidence.signed else "written"
        key = f"agreement.line_{'new_' if evidence.in_force else ''}{step}_{mine}"
    else:
        key = "agreement.line_in_force" if evidence.in_force else "agreement.line_none"
    return words.say(key, partner=partner, rhythm=str(pair.agreed_rhythm), lacks=lacking_words(words, pair))


def lacking_words(words: Words, pair: Pair) -> str:
    """Say what the version that waits has to say yet before it can be signed; "" for nothing."""
    return listed(words.say(f"agreement.lacks_{name}") for name in pair.evidence.lacks)


def agreement(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Remind the one whose turn it is."""
    return [_one_reminder(voice, scene, nudge) for nudge in nudges]


def _one_reminder(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    key = "begin" if not pair.evidence.draft else "sign" if pair.evidence.signed else "complete"
    if pair.evidence.lacks:
        key = "complete_lacking"
    text = voice.words.say(f"agreement.{key}", partner=scene.partner(nudge), lacks=lacking_words(voice.words, pair))
    if nudge.facts["step"] == "second":
        text = voice.words.say("agreement.last", text=text)
    return Part(nudge.slot.rule, text, (voice.button("open_agreement", pair.id, primary=True),))


def agreement_news(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say what the partner has done; of several things in one pair, the newest."""
    newest = {nudge.pair_id: nudge for nudge in sorted(nudges, key=lambda nudge: _place(nudge.facts))}
    return [_one_news(voice, scene, nudge) for nudge in newest.values()]


def _place(facts: dict[str, str]) -> tuple[int, int]:
    return int(facts["version"]), ("begun", "amended", "changed", "sign", "withdrawn", "in_force").index(facts["step"])


def _one_news(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    step = nudge.facts["step"]
    key = "sign_change" if step == "sign" and pair.evidence.in_force else step
    if step in ("begun", "changed") and pair.evidence.lacks:
        key = f"{step}_lacking"
    text = voice.words.say(
        f"agreement_news.{key}",
        partner=scene.partner(nudge),
        rhythm=str(pair.agreed_rhythm),
        lacks=lacking_words(voice.words, pair),
    )
    return Part(nudge.slot.rule, text, (voice.button("open_agreement", pair.id),))


def midpoint(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Ask whether the agreement still suits."""
    return [_one_midpoint(voice, scene, nudge) for nudge in nudges]


def _one_midpoint(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair = scene.pair(nudge)
    text = voice.words.say("midpoint.ask", partner=scene.partner(nudge), rhythm=str(pair.agreed_rhythm))
    buttons = (
        voice.button("keep_agreement", pair.id, primary=True),
        voice.button("rethink_agreement", pair.id),
        voice.button("open_agreement", pair.id),
    )
    return Part(nudge.slot.rule, text, buttons)
