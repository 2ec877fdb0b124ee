// Slack's text objects and mrkdwn, as DOM nodes. Nothing an app or a person wrote is ever parsed as HTML.

import { h } from "./dom.js";
import { dayOf, slackDate } from "./dates.js";
import { emojiNamed, withEmoji } from "./emoji.js";

// A reader: {me: user id, zone, now: Date, nameOf(user id)}: who looks, where and when.

const HELD = "\uE000"; // stands for a finished node while marks are read; each is HELD + index + HELD_END
const HELD_END = "\uE001";
const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/**
 * A mark that changes when `json` (a message or a block) would read differently: to another reader, in another zone or, if it
 * speaks of dates, on another day.
 */
export function readingMark(json, { me, zone, now }) {
  return `${me} ${zone} ${/<!date\^|"type":"date"/.test(json) ? dayOf(now, zone) : ""}`;
}

/** A text object of any kind; null gives nothing. */
export function textOf(object, reader) {
  if (!object) return "";
  if (object.type === "mrkdwn") return mrkdwn(object.text, reader);
  return object.emoji === false ? (object.text ?? "") : withEmoji(object.text ?? "");
}

/** The words of a text object, for a name or a title. */
export function wordsOf(object) {
  if (!object) return "";
  const text = object.type === "mrkdwn" ? unescape((object.text ?? "").replace(/[*_~`]/g, "")) : (object.text ?? "");
  return withEmoji(text);
}

/** mrkdwn as nodes: fences, quotes, lists and lines, with marks and links inside. */
export function mrkdwn(source, reader) {
  const fragment = document.createDocumentFragment();
  const text = (source ?? "").replaceAll(HELD, "").replaceAll(HELD_END, "").replace(/\r\n?/g, "\n");
  text.split(/```/).forEach((part, at, parts) => {
    if (at % 2 === 1 && at < parts.length - 1) {
      fragment.append(h("pre", {}, h("code", {}, unescape(plainTokens(part.replace(/^\n|\n$/g, ""), reader)))));
      return;
    }
    const rest = at % 2 === 1 ? "```" + part : part; // a fence that was never closed is just text
    const trimmed = rest.replace(at > 0 ? /^\n/ : /^$/, "").replace(at < parts.length - 1 ? /\n$/ : /$^/, "");
    if (trimmed) fragment.append(lines(trimmed, reader));
  });
  return fragment;
}

const KINDS = [
  ["quote", /^(?:&gt;|>) ?(.*)$/],
  ["bullet", /^\s*[•◦▪-] +(.*)$/],
  ["number", /^\s*(\d{1,3})[.)] +(.*)$/],
];

function kindOf(line) {
  for (const [kind, pattern] of KINDS) {
    const found = line.match(pattern);
    if (found) return { kind, text: found.at(-1), number: found[1] };
  }
  return { kind: "text", text: line };
}

function lines(text, reader) {
  const fragment = document.createDocumentFragment();
  let group = null;
  for (const line of text.split("\n").map(kindOf)) {
    if (group?.kind !== line.kind) {
      group = { kind: line.kind, first: line.number, rows: [] };
      fragment.append((group.node = groupNode(group)));
    }
    addRow(group, line.text, reader);
  }
  return fragment;
}

function groupNode({ kind, first }) {
  if (kind === "quote") return h("blockquote");
  if (kind === "bullet") return h("ul");
  return kind === "number" ? h("ol", { start: first }) : h("span", { class: "lines" });
}

function addRow(group, text, reader) {
  const content = inline(text, reader);
  if (group.kind === "bullet" || group.kind === "number") group.node.append(h("li", {}, content));
  else group.node.append(...(group.rows.length ? [h("br")] : []), content);
  group.rows.push(text);
}

/** One line: code and tokens first (nothing inside them is a mark), then *bold*, _italic_ and ~strike~. */
function inline(line, reader) {
  const held = [];
  const hold = (node) => `${HELD}${held.push(node) - 1}${HELD_END}`;
  const marked = line
    .replace(/`([^`]+)`/g, (_, code) => hold(h("code", {}, unescape(plainTokens(code, reader)))))
    .replace(/<([^<>]+)>/g, (_, token) => hold(tokenNode(token, reader)));
  return marks(marked, held);
}

const MARK = /(^|[^\p{L}\p{N}*_~])([*_~])(?!\2)(\S(?:.*?\S)??)\2(?![\p{L}\p{N}])/u;
const TAGS = { "*": "strong", _: "em", "~": "s" };

function marks(text, held) {
  const fragment = document.createDocumentFragment();
  const found = text.match(MARK);
  if (!found) {
    fragment.append(...release(text, held));
    return fragment;
  }
  const [whole, before, mark, inner] = found;
  fragment.append(...release(text.slice(0, found.index) + before, held));
  fragment.append(h(TAGS[mark], {}, marks(inner, held)));
  fragment.append(marks(text.slice(found.index + whole.length), held));
  return fragment;
}

function release(text, held) {
  return text.split(new RegExp(`${HELD}(\\d+)${HELD_END}`)).map((part, at) => (
    at % 2 ? held[Number(part)] : withEmoji(unescape(part))
  )).filter((part) => part !== "");
}

/** What stands between < and >: a person, a channel, a date, a link. */
function tokenNode(token, reader) {
  const bar = token.indexOf("|");
  const [target, label] = bar < 0 ? [token, ""] : [token.slice(0, bar), unescape(token.slice(bar + 1))];
  if (target.startsWith("@")) return mention(target.slice(1), label, reader);
  if (target.startsWith("#")) return h("span", { class: "mention" }, `#${label || target.slice(1)}`);
  if (target.startsWith("!date^")) return dateNode(target, label, reader);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label || "@group");
  if (target.startsWith("!")) return h("span", { class: "mention here" }, `@${label || target.slice(1)}`);
  return link(unescape(target), label);
}

