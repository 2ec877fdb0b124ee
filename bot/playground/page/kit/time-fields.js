// Days, times and moments.

import { dayField, settles } from "../ui/calendar.js";
import { dayOf, momentAt, placeOf, timeOf } from "../ui/dates.js";
import { h } from "../ui/dom.js";
import { held, named, settle } from "./field-kit.js";
import { wordsOf } from "../text/text.js";

/** A name for a picker that has no label: its place, or what it says while it is empty. */
const spoken = ({ element, names }, spare) => names.label || wordsOf(element.placeholder) || spare;

/** The words before a picker in a message or a section: its inputs have no room for a placeholder. */
function before({ element, names }, field) {
  const words = wordsOf(element.placeholder);
  if (!names.labelled && words) field.prepend(h("span", { class: "day-word", "aria-hidden": "true" }, words));
  return field;
}

function datePicker(drawn) {
  const { names, surface } = drawn;
  const label = spoken(drawn, "Day");
  const { field, input } = dayField({
    props: { class: "field", ...named(drawn, names.labelled ? {} : { "aria-label": label }) },
    value: held(drawn).selected_date, today: surface.today, label,
    chosen: (day) => settle(drawn, { selected_date: day }, input, (was) => { input.value = was.selected_date ?? ""; }),
  });
  if (drawn.element.focus_on_load) input.dataset.autofocus = "";
  return before(drawn, field);
}

function timePicker(drawn) {
  const { element, names } = drawn;
  const input = h("input", { type: "time", class: "field short", ...named(drawn, names.labelled ? {} : { "aria-label": spoken(drawn, "Time") }) });
  input.value = held(drawn).selected_time ?? "";
  if (element.focus_on_load) input.dataset.autofocus = "";
  settles(input, () => settle(drawn, { selected_time: input.value || null }, input, (was) => { input.value = was.selected_time ?? ""; }));
  const zone = element.timezone ? h("span", { class: "quiet" }, `${placeOf(element.timezone)} time`) : null;
  return before(drawn, h("span", { class: "time-field" }, input, zone));
}

/** A day and a time, which together name a moment in the reader's zone. */
function momentPicker(drawn) {
  const { names, surface } = drawn;
  const { zone } = surface.reader;
  const label = spoken(drawn, "Moment");
  const time = h("input", { type: "time", class: "field short", "aria-label": `${label}: time`, "aria-describedby": names.describedby, data: { field: `${names.field}/time` } });
  const { field, input: day } = dayField({
    props: { class: "field", ...named(drawn, { "aria-labelledby": null, "aria-label": `${label}: day` }) }, today: surface.today, label, chosen: () => changed(),
  });
  const show = ({ selected_date_time: seconds }) => {
    const at = seconds === null || seconds === undefined ? null : new Date(seconds * 1000);
    day.value = at ? dayOf(at, zone) : "";
    time.value = at ? timeOf(at, zone) : "";
  };
  const changed = () => {
    if (Boolean(day.value) !== Boolean(time.value)) return; // half a moment is none yet
    const at = day.value ? momentAt(day.value, time.value, zone).getTime() / 1000 : null;
    settle(drawn, { selected_date_time: at }, day, show);
  };
  settles(time, changed);
  show(held(drawn));
  return before(drawn, h("span", { class: "moment-field" }, field, time, h("span", { class: "quiet" }, `${placeOf(zone)} time`)));
}

export const TIME_FIELDS = { datepicker: datePicker, timepicker: timePicker, datetimepicker: momentPicker };
