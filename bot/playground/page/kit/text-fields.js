// Fields to write in: text of one line or several, numbers, addresses.

import { h } from "../ui/dom.js";
import { held, keep, named } from "./field-kit.js";
import { wordsOf } from "../text/text.js";

const NEAR = 0.8; // of the longest allowed: from there on the letters left are counted

function textField(drawn, props = {}, tag = "input") {
  const { element } = drawn;
  const node = h(tag, {
    class: "field", ...named(drawn), placeholder: wordsOf(element.placeholder) || null, maxlength: element.max_length, autocomplete: "off", ...props,
  });
  node.value = held(drawn).value ?? "";
  if (element.focus_on_load) node.dataset.autofocus = "";
  listen(drawn, node);
  return element.max_length ? counted(node, element.max_length) : node;
}

function listen(drawn, node) {
  const { element, names, act } = drawn;
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tells = (what) => names.dispatch && when.includes(what);
  let timer = null;
  node.addEventListener("input", () => {
    const choice = keep(drawn, { value: node.value || null });
    clearTimeout(timer);
    if (tells("on_character_entered")) timer = setTimeout(() => act(choice, node), 350);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !tells("on_enter_pressed")) return;
    if (element.multiline && event.shiftKey) return;
    event.preventDefault();
    act({ value: node.value || null }, node);
  });
}

/** The field with a count of the letters that are left, once they become few. */
function counted(node, most) {
  const count = h("span", { class: "letters", role: "status" });
  const draw = () => {
    const left = most - node.value.length;
    count.hidden = node.value.length < most * NEAR;
    count.classList.toggle("none", left === 0);
    count.replaceChildren(String(left), h("span", { class: "unseen" }, left === 1 ? " character left" : " characters left"));
  };
  node.addEventListener("input", draw);
  draw();
  return h("span", { class: node.matches("textarea") ? "counted tall" : "counted" }, node, count);
}

const plainText = (drawn) => (drawn.element.multiline ? textField(drawn, { rows: 4 }, "textarea") : textField(drawn, { type: "text" }));

const number = (drawn) => textField(drawn, { type: "text", inputmode: drawn.element.is_decimal_allowed ? "decimal" : "numeric", class: "field short" });

export const TEXT_FIELDS = {
  plain_text_input: plainText,
  number_input: number,
  email_text_input: (drawn) => textField(drawn, { type: "text", inputmode: "email", spellcheck: "false" }),
  url_text_input: (drawn) => textField(drawn, { type: "text", inputmode: "url", spellcheck: "false" }),
};