/** The same, as words only: inside code. */
function plainTokens(text, reader) {
  return text.replace(/<([^<>]+)>/g, (_, token) => tokenNode(token, reader).textContent);
}

function mention(id, label, reader) {
  const mine = id === reader.me;
  return h("span", { class: mine ? "mention me" : "mention" }, `@${reader.nameOf(id) || label || id}`);
}

function dateNode(target, fallback, reader) {
  const [, seconds, format, href] = target.split("^");
  if (!/^\d+$/.test(seconds ?? "")) return h("span", {}, fallback || target);
  const words = slackDate(Number(seconds), unescape(format ?? "{date}"), reader.zone, reader.now);
  const made = h("time", { datetime: new Date(Number(seconds) * 1000).toISOString(), title: fallback || null }, words);
  return href ? link(unescape(href), made) : made;
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

/** A rich_text block's inner elements. */
export function richText(element, reader) {
  const inner = () => (element.elements ?? []).map((child) => richLeaf(child, reader));
  if (element.type === "rich_text_list") {
    const tag = element.style === "ordered" ? "ol" : "ul";
    const start = element.offset ? element.offset + 1 : null;
    const rows = (element.elements ?? []).map((row) => h("li", {}, (row.elements ?? []).map((leaf) => richLeaf(leaf, reader))));
    return h(tag, { class: `indent-${Math.min(element.indent ?? 0, 4)}`, start }, rows);
  }
  if (element.type === "rich_text_preformatted") return h("pre", {}, h("code", {}, inner()));
  if (element.type === "rich_text_quote") return h("blockquote", {}, inner());
  return h("p", { class: "lines" }, inner());
}

function richLeaf(leaf, reader) {
  const { style = {} } = leaf;
  let node = richPlain(leaf, reader);
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]]) {
    if (style[name]) node = h(tag, {}, node);
  }
  return node;
}

function richPlain(leaf, reader) {
  switch (leaf.type) {
    case "text": return leaf.text ?? "";
    case "emoji": return emojiNamed(leaf.name);
    case "link": return link(leaf.url, leaf.text);
    case "user": return mention(leaf.user_id, "", reader);
    case "channel": return h("span", { class: "mention" }, `#${leaf.channel_id}`);
    case "broadcast": return h("span", { class: "mention here" }, `@${leaf.range}`);
    case "date": return h("time", {}, slackDate(leaf.timestamp, leaf.format ?? "{date}", reader.zone, reader.now));
    default: return leaf.text ?? leaf.fallback ?? "";
  }
}
