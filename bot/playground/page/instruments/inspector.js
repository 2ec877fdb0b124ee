// The inspector: a drawer with all that passes between the app and Slack, and with the means to trouble it.

import { h, icon, ICONS } from "../ui/dom.js";
import { Traffic } from "./traffic.js";
import { Trouble } from "./trouble.js";

const drawer = document.getElementById("calls");
const toggle = document.getElementById("show-calls");
const traffic = new Traffic();
const trouble = new Trouble({ begunAnew: () => traffic.forget() });
const TABS = [["traffic", "Traffic", traffic], ["trouble", "Trouble", trouble]];

const tabs = TABS.map(([id, name]) => h("button", {
  type: "button", role: "tab", id: `tab-${id}`, "aria-controls": `panel-${id}`, on: { click: () => choose(id) },
}, name));
const panels = TABS.map(([id, , part]) => h("div", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}`, class: "inspector-panel" }, part.node));
let chosen = "traffic";

/** Set up the drawer. */
export function startInspector() {
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close the inspector", on: { click: () => show(false) } }, icon(ICONS.close));
  const row = h("div", { class: "inspector-tabs", role: "tablist", "aria-label": "Inspector" }, tabs);
  row.addEventListener("keydown", walk);
  drawer.append(h("div", { class: "inspector-head" }, h("h2", {}, "Inspector"), row, close), ...panels);
  toggle.addEventListener("click", () => show(drawer.hidden));
  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (!traffic.closeDetail()) show(false);
  });
  choose(chosen);
}

function show(open) {
  drawer.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-calls", open);
  if (open) drawInspector();
  else toggle.focus();
}

function choose(id) {
  chosen = id;
  TABS.forEach(([one], at) => {
    tabs[at].setAttribute("aria-selected", String(one === id));
    tabs[at].tabIndex = one === id ? 0 : -1;
    panels[at].hidden = one !== id;
  });
  drawInspector();
}

function walk(event) {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  choose(chosen === "traffic" ? "trouble" : "traffic");
  tabs.find((tab) => tab.tabIndex === 0).focus();
}

/** Draw what is open. */
export function drawInspector() {
  if (!drawer.hidden) TABS.find(([id]) => id === chosen)[2].draw();
}
