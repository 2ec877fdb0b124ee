// The list that opens under a combobox: rows to choose from, in groups, or a note in their place. The focus stays in the input.

import { h, icon } from "./dom.js";
import { place } from "./popover.js";
import { SIGNS } from "./signs.js";

let count = 0;

/** A row: {key, label, hint?, group?, picture?}. `picked(row)` is called when one is pointed at and pressed. */
export class Listbox {
  constructor({ anchor, input, several, picked }) {
    Object.assign(this, { anchor, input, picked, rows: [], at: -1, shown: false });
    this.id = `choices-${(count += 1)}`;
    this.list = h("ul", { role: "listbox", id: this.id, "aria-label": "Choices", "aria-multiselectable": several ? "true" : null, class: "list-rows" });
    this.note = h("p", { class: "list-note" });
    this.panel = h("div", { class: "list hanging", popover: "manual" }, this.list, this.note);
    this.panel.addEventListener("pointerdown", (event) => event.preventDefault()); // the input keeps the focus
  }

  open() {
    if (this.shown) return;
    this.shown = true;
    (this.anchor.closest("dialog, [popover]") ?? document.body).append(this.panel);
    this.panel.style.width = `${Math.max(this.anchor.offsetWidth, 224)}px`;
    this.panel.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", this.id);
    this.follow();
  }

  /** Stay with the anchor as it scrolls; go when it goes. */
  follow() {
    if (!this.shown) return;
    if (!this.anchor.isConnected) {
      this.close();
      return;
    }
    place(this.anchor, this.panel);
    requestAnimationFrame(() => this.follow());
  }

  close() {
    this.shown = false;
    this.panel.remove();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-controls");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Show these rows; where there are none, the note. `isOn(row)` tells which are chosen; `at` which is highlighted. */
  show(rows, { isOn, at = 0, note = "" }) {
    this.rows = rows;
    this.list.hidden = rows.length === 0;
    this.note.hidden = !note;
    this.note.textContent = note;
    this.list.replaceChildren(...grouped(rows.map((row, index) => [row, this.rowNode(row, index, isOn(row))])));
    this.highlight(rows.length ? Math.max(0, Math.min(at, rows.length - 1)) : -1);
  }

  rowNode(row, index, on) {
    return h("li", {
      role: "option", id: `${this.id}-${index}`, "aria-selected": String(on), class: "list-row", on: { click: () => this.picked(row) },
    }, row.picture?.() ?? null, h("span", { class: "list-words" }, h("span", {}, row.label), row.hint ? h("small", {}, row.hint) : null),
    on ? icon(SIGNS.check) : null);
  }

  highlight(at) {
    this.at = at;
    const options = [...this.list.querySelectorAll("[role=option]")];
    options.forEach((option, index) => option.classList.toggle("current", index === at));
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.id}-${at}`);
    options[at]?.scrollIntoView({ block: "nearest" });
  }

  step(by) {
    if (this.rows.length) this.highlight((this.at + by + this.rows.length) % this.rows.length);
  }

  get current() {
    return this.rows[this.at] ?? null;
  }
}

/** Nodes, with those of one group gathered under its name. */
function grouped(pairs) {
  const nodes = [];
  let open = null;
  for (const [{ group }, node] of pairs) {
    if (!group) nodes.push(node);
    else {
      if (open?.name !== group) nodes.push((open = { name: group, node: groupNode(group) }).node);
      open.node.append(node);
    }
  }
  return nodes;
}

const groupNode = (name) => h("ul", { role: "group", "aria-label": name }, h("li", { role: "presentation", class: "list-group" }, name));
