// A day field: the browser's own date input to type in, with a calendar of ours that opens on the playground's today.

import { h, icon, ICONS } from "./dom.js";
import { hang } from "./popover.js";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DAY = 24 * 60 * 60 * 1000;

const iso = (at) => at.toISOString().slice(0, 10);
const shifted = (day, days) => iso(new Date(Date.parse(day) + days * DAY));

function monthShifted(day, months) {
  const at = new Date(Date.parse(day));
  const target = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(at.getUTCDate(), last));
  return iso(target);
}

/**
 * A date input with a calendar button. `today()` is the day by the playground's clock; `chosen(day)` is called when a day is
 * settled: picked, or typed and left (not for each half-typed year).
 */
export function dayField({ props, value, today, chosen, label }) {
  const input = h("input", { type: "date", max: "9999-12-31", ...props });
  input.value = value ?? "";
  settles(input, () => chosen(input.value || null));
  const button = h("button", {
    type: "button", class: "field-button", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": "Open calendar",
  }, icon(ICONS.calendar));
  button.addEventListener("click", () => {
    const close = hang(button, calendar(input.value, today(), (day) => {
      close();
      input.value = day;
      input.focus();
      chosen(day);
    }), `Calendar: ${label}`);
    document.querySelector(".calendar [tabindex='0']")?.focus();
  });
  const field = h("span", { class: "day-field" }, input, button);
  return { field, input };
}

/** Call `done` when a typed value is settled: at once if it came whole, on Enter or on leaving if it was typed by key. */
export function settles(input, done) {
  let typing = false;
  let owed = false;
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && owed) {
      owed = false;
      done();
    } else if (event.key !== "Tab") typing = true;
  });
  input.addEventListener("change", () => {
    if (typing) owed = true;
    else done();
  });
  input.addEventListener("blur", () => {
    typing = false;
    if (!owed) return;
    owed = false;
    done();
  });
}

function calendar(chosen, today, pick) {
  const panel = h("div", { class: "calendar", role: "dialog" });
  let shown = chosen || today;
  const draw = (focus) => {
    const month = new Date(Date.parse(shown));
    const title = `${MONTHS[month.getUTCMonth()]} ${month.getUTCFullYear()}`;
    const turn = (months, name, path) => h("button", {
      type: "button", class: "icon-button", "aria-label": name, on: { click: () => { shown = monthShifted(shown, months); draw(false); } },
    }, icon(path));
    panel.replaceChildren(
      h("div", { class: "calendar-head" }, turn(-1, "Previous month", ICONS.left), h("strong", { "aria-live": "polite" }, title),
        turn(1, "Next month", ICONS.right)),
      h("table", { role: "grid", "aria-label": title }, h("thead", {}, h("tr", {}, WEEKDAYS.map((name) => (
        h("th", { scope: "col", abbr: name }, name.slice(0, 2)))))), h("tbody", {}, weeks(month).map((week) => (
        h("tr", {}, week.map((day) => h("td", {}, day && dayButton(day))))))),
      ),
    );
    if (focus) panel.querySelector("[tabindex='0']").focus();
  };
  const dayButton = (day) => h("button", {
    type: "button", tabindex: day === shown ? 0 : -1, class: day === chosen ? "chosen" : null,
    "aria-current": day === today ? "date" : null, "aria-label": spoken(day), on: { click: () => pick(day) },
  }, String(Number(day.slice(8))));
  panel.addEventListener("keydown", (event) => {
    const moved = stepped(shown, event);
    if (!moved || !event.target.closest("td")) return;
    event.preventDefault();
    shown = moved;
    draw(true);
  });
  draw(false);
  return panel;
}

function stepped(day, event) {
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (days) return shifted(day, days);
  const months = { PageUp: -1, PageDown: 1 }[event.key];
  return months ? monthShifted(day, event.shiftKey ? months * 12 : months) : null;
}

function weeks(month) {
  const first = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1));
  const length = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
  const cells = Array((first.getUTCDay() + 6) % 7).fill(null);
  for (let day = 0; day < length; day += 1) cells.push(iso(new Date(first.getTime() + day * DAY)));
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7));
}

function spoken(day) {
  const at = new Date(Date.parse(day));
  return `${WEEKDAYS[(at.getUTCDay() + 6) % 7]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}
