// A block that we cannot draw: whatever words it holds.

import { h } from "../ui/dom.js";
import { wordsOf } from "../text/text.js";

/** The words of any block, line by line, under the name of its kind. */
export function strangerBlock(block, { reader }) {
  const lines = [...textsIn(block, reader)].filter(Boolean);
  return h("div", { class: "strange-block" }, h("small", {}, `Shown as text: a “${block.type}” block`), lines.map((line) => h("p", {}, line)));
}

function* textsIn(thing, reader) {
  if (Array.isArray(thing)) for (const one of thing) yield* textsIn(one, reader);
  else if (thing && typeof thing === "object") {
    if (typeof thing.text === "string") yield wordsOf(thing, reader);
    if (typeof thing.alt_text === "string") yield thing.alt_text;
    for (const [name, one] of Object.entries(thing)) if (typeof one === "object" && name !== "style") yield* textsIn(one, reader);
  }
}
