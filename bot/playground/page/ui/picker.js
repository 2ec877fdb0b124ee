// A small picker of emoji: a search, the few that are used most, and a grid to walk with the arrows.

import { h } from "./dom.js";
import { emojiNamed, emojis } from "./emoji.js";
import { hang } from "./popover.js";

const OFTEN = ["+1", "heart", "tada", "eyes", "white_check_mark", "raised_hands", "smile", "pray"];
const COLUMNS = 8;

/** Open the picker at `anchor`; `chosen(name)` is called with what was picked. */
export function pickEmoji(anchor, chosen) {
  const search = h("input", { type: "search", class: "field", placeholder: "Search emoji", "aria-label": "Search emoji", autocomplete: "off" });
  const grid = h("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" });
  const none = h("p", { class: "quiet", role: "status", hidden: true }, "No emoji by that name.");
  const panel = h("div", { class: "emoji-picker", role: "dialog" }, search, grid, none);
  let close = () => {};
  const draw = () => {
    const names = found(search.value);
    grid.replaceChildren(...names.map((name) => h("button", {
      type: "button", "aria-label": name.replaceAll("_", " "), title: `:${name}:`, on: { click: () => {
        close();
        chosen(name);
      } },
    }, emojiNamed(name))));
    none.hidden = names.length > 0;
  };
  search.addEventListener("input", draw);
  panel.addEventListener("keydown", (event) => walk(event, search, grid));
  draw();
  close = hang(anchor, panel, "Pick an emoji");
  search.focus();
}

function found(typed) {
  const words = typed.trim().toLowerCase().replaceAll(":", "").replaceAll(" ", "_");
  const all = emojis().map(([name]) => name);
  if (!words) return [...OFTEN, ...all.filter((name) => !OFTEN.includes(name))];
  return all.filter((name) => name.includes(words)).sort((one, other) => one.indexOf(words) - other.indexOf(words));
}

function walk(event, search, grid) {
  const all = [...grid.children];
  const at = all.indexOf(document.activeElement);
  if (event.key === "Enter" && at < 0) {
    event.preventDefault();
    all[0]?.click();
    return;
  }
  const step = { ArrowDown: COLUMNS, ArrowUp: -COLUMNS, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || (at < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  const to = at < 0 ? 0 : at + step;
  (to < 0 ? search : all[Math.min(to, all.length - 1)])?.focus();
}
