"""The digest: how the pairs of a liaison stand, in facts."""

from datetime import date, timedelta

from bot.domain.notes import Part
from bot.domain.nudges import Nudge, Rule
from bot.domain.people import Member, Pair
from bot.domain.phases import starts_of
from bot.domain.standing import Standing, Stands, standing, worst_first
from bot.usecases.phrasing import count_words, first_name, listed, near_day, short_day
from bot.usecases.wording.scene import Scene, Voice

NO_DAY, A_DAY = timedelta(0), timedelta(days=1)


def digest(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say how the pairs of a liaison stand."""
    member, today = scene.member, scene.today
    standings = worst_first([standing(pair, today) for pair in member.caseload(today)])
    look = [s for s in standings if s.stands.needs_a_look]
    news = any(s.unsigned_news for s in standings)
    if not look and not news and member.person.preferences.digest_only_when_needed:
        return []
    said = "\n".join([digest_text(voice, standings, today), *standing_in(voice, member)])
    return [Part(Rule.DIGEST, said, (voice.button("caseload", member.program.id),))]


def standing_in(voice: Voice, member: Member) -> list[str]:
    """Say for whom somebody looks after pairs, where messages do not reach their liaison."""
    away = {pair.liaison.id: pair.liaison.name for pair in member.covered if pair.liaison is not None}
    return [voice.words.say("digest.standing_in", names=listed(sorted(away.values())))] if away else []


def digest_text(voice: Voice, standings: list[Standing], today: date) -> str:
    """Say how a caseload stands, worst first; short when all is well."""
    if not standings:
        return voice.words.say("digest.opening_none")
    look = [s for s in standings if s.stands.needs_a_look]
    resting = [s for s in standings if s.stands in (Stands.PAUSED, Stands.ENDING)]
    news = [s for s in standings if s.unsigned_news and not s.stands.needs_a_look]
    shown = [standing_line(voice, s, today) for s in (*look, *news, *resting)]
    opening = _opening(alone=len(standings) == 1, look=bool(look), news=bool(news))
    lines = [voice.words.say(f"digest.{opening}", count=str(len(look or news)), total=str(len(standings))), *shown]
    if (look or news) and (rest := len(standings) - len(shown)):
        lines.append(voice.words.say("digest.more", count=str(rest)))
    return "\n".join(lines)


def _opening(*, alone: bool, look: bool, news: bool) -> str:
    if look:
        return "opening_one_look" if alone else "opening_some"
    if news:
        return "opening_unsigned"
    return "opening_one_well" if alone else "opening_all_well"


def standing_line(voice: Voice, found: Standing, today: date) -> str:
    """Say in one line how a pair stands, that nothing is signed where that is late, and which phases are its own."""
    said = reason(voice, found, today)
    if found.unsigned:
        said = voice.words.say("digest.unsigned", reason=said)
    line = voice.words.say("digest.line", pair=found.pair.name, reason=said)
    for phase, day in starts_of(found.pair):
        line = voice.words.say("phases.own", line=line, phase=phase.value, day=short_day(day))
    return line


def _since(voice: Voice, pair: Pair, today: date) -> str:
    """Say how long ago a pair met, or began, as one says it."""
    met = pair.last_meeting
    since = today - (met or pair.span.first)
    if not A_DAY >= since >= NO_DAY:
        return voice.since(pair, today)
    return voice.words.say("digest.met" if met else "digest.began", day=near_day(today - since, today))


def reason(voice: Voice, found: Standing, today: date) -> str:
    """Say why a pair needs a look, in facts."""
    pair = found.pair
    asker = pair.help_asked.person_id if pair.help_asked else ""
    said = voice.words.say(
        f"digest.reason_{found.stands.name.lower()}",
        person=first_name((pair.mentor if asker == pair.mentor.id else pair.mentee).name),
        day=short_day(found.day) if found.day else "",
        days=count_words(found.days, "day"),
        since=_since(voice, pair, today),
        rhythm=str(pair.agreed_rhythm),
        away=listed(first_name(one.name) for one in (pair.mentor, pair.mentee) if one.unreachable),
    )
    if pair.ending is None or found.stands in (Stands.ENDED, Stands.ENDING):
        return said
    return voice.words.say("digest.and_ends", reason=said, day=short_day(pair.span.last))
