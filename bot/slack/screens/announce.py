"""Announce: a form, a preview with who gets it and when, and a line that says how it goes. Coordinators only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.content.words import Words
from bot.domain.announcements import LONGEST_LINK, LONGEST_TEXT, Announcement, Reach, reach_of
from bot.domain.notes import Note
from bot.domain.people import Member
from bot.domain.program import Program, Role
from bot.slack import blocks as b
from bot.slack.doors import Doors
from bot.slack.post import blocks_of
from bot.slack.progress import getting_ready_blocks, names_words, people_words, progress_blocks
from bot.slack.visit import Inputs, Visit, remember
from bot.usecases.announce import (
    announce,
    announcers,
    check_announcement,
    find_audience,
    how_long,
    look_of,
    show_one,
    stop,
)
from bot.usecases.phrasing import first_name, listed, span_words
from bot.usecases.world import World

FORM, PREVIEW = "announce", "announce_preview"
AUDIENCES = {Role.MENTOR: "Mentors", Role.MENTEE: "Mentees", Role.LIAISON: "Liaisons"}
NAMES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Draft:
    """An announcement that has not gone out. `token` is the same from the first form to the last press of Send."""

    program_id: str
    token: str
    text: str = ""
    audience: frozenset[Role] = frozenset({Role.MENTOR, Role.MENTEE})
    link: str = ""

    def announcement(self, author: Member, world: World) -> Announcement:
        """Return what it becomes when it is sent."""
        return Announcement(
            self.program_id, author.person.id, self.text, self.audience, self.token, world.now(), self.link
        )


def pack(draft: Draft) -> str:
    """Write down a draft for its preview to carry: ids and the author's own words, which nobody else can change.

    The words follow as they are, so that 2,000 characters stay 2,000 of the 3,000 that Slack lets a view remember.
    """
    ids = {"program": draft.program_id, "token": draft.token, "link": draft.link}
    head = json.dumps(ids | {"audience": " ".join(sorted(draft.audience))}, separators=(",", ":"), ensure_ascii=False)
    return f"{head}\n{draft.text}"


def unpack(memory: str) -> Draft:
    """Read what `pack` wrote; what somebody else wrote gives a draft that no check lets pass."""
    head, _, text = memory.partition("\n")
    try:
        found = json.loads(head)
        ids = {name: str(found[name]) for name in ("program", "token", "link", "audience")}
    except (ValueError, KeyError, TypeError):
        return Draft("", "", audience=frozenset())
    return Draft(ids["program"], ids["token"], text, _roles(ids["audience"].split()), ids["link"])


def _roles(names: Sequence[str]) -> frozenset[Role]:
    return frozenset(role for role in AUDIENCES if role.value in names)


# -- what it looks like -----------------------------------------------------------------------------------------------


def build_form(programs: Sequence[Program], draft: Draft) -> b.View:
    """Ask what is to be said and to whom; who coordinates two programs chooses."""
    audience = [b.option(label, role.value) for role, label in AUDIENCES.items()]
    text = b.text_input("text", initial=draft.text, multiline=True, most=LONGEST_TEXT)
    link = b.text_input("link", initial=draft.link, most=LONGEST_LINK, placeholder="https://")
    shown = [
        *_program_field(programs, draft),
        b.field("text", "What you want to say", text, hint="Nobody is pinged by what stands here."),
        b.field("link", "A link, shown as a button", link, optional=True),
        b.field("audience", "For whom", b.checkboxes("audience", audience, [r.value for r in draft.audience])),
    ]
    memory = remember(token=draft.token, program=draft.program_id)
    return b.modal(FORM, "Announce something", shown, submit="Preview", memory=memory)


def _program_field(programs: Sequence[Program], draft: Draft) -> list[b.Block]:
    if len(programs) == 1:
        return []
    options = [b.option(program.name, program.id) for program in programs]
    return [b.field("program", "Program", b.select("program", options, initial=draft.program_id))]


def read_form(inputs: Inputs, memory: dict[str, str]) -> Draft:
    """Read what `build_form` asked."""
    program_id = inputs.text("program") or memory.get("program", "")
    audience = _roles(inputs.chosen("audience"))
    return Draft(program_id, memory.get("token", ""), inputs.text("text"), audience, inputs.text("link"))


def build_preview(words: Words, draft: Draft, note: Note, reach: Reach, takes: timedelta) -> b.View:
    """Show it as it will look, who gets it, and how long that takes (zero: no time worth a word)."""
    everybody = sorted((*reach.now, *reach.later, *reach.never), key=lambda member: member.person.name)
    count = people_words(len(everybody))
    names = names_words([first_name(member.person.name) for member in everybody], NAMES_SHOWN)
    audience = listed(label.lower() for role, label in AUDIENCES.items() if role in draft.audience)
    question = b.confirm(words.say("announce.confirm", count=count), "Send it", "Not yet")
    shown = [
        b.context(words.say("announce.preview")),
        *blocks_of(note),
        b.divider(),
        b.section(words.say("announce.people", count=count, audience=audience, names=names)),
        b.section(_hours_words(words, reach, takes)),
        *_never_blocks(words, reach),
        b.actions(
            [
                b.button("announce_send", f"Send to {count}", style="primary", confirm=question),
                b.button("announce_change", "Change"),
            ],
            "send",
        ),
    ]
    return b.modal(PREVIEW, "Preview", shown, memory=pack(draft))


def _hours_words(words: Words, reach: Reach, takes: timedelta) -> str:
    key = "hours_later" if not reach.now else "hours_some" if reach.later else "hours_now"
    said = words.say(f"announce.{key}", now=people_words(len(reach.now)), later=people_words(len(reach.later)))
    return f"{said} {words.say('announce.takes', time=span_words(takes))}" if reach.now and takes else said


def _never_blocks(words: Words, reach: Reach) -> list[b.Block]:
    if not reach.never:
        return []
    names = names_words([member.person.name for member in reach.never], NAMES_SHOWN)
    return [b.section(words.say("announce.never", names=names))]


def build_started(words: Words, count: str, *, new: bool) -> b.View:
    """Say that it is on its way, and where to look."""
    said = words.say("announce.started", count=count) if new else words.say("announce.already")
    return b.modal("announce_started", "On its way", [b.section(said)], close="Done")


# -- what happens -----------------------------------------------------------------------------------------------------


async def typed(visit: Visit) -> None:
    """`/announce`, alone or with the first words."""
    text = visit.typed
    if text.lower() == "help":
        await visit.tell(visit.world.words.say("announce.help"))
    else:
        await _open(visit, text=text[:LONGEST_TEXT])


async def opened(visit: Visit) -> None:
    """[Announce something], for the program that the button names."""
    await _open(visit, program_id=visit.value)


async def _open(visit: Visit, *, text: str = "", program_id: str = "") -> None:
    programs = [member.program for member in announcers(visit.world, visit.current)]
    chosen = next((program for program in programs if program.id == program_id), programs[0])
    await visit.open(build_form(programs, Draft(chosen.id, visit.world.new_id(), text)))


async def sent_form(visit: Visit) -> b.View:
    """The form: its preview comes in its place."""
    draft = read_form(visit.inputs, visit.memory)
    author = _author(visit, draft)
    announcement = draft.announcement(author, visit.world)
    check_announcement(visit.world, announcement)
    hearers = await find_audience(visit.world, author, draft.audience)
    note = look_of(visit.world, author, announcement)
    reach = reach_of(hearers, visit.world.now())
    takes = await how_long(visit.world, author, len(reach.now))
    return build_preview(visit.world.words, draft, note, reach, takes)


async def pressed_change(visit: Visit) -> None:
    """[Change]: back to the form, filled as it was."""
    draft = unpack(visit.body["view"]["private_metadata"])
    programs = [member.program for member in announcers(visit.world, visit.current)]
    _author(visit, draft)
    await visit.update_view(build_form(programs, draft))


async def pressed_send(visit: Visit) -> None:
    """[Send]: first the line in the author's messages, then the copies, which name that line and so never lose it."""
    draft = unpack(visit.body["view"]["private_metadata"])
    author = _author(visit, draft)
    announcement = draft.announcement(author, visit.world)
    check_announcement(visit.world, announcement)
    count = len(await find_audience(visit.world, author, draft.audience))
    channel, ts = await visit.send("", getting_ready_blocks(announcement, count))
    recorded, new = await announce(visit.world, author, replace(announcement, channel=channel, ts=ts))
    if new:
        await show_one(visit.world, recorded)
    else:
        await visit.take_back(channel, ts)
    await visit.update_view(build_started(visit.world.words, people_words(count), new=new))


async def pressed_stop(visit: Visit) -> None:
    """[Stop], under the line: what has not gone out never will."""
    announcement, progress = await stop(visit.world, visit.current, visit.value)
    await visit.replace("", progress_blocks(announcement, progress))


def _author(visit: Visit, draft: Draft) -> Member:
    """Return the person as the coordinator of the draft's program; raises RuleBroken for a draft that is not theirs."""
    able = announcers(visit.world, visit.current)
    author = next((member for member in able if member.program.id == draft.program_id), None)
    if author is None or not draft.token:
        raise visit.world.broken("announcement_gone")
    return author


def register(doors: Doors) -> None:
    """Answer `/announce`, its forms and buttons, and the progress line's."""
    doors.command("/announce", typed)
    doors.action("open_announce", opened)
    doors.form(FORM, sent_form)
    doors.action("announce_send", pressed_send)
    doors.action("announce_change", pressed_change)
    doors.action("stop_announcement", pressed_stop)
