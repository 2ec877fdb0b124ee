"""Announcing, stopping and showing how it goes, on real records."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.announcements import Announcement, Progress
from bot.domain.errors import RuleBroken
from bot.domain.people import Member
from bot.domain.program import Role
from bot.usecases.announce import (
    announce,
    announcers,
    check_announcement,
    find_audience,
    look_of,
    show_progress,
    stop,
)
from bot.usecases.pause import pause
from tests.usecases.conftest import Setting

TWO = frozenset({Role.MENTOR, Role.MENTEE})
A_WEEKEND, THREE_WEEKS = timedelta(days=4), timedelta(days=21)


class Board:
    """A courier that shows lines, and nothing else."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, Progress]] = []

    async def post(self, note: object, person: object) -> None:
        raise NotImplementedError

    async def show_progress(self, announcement: Announcement, progress: Progress) -> bool:
        self.shown.append((announcement.ts, progress))
        return True


async def members(setting: Setting, slack_id: str) -> tuple[Member, ...]:
    async with setting.world.store.begin() as records:
        workspace = await records.workspace("T0TANDEM")
        return await records.members_of_slack_user(workspace.id, slack_id)


async def a_word(setting: Setting, author: Member, **changes: object) -> Announcement:
    word = Announcement(
        author.program.id, author.person.id, "Training on Friday", TWO, "t1", setting.now, channel="D0ADA", ts="1.0"
    )
    return replace(word, **changes)  # type: ignore[arg-type]


async def progress_of(setting: Setting, announcement: Announcement) -> Progress:
    async with setting.world.store.begin() as records:
        return await records.progress(announcement.id)


async def announced_to(setting: Setting, key: str, within: timedelta = timedelta(0)) -> list[str]:
    return [text for text in await setting.told(key, within=within) if "writes to the program" in text]


@pytest.fixture
async def ada(setting: Setting) -> Member:
    return (await members(setting, "U0ADA"))[0]


async def test_the_audience_is_everybody_with_the_roles_once_and_by_name(setting: Setting, ada: Member) -> None:
    found = await find_audience(setting.world, ada, TWO)

    assert [member.person.key for member in found] == ["ben", "ines", "maya", "noor", "tom"]


async def test_an_audience_of_nobody_is_refused_at_the_field(setting: Setting, ada: Member) -> None:
    with pytest.raises(RuleBroken) as refused:
        await find_audience(setting.world, ada, frozenset({Role.COORDINATOR}))

    assert refused.value.field == "audience"


async def test_nobody_else_finds_an_audience_announces_or_stops(setting: Setting, ada: Member) -> None:
    recorded, _ = await announce(setting.world, ada, await a_word(setting, ada))
    for slack_id in ("U0MAYA", "U0TOM", "U0LENA", "U0CHARLIE"):
        other = await members(setting, slack_id)

        with pytest.raises(RuleBroken, match="Only the coordinators"):
            await find_audience(setting.world, other[0], TWO)
        with pytest.raises(RuleBroken, match="Only the coordinators"):
            await announce(setting.world, other[0], await a_word(setting, other[0], token="t2"))
        with pytest.raises(RuleBroken, match="Only the coordinators"):
            await stop(setting.world, other, recorded.id)

    assert (await progress_of(setting, recorded)).waiting == 5


async def test_after_the_last_day_nobody_announces(setting: Setting, ada: Member) -> None:
    setting.now += timedelta(days=400)

    with pytest.raises(RuleBroken, match="First Year has ended"):
        announcers(setting.world, (ada,))
    with pytest.raises(RuleBroken, match="First Year has ended"):
        await announce(setting.world, ada, await a_word(setting, ada))


async def test_the_same_token_is_one_announcement(setting: Setting, ada: Member) -> None:
    first, new = await announce(setting.world, ada, await a_word(setting, ada))
    again, anew = await announce(setting.world, ada, await a_word(setting, ada, text="Other words", ts="2.0"))

    assert (new, anew) == (True, False)
    assert again == first
    assert len(await announced_to(setting, "maya")) == 1


async def test_the_record_holds_where_its_line_stands(setting: Setting, ada: Member) -> None:
    recorded, _ = await announce(setting.world, ada, await a_word(setting, ada))

    async with setting.world.store.begin() as records:
        assert await records.announcements_under_way() == [recorded]
    assert (recorded.channel, recorded.ts) == ("D0ADA", "1.0")


