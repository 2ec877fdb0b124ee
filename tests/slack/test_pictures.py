"""Pictures of a year: drawn, uploaded once for two, and never in the way of the message."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.domain.days import Span
from bot.domain.figures import YearFigures
from bot.domain.goals import GoalState
from bot.domain.notes import Later, Lease, Note, Part, Picture, Refused, Sent, Unknown
from bot.domain.nudges import Lane
from bot.domain.program import Phase
from bot.slack.pictures import NOT_ALLOWED_SECONDS
from bot.slack.year_picture import WIDTH, draw_year
from tests.playground.parrot import MORNING
from tests.slack.test_post import PERSON, ROOMY, Post, a_playground, opened

SPAN = Span(date(2017, 6, 1), date(2018, 4, 30))
FIGURES = YearFigures(
    SPAN, ((Phase.CONNECTING, SPAN),), (date(2017, 6, 12),), 45, goals=(GoalState.DONE, GoalState.STUCK)
)
ALT = "1 meeting, 1 hour together."
NOTE = Note("n1", "spring", "p1", Lane.REMINDER, (Part("celebration", "Your year", picture=Picture(FIGURES, ALT)),))
UPLOAD = "files.getUploadURLExternal"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async for made in opened(a_playground()):
        made.seconds = 100.0
        yield made


def shown(post: Post) -> list[list[dict[str, Any]]]:
    """The blocks of each message that lies in the conversation with Maya."""
    return [message.body["blocks"] for message in post.playground.slack.im_with("U0MAYA").messages.values()]


def room(post: Post) -> Lease:
    return Lease(post.seconds + ROOMY.deadline)


@pytest.mark.parametrize("goals", [(), (GoalState.DONE,) * 6])
@pytest.mark.parametrize("last", [date(2017, 6, 1), date(2018, 4, 30), date(2019, 12, 31)])
def test_any_year_can_be_drawn(goals: tuple[GoalState, ...], last: date) -> None:
    figures = replace(FIGURES, span=Span(SPAN.first, last), phases=(), goals=goals)

    picture = Image.open(BytesIO(draw_year(figures)))

    assert picture.width == WIDTH
    assert picture.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.slow
async def test_a_note_comes_with_its_picture_in_one_message(post: Post) -> None:
    assert isinstance(await post.courier.post(NOTE, PERSON, room(post)), Sent)

    ((words, picture),) = shown(post)
    assert words["text"]["text"] == "Your year"
    assert (picture["type"], picture["alt_text"]) == ("image", ALT)


@pytest.mark.slow
async def test_the_partner_s_note_shows_the_same_file(post: Post) -> None:
    await post.courier.post(NOTE, PERSON, room(post))
    await post.courier.post(replace(NOTE, id="n2"), replace(PERSON, slack_id="U0TOM"), room(post))

    assert len(post.called(UPLOAD)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("method", [UPLOAD, "files.completeUploadExternal"])
@pytest.mark.parametrize("how", ["429", "500", "drop_after", "not_json", {"error": "missing_scope"}])
async def test_whatever_an_upload_meets_the_words_go_out_once(post: Post, method: str, how: Any) -> None:
    post.playground.fail(method, how=how)

    assert isinstance(await post.courier.post(NOTE, PERSON, room(post)), Sent)

    ((words, alt),) = shown(post)
    assert (words["text"]["text"], alt["text"]["text"]) == ("Your year", ALT)


@pytest.mark.slow
async def test_while_slack_allows_no_pictures_it_is_not_asked_each_time(post: Post) -> None:
    post.playground.scopes.discard("files:write")
    for _ in range(3):
        await post.courier.post(NOTE, PERSON, room(post))
    assert len(post.called(UPLOAD)) == 1

    post.seconds += NOT_ALLOWED_SECONDS
    post.playground.scopes.add("files:write")
    await post.courier.post(NOTE, PERSON, room(post))

    assert [len(blocks) for blocks in shown(post)] == [2, 2, 2, 2]
    assert shown(post)[-1][1]["type"] == "image"


@pytest.mark.slow
async def test_a_message_that_is_refused_for_its_picture_goes_out_without(post: Post) -> None:
    post.playground.fail("chat.postMessage", how={"error": "invalid_blocks"})

    assert isinstance(await post.courier.post(NOTE, PERSON, room(post)), Sent)
    assert [block["type"] for block in shown(post)[0]] == ["section", "section"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "outcome"),
    [("500_after", Unknown("internal_error")), ({"error": "user_disabled"}, Refused("user_disabled", whose="person"))],
)
async def test_any_other_answer_to_the_message_is_the_last_word(post: Post, how: Any, outcome: Any) -> None:
    post.playground.fail("chat.postMessage", how=how)

    assert await post.courier.post(NOTE, PERSON, room(post)) == outcome
    assert len(post.called("chat.postMessage")) <= 1


@pytest.mark.slow
async def test_without_time_for_a_picture_and_a_message_nothing_is_begun(post: Post) -> None:
    outcome = await post.courier.post(NOTE, PERSON, Lease(post.seconds + 1))

    assert outcome == Later(MORNING, "no time left to begin", cause="lease")
    assert len(post.playground.calls) == 0
