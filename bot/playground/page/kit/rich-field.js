// rich_text_input: a small editor. What is written is kept as Slack's rich_text.

import { h } from "../ui/dom.js";
import { held, keep, named } from "./field-kit.js";
import { richText } from "../text/rich.js";
import { wordsOf } from "../text/text.js";

const TOOLS = [
  ["Bold", "bold", "B"], ["Italic", "italic", "I"], ["Strikethrough", "strikeThrough", "S"],
  ["Bulleted list", "insertUnorderedList", "•"], ["Numbered list", "insertOrderedList", "1."],
];

function richField(drawn) {
  const { element, names, surface } = drawn;
  const editor = h("div", {
    ...named(drawn), class: "field rich-editor text", contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-labelledby": names.labelled,
    data: { field: names.field, placeholder: wordsOf(element.placeholder) },
  });
  const started = held(drawn).rich_text_value;
  if (started) editor.append(richText(started, surface.reader));
  if (element.focus_on_load) editor.dataset.autofocus = "";
  editor.addEventListener("input", () => keep(drawn, { rich_text_value: richTextIn(editor) }));
  editor.addEventListener("paste", pasted);
  return h("div", { class: "rich-field" }, toolbar(editor), editor);
}

/** Only words come in from elsewhere. */
function pasted(event) {
  event.preventDefault();
  document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
}

function toolbar(editor) {
  const buttons = TOOLS.map(([name, command, sign], at) => h("button", {
    type: "button", class: `tool ${command}`, "aria-label": name, title: name, tabindex: at ? -1 : 0, "aria-pressed": "false",
    on: { mousedown: (event) => event.preventDefault(), click: () => press(editor, command) },
  }, sign));
  const bar = h("div", { class: "rich-tools", role: "toolbar", "aria-label": "Formatting" }, buttons);
  bar.addEventListener("keydown", (event) => walk(event, buttons));
  const draw = () => TOOLS.forEach(([, command], at) => {
    buttons[at].setAttribute("aria-pressed", String(editor.contains(document.activeElement) && document.queryCommandState(command)));
  });
  for (const event of ["keyup", "mouseup", "input", "focus", "blur"]) editor.addEventListener(event, draw);
  return bar;
}

function press(editor, command) {
  editor.focus();
  document.execCommand(command);
}

function walk(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const to = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
  buttons.forEach((button, at) => { button.tabIndex = at === to ? 0 : -1; });
  buttons[to].focus();
}

// ---- from what the browser made of it to rich_text ------------------------------------------------------------------

const STYLES = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };
const BREAKS = new Set(["DIV", "P", "BR"]);

/** What stands in `editor` as a rich_text block; null where there is nothing. */
export function richTextIn(editor) {
  const elements = [];
  let section = null;
  const leafOf = (leaf) => {
    if (!section) elements.push((section = { type: "rich_text_section", elements: [] }));
    add(section.elements, leaf);
  };
  walkNodes(editor, {}, leafOf, (list, indent) => {
    section = null;
    elements.push(...listsIn(list, indent));
  });
  for (const element of elements) if (element.type === "rich_text_section") trim(element.elements);
  const kept = elements.filter((element) => element.elements.length);
  return kept.length ? { type: "rich_text", elements: kept } : null;
}

function walkNodes(parent, style, leafOf, listOf) {
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) leafOf({ text: node.data.replaceAll("\u00a0", " "), style });
    else if (/^[UO]L$/.test(node.tagName)) listOf(node, 0);
    else {
      if (BREAKS.has(node.tagName) && node.previousSibling) leafOf({ text: "\n", style: {} });
      const name = STYLES[node.tagName];
      walkNodes(node, name ? { ...style, [name]: true } : style, leafOf, listOf);
    }
  }
}

function listsIn(list, indent) {
  const made = [];
  let open = null;
  for (const row of list.children) {
    const leaves = [];
    const deeper = [];
    walkNodes(row, {}, (leaf) => add(leaves, leaf), (inner) => deeper.push(inner));
    if (/^[UO]L$/.test(row.tagName)) deeper.push(row);
    if (leaves.length) {
      if (!open) made.push((open = { type: "rich_text_list", style: list.tagName === "OL" ? "ordered" : "bullet", indent, elements: [] }));
      open.elements.push({ type: "rich_text_section", elements: leaves });
    }
    for (const inner of deeper) made.push(...listsIn(inner, indent + 1));
    if (deeper.length) open = null;
  }
  return made;
}

/** Add a leaf; one of the same style goes on where the last ended. */
function add(leaves, { text, style }) {
  if (!text) return;
  const last = leaves.at(-1);
  if (last && JSON.stringify(last.style ?? {}) === JSON.stringify(style)) last.text += text;
  else leaves.push({ type: "text", text, ...(Object.keys(style).length ? { style } : {}) });
}

function trim(leaves) {
  while (leaves.length && !leaves.at(-1).text.trim()) leaves.pop();
}

export const RICH_FIELDS = { rich_text_input: richField };
