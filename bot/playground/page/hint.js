// Three hints for a newcomer. What has been done is ticked off, and once all is done they go and do not come back.

import { h, icon, ICONS, recall, remember } from "./ui/dom.js";
import { world } from "./world.js";

const card = document.getElementById("hint");
const STEPS = [
  [["Choose a person"], () => world.panes.some((pane) => pane.me)],
  [["Type ", h("kbd", {}, "/"), " to see what the app can do"], () => slashed],
  [["Move the clock"], () => world.state.clock.now !== begun],
];
const items = STEPS.map(([words]) => h("li", {}, words));
const done = STEPS.map(() => false);

let slashed = false;
let begun = null; // what the clock said at first

/** Show the hints, unless they were seen. */
export function startHint() {
  if (recall("hint") === "seen") return;
  card.className = "hint";
  card.setAttribute("role", "note");
  card.append(h("ol", {}, items), h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss the hint", on: { click: dismiss } }, icon(ICONS.close)));
  card.hidden = false;
  document.addEventListener("input", ({ target }) => {
    if (card.hidden || !target.matches(".composer textarea") || !target.value.startsWith("/")) return;
    slashed = true;
    drawHint();
  });
}

/** Tick off what has been done. */
export function drawHint() {
  if (card.hidden || !world.state) return;
  begun ??= world.state.clock.now;
  STEPS.forEach(([, isDone], at) => {
    if (done[at] || !isDone()) return;
    done[at] = true;
    items[at].classList.add("done");
    items[at].append(h("span", { class: "unseen" }, " (done)"));
  });
  if (done.every(Boolean)) dismiss();
}

function dismiss() {
  card.hidden = true;
  remember("hint", "seen");
}
