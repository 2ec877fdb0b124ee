// The elements that hold a choice or text. Each draws itself from what it holds now and keeps every change in the surface.

import { h } from "./dom.js";
import { dayField, settles } from "./calendar.js";
import { fieldKey, optionsOf, stateOf } from "./field-state.js";
import { textOf, wordsOf } from "./text.js";

/** Keep what the field holds now; the answer is that choice, as Slack sends it. */
function keep({ element, blockId, surface }, choice) {
  surface.values.set(fieldKey(blockId, element.action_id), { type: element.type, ...choice });
  return choice;
}

/** Keep a choice and tell the app; if the person thinks better of it, `undo` puts the field back. */
async function settle(drawn, choice, control, undo) {
  const before = held(drawn);
  keep(drawn, choice);
  if (await drawn.act(choice, control)) return;
  keep(drawn, before);
  undo(before);
}

const held = ({ element, blockId, surface }) => stateOf(surface, blockId, element);
const same = (one, other) => Boolean(one && other) && one.value === other.value;

/** The attributes that name a control, whether a label stands beside it or not. */
function named({ element, names }, extra = {}) {
  const spare = names.label || wordsOf(element.placeholder) || "Choose";
  return {
    id: names.id, "aria-label": names.labelled ? null : spare, "aria-describedby": names.describedby, "aria-required": names.required ? "true" : null,
    data: { field: names.field }, ...extra,
  };
}

// ---- writing --------------------------------------------------------------------------------------------------------

function textField(drawn, props = {}, tag = "input") {
  const { element, act } = drawn;
  const node = h(tag, {
    class: "field", ...named(drawn), placeholder: wordsOf(element.placeholder) || null, maxlength: element.max_length,
    autocomplete: "off", ...props,
  });
  node.value = held(drawn).value ?? "";
  if (element.focus_on_load) node.dataset.autofocus = "";
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer = null;
  node.addEventListener("input", () => {
    const choice = keep(drawn, { value: node.value || null });
    clearTimeout(timer);
    if (drawn.names.dispatch && when.includes("on_character_entered")) timer = setTimeout(() => act(choice, node), 350);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (drawn.names.dispatch && when.includes("on_enter_pressed") && !(element.multiline && event.shiftKey)) {
      event.preventDefault();
      act({ value: node.value || null }, node);
    }
  });
  return node;
}

const plainTextField = (drawn) => (
  drawn.element.multiline ? textField(drawn, { rows: 4 }, "textarea") : textField(drawn, { type: "text" })
);

const numberField = (drawn) => textField(drawn, {
  type: "text", inputmode: drawn.element.is_decimal_allowed ? "decimal" : "numeric", class: "field short",
});

// ---- choosing -------------------------------------------------------------------------------------------------------

function selectField(drawn, groups, chosen, choiceOf) {
  const { element } = drawn;
  const empty = h("option", { value: "" }, wordsOf(element.placeholder) || "Choose…");
  const node = h("select", { class: "field", ...named(drawn) }, empty, groups.map(({ label, options }) => {
    const rows = options.map((option) => h("option", { value: option.value, title: option.hint }, option.label));
    return label ? h("optgroup", { label }, rows) : rows;
  }));
  node.value = chosen ?? "";
  node.classList.toggle("unset", !node.value);
  node.addEventListener("change", () => {
    node.classList.toggle("unset", !node.value);
    settle(drawn, choiceOf(node.value), node, (before) => {
      node.value = before.selected_option?.value ?? before.selected_user ?? "";
    });
  });
  return h("span", { class: "select" }, node);
}

const groupsOf = (element) => element.option_groups ?? [{ label: null, options: element.options ?? [] }];

function staticSelect(drawn) {
  const { element } = drawn;
  const groups = groupsOf(element).map((group) => ({
    label: wordsOf(group.label), options: group.options.map((option) => ({
      value: option.value, label: wordsOf(option.text), hint: wordsOf(option.description) || null,
    })),
  }));
  const choiceOf = (value) => ({ selected_option: optionsOf(element).find((option) => option.value === value) ?? null });
  return selectField(drawn, groups, held(drawn).selected_option?.value, choiceOf);
}

function usersSelect(drawn) {
  const options = people(drawn).map(({ id, real_name: label }) => ({ value: id, label }));
  return selectField(drawn, [{ options }], held(drawn).selected_user, (value) => ({ selected_user: value || null }));
}

const people = ({ surface }) => surface.people().filter((person) => !person.deleted);

