"""What is said about the meeting that a pair has planned, and about what the two promised each other."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.content.words import Words
from bot.domain.appointments import Appointment, News, Promise
from bot.domain.notes import Button, Part
from bot.domain.nudges import Nudge, Rule
from bot.domain.people import Pair, Person
from bot.domain.privacy import of_the_two
from bot.domain.replies import Topic, topic_of
from bot.usecases.phrasing import count_words, day_words, first_name, moment_words, short_day, time_words
from bot.usecases.wording.scene import Scene, Voice, only_two

MOST_PROMISES = 8


def appointment(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Remind of each meeting that is planned, with the promises that are open."""
    found = ((nudge, scene.pair(nudge)) for nudge in nudges)
    return [_reminder(voice, scene, nudge, pair, pair.appointment) for nudge, pair in found if pair.appointment]


def _reminder(voice: Voice, scene: Scene, nudge: Nudge, pair: Pair, planned: Appointment) -> Part:
    reader = scene.member.person
    meets = planned.starts.astimezone(reader.zone)
    tomorrow = meets.date() == scene.today + timedelta(days=1)
    lines = [
        voice.words.say(
            "appointments.tomorrow" if tomorrow else "appointments.ahead",
            partner=scene.partner(nudge),
            when=f"{time_words(meets)} your time" if tomorrow else moment_words(meets),
            lasting=lasting(voice.words, planned.minutes),
        ),
        *place_lines(voice.words, planned),
    ]
    promises = of_the_two(scene.background.promises.get(pair.id, ()), reader.id, pair)
    kept = promise_lines(voice.words, pair, reader, promises)
    lines += [voice.words.say("promises.before"), *kept] if kept else []
    topic = topic_of(scene.background.replies.get(pair.id, ()), pair.logged_at, voice.titles)
    lines += topic_lines(voice.words, pair, reader, topic)
    lines.append(only_two(voice, scene, nudge))
    steps = (voice.button("open_steps", pair.id),) if kept else ()
    opens = (voice.link("open", planned.link),) if planned.link else ()
    buttons = (*_buttons(voice, pair, planned, scene.partner(nudge)), *steps, *opens)
    return Part(nudge.slot.rule, "\n".join(lines), buttons)


