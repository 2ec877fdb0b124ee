"""Draws a pair's year: its phases as a line, its meetings as marks on it, its goals as bars. Figures and months only.

No name stands in it, so that no script is missing from a font; all of it is said in the words beside it, too.
"""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.domain.figures import YearFigures
from bot.domain.goals import GoalState
from bot.domain.program import Phase

WIDTH, MARGIN, LINE_Y, BAND, MARK = 1200, 56, 150, 26, 15
BAR_TOP, BAR_STEP, BAR_HEIGHT = 270, 64, 30
MOST_MONTHS = 12  # as many names fit below the line
PAPER, INK, TRACK = "#ffffff", "#1d1c1d", "#e3e6e8"
PHASES = {
    Phase.PLANNING: "#7a6f9b",
    Phase.CONNECTING: "#2f7f86",
    Phase.ADVANCING: "#b0651d",
    Phase.TRANSITIONING: "#9c3d5e",
}
DONE, UNDER_WAY = "#1f6f43", "#2c6e9e"
SHARES = {GoalState.DONE: 1.0, GoalState.MOVING: 0.6, GoalState.CHANGED: 0.6, GoalState.STUCK: 0.3}


def draw_year(figures: YearFigures) -> bytes:
    """Return the picture of a year, as a PNG."""
    height = BAR_TOP + BAR_STEP * len(figures.goals) + (10 if figures.goals else -20)
    picture = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(picture)
    _draw_count(pen, len(figures.met))
    for phase, span in figures.phases:
        box = (_x(figures, span.first), LINE_Y, _x(figures, span.last + timedelta(days=1)) - 3, LINE_Y + BAND)
        pen.rectangle(box, fill=PHASES[phase])
    _draw_months(pen, figures)
    for day in figures.met:
        _draw_mark(pen, _x(figures, day), LINE_Y + BAND // 2)
    for number, state in enumerate(figures.goals, start=1):
        _draw_goal(pen, number, state)
    found = BytesIO()
    picture.save(found, "PNG", optimize=True)
    return found.getvalue()


def _x(figures: YearFigures, day: date) -> int:
    """Return where a day lies on the line."""
    share = (day - figures.span.first).days / figures.span.days
    return MARGIN + round(share * (WIDTH - 2 * MARGIN))


def _draw_count(pen: ImageDraw.ImageDraw, meetings: int) -> None:
    """Show one mark and how many of them there are."""
    _draw_mark(pen, MARGIN + MARK, 66)
    pen.text((MARGIN + 3 * MARK, 66), str(meetings), INK, ImageFont.load_default(52), anchor="lm")


def _draw_mark(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    pen.circle((x, y), MARK, fill=INK, outline=PAPER, width=4)


def _draw_months(pen: ImageDraw.ImageDraw, figures: YearFigures) -> None:
    first = figures.span.first.replace(day=1)
    count = (figures.span.last.year - first.year) * 12 + figures.span.last.month - first.month + 1
    for number in range(0, count, -(-count // MOST_MONTHS)):
        year, month = divmod(first.month - 1 + number, 12)
        day = max(date(first.year + year, month + 1, 1), figures.span.first)
        x = _x(figures, day)
        pen.line((x, LINE_Y + BAND, x, LINE_Y + BAND + 12), fill=INK, width=3)
        pen.text((x, LINE_Y + BAND + 18), f"{day:%b}", INK, ImageFont.load_default(26))


def _draw_goal(pen: ImageDraw.ImageDraw, number: int, state: GoalState) -> None:
    """Draw how far a goal has come: a full bar is done, an empty one was not begun."""
    top, left, right = BAR_TOP + BAR_STEP * (number - 1), MARGIN + 56, WIDTH - MARGIN
    box = (left, top, right, top + BAR_HEIGHT)
    pen.text((MARGIN, top + BAR_HEIGHT // 2), str(number), INK, ImageFont.load_default(34), anchor="lm")
    pen.rectangle(box, fill=TRACK)
    filled = left + round((right - left) * SHARES.get(state, 0.0))
    if filled > left:
        pen.rectangle((left, top, filled, box[3]), fill=DONE if state is GoalState.DONE else UNDER_WAY)
    pen.rectangle(box, outline=INK, width=2)
