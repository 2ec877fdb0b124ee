// Block Kit's interactive elements. A surface (a message, a home view, a form) says what a change or a click means.
//
// surface: {id, reader, people(), values: Map, act(blockId, actionId, choice, control), options(blockId, actionId, typed), today()}

import { h, icon, ICONS } from "../ui/dom.js";
import { ask } from "./confirm.js";
import { FIELDS } from "./fields.js";
import { openMenu } from "../ui/menu.js";
import { safe, textOf, wordsOf } from "../text/text.js";

/** Draw `element` of `block`; `naming` ({id, label, describedby, required}) comes from the block around it. */
export function elementNode(element, block, surface, naming = {}) {
  const { block_id: blockId } = block;
  const field = `${surface.id}/${blockId}/${element.action_id}`;
  const names = { label: "", dispatch: true, ...naming, field, id: naming.id ?? fieldId(surface, block, element) };
  const act = async (choice, control) => {
    if (!names.dispatch) return true;
    if (element.confirm && !(await ask(element.confirm, surface.reader))) return false;
    surface.act(blockId, element.action_id, choice, control);
    return true;
  };
  const drawn = { element, blockId, surface, names, act };
  if (element.type === "button" || element.type === "workflow_button") return buttonNode(drawn);
  if (element.type === "overflow") return overflowNode(drawn);
  if (element.type === "image") return imageNode(element);
  return FIELDS[element.type]?.(drawn) ?? strangerNode(element);
}

/** A DOM id that is the same each time the same field is drawn. */
export function fieldId(surface, block, element) {
  return `f-${surface.id}-${block.block_id}-${element.action_id}`.replace(/[^\w-]+/g, "_");
}

function buttonNode({ element, names, act, surface }) {
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const shared = {
    class: `button ${style}`, id: names.id, "aria-label": element.accessibility_label ?? null, data: { field: names.field },
  };
  const label = textOf(element.text, surface.reader);
  if (safe(element.url)) {
    const props = { ...shared, href: element.url, target: "_blank", rel: "noopener noreferrer" };
    const node = h("a", props, h("span", {}, label), icon(ICONS.out));
    node.addEventListener("click", async (event) => {
      if (element.confirm) event.preventDefault(); // the question comes before the journey
      if (await act({}, node) && element.confirm) open(element.url, "_blank", "noopener");
    });
    return node;
  }
  const node = h("button", { type: "button", ...shared }, h("span", {}, label));
  node.addEventListener("click", () => act({}, node));
  return node;
}

function overflowNode({ element, names, act, surface }) {
  const button = h("button", {
    type: "button", class: "button square", id: names.id, "aria-label": names.label || "More", "aria-haspopup": "menu", "aria-expanded": "false",
    data: { field: names.field },
  }, icon(ICONS.more));
  const choose = (option) => {
    if (safe(option.url)) open(option.url, "_blank", "noopener");
    act({ selected_option: option }, button);
  };
  button.addEventListener("click", () => openMenu(button, "More", (element.options ?? []).map((option) => ({
    label: textOf(option.text, surface.reader), hint: option.description ? textOf(option.description, surface.reader) : null, pick: () => choose(option),
  }))));
  return button;
}

/** Where a picture is: at an address, or among the playground's own files. */
const pictureAt = ({ image_url: url, slack_file: file }) => url ?? (file?.id ? `/playground/files/${encodeURIComponent(file.id)}` : file?.url ?? "");

/** A picture, if it comes from here or with the message itself: the page asks nobody else for anything. */
export function imageNode(element, big = false) {
  const url = pictureAt(element).replace(new RegExp(`^${location.origin}/`), "/");
  const alt = element.alt_text ?? "";
  if (/^(data:image\/|\/(?!\/))/.test(url)) return h("img", { class: big ? "picture" : "thumb", src: url, alt, loading: "lazy" });
  const inside = [icon(ICONS.picture), big ? h("span", {}, alt || "A picture") : null];
  if (big && safe(url)) return h("a", { class: "picture elsewhere", href: url, target: "_blank", rel: "noopener noreferrer" }, inside);
  return h("span", { class: big ? "picture elsewhere" : "thumb elsewhere", role: "img", "aria-label": alt || "A picture", title: alt }, inside);
}

function strangerNode(element) {
  const words = wordsOf(element.text) || wordsOf(element.placeholder) || element.accessibility_label || element.type;
  return h("span", { class: "stranger", title: `The playground does not draw “${element.type}” yet.` }, words);
}
