// Slack's mrkdwn as DOM nodes. Nothing an app or a person wrote is ever parsed as HTML; lists stay as they were typed.

import { h } from "../ui/dom.js";
import { withEmoji } from "../ui/emoji.js";
import { broadcast, link, tokenNode, unescape } from "./tokens.js";

const HELD = "\uE000"; // stands for a finished node while marks are read; each is HELD + index + HELD_END
const HELD_END = "\uE001";

/**
 * mrkdwn as nodes: fences, quotes and lines, with marks and links inside. `auto` says what bare words become: "links" (web
 * addresses only, as in a message's text), "all" (also @here and its like, as in a text object), "" (nothing: `verbatim`).
 */
export function mrkdwn(source, reader, auto = "links") {
  const fragment = document.createDocumentFragment();
  const text = (source ?? "").replaceAll(HELD, "").replaceAll(HELD_END, "").replace(/\r\n?/g, "\n");
  text.split(/```/).forEach((part, at, parts) => {
    if (at % 2 === 1 && at < parts.length - 1) {
      fragment.append(h("pre", {}, h("code", {}, unescape(plainTokens(part.replace(/^\n|\n$/g, ""), reader)))));
      return;
    }
    const rest = at % 2 === 1 ? "```" + part : part; // a fence that was never closed is just text
    const trimmed = rest.replace(at > 0 ? /^\n/ : /^$/, "").replace(at < parts.length - 1 ? /\n$/ : /$^/, "");
    if (trimmed) fragment.append(lines(trimmed, reader, auto));
  });
  return fragment;
}

const QUOTE = /^(?:&gt;|>) ?(.*)$/;
const QUOTE_ALL = /^(?:&gt;|>){3} ?(.*)$/; // from here to the end
const ITEM = /^ *(?:[•◦▪‣*-]|\d{1,3}[.)]) /;

function lines(text, reader, auto) {
  const fragment = document.createDocumentFragment();
  let group = null;
  let all = false;
  for (const line of text.split("\n")) {
    const opens = !all && line.match(QUOTE_ALL);
    all ||= Boolean(opens);
    const quoted = opens || (all ? [line, line] : line.match(QUOTE));
    const kind = quoted ? "quote" : "text";
    if (group?.kind !== kind) fragment.append((group = { kind, node: kind === "quote" ? h("blockquote") : h("span", { class: "lines" }), rows: 0 }).node);
    addLine(group, quoted ? quoted[1] : line, reader, auto);
  }
  return fragment;
}

/** An item of a typed list hangs its lines under its first word; its mark is text like the rest. */
function addLine(group, line, reader, auto) {
  const item = ITEM.test(line);
  if (group.rows && !item && !group.item) group.node.append(h("br"));
  const content = inline(line, reader, auto);
  group.node.append(item ? h("span", { class: "item" }, content) : content);
  group.rows += 1;
  group.item = item;
}

/** One line: code and tokens first (nothing inside them is a mark), then bare addresses, then *bold*, _italic_ and ~strike~. */
function inline(line, reader, auto) {
  const held = [];
  const hold = (node) => `${HELD}${held.push(node) - 1}${HELD_END}`;
  let text = line
    .replace(/`([^`]+)`/g, (_, code) => hold(h("code", {}, unescape(plainTokens(code, reader)))))
    .replace(/<([^<>]+)>/g, (_, token) => hold(tokenNode(token, reader)));
  if (auto) text = text.replace(BARE_LINK, (found) => hold(link(unescape(found))));
  if (auto === "all") text = text.replace(BARE_CALL, (_, before, range) => before + hold(broadcast(range)));
  return marks(text, held);
}

const BARE_LINK = /\bhttps?:\/\/[^\s<>\uE000]+[^\s<>\uE000.,;:!?)'"*_~]/g;
const BARE_CALL = /(^|[\s(])@(here|channel|everyone)\b/g;
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

/** Tokens as words only: inside code. */
function plainTokens(text, reader) {
  return text.replace(/<([^<>]+)>/g, (_, token) => tokenNode(token, reader).textContent);
}