async def test_the_look_is_what_people_get(setting: Setting, ada: Member) -> None:
    word = await a_word(setting, ada, link="https://example.org/training")

    note = look_of(setting.world, ada, word)
    await announce(setting.world, ada, word)

    assert await announced_to(setting, "maya") == [note.text]
    assert "https://example.org/training" in note.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "🙂" * 1001}, "text"),
        ({"link": "http://example.org"}, "link"),
        ({"link": "example.org"}, "link"),
        ({"link": "https://nowhere"}, "link"),
        ({"link": "https://example.org/a b"}, "link"),
        ({"link": "https://example.org/>x"}, "link"),
        ({"link": "https://example.org/" + "x" * 500}, "link"),
        ({"audience": frozenset()}, "audience"),
    ],
)
async def test_what_cannot_be_announced_is_refused_at_its_field(
    setting: Setting, ada: Member, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        await announce(setting.world, ada, await a_word(setting, ada, **wrong))

    assert refused.value.field == field
    assert await announced_to(setting, "maya") == []


@pytest.mark.parametrize(
    "fine", [{"text": "x" * 2000}, {"text": "🙂" * 1000}, {"link": "https://example.org/a?b=c&d=e#f"}, {"link": ""}]
)
async def test_what_is_just_within_the_limits_passes(setting: Setting, ada: Member, fine: dict[str, object]) -> None:
    check_announcement(setting.world, await a_word(setting, ada, **fine))


async def test_stopping_takes_back_what_has_not_gone_out_for_good(setting: Setting, ada: Member) -> None:
    recorded, _ = await announce(setting.world, ada, await a_word(setting, ada))
    assert len(await announced_to(setting, "maya")) == 1  # Ben, in Guam, sleeps

    _, progress = await stop(setting.world, (ada,), recorded.id)

    assert progress == Progress(sent=4, stopped=1)
    assert progress.finished
    assert await announced_to(setting, "ben", within=A_WEEKEND) == []


async def test_stopping_twice_is_stopping_once(setting: Setting, ada: Member) -> None:
    recorded, _ = await announce(setting.world, ada, await a_word(setting, ada))

    first = await stop(setting.world, (ada,), recorded.id)

    assert await stop(setting.world, (ada,), recorded.id) == first
    assert first[1] == Progress(stopped=5)


async def test_an_announcement_that_is_not_there_cannot_be_stopped(setting: Setting, ada: Member) -> None:
    with pytest.raises(RuleBroken, match="no longer there"):
        await stop(setting.world, (ada,), "none")


async def test_a_line_is_shown_until_it_is_final_and_then_never_again(setting: Setting, ada: Member) -> None:
    board = Board()
    await announce(setting.world, ada, await a_word(setting, ada))
    await announced_to(setting, "maya")

    assert await show_progress(setting.world.store, board, setting.now) == 1  # type: ignore[arg-type]
    await announced_to(setting, "ben", within=A_WEEKEND)
    assert await show_progress(setting.world.store, board, setting.now) == 1  # type: ignore[arg-type]
    assert await show_progress(setting.world.store, board, setting.now) == 0  # type: ignore[arg-type]

    assert board.shown == [("1.0", Progress(waiting=1, sent=4)), ("1.0", Progress(sent=5))]


async def test_who_has_no_good_hour_in_two_weeks_is_named_in_the_end(setting: Setting, ada: Member) -> None:
    maya = await members(setting, "U0MAYA")
    await pause(setting.world, maya, maya[0].person, setting.now.date() + timedelta(days=60))
    recorded, _ = await announce(setting.world, ada, await a_word(setting, ada))

    told = await announced_to(setting, "maya", within=THREE_WEEKS)

    assert told == []
    assert await progress_of(setting, recorded) == Progress(sent=4, failed=1, unreached=("Maya Okafor",))


async def test_before_the_program_begins_it_waits_for_the_first_day(setting: Setting, ada: Member) -> None:
    setting.now -= timedelta(days=30)  # May 17
    recorded, _ = await announce(setting.world, ada, await a_word(setting, ada))
    assert await announced_to(setting, "maya", within=timedelta(days=14)) == []

    assert len(await announced_to(setting, "maya", within=timedelta(days=2))) == 1

    assert (await progress_of(setting, recorded)).failed == 0
