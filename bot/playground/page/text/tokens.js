// What Slack writes between < and >, and the small things that stand in running text: people, channels, dates, links.

import { h } from "../ui/dom.js";
import { slackDate } from "./slack-date.js";

// A reader: {me: user id, zone, now: Date, nameOf(user id), channelOf?(channel id)}: who looks, where and when.

/** Slack's three escapes, read back. */
export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A node for `<token>`: a person, a channel, a date, a group, everybody, or a link. */
export function tokenNode(token, reader) {
  const bar = token.indexOf("|");
  const [target, label] = bar < 0 ? [token, ""] : [token.slice(0, bar), unescape(token.slice(bar + 1))];
  if (target.startsWith("@")) return mention(target.slice(1), label, reader);
  if (target.startsWith("#")) return channel(target.slice(1), label, reader);
  if (target.startsWith("!date^")) return dateToken(target, label, reader);
  if (target.startsWith("!subteam^")) return group(label);
  if (target.startsWith("!")) return broadcast(target.slice(1), label);
  return link(unescape(target), label);
}

/** Somebody, by name; marked where it is the reader. */
export function mention(id, label, reader) {
  return h("span", { class: id === reader.me ? "mention me" : "mention" }, `@${reader.nameOf(id) || label || id}`);
}

/** A channel, by name. */
export const channel = (id, label, reader) => h("span", { class: "mention" }, `#${label || reader.channelOf?.(id) || id}`);

/** Everybody who is meant by @here, @channel or @everyone. */
export const broadcast = (range, label = "") => h("span", { class: "mention here" }, `@${label.replace(/^@/, "") || range}`);

/** A group of people. */
export const group = (label) => h("span", { class: "mention" }, label ? `@${label.replace(/^@/, "")}` : "@group");

function dateToken(target, fallback, reader) {
  const [, seconds, format, href] = target.split("^");
  if (!/^\d+$/.test(seconds ?? "")) return h("span", {}, fallback || target);
  return dateNode(Number(seconds), unescape(format ?? "{date}"), reader, { href: unescape(href ?? ""), fallback });
}

/** A moment in the reader's zone; its fallback, which names a zone, shows on pointing. */
export function dateNode(seconds, format, reader, { href = "", fallback = "" } = {}) {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return h("span", {}, fallback);
  const made = h("time", { datetime: at.toISOString(), title: fallback || null }, slackDate(seconds, format, reader.zone, reader.now));
  return href ? link(href, made) : made;
}

/** A link that can only lead to the web or to an e-mail; anything else shows as text. */
export function link(href, label) {
  const shown = label || href.replace(/^mailto:/, "");
  if (!safe(href)) return h("span", {}, label || `<${href}>`);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, shown);
}

/** Whether an address may be opened: http, https or mailto. */
export function safe(href) {
  return /^(https?:\/\/|mailto:)/i.test(href ?? "");
}
