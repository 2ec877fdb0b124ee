"""An agreement to read: how far it is, what stands in it, and its versions."""

from collections.abc import Sequence

from bot.content.words import Words
from bot.domain.agreements import Agreement, Terms
from bot.domain.people import Pair, Person
from bot.domain.terms import FIELDS, TEXTS, fields_of, print_of
from bot.slack import blocks as b
from bot.slack.agreement_form import SHORT, said
from bot.slack.visit import remember
from bot.usecases.phrasing import first_name, short_day
from bot.usecases.sign_agreement import signature_of
from bot.usecases.withdraw_agreement import may_withdraw
from bot.usecases.wording.agreement import agreement_line

VIEW = "agreement_view"


def build_summary(
    words: Words,
    pair: Pair,
    person: Person,
    versions: Sequence[Agreement],
    *,
    answer: str = "",
    unsaved: bool = False,
    taken_back: bool = False,
) -> list[b.Block]:
    """Show the version that waits, else the one that holds, with what can be done.

    `taken_back`: a change of this person's that they took back can wait again.
    """
    newest, partner = versions[-1], first_name(pair.partner_of(person.id).name)
    shown = [b.section(answer)] if answer else []
    shown += [b.header(words.say("goals.heading", partner=partner)), b.section(agreement_line(words, pair, person.id))]
    holds = next((one.terms for one in reversed(versions) if one.in_force), None)
    shown += terms_blocks(words, pair, newest.terms, holds)
    if taken_back:
        shown.append(b.context(words.say("agreements.may_bring_back")))
    may_do = _buttons(words, pair, person, versions, unsaved=unsaved, taken_back=taken_back)
    return [*shown, b.actions(may_do, "agreement"), b.context(words.say("privacy.two", partner=partner))]


def _buttons(
    words: Words, pair: Pair, person: Person, versions: Sequence[Agreement], *, unsaved: bool, taken_back: bool
) -> list[b.Element]:
    newest = versions[-1]
    may_sign = not newest.in_force and not signature_of(newest, pair, person) and not newest.lacks
    about = f"{pair.id}/{newest.version}/{print_of(newest.terms)}"
    sign = [b.button("sign_agreement", "Sign", about, style="primary")] if may_sign else []
    change = b.button("change_agreement", "Go on where you were" if unsaved else "Change", pair.id)
    earlier = f"{pair.id}/{newest.version - 1}"
    older = [b.button("agreement_version", "Earlier versions", earlier)] if len(versions) > 1 else []
    return [*sign, change, *_ways_back(words, pair, person, versions, taken_back=taken_back), *older]


def _ways_back(
    words: Words, pair: Pair, person: Person, versions: Sequence[Agreement], *, taken_back: bool
) -> list[b.Element]:
    """Return the way back from a change that waits, for who suggested it, or the way back to it."""
    newest = versions[-1]
    about = f"{pair.id}/{newest.version}/{print_of(newest.terms)}"
    if may_withdraw(versions, person):
        return [b.button("take_back_agreement", words.say("buttons.take_back_agreement"), about)]
    if taken_back:
        return [b.button("bring_back_agreement", words.say("buttons.bring_back_agreement"), pair.id)]
    return []


def terms_blocks(words: Words, pair: Pair, terms: Terms, holds: Terms | None = None) -> list[b.Block]:
    """Show what stands in an agreement: the facts in lines, then the words; and what is new beside what `holds`."""
    fields = fields_of(terms)
    before = fields if holds is None else fields_of(holds)

    def line(name: str) -> str:
        now = f"*{SHORT[name]}*: {said(words, pair, name, fields)}"
        if fields[name] == before[name]:
            return now
        return f"{now} ({words.say('agreements.so_far', text=said(words, pair, name, before))})"

    either = _either(terms)
    facts = [name for name in FIELDS if name not in TEXTS and (fields[name] or name not in either)]
    shown = b.sections("\n".join(line(name) for name in facts))
    for name in TEXTS:
        new = "" if fields[name] == before[name] else f" ({words.say('agreements.new')})"
        shown += b.sections(f"*{SHORT[name]}*{new}\n{said(words, pair, name, fields)}")
    return shown


def _either(terms: Terms) -> tuple[str, ...]:
    """Return the fields that need no line where they are open: of minutes and hours, one is enough."""
    if terms.hours_a_month is not None:
        return ("minutes", "hours_a_month")
    return ("hours_a_month",)


def build_version(
    words: Words, pair: Pair, person: Person, versions: Sequence[Agreement], number: int
) -> list[b.Block]:
    """Show one version, with the way to its neighbors."""
    chosen = next((one for one in versions if one.version == number), versions[-1])
    numbers = [one.version for one in versions]
    place = numbers.index(chosen.version)
    near = [*numbers[max(place - 1, 0) : place], *numbers[place + 1 : place + 2]]
    steps = [
        b.button(f"agreement_version:{n}", words.say("agreements.version", number=str(n)), f"{pair.id}/{n}")
        for n in near
    ]
    back = b.button("open_agreement", "Back to the agreement", pair.id)
    partner = first_name(pair.partner_of(person.id).name)
    return [
        b.header(_version_words(words, person, versions, chosen)),
        *terms_blocks(words, pair, chosen.terms),
        b.actions([*steps, back], "agreement-versions"),
        b.context(words.say("privacy.two", partner=partner)),
    ]


def _version_words(words: Words, person: Person, versions: Sequence[Agreement], one: Agreement) -> str:
    signed = [moment for moment in (one.mentor_signed, one.mentee_signed) if moment is not None]
    if len(signed) < 2:
        return words.say("agreements.version_waits", number=str(one.version))
    replaced = any(other.in_force and other.version > one.version for other in versions)
    key = "version_before" if replaced else "version_in_force"
    return words.say(f"agreements.{key}", number=str(one.version), day=short_day(person.today(max(signed))))


def build_choice(words: Words, pairs: Sequence[Pair], person_id: str, *, to_change: bool = False) -> list[b.Block]:
    """Ask a person of several pairs which agreement they mean, to read or to change, and say how far each is."""
    action, label = ("change_agreement", "Write or change") if to_change else ("open_agreement", "Open")
    shown: list[b.Block] = [b.header(words.say("agreements.choose"))]
    for number, pair in enumerate(pairs):
        name = pair.partner_of(person_id).name
        open_it = b.button(f"{action}:{number}", label, pair.id)
        shown.append(b.section(f"*{name}*\n{agreement_line(words, pair, person_id)}", accessory=open_it))
    return shown


def as_view(shown: Sequence[b.Block], step: int = 0, **place: str) -> b.View:
    """Put it into a window; `place` is where it was opened."""
    return b.modal(VIEW, "Your agreement", shown, close="Done", memory=remember(step=str(step), **place))
