// The playground's clock: what time it is, what comes next, and the buttons that move it.

import { api } from "./api.js";
import { dayField } from "./calendar.js";
import { away, dayOf, moment, momentAt, placeOf, shortDay, timeOf } from "./dates.js";
import { h, icon, ICONS, notice } from "./dom.js";
import { now, person, refresh, today, world } from "./world.js";

const root = document.getElementById("clock");
const progress = document.getElementById("progress");
const DAY = 24 * 60 * 60 * 1000;

const time = h("strong", { class: "clock-time" });
const day = h("span", { class: "clock-day" });
const local = h("span", { class: "clock-local" });
const coming = h("span", { class: "clock-next", role: "status" });
const button = (name, path, move) => h("button", { type: "button", class: "button clock-button", on: { click: move } }, icon(path), h("span", {}, name));
const due = button("Next thing due", ICONS.next, () => move({ next: true }, world.state.clock.next));
const oneDay = button("One day", ICONS.forward, () => move({ by: { days: 1 } }, new Date(now().getTime() + DAY)));
const oneWeek = button("One week", ICONS.forward, () => move({ by: { days: 7 } }, new Date(now().getTime() + 7 * DAY)));
const go = h("button", { type: "submit", class: "button clock-button" }, "Go");
const goTo = dayField({ props: { id: "go-to", class: "field" }, today: () => today(), chosen: () => {}, label: "Go to" });
const fold = h("button", {
  type: "button", class: "icon-button only-narrow", "aria-expanded": "false", "aria-controls": "clock-moves", "aria-label": "Move the clock",
}, icon(ICONS.down));

let journey = null; // {from, to} while this page moves the clock

/** Set up the clock bar. */
export function startClock() {
  const form = h("form", { class: "clock-go" }, h("label", { for: "go-to" }, "Go to"), goTo.field, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!goTo.input.value) return;
    const to = momentAt(goTo.input.value, "09:00", world.state.clock.zone);
    move({ to: to.toISOString() }, to).then((moved) => { if (moved) goTo.input.value = ""; });
  });
  fold.addEventListener("click", () => {
    const open = root.classList.toggle("open");
    fold.setAttribute("aria-expanded", String(open));
  });
  root.append(
    h("div", { class: "clock-now" }, icon(ICONS.clock, "icon clock-face"),
      h("div", { class: "clock-words" }, h("p", { class: "clock-line" }, time, day), h("p", { class: "clock-line quiet" }, local, coming)), fold),
    h("div", { class: "clock-moves", id: "clock-moves", role: "group", "aria-label": "Move the clock" }, due, oneDay, oneWeek, form));
}

/** Draw the clock. */
export function drawClock() {
  const { clock } = world.state;
  const moving = clock.moving || Boolean(journey);
  time.textContent = timeOf(now(), clock.zone);
  day.textContent = `${shortDay(now(), clock.zone)} · ${placeOf(clock.zone)}`;
  const who = person();
  const elsewhere = who?.tz && who.tz !== clock.zone;
  local.textContent = elsewhere ? localWords(who, clock.zone) : "";
  coming.textContent = moving ? movingWords() : comingWords();
  due.hidden = !clock.steps;
  due.title = clock.next ? moment(new Date(clock.next), clock.zone) : "Nothing is due";
  due.disabled = moving || !clock.next;
  for (const control of [oneDay, oneWeek, go, goTo.input, goTo.field.querySelector("button")]) control.disabled = moving;
  goTo.input.min = today();
  root.classList.toggle("moving", moving);
  drawProgress(moving);
}

function localWords({ tz, real_name: name }, zone) {
  const day = dayOf(now(), tz) === dayOf(now(), zone) ? "" : ` on ${shortDay(now(), tz)}`;
  return `${timeOf(now(), tz)}${day} for ${name.split(" ")[0]} in ${placeOf(tz)}`;
}

function comingWords() {
  const { clock } = world.state;
  if (!clock.steps) return "";
  if (clock.stuck) return `The app left undone what was due ${moment(new Date(clock.stuck), clock.zone)}`;
  if (!clock.next) return "Nothing is due";
  const next = new Date(clock.next);
  return `Next: ${moment(next, clock.zone).replace(/ \d{4},/, ",")} (${away(now(), next)})`;
}

function movingWords() {
  return journey ? `Moving to ${moment(journey.to, world.state.clock.zone)}…` : "The clock is moving…";
}

function drawProgress(moving) {
  progress.hidden = !moving;
  if (!moving) return;
  const share = journey ? (now() - journey.from) / (journey.to - journey.from || 1) : NaN;
  const known = share > 0 && share < 1;
  progress.classList.toggle("unknown", !known);
  progress.style.setProperty("--share", known ? `${Math.round(share * 100)}%` : "100%");
}

async function move(how, to) {
  if (journey) return false;
  journey = { from: now(), to: new Date(to) };
  const focused = document.activeElement;
  drawClock();
  try {
    await api.clock(how);
    return true;
  } catch (refused) {
    notice(refused.message);
    return false;
  } finally {
    journey = null;
    await refresh();
    if (focused !== document.body && document.activeElement === document.body) focused.focus();
  }
}
