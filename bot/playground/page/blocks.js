// Block Kit blocks as DOM nodes.

import { h, reconcile } from "./dom.js";
import { elementNode, fieldId, imageNode } from "./elements.js";
import { readingMark, richText, textOf, wordsOf } from "./text.js";

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
    const node = (BLOCKS[block.type] ?? strangerBlock)(block, surface, error);
    node.classList.add("block");
    return node;
  });
}

/** A message's or a view's blocks, for the first time. */
export function blockList(blocks, surface) {
  const node = h("div", { class: "blocks" });
  showBlocks(node, blocks, surface);
  return node;
}

function section(block, surface) {
  const { reader } = surface;
  const words = h("div", { class: "section-words" }, block.text ? h("div", { class: "text" }, textOf(block.text, reader)) : null);
  if (block.fields?.length) words.append(h("div", { class: "fields" }, block.fields.map((one) => h("div", { class: "text" }, textOf(one, reader)))));
  const { accessory } = block;
  if (!accessory) return h("div", { class: "section" }, words);
  const label = accessory.type === "overflow" ? "" : wordsOf(block.text).replace(/<[^>]*>/g, "").slice(0, 80);
  const side = ["checkboxes", "radio_buttons", "multi_static_select", "multi_users_select"].includes(accessory.type) ? "under" : "beside";
  return h("div", { class: `section ${side}` }, words, h("div", { class: "accessory" }, elementNode(accessory, block, surface, { label })));
}

const header = (block, { reader }) => h("h3", { class: "header" }, textOf(block.text, reader));

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

const GROUPS = new Set(["radio_buttons", "checkboxes", "multi_static_select", "multi_users_select"]);

function input(block, surface, error) {
  const { element } = block;
  const { reader } = surface;
  const id = fieldId(surface, block, element);
  const grouped = GROUPS.has(element.type);
  const about = [block.optional && `${id}-optional`, block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const label = wordsOf(block.label);
  const control = elementNode(element, block, surface, {
    id, label, labelled: `${id}-label`, describedby: about || null, required: !block.optional, dispatch: Boolean(block.dispatch_action),
  });
  const named = control.id === id ? control : control.querySelector(`[id="${CSS.escape(id)}"]`);
  if (error) named?.setAttribute("aria-invalid", "true");
  const words = textOf(block.label, reader);
  return h("div", { class: error ? "input wrong" : "input" },
    h("div", { class: "input-head" },
      grouped ? h("span", { class: "label", id: `${id}-label` }, words) : h("label", { class: "label", id: `${id}-label`, for: id }, words),
      block.optional ? h("span", { class: "optional", id: `${id}-optional` }, "optional") : null),
    control,
    error ? h("p", { class: "field-error", id: `${id}-error` }, error) : null,
    block.hint ? h("p", { class: "field-hint", id: `${id}-hint` }, textOf(block.hint, reader)) : null);
}

const richTextBlock = (block, { reader }) => h("div", { class: "text rich" }, (block.elements ?? []).map((one) => richText(one, reader)));

const markdown = (block) => h("div", { class: "text lines" }, block.text ?? "");

function table(block, { reader }) {
  const rows = (block.rows ?? []).map((cells, at) => h("tr", {}, cells.map((cell) => (
    h(at === 0 ? "th" : "td", at === 0 ? { scope: "col" } : {}, cell.type === "rich_text" ? richTextBlock(cell, { reader }) : cell.text ?? "")))));
  return h("div", { class: "table", tabindex: 0, role: "region", "aria-label": "Table" }, h("table", {}, h("tbody", {}, rows)));
}

/** A block that we cannot draw: whatever words it holds. */
function strangerBlock(block) {
  const words = [...textsIn(block)].filter(Boolean);
  return h("div", { class: "strange-block" }, h("small", {}, `Shown as text: a “${block.type}” block`),
    words.length ? words.map((line) => h("p", {}, line)) : null);
}

function* textsIn(thing) {
  if (Array.isArray(thing)) for (const one of thing) yield* textsIn(one);
  else if (thing && typeof thing === "object") {
    if (typeof thing.text === "string") yield wordsOf(thing);
    for (const [name, one] of Object.entries(thing)) if (typeof one === "object" && name !== "style") yield* textsIn(one);
  }
}

const BLOCKS = { section, header, divider, context, actions, image, input, rich_text: richTextBlock, markdown, table };
