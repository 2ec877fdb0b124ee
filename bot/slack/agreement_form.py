"""The form of an agreement: two pages, and one more where both have changed the same. Each page builds and reads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.content.words import Words
from bot.domain.agreements import Arranges
from bot.domain.meetings import Means
from bot.domain.people import Pair, Person
from bot.domain.rhythm import Rhythm, Unit
from bot.domain.terms import LONGEST_TEXT, TEXTS, Fields, Keep, joined
from bot.slack import blocks as b
from bot.slack.visit import Inputs, remember
from bot.usecases.agreement_sheet import Sheet
from bot.usecases.phrasing import count_words, first_name, listed
from bot.usecases.write_agreement import Clash

FORM, CLASH, TYPED = "agreement", "agreement_clash", "agreement_typed"
FIRST, SECOND = "1", "2"
FIRST_FIELDS = ("rhythm", "minutes", "hours_a_month", "means", "arranges", "reply_days", "notice_days")
PAGES = {FIRST: FIRST_FIELDS, SECOND: TEXTS}
LABELS = {
    "rhythm": "How often you meet",
    "minutes": "Minutes each time",
    "hours_a_month": "Or hours a month",
    "means": "How you meet",
    "arranges": "Who arranges the meetings",
    "reply_days": "Answer to messages within (working days)",
    "notice_days": "Cancel at least (working days) ahead",
    "confidential": "What stays between you",
    "off_limits": "Topics that you leave out",
    "ending": "How to end without blame, and whom to tell",
    "expectations": "What you expect of each other",
}
SHORT = LABELS | {
    "minutes": "How long",
    "hours_a_month": "How long",
    "arranges": "Who arranges",
    "reply_days": "Answers",
    "notice_days": "Calling off",
}
MEANS = {
    Means.VIDEO: "Video",
    Means.PHONE: "Phone",
    Means.EMAIL: "E-mail",
    Means.SLACK: "Slack",
    Means.IN_PERSON: "In person",
}
RHYTHMS = (
    Rhythm(1, Unit.WEEK),
    Rhythm(2, Unit.WEEK),
    Rhythm(3, Unit.WEEK),
    Rhythm(1, Unit.MONTH),
    Rhythm(2, Unit.MONTH),
    Rhythm(3, Unit.MONTH),
)
NUMERAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class AgreementForm:
    """All that a page shows. `resumed`: the person is back where they were; `place` is where the form was opened."""

    pair: Pair
    person: Person
    sheet: Sheet
    resumed: bool = False
    place: Mapping[str, str] = field(default_factory=dict)

    @property
    def partner(self) -> str:
        """What one calls the other one."""
        return first_name(self.pair.partner_of(self.person.id).name)


# -- what it looks like -----------------------------------------------------------------------------------------------


def build(words: Words, form: AgreementForm, page: str) -> b.View:
    """Show a page."""
    private = words.say("privacy.two", partner=form.partner)
    inputs = _second_page(words, form) if page == SECOND else _first_page(words, form)
    foot = private if page == SECOND else f"{private} {words.say('agreements.to_sign')}"
    back = [b.actions([b.button("agreement_back", "Back", form.pair.id)], "back")] if page == SECOND else []
    memory = remember(pair=form.pair.id, page=page, step=str(form.sheet.step), **form.place)
    view = b.modal(
        FORM,
        f"Agreement, {page} of 2",
        [*_resumed(words, form), *inputs, *back, b.context(foot)],
        submit="Save" if page == SECOND else "Next",
        close="Close",
        memory=memory,
    )
    return view | {"notify_on_close": True}


def _resumed(words: Words, form: AgreementForm) -> list[b.Block]:
    if not form.resumed:
        return []
    anew = b.button("agreement_anew", "Begin anew", form.pair.id)
    return [b.section(words.say("agreements.resumed"), accessory=anew)]


def _first_page(words: Words, form: AgreementForm) -> list[b.Block]:
    fields, minimum = form.sheet.fields, form.pair.program.minimum
    asked = words.say("agreements.minimum", minimum=str(minimum)) if minimum else ""
    hours = b.number_input(_action("hours_a_month", form)) | {"is_decimal_allowed": True}
    return [
        _input("rhythm", _rhythms(words, form, fields["rhythm"])),
        _input("minutes", _with_number(b.number_input(_action("minutes", form)), fields["minutes"]), hint=asked),
        _input("hours_a_month", _with_number(hours, fields["hours_a_month"]), hint=words.say("agreements.either")),
        _input("means", _means(form, fields["means"])),
        _input("arranges", _arranges(form, fields["arranges"])),
        *(_input(n, _with_number(b.number_input(_action(n, form)), fields[n])) for n in ("reply_days", "notice_days")),
    ]


def _second_page(words: Words, form: AgreementForm) -> list[b.Block]:
    fields, shown = form.sheet.fields, []
    for name in TEXTS:
        suggested = words.say(f"agreements.placeholder_{name}")
        box = b.text_input(
            _action(name, form), initial=fields[name], multiline=True, most=LONGEST_TEXT, placeholder=suggested
        )
        shown.append(_input(name, box))
    return shown


def _action(name: str, form: AgreementForm) -> str:
    """The step is part of it: where a form begins anew, Slack must not put back what stood in the last one."""
    return f"{TYPED}:{name}:{form.sheet.step}"


def _input(name: str, element: b.Element, *, hint: str = "") -> b.Block:
    return b.heard(b.field(name, LABELS[name], element, hint=hint, optional=True))


def _with_number(element: b.Element, typed: str) -> b.Element:
    return element | ({"initial_value": typed} if NUMERAL.fullmatch(typed) else {})


def _rhythms(words: Words, form: AgreementForm, chosen: str) -> b.Element:
    usual = str(form.pair.program.rhythm)
    offered = dict.fromkeys([*map(str, RHYTHMS), usual, *([chosen] if chosen else [])])
    options = [b.option(rhythm.capitalize(), rhythm) for rhythm in offered]
    return b.select(
        _action("rhythm", form), options, initial=chosen, placeholder=words.say("agreements.usual", rhythm=usual)
    )


def _means(form: AgreementForm, chosen: str) -> b.Element:
    options = [b.option(label, value.value) for value, label in MEANS.items()]
    return b.checkboxes(_action("means", form), options, chosen.split(","))


def _arranges(form: AgreementForm, chosen: str) -> b.Element:
    labels = {
        Arranges.MENTEE: first_name(form.pair.mentee.name),
        Arranges.MENTOR: first_name(form.pair.mentor.name),
        Arranges.IN_TURN: "Both, in turn",
    }
    return b.radio(_action("arranges", form), [b.option(label, value.value) for value, label in labels.items()], chosen)


# -- what was meant ---------------------------------------------------------------------------------------------------


def read(inputs: Inputs, names: tuple[str, ...]) -> dict[str, str]:
    """Return what these fields hold: the inverse of `build`."""
    return {name: joined(inputs.chosen(name)) if name == "means" else inputs.text(name) for name in names}


def read_heard(inputs: Inputs) -> dict[str, str]:
    """Return what stands in those fields of a page of which Slack tells anything."""
    return read(inputs, tuple(name for names in PAGES.values() for name in names if name in inputs.values))


# -- where both have changed the same ---------------------------------------------------------------------------------


def build_clash(words: Words, form: AgreementForm, clash: Clash) -> b.View:
    """Show both words of each field that both have changed, and ask which stay."""
    shown: list[b.Block] = [b.section(words.say("agreements.clash", partner=form.partner))]
    for name in clash.names:
        mine, theirs = (said(words, form.pair, name, fields) for fields in (clash.mine, clash.theirs))
        shown += b.sections(f"*{LABELS[name]}*\nYours: {mine}\n{form.partner}’s: {theirs}")
        options = [b.option("Mine", Keep.MINE.value), b.option(f"{form.partner}’s", Keep.THEIRS.value)]
        both = [b.option("Both, one after the other", Keep.BOTH.value)] if name in TEXTS else []
        shown.append(b.field(f"keep-{name}", "What stays", b.radio("keep", [*options, *both])))
    memory = remember(pair=form.pair.id, seen=clash.seen, step=str(form.sheet.step), **form.place)
    return b.modal(CLASH, "Both of you changed it", shown, submit="Save", close="Close", memory=memory) | {
        "notify_on_close": True
    }


def read_clash(inputs: Inputs) -> dict[str, Keep]:
    """Return whose words stay, field by field: the inverse of `build_clash`."""
    chosen = {name.removeprefix("keep-"): inputs.text(name) for name in inputs.values if name.startswith("keep-")}
    return {name: Keep(value) for name, value in chosen.items() if value in set(Keep)}


# -- in words ---------------------------------------------------------------------------------------------------------


def said(words: Words, pair: Pair, name: str, fields: Fields) -> str:
    """Say what a field holds."""
    value = fields[name]
    if not value:
        return words.say("agreements.nothing_said")
    match name:
        case "minutes":
            return words.say("agreements.minutes", minutes=count_words(int(value), "minute"))
        case "hours_a_month":
            return words.say("agreements.hours_a_month", hours="1 hour" if value == "1" else f"{value} hours")
        case "means":
            return listed(MEANS[Means(one)].lower() for one in value.split(","))
        case "arranges":
            names = {"mentee": first_name(pair.mentee.name), "mentor": first_name(pair.mentor.name)}
            return words.say(f"agreements.arranges_{value.replace(' ', '_')}", **names)
        case "notice_days" if value == "0":
            return words.say("agreements.notice_days_none")
        case "reply_days" | "notice_days":
            return words.say(f"agreements.{name}", days=count_words(int(value), "working day"))
        case _:
            return value
