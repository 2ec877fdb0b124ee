// The buttons that move the clock: to the next thing due, by a step, to a chosen moment, or at a speed.

import { api } from "../api.js";
import { dayField } from "../ui/calendar.js";
import { dayOf, moment, momentAt, placeOf } from "../ui/dates.js";
import { h, icon, ICONS, notice, recall, remember } from "../ui/dom.js";
import { instruments } from "./api.js";
import { openMenu } from "../ui/menu.js";
import { hang } from "../ui/popover.js";
import { SIGNS } from "../ui/signs.js";
import { now, refresh, world } from "../world.js";

const HOUR = 60 * 60 * 1000;
const SPEEDS = [[1, "real time"], [60, "a minute a second"], [3600, "an hour a second"], [86400, "a day a second"]];

let under = null; // {from, to} while this page moves the clock
let redraw = () => {};
let pace = 3600; // seconds to one: how fast the clock will run, or runs

/** The move that this page has under way: {from, to}; null when there is none. */
export const journey = () => under;

const control = (name, shown, listener) => h("button", { type: "button", class: "button clock-button", "aria-label": name, on: { click: listener } }, shown);

const due = control("Next thing due", [icon(ICONS.next), h("span", {}, "Next thing due")], () => move({ next: true }, world.state.clock.next));
const step = (name, shown, hours, by) => control(name, shown, () => move({ by }, now().getTime() + hours * HOUR));
const steps = [step("One hour", "Hour", 1, { hours: 1 }), step("One day", "Day", 24, { days: 1 }), step("One week", "Week", 168, { days: 7 })];
const choose = control("Go to a date", [icon(ICONS.calendar), h("span", {}, "Date")], () => openPanel());
const play = control("Play", "", () => run(world.state.clock.speed > 0 ? 0 : pace));
const speed = h("button", { type: "button", class: "clock-speed", "aria-haspopup": "menu", "aria-expanded": "false", on: { click: () => openMenu(speed, "Speed", paces()) } });

/** All of them; `draw` is called when a move begins or ends. */
export function movesNode(draw) {
  redraw = draw;
  pace = SPEEDS.find(([value]) => String(value) === recall("speed"))?.[0] ?? pace;
  choose.setAttribute("aria-haspopup", "dialog");
  choose.setAttribute("aria-expanded", "false");
  return h("div", { class: "clock-moves", id: "clock-moves", role: "group", "aria-label": "Move the clock" }, due,
    h("div", { class: "clock-steps", role: "group", "aria-label": "Step" }, icon(ICONS.forward), steps), choose,
    h("div", { class: "clock-play", role: "group", "aria-label": "Let it run" }, play, speed));
}

/** Draw them; while the clock is on its way it takes no other move. */
export function drawMoves(moving) {
  const { clock } = world.state;
  const running = clock.speed > 0;
  due.hidden = !clock.steps && !clock.next;
  due.title = clock.next ? moment(new Date(clock.next), clock.zone) : "Nothing is due";
  due.disabled = moving || !clock.next;
  for (const button of [...steps, choose]) button.disabled = moving;
  play.parentElement.hidden = clock.speed === undefined; // a playground that cannot run by itself
  if (play.getAttribute("aria-label") !== (running ? "Pause" : "Play") || !play.childElementCount) {
    play.setAttribute("aria-label", running ? "Pause" : "Play");
    play.replaceChildren(icon(running ? SIGNS.pause : SIGNS.play));
  }
  play.classList.toggle("primary", running);
  if (running && SPEEDS.some(([value]) => value === clock.speed)) pace = clock.speed; // as another window chose
  const words = SPEEDS.find(([value]) => value === pace)[1];
  if (speed.dataset.words === words) return;
  speed.dataset.words = words;
  speed.replaceChildren(h("span", { class: "unseen" }, "Speed: "), words, icon(ICONS.down));
}

/** The speeds to choose from; one that is chosen while the clock runs counts at once. */
const paces = () => SPEEDS.map(([value, label]) => ({
  label, checked: value === pace, pick: () => {
    pace = value;
    remember("speed", value);
    redraw();
    if (world.state.clock.speed > 0) run(value);
  },
}));

async function run(seconds) {
  try {
    await instruments.speed(seconds);
  } catch (refused) {
    notice(refused.message);
  }
  await refresh();
}

// ---- a chosen moment ------------------------------------------------------------------------------------------------

function openPanel() {
  const { zone } = world.state.clock;
  const today = () => dayOf(now(), zone);
  const day = dayField({ props: { id: "go-to", class: "field", min: today() }, value: today(), today, chosen: () => {}, label: "Day" });
  const time = h("input", { type: "time", id: "go-to-time", class: "field short", value: "09:00" });
  const wrong = h("p", { class: "clock-wrong", role: "alert" });
  const form = h("form", { class: "clock-panel", role: "dialog" },
    h("div", { class: "clock-pick" }, h("span", { class: "clock-part" }, h("label", { for: "go-to" }, "Day"), day.field), h("span", { class: "clock-part" }, h("label", { for: "go-to-time" }, "Time"), time)),
    h("p", { class: "quiet" }, `By the clock in ${placeOf(zone)}. The clock only runs forward.`), wrong,
    h("button", { type: "submit", class: "button primary" }, "Go"));
  const close = hang(choose, form, "Go to a date");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!day.input.value || !time.value) return;
    const to = momentAt(day.input.value, time.value, zone);
    if (to < now()) wrong.textContent = "That is past already.";
    else {
      close();
      move({ to: to.toISOString() }, to);
    }
  });
  day.input.focus();
}

async function move(how, to) {
  if (under) return;
  under = { from: now(), to: new Date(to) };
  const focused = document.activeElement;
  redraw();
  try {
    await api.clock(how);
  } catch (refused) {
    notice(refused.message);
  } finally {
    under = null;
    await refresh();
    if (focused !== document.body && document.activeElement === document.body) focused.focus();
  }
}
