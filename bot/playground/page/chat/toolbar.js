// What can be done with a message: the small bar that comes when it is pointed at or has the focus.

import { api } from "../api.js";
import { h, icon, ICONS, notice } from "../ui/dom.js";
import { emojiNamed } from "../ui/emoji.js";
import { openMenu } from "../ui/menu.js";
import { isOutsider } from "./names.js";
import { addReaction } from "./reactions.js";
import { wordsOf } from "../text/text.js";
import { attempt, world } from "../world.js";

const AT_HAND = ["+1", "tada"];

/** Give a message's node its toolbar, unless it has one. */
export function equip(node, message, place) {
  const main = node.querySelector(".message-main");
  if (main.querySelector(":scope > .toolbar")) return;
  const bar = h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" });
  if (place.mayReact && !message.ephemeral) {
    for (const name of AT_HAND) bar.append(tool(`React with ${name === "+1" ? "thumbs up" : name}`, emojiNamed(name), () => react(message, place, name)));
    const add = tool("Add a reaction", icon(ICONS.smile), () => addReaction(add, message, place));
    bar.append(add);
    if (!place.inThread) bar.append(tool("Reply in thread", icon(ICONS.reply), () => place.openThread(message.thread_ts ?? message.ts)));
  }
  const more = tool("More actions", icon(ICONS.more), () => openMenu(more, "More actions", actionsFor(message, place)));
  more.setAttribute("aria-haspopup", "menu");
  bar.append(more);
  main.append(bar);
}

const tool = (label, shown, act) => h("button", { type: "button", "aria-label": label, title: label, on: { click: act } }, shown);

function react(message, { pane, channel }, name) {
  const mine = message.reactions?.some((one) => one.name === name && one.users.includes(pane.me)) ?? false;
  attempt(() => api.react(pane.me, channel, message.ts, name, mine));
}

function actionsFor(message, { pane, channel, mayReact }) {
  const shortcuts = (world.state.app.shortcuts ?? []).filter((one) => one.type === "message" && mayReact && !message.ephemeral && !isOutsider(pane.person));
  const ask = (one) => attempt(() => api.shortcut(pane.me, { callback_id: one.callback_id, channel, ts: message.ts }));
  return [
    ...(shortcuts.length ? [{ heading: world.state.app.name }] : []),
    ...shortcuts.map((one) => ({ label: one.name, hint: one.description, path: ICONS.bolt, pick: () => ask(one) })),
    ...(shortcuts.length ? [{ heading: "Message" }] : []),
    { label: "Copy text", path: ICONS.copy, pick: () => copy(message.text || wordsOf(message.blocks?.[0]?.text)) },
    { label: "Copy as JSON", path: ICONS.file, pick: () => copy(JSON.stringify(asSlackHasIt(message), null, 2)) },
  ];
}

/** The message without what the playground adds for this page. */
function asSlackHasIt({ time, ephemeral, files, ...message }) {
  const own = files?.map(({ local_url: local, ...file }) => file);
  return own ? { ...message, files: own } : message;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notice("Copied.", "done");
  } catch {
    notice("The browser did not let the page copy that.");
  }
}
