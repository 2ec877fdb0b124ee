// A menu that hangs at its button.

import { h } from "./dom.js";
import { hang } from "./popover.js";

/** Open one. `items`: {label, hint?, checked?: yes or no where one of them counts, pick()}. */
export function openMenu(button, name, items) {
  const choices = items.map((item) => h("button", {
    type: "button", role: item.checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": item.checked === undefined ? null : String(item.checked), tabindex: -1,
    on: { click: () => { close(); item.pick(); } },
  }, h("span", {}, item.label), item.hint ? h("small", {}, item.hint) : null));
  const menu = h("div", { role: "menu", class: "menu" }, choices);
  const close = hang(button, menu, name);
  menu.addEventListener("keydown", (event) => walk(event, choices));
  (choices.find((one) => one.getAttribute("aria-checked") === "true") ?? choices[0])?.focus();
}

function walk(event, choices) {
  const at = choices.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choices.at(to % choices.length)?.focus();
}
