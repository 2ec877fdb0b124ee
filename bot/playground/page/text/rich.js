// rich_text: sections, lists within lists, quotes and code, with styles.

import { h } from "../ui/dom.js";
import { emojiNamed } from "../ui/emoji.js";
import { broadcast, channel, dateNode, group, link, mention } from "./tokens.js";

/** The contents of a rich_text block. */
export function richText(block, reader) {
  const fragment = document.createDocumentFragment();
  let open = []; // the lists that an item deeper in may still go into, outermost first
  for (const element of block.elements ?? []) {
    if (element.type !== "rich_text_list") {
      open = [];
      fragment.append(paragraph(element, reader));
      continue;
    }
    const list = listNode(element, reader);
    const indent = element.indent ?? 0;
    open = open.filter((one) => one.indent < indent);
    const row = open.at(-1)?.list.lastElementChild;
    (row ?? fragment).append(row ? list : indented(list, indent, element));
    open.push({ indent, list });
  }
  return fragment;
}

function indented(list, indent, element) {
  if (indent) list.style.setProperty("margin-inline-start", `${Math.min(indent, 8) * 1.5}rem`);
  return element.border ? h("blockquote", {}, list) : list;
}

const MARKS = { bullet: ["disc", "circle", "square"], ordered: ["decimal", "lower-alpha", "lower-roman"] };

function listNode(element, reader) {
  const kind = element.style === "ordered" ? "ordered" : "bullet";
  const list = h(kind === "ordered" ? "ol" : "ul", { start: kind === "ordered" && element.offset ? element.offset + 1 : null });
  list.style.setProperty("list-style-type", MARKS[kind][(element.indent ?? 0) % 3]);
  list.append(...(element.elements ?? []).map((row) => h("li", {}, leaves(row, reader))));
  return list;
}

function paragraph(element, reader) {
  const inner = leaves(element, reader);
  if (element.type === "rich_text_preformatted") return h("pre", {}, h("code", {}, inner));
  if (element.type !== "rich_text_quote") return h("p", { class: "lines" }, inner);
  return element.border ? h("blockquote", {}, h("blockquote", { class: "lines" }, inner)) : h("blockquote", { class: "lines" }, inner);
}

const leaves = (element, reader) => (element.elements ?? []).map((leaf) => styled(leaf, reader));

const STYLES = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"], ["highlight", "mark"], ["client_highlight", "mark"]];

function styled(leaf, reader) {
  let node = plain(leaf, reader);
  for (const [name, tag] of STYLES) if (leaf.style?.[name]) node = h(tag, {}, node);
  return node;
}

const LEAVES = {
  text: (leaf) => leaf.text ?? "",
  emoji: (leaf) => emojiLeaf(leaf),
  link: (leaf) => link(leaf.url ?? "", leaf.text),
  user: (leaf, reader) => mention(leaf.user_id, "", reader),
  usergroup: () => group(""),
  team: (leaf) => leaf.team_id ?? "",
  channel: (leaf, reader) => channel(leaf.channel_id, "", reader),
  broadcast: (leaf) => broadcast(leaf.range),
  date: (leaf, reader) => dateNode(leaf.timestamp, leaf.format ?? "{date}", reader, { href: leaf.url, fallback: leaf.fallback }),
  color: (leaf) => swatch(leaf.value ?? ""),
};

const plain = (leaf, reader) => (LEAVES[leaf.type] ?? (() => leaf.text ?? leaf.fallback ?? ""))(leaf, reader);

/** An emoji by the code points that come with it, else by its name. */
function emojiLeaf({ unicode, name }) {
  if (!/^[0-9a-f]+(-[0-9a-f]+)*$/i.test(unicode ?? "")) return emojiNamed(name);
  return String.fromCodePoint(...unicode.split("-").map((code) => Math.min(parseInt(code, 16), 0x10ffff)));
}

function swatch(value) {
  const known = /^#[0-9a-f]{3,8}$/i.test(value);
  const dot = h("span", { class: "swatch", "aria-hidden": "true" });
  if (known) dot.style.setProperty("background", value);
  return h("span", { class: "color" }, known ? dot : null, h("code", {}, value));
}
