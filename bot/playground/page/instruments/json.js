// JSON for reading: indented, coloured, with some places marked.

import { h } from "../ui/dom.js";

/** `value` as a `<pre>`; `marked`: JSON pointers of what is wrong in it. */
export function jsonNode(value, label, marked = new Set()) {
  return h("pre", { class: "json", tabindex: 0, role: "region", "aria-label": label }, h("code", {}, written(value, "", "", marked)));
}

function written(value, indent, path, marked) {
  const node = Array.isArray(value) ? list(value, indent, path, marked)
    : value && typeof value === "object" ? object(value, indent, path, marked)
    : h("span", { class: `json-${value === null ? "null" : typeof value}` }, JSON.stringify(value) ?? "null");
  return marked.has(path) && path ? h("mark", {}, node) : node;
}

function list(values, indent, path, marked) {
  if (!values.length) return h("span", {}, "[]");
  const deeper = `${indent}  `;
  return h("span", {}, "[\n", values.map((one, at) => [deeper, written(one, deeper, `${path}/${at}`, marked), at < values.length - 1 ? ",\n" : "\n"]), `${indent}]`);
}

function object(value, indent, path, marked) {
  const pairs = Object.entries(value);
  if (!pairs.length) return h("span", {}, "{}");
  const deeper = `${indent}  `;
  return h("span", {}, "{\n", pairs.map(([name, one], at) => [
    deeper, h("span", { class: "json-key" }, JSON.stringify(name)), ": ", written(one, deeper, `${path}/${name}`, marked), at < pairs.length - 1 ? ",\n" : "\n",
  ]), `${indent}}`);
}
