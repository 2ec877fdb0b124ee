// Block Kit blocks as DOM nodes.

import { h, reconcile } from "../ui/dom.js";
import { elementNode, imageNode } from "./elements.js";
import { inputBlock } from "./input-block.js";
import { markdown } from "../text/markdown.js";
import { RICH_BLOCKS } from "./rich-blocks.js";
import { strangerBlock } from "./stranger.js";
import { readingMark, textOf, wordsOf } from "../text/text.js";

/** Make `parent` show `blocks`, redrawing only those that changed. */
export function showBlocks(parent, blocks, surface) {
  const { reader } = surface;
  const seen = new Map();
  const items = blocks.map((raw, at) => {
    const block = { ...raw, block_id: raw.block_id ?? `block-${at}` };
    const key = `${block.block_id}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const error = surface.errors?.[block.block_id];
    const sign = JSON.stringify([block, error]);
    return { key: `${key}#${seen.get(key)}`, sign: sign + readingMark(sign, reader), block, error };
  });
  reconcile(parent, items, ({ block, error }, before) => {
    if (before) surface.redrawn?.(block.block_id);
    return blockNode(block, surface, error);
  });
}

/** A message's or a view's blocks, for the first time. */
export function blockList(blocks, surface) {
  const node = h("div", { class: "blocks" });
  showBlocks(node, blocks, surface);
  return node;
}

function blockNode(block, surface, error) {
  const node = (BLOCKS[block.type] ?? strangerBlock)(block, surface, error);
  node.classList.add("block");
  return node;
}

// What needs a line of its own below the text, in a section.
const WIDE = new Set(["checkboxes", "radio_buttons", "datetimepicker"]);

function section(block, surface) {
  const { reader } = surface;
  const words = h("div", { class: "section-words" }, block.text ? h("div", { class: "text" }, textOf(block.text, reader)) : null);
  if (block.fields?.length) words.append(h("div", { class: "fields" }, block.fields.map((one) => h("div", { class: "text" }, textOf(one, reader)))));
  const { accessory } = block;
  if (!accessory) return h("div", { class: "section" }, words);
  const label = accessory.type === "overflow" ? "" : wordsOf(block.text, reader).replace(/\s+/g, " ").trim().slice(0, 80);
  const side = WIDE.has(accessory.type) || accessory.type.startsWith("multi_") ? "under" : "beside";
  return h("div", { class: `section ${side}` }, words, h("div", { class: "accessory" }, elementNode(accessory, block, surface, { label })));
}

const header = (block, { reader }) => h("h3", { class: `header level-${block.level ?? 2}` }, textOf(block.text, reader));

const divider = () => h("hr");

function context(block, { reader }) {
  return h("div", { class: "context" }, (block.elements ?? []).map((element) => (
    element.type === "image" ? imageNode(element) : h("span", { class: "text" }, textOf(element, reader)))));
}

const actions = (block, surface) => (
  h("div", { class: "actions" }, (block.elements ?? []).map((element) => elementNode(element, block, surface))));

function image(block, { reader }) {
  return h("figure", { class: "image" }, imageNode(block, true), block.title ? h("figcaption", {}, textOf(block.title, reader)) : null);
}



/** A frame around other blocks, which keep their places in the message. */
function container(block, surface) {
  const inside = (block.child_blocks ?? []).map((one, at) => blockNode({ ...one, block_id: one.block_id ?? `${block.block_id}-${at}` }, surface));
  const title = block.title ? h("h4", {}, textOf(block.title, surface.reader)) : null;
  return h("div", { class: "container" }, title, block.subtitle ? h("p", { class: "quiet" }, textOf(block.subtitle, surface.reader)) : null, inside);
}

const markdownBlock = (block) => h("div", { class: "text prose" }, markdown(block.text));

const BLOCKS = { section, header, divider, context, actions, context_actions: actions, image, input: inputBlock, markdown: markdownBlock, container, ...RICH_BLOCKS };
