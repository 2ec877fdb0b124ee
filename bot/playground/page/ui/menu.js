// A menu that hangs at its button: choices by mouse, arrows, Home and End.

import { h, icon } from "./dom.js";
import { hang } from "./popover.js";

/** Open one. `items`: {label, hint?, path? (an icon), checked?: yes or no where one of them counts, pick()}, or {heading}. */
export function openMenu(button, name, items) {
  let close = () => {};
  const choose = (item) => {
    close();
    item.pick();
  };
  const rows = items.map((item) => (item.heading ? h("p", { class: "menu-heading", role: "presentation" }, item.heading) : choice(item, choose)));
  const menu = h("div", { role: "menu", class: "menu" }, rows);
  const choices = [...menu.querySelectorAll("button")];
  menu.addEventListener("keydown", (event) => walk(event, choices));
  close = hang(button, menu, name);
  (choices.find((one) => one.getAttribute("aria-checked") === "true") ?? choices[0])?.focus();
}

function choice(item, choose) {
  const { label, hint, path, checked } = item;
  const words = h("span", {}, label, hint ? h("small", {}, hint) : null);
  return h("button", {
    type: "button", role: checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": checked === undefined ? null : String(checked),
    tabindex: -1, on: { click: () => choose(item) },
  }, path ? icon(path) : null, words);
}

function walk(event, choices) {
  const at = choices.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choices.at(to % choices.length)?.focus();
}
