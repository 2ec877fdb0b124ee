"""Rich text: its parts, and what may stand in a line of each."""

from bot.playground.block_kit.checking import (
    Check,
    OneOf,
    Shape,
    amount,
    anything,
    boolean,
    items,
    like,
    number,
    string,
    word,
)
from bot.playground.block_kit.composition import block

STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE_FIELDS: dict[str, Check] = dict.fromkeys(STYLES, boolean)
_STYLE: Check = Shape(_STYLE_FIELDS)
_TEXT, _FLAG = string(), boolean


def _in_line(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    return Shape({"type": anything, "style": _STYLE} | fields, required)


IN_LINE: dict[str, Check] = {
    "text": _in_line(("text",), text=_TEXT),
    "link": _in_line(
        ("url",), url=_TEXT, text=_TEXT, unsafe=_FLAG, from_llm=_FLAG, is_slack_url=_FLAG, truncated=_FLAG
    ),
    "user": _in_line(("user_id",), user_id=_TEXT, from_llm=_FLAG),
    "usergroup": _in_line(("usergroup_id",), usergroup_id=_TEXT),
    "team": _in_line(("team_id",), team_id=_TEXT),
    "channel": _in_line(("channel_id",), channel_id=_TEXT, tab_id=_TEXT, from_llm=_FLAG),
    "emoji": _in_line(("name",), name=_TEXT, unicode=_TEXT, skin_tone=amount),
    "date": _in_line(
        ("timestamp", "format"), timestamp=amount, format=_TEXT, timezone=_TEXT, url=_TEXT, fallback=_TEXT
    ),
    "color": _in_line(("value",), value=like(r"#?([0-9a-f]{3}){1,2}", "a color like #1F4E5F")),
    "broadcast": _in_line(("range",), range=word("here", "channel", "everyone")),
    "file": _in_line(("file_id",), file_id=_TEXT, text=_TEXT, url=_TEXT, is_skill_invocation=_FLAG),
    "canvas": _in_line(
        ("file_id",),
        file_id=_TEXT,
        label=_TEXT,
        hide_title=_FLAG,
        section_id=_TEXT,
        text=_TEXT,
        url=_TEXT,
        is_skill_invocation=_FLAG,
    ),
    "list_record": _in_line(("file_id",), file_id=_TEXT, record_id=_TEXT, view_id=_TEXT, text=_TEXT, url=_TEXT),
    "message_mention": _in_line(
        ("channel_id", "message_ts"),
        channel_id=_TEXT,
        message_ts=_TEXT,
        author_id=_TEXT,
        thread_ts=_TEXT,
        text=_TEXT,
        url=_TEXT,
    ),
    "canvas_user_mention": _in_line(("user_id",), user_id=_TEXT, thread_id=_TEXT),
    "canvas_message_unfurl": _in_line(
        ("root_message_ts", "root_message_channel"), root_message_ts=_TEXT, root_message_channel=_TEXT
    ),
}
# Elements of other products of Slack's, which an app seldom writes: their inside is not checked.
IN_LINE |= dict.fromkeys(
    (
        "attachment_mention",
        "citation",
        "salesforce_data_field",
        "tag",
        "work_object_mention",
        "workflow_mention",
    ),
    anything,
)


def _part(required: tuple[str, ...] = (), /, **fields: Check) -> Shape:
    return Shape({"type": anything} | fields, ("elements", *required))


_LINE = items(OneOf(IN_LINE), least=0)
_SECTION = _part(elements=_LINE)
PARTS: dict[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": _part(
        ("style",),
        style=word("bullet", "ordered"),
        elements=items(OneOf({"rich_text_section": _SECTION}), least=0),
        indent=number(0),
        offset=number(0),
        border=number(0, 1),
    ),
    "rich_text_quote": _part(elements=_LINE, border=number(0, 1)),
    "rich_text_preformatted": _part(
        elements=items(OneOf({kind: IN_LINE[kind] for kind in ("text", "link")}), least=0),
        border=number(0, 1),
        language=_TEXT,
    ),
}
RICH_TEXT_BLOCK = block(("elements",), elements=items(OneOf(PARTS), least=0))
RICH_TEXT = OneOf({"rich_text": RICH_TEXT_BLOCK})


def words_in(value: object) -> int:
    """How many characters there are in a text, in a piece of rich text, in a cell, or in a list of such."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(words_in(part) for part in value)
    return words_in(value.get("text", value.get("elements"))) if isinstance(value, dict) else 0
