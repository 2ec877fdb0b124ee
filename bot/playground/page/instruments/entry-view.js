// An entry of the journal on the page: its row in the list, and all there is to see of it.

import { blockList } from "../kit/blocks.js";
import { moment, wall } from "../ui/dates.js";
import { h, icon, ICONS } from "../ui/dom.js";
import { builderJson, complaints, opened, outcome, pointers } from "./entry.js";
import { jsonNode } from "./json.js";
import { SIGNS } from "../ui/signs.js";
import { reader, world } from "../world.js";

const isCall = (entry) => entry.kind === "call";
const zone = () => world.state.clock.zone;
const duration = (ms) => (ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms ?? 0)} ms`);

function timeAt(entry) {
  const { hour, minute, second } = wall(new Date(entry.at), zone());
  return `${hour}:${minute}:${second}`;
}

/** A row: which way it went, what it was, how it went, when, how long. */
export function entryRow(entry, open) {
  const { words, wrong } = outcome(entry);
  const remarks = entry.violations?.length ?? 0;
  const button = h("button", { type: "button", class: "entry", "aria-pressed": "false", tabindex: -1, data: { n: entry.n, field: `entry-${entry.n}` }, on: { click: () => open(entry) } },
    h("span", { class: `entry-way ${isCall(entry) ? "call" : "sent"}` }, icon(isCall(entry) ? SIGNS.sent : SIGNS.received), h("span", { class: "unseen" }, isCall(entry) ? "Call " : "Sent ")),
    h("span", { class: "entry-name" }, entry.name), h("span", { class: "entry-marks" }, marks(entry, wrong, words, remarks)),
    h("span", { class: "entry-about" }, h("span", {}, timeAt(entry)), h("span", { class: "entry-ms" }, duration(entry.ms))));
  return h("li", {}, button);
}

const marks = (entry, wrong, words, remarks) => [
  entry.retry > 0 ? h("span", { class: "badge caution" }, `retry ${entry.retry}`) : null,
  entry.fault ? h("span", { class: "badge caution" }, "fault") : null,
  remarks ? h("span", { class: "badge caution" }, `${remarks} remark${remarks === 1 ? "" : "s"}`) : null,
  wrong ? h("span", { class: "badge wrong" }, words) : h("span", { class: "entry-fine" }, words),
];

/** All there is to see of an entry. */
export function entryDetail(entry, close) {
  const { words, wrong } = outcome(entry);
  const way = isCall(entry) ? "The app called Slack" : entry.retry > 0 ? `Slack told the app again (retry ${entry.retry})` : "Slack told the app";
  return h("div", { class: "detail" },
    h("div", { class: "detail-head" }, h("div", {}, h("h3", { id: "detail-name", tabindex: -1 }, entry.name), h("p", { class: "quiet" }, `${way} · ${moment(new Date(entry.at), zone())} · ${duration(entry.ms)}`)),
      h("button", { type: "button", class: "icon-button", "aria-label": "Close the details", on: { click: close } }, icon(ICONS.close))),
    h("div", { class: "detail-body" },
      h("p", {}, h("span", { class: wrong ? "badge wrong" : "badge fine" }, words), entry.fault ? h("span", { class: "badge caution" }, `fault: ${faultWords(entry.fault)}`) : null),
      remarkList(entry), copies(entry), preview(entry), parts(entry)));
}

const faultWords = (fault) => (typeof fault === "string" ? fault : fault.how ?? JSON.stringify(fault));

function remarkList(entry) {
  const all = [...complaints(entry), ...(entry.violations ?? [])];
  return all.length ? h("ul", { class: "remarks", "aria-label": "Remarks" }, all.map((sentence) => h("li", {}, sentence))) : null;
}

function parts(entry) {
  const both = isCall(entry)
    ? [["Arguments", opened(entry.args), pointers(entry)], ["Answer", entry.answer]]
    : [["Payload", opened(entry.payload)], ["Reply", entry.reply]];
  return both.map(([name, value, marked]) => h("section", { class: "detail-part" }, h("h4", {}, name), jsonNode(value ?? null, name, marked)));
}

// ---- copying --------------------------------------------------------------------------------------------------------

function copies(entry) {
  const block = builderJson(entry);
  const said = h("span", { class: "unseen", role: "status" });
  return h("div", { class: "detail-copy" },
    block ? copyButton("Copy for Block Kit Builder", block, said) : null, copyButton("Copy entry", entry, said), said);
}

function copyButton(name, value, said) {
  const words = h("span", {}, name);
  const button = h("button", { type: "button", class: "button" }, icon(SIGNS.copy), words);
  button.addEventListener("click", async () => {
    words.textContent = said.textContent = (await copied(JSON.stringify(value, null, 2))) ? "Copied" : "Could not copy";
    setTimeout(() => {
      words.textContent = name;
      said.textContent = "";
    }, 1600);
  });
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// ---- as it looks ----------------------------------------------------------------------------------------------------

function preview(entry) {
  const blocks = builderJson(entry)?.blocks;
  if (!Array.isArray(blocks) || !blocks.every((block) => block && typeof block === "object")) return null;
  const details = h("details", { class: "preview" }, h("summary", {}, "As it looks"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(h("div", { class: "preview-sheet", inert: true }, drawn(blocks, entry)));
  });
  return details;
}

/** The blocks, on a surface where nothing happens; the app may have sent what nobody can draw. */
function drawn(blocks, entry) {
  const surface = { id: `preview-${entry.n}`, values: new Map(), given: () => ({}), today: () => entry.at.slice(0, 10), people: () => world.state.people, reader: reader(), act() {}, options: async () => ({}) };
  try {
    return blockList(blocks, surface);
  } catch {
    return h("p", { class: "quiet" }, "These blocks cannot be drawn.");
  }
}
