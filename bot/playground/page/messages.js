// The conversation between the person and the app.

import { appAvatar, avatar, h, icon, ICONS, reconcile } from "./dom.js";
import { dayOf, longDay, nearDay, timeOf, moment } from "./dates.js";
import { blockList } from "./blocks.js";
import { mrkdwn, readingMark } from "./text.js";
import { now, person, reader, surfaceFor, world } from "./world.js";

const log = document.getElementById("log");
const scroller = document.getElementById("scroller");
const empty = document.getElementById("empty");
const CLOSE = 5 * 60 * 1000; // messages this near to each other share one name and picture

let whose = null; // whose conversation is drawn
let drawn = false; // whether there is something already: what comes now is new
let last = null; // the newest message that is drawn
let stuck = true; // whether the reader is at the bottom, and should stay there
let surfaces = new Map();
const more = h("button", { type: "button", class: "more-below", hidden: true, on: { click: () => toBottom() } }, "New messages below");

/** Keep the newest message in sight for a reader who is at the bottom. */
export function startMessages() {
  scroller.after(more);
  scroller.addEventListener("scroll", () => {
    stuck = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
    if (stuck) more.hidden = true;
  }, { passive: true });
  const follow = new ResizeObserver(() => stuck && toBottom());
  follow.observe(log);
  follow.observe(scroller);
}

/** Go to the newest message. */
export function toBottom() {
  stuck = true;
  scroller.scrollTop = scroller.scrollHeight;
}

/** Draw the conversation. */
export function drawMessages() {
  if (whose !== world.me) {
    whose = world.me;
    surfaces = new Map();
    log.replaceChildren();
    drawn = false;
    last = null;
    more.hidden = true;
    stuck = true;
  }
  const messages = world.view?.conversations[0].messages ?? [];
  reconcile(log, itemsOf(messages), (item, before) => {
    const node = item.day ? dayNode(item) : messageNode(item);
    if (drawn && !before) node.classList.add("arrives");
    return node;
  });
  drawn = messages.length > 0;
  const newest = messages.at(-1)?.ts;
  if (!stuck && newest !== last) more.hidden = false;
  last = newest;
  drawEmpty(messages.length === 0 && Boolean(world.view));
  if (stuck) toBottom();
}

function itemsOf(messages) {
  const { zone } = reader();
  const items = [];
  let day = "";
  let before = null;
  for (const message of messages) {
    const at = timeAt(message);
    if (dayOf(at, zone) !== day) {
      day = dayOf(at, zone);
      before = null;
      const near = nearDay(at, zone, now());
      items.push({ key: `day-${day}`, sign: `${day} ${near} ${zone}`, day: near ? `${near}, ${longDay(at, zone)}` : longDay(at, zone) });
    }
    const follows = Boolean(before) && mine(before) === mine(message) && Boolean(before.ephemeral) === Boolean(message.ephemeral)
      && at - timeAt(before) < CLOSE;
    const key = `${message.ephemeral ? "e" : "m"}${message.ts}`;
    const sign = JSON.stringify([message, follows]);
    items.push({ key, sign: sign + readingMark(sign, reader()), message, follows, at });
    before = message;
  }
  return items;
}

const timeAt = (message) => new Date(message.time ?? Number(message.ts) * 1000);
const mine = (message) => !message.bot_id && message.user !== world.state?.app.user_id;

const dayNode = ({ day }) => h("div", { class: "day" }, h("span", {}, day));

function messageNode({ message, follows, at, key }) {
  const own = mine(message);
  const { zone } = reader();
  const name = own ? person()?.real_name ?? "" : world.state.app.name;
  const time = h("time", { datetime: at.toISOString(), title: moment(at, zone) }, timeOf(at, zone));
  const kind = `message ${own ? "own" : "theirs"}${follows ? " follows" : ""}${message.ephemeral ? " ephemeral" : ""}`;
  return h("article", { class: kind, "aria-label": `${name}, ${timeOf(at, zone)}` },
    own ? avatar(world.me, name) : appAvatar(world.state.app),
    h("div", { class: "message-main" },
      h("div", { class: "message-head" }, h("span", { class: "author" }, name), own ? null : h("span", { class: "app-tag" }, "App"), time),
      h("div", { class: "bubble" },
        message.ephemeral ? h("p", { class: "only-you" }, icon(ICONS.eye), "Only visible to you") : null,
        body(message, key),
        message.edited ? h("span", { class: "edited" }, "(edited)") : null)));
}

function body(message, key) {
  if (message.blocks?.length) return blockList(message.blocks, surfaceOf(message, key));
  return h("div", { class: "text" }, mrkdwn(message.text, reader()));
}

/** Where a message's blocks live: what was chosen there is kept until the app changes them. */
function surfaceOf(message, key) {
  const sign = JSON.stringify(message.blocks);
  if (surfaces.get(key)?.sign !== sign) {
    const { channel } = world.view.conversations[0];
    surfaces.set(key, Object.assign(surfaceFor(key, {
      where: () => ({ channel, ts: message.ts }),
      root: () => log.querySelector(`[data-key="${CSS.escape(key)}"]`),
    }), { sign }));
  }
  return surfaces.get(key);
}

function drawEmpty(shown) {
  empty.hidden = !shown;
  if (!shown) {
    empty.replaceChildren();
    return;
  }
  if (empty.childElementCount) return;
  empty.append(appAvatar(world.state.app), h("h2", {}, "Nothing here yet"),
    h("p", {}, "Type ", h("kbd", {}, "/"), " to see commands or move the clock."));
}
