"""Tables, data tables and charts."""

from typing import Any

from bot.playground.block_kit.checking import (
    Check,
    OneOf,
    Report,
    Shape,
    amount,
    anything,
    boolean,
    in_turn,
    items,
    number,
    or_null,
    string,
    word,
)
from bot.playground.block_kit.composition import block
from bot.playground.block_kit.rich_text import RICH_TEXT_BLOCK

_RAW: dict[str, Check] = {
    "raw_text": Shape({"type": anything, "text": string(None, 1)}, ("text",)),
    "raw_number": Shape({"type": anything, "value": amount, "text": string(None, 1)}, ("value", "text")),
}
CELL = OneOf(_RAW | {"rich_text": RICH_TEXT_BLOCK})
_COLUMN = Shape({"align": word("left", "center", "right"), "is_wrapped": boolean})

TABLE = block(("rows",), rows=items(items(CELL, 20), 100), column_settings=items(or_null(_COLUMN), 20))


def _even_rows(value: Any, at: str, report: Report) -> None:
    """Every row is as long as the header, and the header is plain."""
    header, *rows = value["rows"]
    for index, cell in enumerate(header):
        OneOf(_RAW)(cell, f"{at}/rows/0/{index}", report)
    for index, row in enumerate(rows, 1):
        if len(row) != len(header):
            report(f"{at}/rows/{index}", "must have as many cells as the first row")


DATA_TABLE = in_turn(
    block(
        ("rows", "caption"),
        caption=string(),
        rows=items(items(CELL, 20), 201, 2),
        page_size=number(1, 100),
        row_header_column_index=number(0, 19),
    ),
    _even_rows,
)

_LABEL = string(20)
_POINT = Shape({"label": _LABEL, "value": amount}, ("label", "value"))
_SERIES = Shape({"name": _LABEL, "data": items(_POINT, 20)}, ("name", "data"))
_AXES = Shape({"categories": items(_LABEL, 20), "x_label": string(50), "y_label": string(50)}, ("categories",))
_PLOT = Shape({"type": anything, "series": items(_SERIES, 12), "axis_config": _AXES}, ("series", "axis_config"))
_PIE = Shape({"type": anything, "segments": items(_POINT, 12)}, ("segments",))
CHART = block(
    ("title", "chart"),
    title=string(50),
    chart=OneOf({"pie": _PIE, "bar": _PLOT, "area": _PLOT, "line": _PLOT}),
)
