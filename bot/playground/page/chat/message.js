// One message, as whoever looks through a pane sees it.

import { blockList } from "../kit/blocks.js";
import { moment, nearDay, timeOf } from "../ui/dates.js";
import { avatar, h, icon, ICONS } from "../ui/dom.js";
import { fileList } from "./files.js";
import { authorAvatar, authorOf } from "./names.js";
import { reactionRow } from "./reactions.js";
import { mrkdwn } from "../text/text.js";
import { nameOf, now, reader } from "../world.js";

const QUIET_KINDS = new Set(["channel_join", "channel_leave", "group_join", "group_leave", "channel_topic", "channel_purpose", "channel_name",
  "bot_add", "bot_remove", "channel_archive", "channel_unarchive"]);

/** When a message was written. */
export const timeAt = (message) => new Date(message.time ?? Number(message.ts) * 1000);

/** Whether a message is a short note that something happened here, rather than said by somebody. */
export const isNote = (message) => QUIET_KINDS.has(message.subtype);

/** Draw a message. `place`: {pane, channel, mayReact, inThread, openThread(ts)}; `surface` is where its blocks live. */
export function messageNode({ message, follows, at, replies }, place, surface) {
  const { zone } = reader(place.pane);
  if (isNote(message)) return noteNode(message, at, place);
  const author = authorOf(message);
  const mine = author.kind === "person" && author.id === place.pane.me;
  const time = h("time", { datetime: at.toISOString(), title: moment(at, zone) }, timeOf(at, zone));
  const kind = ["message", mine ? "own" : "theirs", follows && "follows", message.ephemeral && "ephemeral"].filter(Boolean).join(" ");
  return h("article", { class: kind, tabindex: -1, "aria-label": `${author.name}, ${timeOf(at, zone)}` },
    authorAvatar(author),
    h("div", { class: "message-main" },
      h("div", { class: "message-head" }, h("span", { class: "author" }, author.name), tagOf(author), time),
      bubble(message, place, surface),
      reactionRow(message, place),
      replies && !place.inThread ? threadLine(message, replies, place) : null));
}

const tagOf = ({ kind }) => (kind === "person" ? null : h("span", { class: "app-tag" }, kind === "app" ? "App" : "Bot"));

function noteNode(message, at, { pane }) {
  const { zone } = reader(pane);
  return h("div", { class: "note" }, h("span", {}, mrkdwn(message.text, reader(pane))), h("time", { datetime: at.toISOString() }, timeOf(at, zone)));
}

function bubble(message, place, surface) {
  const broadcast = message.subtype === "thread_broadcast";
  return h("div", { class: "bubble" },
    message.ephemeral ? h("p", { class: "only-you" }, icon(ICONS.eye), "Only visible to you") : null,
    broadcast && place.inThread ? h("p", { class: "also" }, icon(ICONS.hash), "Also sent to the channel") : null,
    broadcast && !place.inThread ? repliedTo(message, place) : null,
    words(message, place, surface), attachments(message, place, surface), fileList(message),
    message.edited ? h("span", { class: "edited" }, "(edited)") : null);
}

function repliedTo(message, place) {
  return h("button", { type: "button", class: "also link", on: { click: () => place.openThread(message.thread_ts) } },
    icon(ICONS.reply), "Replied in a thread");
}

function words(message, { pane }, surface) {
  if (message.blocks?.length) return blockList(message.blocks, surface);
  return message.text ? h("div", { class: "text" }, mrkdwn(message.text, reader(pane))) : null;
}

/** Attachments are Slack's older way: a bar of color with words or blocks beside it. */
function attachments(message, { pane }, surface) {
  return (message.attachments ?? []).map((one) => {
    const node = h("div", { class: "attachment" },
      one.pretext ? h("div", { class: "text" }, mrkdwn(one.pretext, reader(pane))) : null,
      one.title ? h("strong", {}, one.title) : null,
      one.blocks?.length ? blockList(one.blocks, surface) : h("div", { class: "text" }, mrkdwn(one.text || one.fallback || "", reader(pane))));
    if (/^#?[0-9a-f]{6}$/i.test(one.color ?? "")) node.style.setProperty("--bar", `#${one.color.replace("#", "")}`);
    return node;
  });
}

/** "today at 09:05", or the day in full. */
function soon(at, zone) {
  const near = nearDay(at, zone, now()).toLowerCase();
  return near ? `${near} at ${timeOf(at, zone)}` : moment(at, zone);
}

/** "3 replies · last 09:05": opens the thread. */
function threadLine(message, { count, last, users }, { pane, openThread }) {
  const { zone } = reader(pane);
  const said = `${count} ${count === 1 ? "reply" : "replies"}`;
  const faces = users.slice(0, 3).map((id) => avatar(id, nameOf(id) || id));
  return h("button", { type: "button", class: "thread-line", data: { field: `thread/${message.ts}` }, on: { click: () => openThread(message.ts) } },
    h("span", { class: "faces" }, faces), h("strong", {}, said), " ", h("span", { class: "quiet" }, `last ${soon(last, zone)}`), icon(ICONS.right));
}