/** A group of boxes or dots; `row` is one option: {key, label, hint, on}. */
function group(drawn, kind, rows, changed) {
  const { names, element } = drawn;
  const radio = kind === "radio";
  const node = h("div", {
    class: rows.length > 10 ? "choices many" : "choices", role: radio ? "radiogroup" : "group", "aria-labelledby": names.labelled,
    ...named(drawn), "aria-required": radio && names.required ? "true" : null, "aria-label": names.labelled ? null : names.label || "Choose",
  });
  node.append(...rows.map((row, at) => {
    const id = `${names.id}-${at}`;
    const box = h("input", {
      type: kind, id, name: names.id, checked: row.on, data: { field: `${names.field}/${row.key}` },
      "aria-describedby": row.hint ? `${id}-hint` : null,
    });
    box.addEventListener("change", () => changed(box, row));
    const words = h("span", {}, h("label", { for: id }, row.label), row.hint ? h("small", { id: `${id}-hint` }, row.hint) : null);
    return h("div", { class: "choice" }, box, words);
  }));
  if (element.focus_on_load) node.querySelector("input")?.setAttribute("data-autofocus", "");
  return node;
}

const boxes = (node) => [...node.querySelectorAll("input")];

function radioButtons(drawn) {
  const { element, surface } = drawn;
  const now = held(drawn).selected_option;
  const rows = (element.options ?? []).map((option) => ({
    key: option.value, option, on: same(option, now), label: textOf(option.text, surface.reader), hint: optionHint(option, surface),
  }));
  const node = group(drawn, "radio", rows, (box, row) => settle(drawn, { selected_option: row.option }, box, (before) => {
    boxes(node).forEach((input, at) => { input.checked = same(rows[at].option, before.selected_option); });
  }));
  return node;
}

const optionHint = (option, surface) => (option.description ? textOf(option.description, surface.reader) : null);

/** Several of many: `options` with a key each; `choiceOf(those chosen)` is what Slack is sent. */
function severalOf(drawn, options, keys, choiceOf, keysOf) {
  const rows = options.map((option) => ({ ...option, on: keys.includes(option.key) }));
  const node = group(drawn, "checkbox", rows, (box) => {
    const chosen = rows.filter((_, at) => boxes(node)[at].checked);
    settle(drawn, choiceOf(chosen), box, (before) => {
      boxes(node).forEach((input, at) => { input.checked = keysOf(before).includes(rows[at].key); });
    });
  });
  return node;
}

function severalOptions(drawn) {
  const { element, surface } = drawn;
  const options = optionsOf(element).map((option) => ({
    key: option.value, option, label: textOf(option.text, surface.reader), hint: optionHint(option, surface),
  }));
  const keysOf = (state) => (state.selected_options ?? []).map((option) => option.value);
  const choiceOf = (rows) => ({ selected_options: rows.map((row) => row.option) });
  return severalOf(drawn, options, keysOf(held(drawn)), choiceOf, keysOf);
}

function severalPeople(drawn) {
  const options = people(drawn).map(({ id, real_name: label }) => ({ key: id, label }));
  const keysOf = (state) => state.selected_users ?? [];
  return severalOf(drawn, options, keysOf(held(drawn)), (rows) => ({ selected_users: rows.map((row) => row.key) }), keysOf);
}

// ---- days and times -------------------------------------------------------------------------------------------------

function datePicker(drawn) {
  const { element, names, surface } = drawn;
  const label = names.label || wordsOf(element.placeholder) || "Day";
  const { field, input } = dayField({
    props: { class: "field", ...named(drawn, names.labelled ? {} : { "aria-label": label }) },
    value: held(drawn).selected_date, today: surface.today, label,
    chosen: (day) => settle(drawn, { selected_date: day }, input, (before) => { input.value = before.selected_date ?? ""; }),
  });
  if (!names.labelled && element.placeholder) field.prepend(h("span", { class: "day-word", "aria-hidden": "true" }, label));
  return field;
}

function timePicker(drawn) {
  const { element, names } = drawn;
  const input = h("input", { type: "time", class: "field short", ...named(drawn) });
  if (!names.labelled) input.setAttribute("aria-label", names.label || wordsOf(element.placeholder) || "Time");
  input.value = held(drawn).selected_time ?? "";
  settles(input, () => settle(drawn, { selected_time: input.value || null }, input, (before) => {
    input.value = before.selected_time ?? "";
  }));
  return input;
}

export const FIELDS = {
  plain_text_input: plainTextField,
  number_input: numberField,
  email_text_input: (drawn) => textField(drawn, { type: "text", inputmode: "email" }),
  url_text_input: (drawn) => textField(drawn, { type: "text", inputmode: "url" }),
  static_select: staticSelect,
  users_select: usersSelect,
  radio_buttons: radioButtons,
  checkboxes: severalOptions,
  multi_static_select: severalOptions,
  multi_users_select: severalPeople,
  datepicker: datePicker,
  timepicker: timePicker,
};
