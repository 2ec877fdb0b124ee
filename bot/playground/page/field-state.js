// What the fields of a view hold, in the shape of Slack's `state.values`. Whether that may be sent is not for the page to say.

/** Where a field's state is kept: within one view a block id and an action id name it. */
export const fieldKey = (blockId, actionId) => `${blockId}/${actionId}`;

const STARTS = {
  plain_text_input: (element) => ({ value: element.initial_value ?? null }),
  number_input: (element) => ({ value: element.initial_value ?? null }),
  email_text_input: (element) => ({ value: element.initial_value ?? null }),
  url_text_input: (element) => ({ value: element.initial_value ?? null }),
  static_select: (element) => ({ selected_option: element.initial_option ?? null }),
  radio_buttons: (element) => ({ selected_option: element.initial_option ?? null }),
  multi_static_select: (element) => ({ selected_options: element.initial_options ?? [] }),
  checkboxes: (element) => ({ selected_options: element.initial_options ?? [] }),
  users_select: (element) => ({ selected_user: element.initial_user ?? null }),
  multi_users_select: (element) => ({ selected_users: element.initial_users ?? [] }),
  datepicker: (element) => ({ selected_date: element.initial_date ?? null }),
  timepicker: (element) => ({ selected_time: element.initial_time ?? null }),
};

/** What `element` holds before anybody touched it; null for elements that hold nothing, such as buttons. */
export function startOf(element) {
  const start = STARTS[element.type];
  return start ? { type: element.type, ...start(element) } : null;
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
