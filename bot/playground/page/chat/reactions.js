// The reactions under a message, and giving or taking back one's own.

import { api } from "../api.js";
import { h, icon, ICONS } from "../ui/dom.js";
import { emojiNamed } from "../ui/emoji.js";
import { listed } from "./names.js";
import { pickEmoji } from "../ui/picker.js";
import { attempt, nameOf } from "../world.js";

/** The row of reactions to a message; null if there are none. */
export function reactionRow(message, place) {
  if (!message.reactions?.length) return null;
  const pills = message.reactions.map((reaction) => pill(reaction, message, place));
  const add = h("button", { type: "button", class: "pill add", "aria-label": "Add a reaction", disabled: !place.mayReact }, icon(ICONS.smile));
  add.addEventListener("click", () => addReaction(add, message, place));
  return h("div", { class: "reactions" }, pills, add);
}

function pill({ name, users = [], count }, message, { pane, channel, mayReact }) {
  const mine = users.includes(pane.me);
  const who = listed(users.map((id) => (id === pane.me ? "you" : nameOf(id) || id)), 4);
  const words = name.replaceAll("_", " ");
  return h("button", {
    type: "button", class: "pill", "aria-pressed": String(mine), "aria-label": `${words}, ${count ?? users.length}, by ${who}`, title: `:${name}: ${who}`,
    disabled: !mayReact, data: { field: `${message.ts}/${name}` },
    on: { click: () => attempt(() => api.react(pane.me, channel, message.ts, name, mine)) },
  }, h("span", { "aria-hidden": "true" }, emojiNamed(name)), h("span", { class: "pill-count" }, String(count ?? users.length)));
}

/** Let the person pick a reaction to a message. */
export function addReaction(anchor, message, { pane, channel }) {
  const has = (name) => message.reactions?.some((one) => one.name === name && one.users.includes(pane.me));
  pickEmoji(anchor, (name) => !has(name) && attempt(() => api.react(pane.me, channel, message.ts, name, false)));
}
