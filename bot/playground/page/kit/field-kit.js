// What every field does alike: it keeps each change in its surface, and tells the app where that is asked for.
//
// drawn: {element, blockId, surface, names, act}: an element, where it stands, what it is called, and how the app is told.

import { fieldKey, stateOf } from "./field-state.js";
import { wordsOf } from "../text/text.js";

/** Keep what the field holds now; the answer is that choice, as Slack sends it. */
export function keep({ element, blockId, surface }, choice) {
  surface.values.set(fieldKey(blockId, element.action_id), { type: element.type, ...choice });
  return choice;
}

/** Keep a choice and tell the app; if the person thinks better of it, `undo` puts the field back. */
export async function settle(drawn, choice, control, undo) {
  const before = held(drawn);
  keep(drawn, choice);
  if (await drawn.act(choice, control)) return;
  keep(drawn, before);
  undo(before);
}

/** What the field holds now. */
export const held = ({ element, blockId, surface }) => stateOf(surface, blockId, element);

/** The attributes that name a control, whether a label stands beside it or not. */
export function named({ element, names }, extra = {}) {
  const spare = names.label || wordsOf(element.placeholder) || "Choose";
  return {
    id: names.id, "aria-label": names.labelled ? null : spare, "aria-describedby": names.describedby, "aria-required": names.required ? "true" : null,
    data: { field: names.field }, ...extra,
  };
}

/** A short line under a choice, if the option has one. */
export const hintOf = (option, surface) => wordsOf(option.description, surface.reader) || null;
