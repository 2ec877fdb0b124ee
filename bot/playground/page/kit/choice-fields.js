// Menus: of the app's own options, of people, of conversations, and of what the app finds as one types.

import { combobox, fitting } from "../ui/combobox.js";
import { avatar, h } from "../ui/dom.js";
import { held, hintOf, named, settle } from "./field-kit.js";
import { wordsOf } from "../text/text.js";
import { world } from "../world.js";

const LEAST = 3; // letters before an external select asks, where the app does not say

/** A combobox for `drawn`. `rowsOf(held state)`: what is chosen; `choiceOf(rows)`: the same as Slack is sent it. */
function menu(drawn, { rows, rowsOf, choiceOf, several = false, wait = 0 }) {
  const { element, names } = drawn;
  const made = combobox({
    several, rows, wait, props: named(drawn), placeholder: wordsOf(element.placeholder) || (several ? "Choose some…" : "Choose…"),
    clearable: names.required === false, most: element.max_selected_items ?? Infinity, chosen: rowsOf(held(drawn)),
    changed: (chosen, input) => settle(drawn, choiceOf(chosen), input, (before) => made.put(rowsOf(before))),
  });
  if (element.focus_on_load) made.input.dataset.autofocus = "";
  return made.node;
}

// ---- options --------------------------------------------------------------------------------------------------------

const optionRow = (surface, group) => (option) => ({
  key: option.value, label: wordsOf(option.text, surface.reader), hint: hintOf(option, surface), group, option,
});

function optionRows({ options, option_groups: groups }, surface) {
  if (groups?.length) return groups.flatMap((group) => (group.options ?? []).map(optionRow(surface, wordsOf(group.label, surface.reader))));
  return (options ?? []).map(optionRow(surface));
}

/** How options are kept: one, or a list. */
const optionsKept = (surface, several) => (several
  ? { several, rowsOf: (state) => (state.selected_options ?? []).map(optionRow(surface)), choiceOf: (rows) => ({ selected_options: rows.map((row) => row.option) }) }
  : { several, rowsOf: (state) => [state.selected_option].filter(Boolean).map(optionRow(surface)), choiceOf: ([row]) => ({ selected_option: row?.option ?? null }) });

const staticMenu = (several) => (drawn) => {
  const rows = optionRows(drawn.element, drawn.surface);
  return menu(drawn, { ...optionsKept(drawn.surface, several), rows: (typed) => fitting(rows, typed) });
};

const externalMenu = (several) => (drawn) => {
  const { element, blockId, surface } = drawn;
  const least = element.min_query_length ?? LEAST;
  const ask = async (typed) => {
    try {
      return optionRows(await surface.options(blockId, element.action_id, typed), surface);
    } catch (refused) {
      return { note: refused.message };
    }
  };
  const rows = (typed) => (typed.length < least ? { note: `Type ${least === 1 ? "a letter" : `${least} letters`} to search.` } : ask(typed));
  return menu(drawn, { ...optionsKept(surface, several), rows, wait: 250 });
};

// ---- people and conversations ---------------------------------------------------------------------------------------

const personRow = ({ id, real_name: label, title }) => ({ key: id, label, hint: title || null, picture: () => avatar(id, label, "tiny") });

const unknown = (id) => ({ key: id, label: id });

/** A menu of things with ids. `all(surface, element)`: a row each; `field`: what Slack calls the choice. */
const idMenu = (all, field, several) => (drawn) => {
  const { element, surface } = drawn;
  const known = (id) => all(surface, {}).find((row) => row.key === id) ?? unknown(id);
  const keep = several
    ? { several, rowsOf: (state) => (state[field] ?? []).map(known), choiceOf: (rows) => ({ [field]: rows.map((row) => row.key) }) }
    : { several, rowsOf: (state) => [state[field]].filter(Boolean).map(known), choiceOf: ([row]) => ({ [field]: row?.key ?? null }) };
  return menu(drawn, { ...keep, rows: (typed) => fitting(all(surface, element), typed) });
};

const people = (surface) => surface.people().filter((person) => !person.deleted).map(personRow);

const roomRow = ({ id, name, kind, topic }) => ({
  key: id, label: name, hint: topic || null, picture: () => h("span", { class: "room-mark", "aria-hidden": "true" }, kind === "group" ? "🔒" : "#"),
});

const rooms = () => world.state?.channels ?? [];

const channels = () => rooms().filter(({ kind }) => kind === "channel").map(roomRow);

const KINDS = { channel: "public", group: "private", im: "im", mpim: "mpim" };

/** The rooms, and the reader's own direct messages, as far as the element's filter lets them in. */
function conversations(surface, { filter }) {
  const wanted = ({ kind }) => !filter?.include || filter.include.includes(KINDS[kind]);
  const own = (surface.pane?.conversations ?? world.view?.conversations ?? []).filter(({ kind }) => kind === "im" || kind === "mpim");
  const direct = own.filter(wanted).map((one) => ({ key: one.channel, label: one.name || namesIn(one, surface), group: "Direct messages" }));
  return [...rooms().filter(wanted).map((room) => ({ ...roomRow(room), group: "Channels" })), ...direct];
}

const namesIn = ({ members, channel }, { reader }) => (
  (members ?? []).filter((id) => id !== reader.me).map((id) => reader.nameOf(id) || id).join(", ") || channel);

export const CHOICE_FIELDS = {
  static_select: staticMenu(false),
  multi_static_select: staticMenu(true),
  external_select: externalMenu(false),
  multi_external_select: externalMenu(true),
  users_select: idMenu(people, "selected_user", false),
  multi_users_select: idMenu(people, "selected_users", true),
  channels_select: idMenu(channels, "selected_channel", false),
  multi_channels_select: idMenu(channels, "selected_channels", true),
  conversations_select: idMenu(conversations, "selected_conversation", false),
  multi_conversations_select: idMenu(conversations, "selected_conversations", true),
};