def appointment_set(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say what the partner has planned, moved or called off."""
    return [_news(voice, scene, nudge) for nudge in nudges]


def _news(voice: Voice, scene: Scene, nudge: Nudge) -> Part:
    pair, facts = scene.pair(nudge), nudge.facts
    zone, partner = scene.member.person.zone, scene.partner(nudge)
    before = moment_words(datetime.fromisoformat(facts["known"]).astimezone(zone)) if facts["known"] else ""
    planned = pair.appointment
    if facts["news"] == News.OFF or planned is None:
        text = voice.words.say("appointments.told_off", partner=partner, before=before)
        off = voice.button("calendar_off", facts["appointment"])
        return Part(nudge.slot.rule, text, (voice.button("plan_meeting", pair.id, primary=True), off))
    text = voice.words.say(
        f"appointments.told_{facts['news']}",
        partner=partner,
        when=moment_words(planned.starts.astimezone(zone)),
        lasting=lasting(voice.words, planned.minutes),
        before=before,
    )
    fine = voice.button("plan_fine", planned.id, primary=True)
    shown = "\n".join([text, *place_lines(voice.words, planned), only_two(voice, scene, nudge)])
    return Part(nudge.slot.rule, shown, (fine, *_buttons(voice, pair, planned, partner)))


def next_step(voice: Voice, scene: Scene, nudges: list[Nudge]) -> list[Part]:
    """Say what the partner has given the reader to do; what they gave in one go is one list."""
    by_pair = {nudge.pair_id: [one for one in nudges if one.pair_id == nudge.pair_id] for nudge in nudges}
    return [_given(voice, scene, own) for own in by_pair.values()]


def _given(voice: Voice, scene: Scene, nudges: list[Nudge]) -> Part:
    pair, reader = scene.pair(nudges[0]), scene.member.person
    ids = {nudge.facts["promise"] for nudge in nudges}
    kept = of_the_two(scene.background.promises.get(pair.id, ()), reader.id, pair)
    given = _soonest([one for one in kept if one.id in ids])
    lines = [promise_line(voice.words, pair, reader, one) for one in given]
    told = voice.words.say("promises.told", partner=scene.partner(nudges[0]))
    done = (voice.button("told_step_done", f"{pair.id}/{given[0].id}", primary=True),) if len(given) == 1 else ()
    return Part(Rule.NEXT_STEP, "\n".join([told, *lines]), (*done, voice.button("open_steps", pair.id)))


def lasting(words: Words, minutes: int | None) -> str:
    """Say how long a meeting is to be; "" where nobody has said."""
    return words.say("appointments.lasting", length=count_words(minutes, "minute")) if minutes else ""


def _buttons(voice: Voice, pair: Pair, planned: Appointment, partner: str) -> tuple[Button, ...]:
    confirm = voice.words.say("buttons.call_off_confirm", partner=partner)
    off = Button("call_off", voice.words.say("buttons.call_off"), planned.id, confirm=confirm)
    return (voice.button("add_to_calendar", planned.id), voice.button("another_time", pair.id), off)


def place_lines(words: Words, planned: Appointment) -> list[str]:
    """Say where they meet, if that is known."""
    return [words.say("appointments.place", place=planned.place)] if planned.place else []


def detail_lines(words: Words, pair: Pair, planned: Appointment, reader: Person) -> list[str]:
    """Say what time it is then for the partner, where their clock shows another one, and where the two meet."""
    partner = pair.partner_of(reader.id)
    here, there = planned.starts.astimezone(reader.zone), planned.starts.astimezone(partner.zone)
    when = f"{day_words(there)}, {time_words(there)}"
    clock = words.say("appointments.their_clock", partner=first_name(partner.name), when=when)
    same = here.replace(tzinfo=None) == there.replace(tzinfo=None)
    return [*([] if same else [clock]), *place_lines(words, planned)]


def planned_words(words: Words, planned: Appointment, reader: Person, partner: Person) -> str:
    """Say when and where somebody meets their partner next, on their own clock."""
    said = words.say(
        "appointments.stands",
        partner=first_name(partner.name),
        when=moment_words(planned.starts.astimezone(reader.zone)),
        lasting=lasting(words, planned.minutes),
    )
    return "\n".join([said, *place_lines(words, planned)])


def promise_lines(words: Words, pair: Pair, reader: Person, promises: Iterable[Promise]) -> list[str]:
    """Say what is still to be done, each in a line; `promises` are for the two only, and the reader is one of them."""
    still = [one for one in promises if one.done_at is None]
    lines = [promise_line(words, pair, reader, one) for one in _soonest(still)[:MOST_PROMISES]]
    more = len(still) - MOST_PROMISES
    return [*lines, words.say("promises.more", count=str(more))] if more > 0 else lines


def open_steps(words: Words, pair: Pair, reader: Person, promises: Sequence[Promise]) -> list[str]:
    """Say what is open between the two, below a heading; nothing where nothing is. For one of the two only."""
    kept = promise_lines(words, pair, reader, of_the_two(promises, reader.id, pair))
    return [words.say("promises.open"), *kept] if kept else []


def promise_line(words: Words, pair: Pair, reader: Person, promise: Promise) -> str:
    """Say who will do what, and by when."""
    owner = pair.mentor if promise.owner_id == pair.mentor.id else pair.mentee
    who = "you" if owner.id == reader.id else first_name(owner.name)
    key = "promises.line_by" if promise.due else "promises.line"
    day = short_day(promise.due) if promise.due else ""
    return words.say(key, who=who[0].upper() + who[1:], what=promise.what, day=day)


def topic_lines(words: Words, pair: Pair, reader: Person, topic: Topic | None) -> list[str]:
    """Say what one of the two suggested to do at the next meeting; for the two only."""
    if topic is None:
        return []
    key = "own" if topic.by_id == reader.id else "theirs"
    partner = first_name(pair.partner_of(reader.id).name)
    return [words.say(f"activities.topic_{key}", title=topic.title, partner=partner)]


def _soonest(promises: Sequence[Promise]) -> list[Promise]:
    return sorted(promises, key=lambda one: (one.due is None, one.due or one.set_at.date(), one.set_at))


def asked_after(words: Words, pair: Pair, reader: Person) -> str:
    """Ask whether they met on the day that they had planned; "" where that is not the question."""
    planned = pair.appointment
    if planned is None or pair.planned_day is None:
        return ""
    partner = first_name(pair.partner_of(reader.id).name)
    return words.say("checkin_reminder.planned", partner=partner, day=day_words(planned.day_in(reader.zone)))


def both_words(words: Words, pair: Pair, planned: Appointment) -> str:
    """Say to both at once when they meet: on each one's clock where the two clocks differ."""
    locals_ = {first_name(one.name): planned.starts.astimezone(one.zone) for one in (pair.mentee, pair.mentor)}
    said = {name: f"{day_words(local.date())}, {time_words(local)}" for name, local in locals_.items()}
    if len(set(said.values())) == 1:
        return words.say("together.planned", when=next(iter(said.values())))
    return words.say("together.planned", when=" · ".join(f"{when} ({name})" for name, when in said.items()))
