// The elements that hold a choice or text, by Slack's names.

import { BOX_FIELDS } from "./box-fields.js";
import { CHOICE_FIELDS } from "./choice-fields.js";
import { h } from "../ui/dom.js";
import { named } from "./field-kit.js";
import { RICH_FIELDS } from "./rich-field.js";
import { TEXT_FIELDS } from "./text-fields.js";
import { TIME_FIELDS } from "./time-fields.js";

/** Files stay where they are: the playground takes none from people. */
const fileField = (drawn) => h("p", { class: "stranger", ...named(drawn), role: "note", "aria-required": null }, "Files cannot be chosen in the playground.");

export const FIELDS = { ...TEXT_FIELDS, ...BOX_FIELDS, ...CHOICE_FIELDS, ...TIME_FIELDS, ...RICH_FIELDS, file_input: fileField };
