// The inspector: the Web API calls that the app made, newest on top.

import { api } from "./api.js";
import { h, icon, ICONS } from "./dom.js";
import { timeOf } from "./dates.js";
import { world } from "./world.js";

const drawer = document.getElementById("calls");
const toggle = document.getElementById("show-calls");
const KEPT = 300;

const list = h("ol", { class: "call-list", reversed: true });
const none = h("p", { class: "quiet" }, "The app has made no calls yet.");
let last = 0;
let fetching = false;

/** Set up the drawer. */
export function startCalls() {
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close the drawer" }, icon(ICONS.close));
  drawer.append(h("div", { class: "calls-head" }, h("h2", {}, "Calls"), h("p", { class: "quiet" }, "What the app asked of the Web API"), close), none, list);
  close.addEventListener("click", () => show(false));
  toggle.addEventListener("click", () => show(drawer.hidden));
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
}

function show(open) {
  drawer.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-calls", open);
  if (open) drawCalls();
  else toggle.focus();
}

/** Fetch and show the calls made since the last look, if the drawer is open. */
export async function drawCalls() {
  if (drawer.hidden || fetching) return;
  fetching = true;
  try {
    const { calls } = await api.calls(last);
    for (const call of calls) {
      if (call.n <= last) continue;
      last = call.n;
      list.prepend(row(call));
    }
    while (list.childElementCount > KEPT) list.lastElementChild.remove();
    none.hidden = list.childElementCount > 0;
  } catch {
    // The next change brings another look; the page's banner says if the playground is away.
  } finally {
    fetching = false;
  }
}

function row(call) {
  const failed = call.answer?.ok === false;
  const details = h("details", {}, h("summary", {},
    h("span", { class: "call-method" }, call.method),
    failed ? h("span", { class: "badge wrong" }, call.answer.error ?? "refused") : null,
    h("span", { class: "call-about" }, `${timeOf(new Date(call.at), world.state.clock.zone)} · ${Math.round(call.ms ?? 0)} ms`)));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(part("Sent", call.args), part("Answer", call.answer));
  });
  return h("li", {}, details);
}

const part = (name, value) => h("div", { class: "call-part" }, h("h3", {}, name), h("pre", { tabindex: 0 }, pretty(value)));

/** JSON for reading: blocks that travel as a string of JSON are opened up. */
function pretty(value) {
  return JSON.stringify(value, (_, inner) => {
    if (typeof inner !== "string" || !/^[[{]/.test(inner)) return inner;
    try {
      return JSON.parse(inner);
    } catch {
      return inner;
    }
  }, 2) ?? "";
}
