// What the fields of a view hold, in the shape of Slack's `state.values`, and what Slack itself would refuse to send.

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

/** What `element` holds now: as the person left it, else as the app put it. */
export function stateOf(blockId, element, values) {
  const kept = values.get(fieldKey(blockId, element.action_id));
  return kept?.type === element.type ? kept : startOf(element);
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
export function stateValues(blocks, values) {
  const all = {};
  for (const [block, element] of fieldsOf(blocks)) {
    (all[block.block_id] ??= {})[element.action_id] = stateOf(block.block_id, element, values);
  }
  return all;
}

/** {block id: sentence} for what Slack's own client would not send. */
export function refusals(blocks, values) {
  const errors = {};
  for (const [block, element] of fieldsOf(blocks)) {
    if (block.type !== "input") continue;
    const sentence = refusal(block, element, stateOf(block.block_id, element, values));
    if (sentence) errors[block.block_id] = sentence;
  }
  return errors;
}

function refusal(block, element, state) {
  const held = Object.entries(state).find(([name]) => name !== "type")[1];
  const empty = held === null || held === "" || (Array.isArray(held) && held.length === 0);
  if (empty) return block.optional ? null : "Please fill this in.";
  if (element.type === "number_input") return numberRefusal(element, held);
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+$/.test(held)) return "Please write an e-mail address.";
  if (element.type === "url_text_input" && !/^https?:\/\/\S+$/i.test(held)) return "Please write an address that starts with https://.";
  if (element.min_length && held.length < element.min_length) return `Please write at least ${element.min_length} characters.`;
  if (element.max_length && held.length > element.max_length) return `Please write at most ${element.max_length} characters.`;
  if (element.max_selected_items && held.length > element.max_selected_items) {
    return `Please choose at most ${element.max_selected_items}.`;
  }
  return null;
}

function numberRefusal(element, held) {
  const number = Number(held);
  if (Number.isNaN(number)) return "Please write a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please write a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value)) return `Please write ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value)) return `Please write ${element.max_value} or less.`;
  return null;
}
