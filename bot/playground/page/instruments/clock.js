// The playground's clock: what time it is, here and where the reader is, what comes next, and how far a move has come.

import { away, dayOf, moment, placeOf, shortDay, timeOf, wall } from "../ui/dates.js";
import { drawMoves, journey, movesNode } from "./clock-moves.js";
import { h, icon, ICONS } from "../ui/dom.js";
import { now, person, world } from "../world.js";

const root = document.getElementById("clock");
const progress = document.getElementById("progress");
const AHEAD = 1500; // ms: how long the hands go on by themselves after the last word from the playground
const SECONDS_SEEN = 60; // at this speed or slower the seconds are shown

const time = h("strong", { class: "clock-time" });
const day = h("span", { class: "clock-day" });
const local = h("span", { class: "clock-local" });
const coming = h("span", { class: "clock-next", role: "status" });
const fold = h("button", {
  type: "button", class: "icon-button only-narrow", "aria-expanded": "false", "aria-controls": "clock-moves", "aria-label": "Move the clock",
}, icon(ICONS.down));

let known = null; // the state that the hands were set by
let setAt = 0; // and when, by the browser's own stopwatch
let ticking = null;

/** Set up the clock bar. */
export function startClock() {
  fold.addEventListener("click", () => fold.setAttribute("aria-expanded", String(root.classList.toggle("open"))));
  root.append(
    h("div", { class: "clock-now" }, icon(ICONS.clock, "icon clock-face"),
      h("div", { class: "clock-words" }, h("p", { class: "clock-line" }, time, day), h("p", { class: "clock-line quiet" }, local, coming)), fold),
    movesNode(drawClock));
}

/** Draw the clock. */
export function drawClock() {
  const { clock } = world.state;
  if (known !== world.state) [known, setAt] = [world.state, performance.now()];
  const moving = clock.moving || Boolean(journey());
  const running = clock.speed > 0;
  drawHands();
  coming.textContent = moving ? movingWords() : comingWords(clock);
  coming.classList.toggle("stuck", Boolean(clock.stuck) && !moving);
  coming.setAttribute("aria-live", running ? "off" : "polite"); // a running clock would never stop talking
  root.classList.toggle("moving", moving);
  root.classList.toggle("running", running);
  drawMoves(moving);
  drawProgress(moving);
  tick(running);
}

/** The hands; between two looks at a running clock they go on at its speed. */
function drawHands() {
  const { clock } = world.state;
  const ahead = clock.speed > 0 ? Math.min(performance.now() - setAt, AHEAD) * clock.speed : 0;
  const at = new Date(now().getTime() + ahead);
  const seconds = clock.speed > 0 && clock.speed <= SECONDS_SEEN ? `:${wall(at, clock.zone).second}` : "";
  time.textContent = timeOf(at, clock.zone) + seconds;
  day.textContent = `${shortDay(at, clock.zone)} · ${placeOf(clock.zone)}`;
  const who = person();
  local.textContent = who?.tz && who.tz !== clock.zone ? localWords(at, who, clock.zone) : "";
}

function tick(running) {
  if (running && ticking === null) ticking = setInterval(drawHands, 100);
  if (running || ticking === null) return;
  clearInterval(ticking);
  ticking = null;
}

function localWords(at, { tz, real_name: name }, zone) {
  const there = dayOf(at, tz) === dayOf(at, zone) ? "" : ` on ${shortDay(at, tz)}`;
  return `${timeOf(at, tz)}${there} for ${name.split(" ")[0]} in ${placeOf(tz)}`;
}

function comingWords({ steps, stuck, next, zone }) {
  if (stuck) return `The app left undone what was due ${moment(new Date(stuck), zone)}`;
  if (!next) return steps ? "Nothing is due" : "";
  const at = new Date(next);
  if (at <= now()) return "Something is due now";
  return `Next: ${moment(at, zone).replace(/ \d{4},/, ",")} (${away(now(), at)})`;
}

function movingWords() {
  const under = journey();
  return under ? `Moving to ${moment(under.to, world.state.clock.zone)}…` : "The clock is moving…";
}

function drawProgress(moving) {
  progress.hidden = !moving;
  if (!moving) return;
  const under = journey();
  const share = under ? (now() - under.from) / (under.to - under.from || 1) : NaN;
  const clear = share > 0 && share < 1;
  progress.classList.toggle("unknown", !clear);
  progress.style.setProperty("--share", clear ? `${Math.round(share * 100)}%` : "100%");
}
