// The input block: a label, its element, what is wrong with it, and a hint.

import { h } from "../ui/dom.js";
import { elementNode, fieldId } from "./elements.js";
import { textOf, wordsOf } from "../text/text.js";

// Elements of many parts, which a label names from outside.
const GROUPS = new Set(["radio_buttons", "checkboxes", "rich_text_input", "file_input"]);

/** Draw it; `error` is the sentence that belongs to it, if any. */
export function inputBlock(block, surface, error) {
  const { element } = block;
  const { reader } = surface;
  const id = fieldId(surface, block, element);
  const about = [block.optional && `${id}-optional`, block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const control = elementNode(element, block, surface, {
    id, label: wordsOf(block.label), labelled: `${id}-label`, describedby: about || null, required: !block.optional, dispatch: Boolean(block.dispatch_action),
  });
  if (error) marked(control, id);
  return h("div", { class: error ? "input wrong" : "input" }, head(block, id, reader), control,
    error ? h("p", { class: "field-error", id: `${id}-error` }, error) : null,
    block.hint ? h("p", { class: "field-hint", id: `${id}-hint` }, textOf(block.hint, reader)) : null);
}

function head({ label, element, optional }, id, reader) {
  const words = textOf(label, reader);
  const name = GROUPS.has(element.type) ? h("span", { class: "label", id: `${id}-label` }, words)
    : h("label", { class: "label", id: `${id}-label`, for: id }, words);
  return h("div", { class: "input-head" }, name, optional ? h("span", { class: "optional", id: `${id}-optional` }, "optional") : null);
}

/** Say that the control is wrong: the element with the field's id is the one that screen readers know. */
function marked(control, id) {
  const named = control.id === id ? control : control.querySelector(`[id="${CSS.escape(id)}"]`);
  named?.setAttribute("aria-invalid", "true");
}
