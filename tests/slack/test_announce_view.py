"""Announcements: what is typed, the form, the preview with its draft, and the line that says how it goes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.words import load_words
from bot.domain.announcements import Announcement, Progress, Reach
from bot.domain.notes import Button, Note, Part
from bot.domain.nudges import Lane
from bot.domain.people import Member
from bot.domain.program import Role
from bot.slack.progress import getting_ready_blocks, progress_blocks
from bot.slack.screens.announce import (
    Draft,
    build_form,
    build_preview,
    build_started,
    pack,
    read_form,
    unpack,
)
from bot.slack.visit import Inputs, read_memory
from tests.golden import check, drawn
from tests.slack.people import MAYA, NOON, PROGRAM, TOM, member
from tests.slack.state import state_of

WORDS = load_words()
LONGEST_MEMORY = 3000
DRAFT = Draft(
    "p1", "t1", "The training moves\nto Friday & <Monday>.", frozenset({Role.LIAISON}), "https://example.org/"
)
NOTE = Note(
    "",
    "p1",
    "ada",
    Lane.ANNOUNCEMENT,
    (Part("announcement", "*Ada Lind* writes:\nHello", (Button("link_open", "Open"),)),),
)
WORD = Announcement("p1", "ada", DRAFT.text, DRAFT.audience, "t1", NOON, id="a1")
ROLES = st.frozensets(st.sampled_from([Role.MENTOR, Role.MENTEE, Role.LIAISON]))


def named(*names: str) -> tuple[Member, ...]:
    return tuple(member(replace(MAYA, id=name, name=name), Role.MENTEE) for name in names)


# -- what is typed ----------------------------------------------------------------------------------------------------


# -- the form and its draft -------------------------------------------------------------------------------------------


def test_a_form_is_read_as_it_was_built() -> None:
    view = build_form([PROGRAM], DRAFT)

    assert read_form(Inputs(state_of(view)), read_memory(view["private_metadata"])) == DRAFT


def test_who_coordinates_two_programs_chooses() -> None:
    view = build_form([PROGRAM, replace(PROGRAM, id="p2", name="Another")], replace(DRAFT, program_id="p2"))

    assert read_form(Inputs(state_of(view)), read_memory(view["private_metadata"])).program_id == "p2"


@given(st.text(max_size=2000), ROLES)
def test_a_draft_travels_with_its_preview(text: str, audience: frozenset[Role]) -> None:
    draft = replace(DRAFT, text=text, audience=audience)

    assert unpack(pack(draft)) == draft


def test_the_longest_draft_fits_into_what_slack_lets_a_view_remember() -> None:
    longest = Draft("p" * 40, "t" * 40, '"\n' * 1000, frozenset(Role), "https://example.org/" + "x" * 480)

    assert len(pack(longest)) <= LONGEST_MEMORY


@pytest.mark.parametrize("memory", ["", "{}", "[]", "null", "no json\nhello", '{"program":1}\nhello', '"text"'])
def test_a_draft_that_is_none_passes_no_check(memory: str) -> None:
    draft = unpack(memory)

    assert (draft.program_id, draft.token, draft.audience) == ("", "", frozenset())


def test_a_tampered_audience_holds_only_roles_that_are_offered() -> None:
    memory = '{"program":"p1","token":"t","link":"","audience":"mentor coordinator reader everybody"}\nhello'

    assert unpack(memory).audience == frozenset({Role.MENTOR})


# -- the preview ------------------------------------------------------------------------------------------------------


def preview(reach: Reach, takes: timedelta = timedelta(0)) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = build_preview(WORDS, DRAFT, NOTE, reach, takes)["blocks"]
    return blocks


def test_the_preview() -> None:
    reach = Reach(now=named("Maya O", "Tom B"), later=named("Ben C"), never=named("Zoë W"))

    check("announce_preview.txt", drawn(preview(reach)))


@pytest.mark.parametrize(
    ("reach", "takes", "said"),
    [
        (Reach(now=named("A")), 0, "All of them are in their hours now.\n"),
        (Reach(now=named("A")), 40, "hours now. Who is in their hours now has it within about 40 seconds."),
        (Reach(now=named("A")), 300, "has it within about 5 minutes."),
        (Reach(later=named("A")), 40, "None of them is in their hours now: each will hear at their next good hour.\n"),
        (Reach(now=named("A"), later=named("B", "C")), 0, "1 person in their hours now; 2 people will hear at"),
    ],
)
def test_the_preview_says_how_long_it_may_take(reach: Reach, takes: int, said: str) -> None:
    assert said in drawn(preview(reach, timedelta(seconds=takes)))


def test_of_many_people_thirty_are_named() -> None:
    shown = drawn(preview(Reach(now=named(*(f"P{number:03} Q" for number in range(200))))))

    assert "P000, P001" in shown
    assert "P029 and 170 more" in shown
    assert "P030" not in shown


def test_sending_asks_once_more() -> None:
    send = preview(Reach(now=named("A", "B")))[-1]["elements"][0]

    assert send["confirm"]["text"]["text"].startswith("Send this to 2 people?")


def test_when_it_is_on_its_way_nothing_is_left_to_press() -> None:
    for new in (True, False):
        assert not [
            block for block in build_started(WORDS, "2 people", new=new)["blocks"] if block["type"] == "actions"
        ]


# -- the line ---------------------------------------------------------------------------------------------------------


def test_the_line_from_the_first_moment_to_the_last() -> None:
    shown = [
        getting_ready_blocks(WORD, 5),
        progress_blocks(WORD, Progress(waiting=3, sent=2)),
        progress_blocks(WORD, Progress(waiting=300, sent=2, to_go=timedelta(minutes=3))),
        progress_blocks(WORD, Progress(sent=4, failed=1, unreached=("Tom Baker",))),
        progress_blocks(WORD, Progress(sent=1, stopped=3, failed=1, unreached=("Tom Baker",))),
    ]

    check("announce_line.txt", ("=" * 20 + "\n").join(drawn(blocks) for blocks in shown))


def test_only_a_line_with_copies_waiting_can_be_stopped() -> None:
    waiting = progress_blocks(WORD, Progress(waiting=1))
    final = progress_blocks(WORD, Progress(sent=1))

    assert waiting[-1]["elements"][0]["value"] == "a1"
    assert waiting[-1]["elements"][0]["confirm"]
    assert not [block for block in final if block["type"] == "actions"]


def test_a_thousand_who_were_not_reached_fit_into_the_line() -> None:
    names = tuple(f"{TOM.name} the {number}th" for number in range(1000))

    shown = drawn(progress_blocks(replace(WORD, text="x" * 2000), Progress(failed=1000, unreached=names)))

    assert "and 960 more" in shown
    assert len(shown) < 4000
