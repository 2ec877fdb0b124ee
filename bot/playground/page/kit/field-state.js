// What the fields of a view hold, in the shape of Slack's `state.values`. Whether that may be sent is not for the page to say.

/** Where a field's state is kept: within one view a block id and an action id name it. */
export const fieldKey = (blockId, actionId) => `${blockId}/${actionId}`;

/** What each kind calls the value it holds, what it begins with (by the app), and with nothing. */
const HELD = {
  plain_text_input: ["value", "initial_value", null],
  number_input: ["value", "initial_value", null],
  email_text_input: ["value", "initial_value", null],
  url_text_input: ["value", "initial_value", null],
  rich_text_input: ["rich_text_value", "initial_value", null],
  file_input: ["files", "", []],
  static_select: ["selected_option", "initial_option", null],
  external_select: ["selected_option", "initial_option", null],
  radio_buttons: ["selected_option", "initial_option", null],
  multi_static_select: ["selected_options", "initial_options", []],
  multi_external_select: ["selected_options", "initial_options", []],
  checkboxes: ["selected_options", "initial_options", []],
  users_select: ["selected_user", "initial_user", null],
  multi_users_select: ["selected_users", "initial_users", []],
  channels_select: ["selected_channel", "initial_channel", null],
  multi_channels_select: ["selected_channels", "initial_channels", []],
  conversations_select: ["selected_conversation", "initial_conversation", null],
  multi_conversations_select: ["selected_conversations", "initial_conversations", []],
  datepicker: ["selected_date", "initial_date", null],
  timepicker: ["selected_time", "initial_time", null],
  datetimepicker: ["selected_date_time", "initial_date_time", null],
};

/** What `element` holds before anybody touched it; null for elements that hold nothing, such as buttons. */
export function startOf(element) {
  if (!HELD[element.type]) return null;
  const [name, begins, nothing] = HELD[element.type];
  return { type: element.type, [name]: element[begins] ?? nothing };
}

/** What `element` holds now: as the person left it, else as the playground knows it, else as the app put it. */
export function stateOf(surface, blockId, element) {
  const kept = surface.values.get(fieldKey(blockId, element.action_id));
  const given = surface.given()[blockId]?.[element.action_id];
  return [kept, given].find((state) => state?.type === element.type && offers(element, state)) ?? startOf(element);
}

/** What `element` lets a person choose from, groups and all. */
export function optionsOf(element) {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

function offers(element, kept) {
  if (element.type.includes("external")) return true; // only the app knows
  const chosen = kept.selected_options ?? (kept.selected_option ? [kept.selected_option] : []);
  return chosen.every((option) => optionsOf(element).some((one) => one.value === option.value));
}

/** Every block that holds fields, with its elements. */
function* fieldsOf(blocks) {
  for (const block of blocks) {
    const elements = block.type === "input" ? [block.element]
      : block.type === "actions" ? block.elements ?? []
      : block.type === "section" && block.accessory ? [block.accessory] : [];
    for (const element of elements) if (element && startOf(element)) yield [block, element];
  }
}

/** The whole of `state.values` for a view. */
export function stateValues(blocks, surface) {
  const all = {};
  for (const [block, element] of fieldsOf(blocks)) {
    (all[block.block_id] ??= {})[element.action_id] = stateOf(surface, block.block_id, element);
  }
  return all;
}
