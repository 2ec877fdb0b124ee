// Blocks with more in them than words and controls: rich text, tables, pictures that move, files, cards, alerts.

import { h, icon } from "../ui/dom.js";
import { elementNode, imageNode } from "./elements.js";
import { richText } from "../text/rich.js";
import { SIGNS } from "../ui/signs.js";
import { link, textOf, wordsOf } from "../text/text.js";

const rich = (block, { reader }) => h("div", { class: "text rich" }, richText(block, reader));

// ---- tables ---------------------------------------------------------------------------------------------------------

function table({ rows = [], column_settings: columns = [] }, surface) {
  const [head = [], ...rest] = rows;
  const cell = (tag, props) => (one, at) => h(tag, { ...props, class: cellClass(columns[at]) }, cellContent(one, surface));
  return h("div", { class: "table", tabindex: 0, role: "group", "aria-label": "Table" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map(cell("th", { scope: "col" })))),
    h("tbody", {}, rest.map((cells) => h("tr", {}, cells.map(cell("td", {})))))));
}

const cellClass = (column) => [["center", "right"].includes(column?.align) && column.align, column?.is_wrapped && "wraps"].filter(Boolean).join(" ") || null;

function cellContent(cell, surface) {
  if (cell?.type === "rich_text") return rich(cell, surface);
  return String(cell?.text ?? cell?.value ?? "");
}

// ---- what is kept elsewhere -----------------------------------------------------------------------------------------

/** A video is a picture with a link: nothing is played from another server. */
function video(block, { reader }) {
  const title = textOf(block.title, reader) || block.alt_text || "A video";
  const about = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h("figure", { class: "video" },
    h("div", { class: "video-picture" }, imageNode({ image_url: block.thumbnail_url, alt_text: block.alt_text }, true), icon(SIGNS.play, "icon video-play")),
    h("figcaption", {}, h("strong", {}, block.title_url ? link(block.title_url, title) : title),
      block.description ? h("span", { class: "text" }, textOf(block.description, reader)) : null, about ? h("span", { class: "quiet" }, about) : null));
}

const file = (block) => h("div", { class: "file-card" }, icon(SIGNS.file), h("span", {}, h("strong", {}, "A file from elsewhere"),
  h("span", { class: "quiet" }, block.external_id ?? block.file_id ?? block.source ?? "")));

// ---- cards, alerts, containers --------------------------------------------------------------------------------------

function card(block, surface) {
  const { reader } = surface;
  const line = (kind, object) => (object ? h("div", { class: `text ${kind}` }, textOf(object, reader)) : null);
  const head = block.title || block.subtitle || block.icon
    ? h("div", { class: "card-head" }, block.icon ? imageNode(block.icon) : null, h("div", {}, line("card-title", block.title), line("quiet", block.subtitle))) : null;
  return h("div", { class: "card" }, block.hero_image ? imageNode(block.hero_image, true) : null, head, line("card-body", block.body),
    line("quiet", block.subtext), block.actions?.length ? h("div", { class: "actions" }, block.actions.map((one) => elementNode(one, block, surface))) : null);
}

const carousel = (block, surface) => h("div", { class: "carousel", role: "region", "aria-label": "Cards", tabindex: 0 },
  (block.elements ?? []).map((one, at) => card({ ...one, block_id: one.block_id ?? `${block.block_id}-${at}` }, surface)));

const LEVELS = ["info", "warning", "error", "success"];

function alert(block, { reader }) {
  const level = LEVELS.includes(block.level) ? block.level : "default";
  return h("div", { class: `alert ${level}`, role: "note", "aria-label": level === "default" ? "Note" : wordsOf({ text: level[0].toUpperCase() + level.slice(1) }) },
    h("span", { class: "alert-mark", "aria-hidden": "true" }, { warning: "!", error: "!", success: "✓" }[level] ?? "i"), h("div", { class: "text" }, textOf(block.text, reader)));
}

export const RICH_BLOCKS = { rich_text: rich, table, video, file, card, carousel, alert };
