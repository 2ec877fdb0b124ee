"""Golden files: what we show, as text that a person has read. `UPDATE_GOLDEN=1 pytest …` renews them on purpose."""

import os
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def check(name: str, text: str) -> None:
    """Hold `text` against the golden file `name`; with UPDATE_GOLDEN=1 write it instead, to be read in the diff."""
    path = HERE / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf8")
    assert path.exists(), f"tests/golden/{name} is missing: UPDATE_GOLDEN=1 writes it; read it before you commit it"
    assert text == path.read_text(encoding="utf8"), f"tests/golden/{name} differs: UPDATE_GOLDEN=1 renews it"


def drawn(blocks: list[dict[str, Any]]) -> str:
    """Draw blocks as text: headings with #, fields and paragraphs as they stand, buttons as [label → action value]."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: dict[str, Any]) -> str:
    match block["type"]:
        case "header":
            return f"# {block['text']['text']}"
        case "divider":
            return "-" * 20
        case "section":
            lines = [block["text"]["text"]] if "text" in block else []
            lines += [f"| {field['text'].replace(chr(10), ' ')}" for field in block.get("fields", [])]
            lines += [_element(block["accessory"])] if "accessory" in block else []
            return "\n".join(lines)
        case "context":
            return "\n".join(f"({element['text']})" for element in block["elements"])
        case "actions":
            return " ".join(_element(element) for element in block["elements"])
        case "input":
            hint = f" ({block['hint']['text']})" if "hint" in block else ""
            return f"{block['label']['text']}{hint}: {_element(block['element'])}"
    raise AssertionError(f"no way to draw a {block['type']} block")


def _element(element: dict[str, Any]) -> str:
    match element["type"]:
        case "button":
            leads = " ".join(filter(None, [element["action_id"], element.get("value"), element.get("url")]))
            return f"[{element['text']['text']}{'!' if element.get('style') == 'primary' else ''} → {leads}]"
        case "static_select":
            chosen = element.get("initial_option", {}).get("text", {}).get("text", "")
            return f"[{'|'.join(option['text']['text'] for option in element['options'])}: {chosen}]"
        case "plain_text_input" | "number_input":
            return f"[{element.get('initial_value', '')}]"
        case "datepicker":
            return f"[{element.get('initial_date', '')}]"
        case "timepicker":
            return f"[{element.get('initial_time', '')}]"
        case "radio_buttons":
            chosen = element.get("initial_option")
            return " ".join(f"({'o' if one == chosen else ' '}) {one['text']['text']}" for one in element["options"])
        case "checkboxes":
            ticked = element.get("initial_options", [])
            return " ".join(f"[{'x' if one in ticked else ' '}] {one['text']['text']}" for one in element["options"])
    raise AssertionError(f"no way to draw a {element['type']}")
