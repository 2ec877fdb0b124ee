// Boxes and dots: choices that stand open.

import { h } from "../ui/dom.js";
import { held, hintOf, named, settle } from "./field-kit.js";
import { textOf } from "../text/text.js";

/** A group of boxes or dots, one for each option of the element. */
function group(drawn, kind, isOn, changed) {
  const { element, names, surface } = drawn;
  const radio = kind === "radio";
  const node = h("div", {
    class: "choices", role: radio ? "radiogroup" : "group", "aria-labelledby": names.labelled, ...named(drawn),
    "aria-required": radio && names.required ? "true" : null, "aria-label": names.labelled ? null : names.label || "Choose",
  });
  node.append(...(element.options ?? []).map((option, at) => choice({ kind, names, surface, option, at, on: isOn(option) }, changed)));
  if (element.focus_on_load) node.querySelector("input")?.setAttribute("data-autofocus", "");
  return node;
}

function choice({ kind, names, surface, option, at, on }, changed) {
  const id = `${names.id}-${at}`;
  const hint = hintOf(option, surface) && textOf(option.description, surface.reader);
  const box = h("input", {
    type: kind, id, name: names.id, checked: on, data: { field: `${names.field}/${option.value}` }, "aria-describedby": hint ? `${id}-hint` : null,
  });
  box.addEventListener("change", () => changed(box, option));
  return h("div", { class: "choice" }, box,
    h("span", {}, h("label", { for: id }, textOf(option.text, surface.reader)), hint ? h("small", { id: `${id}-hint` }, hint) : null));
}

const boxes = (node) => [...node.querySelectorAll("input")];
const is = (one, other) => one?.value === other.value;

function radioButtons(drawn) {
  const options = drawn.element.options ?? [];
  const now = held(drawn).selected_option;
  const node = group(drawn, "radio", (option) => is(now, option), (box, option) => (
    settle(drawn, { selected_option: option }, box, (before) => (
      boxes(node).forEach((input, at) => { input.checked = is(before.selected_option, options[at]); })))));
  return node;
}

function checkboxes(drawn) {
  const options = drawn.element.options ?? [];
  const among = (state, option) => (state.selected_options ?? []).some((one) => is(one, option));
  const now = held(drawn);
  const node = group(drawn, "checkbox", (option) => among(now, option), (box) => {
    const chosen = options.filter((_, at) => boxes(node)[at].checked);
    settle(drawn, { selected_options: chosen }, box, (before) => (
      boxes(node).forEach((input, at) => { input.checked = among(before, options[at]); })));
  });
  return node;
}

export const BOX_FIELDS = { radio_buttons: radioButtons, checkboxes };
