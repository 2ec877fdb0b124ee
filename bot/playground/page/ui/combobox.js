// A field to choose one or several of many: type to narrow, arrows to walk, Enter to choose, Escape to leave.

import { h, icon, ICONS } from "./dom.js";
import { Listbox } from "./listbox.js";

/**
 * Make one. `props`: the input's attributes; `rows(typed)`: rows ({key, label, …}) that fit, or a promise of them, or
 * {note} where there is a word to say instead; `chosen`: the rows that are chosen; `changed(chosen, input)`: told at each change.
 * `most`: how many at the most; `clearable`: whether nothing may be chosen again; `wait`: ms after the last key before asking.
 */
export const combobox = (spec) => new Combobox(spec);

class Combobox {
  constructor({ several = false, most = Infinity, wait = 0, ...spec }) {
    Object.assign(this, spec, { several, most, wait, typed: "", asked: 0, timer: null });
    this.input = h("input", {
      type: "text", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-haspopup": "listbox", autocomplete: "off", spellcheck: "false",
      ...spec.props, class: "combo-input",
    });
    this.chips = several ? h("ul", { class: "chips", "aria-label": "Chosen" }) : null;
    this.clear = spec.clearable && !several ? h("button", { type: "button", class: "field-button combo-clear", "aria-label": "Clear choice" }, icon(ICONS.close)) : null;
    this.status = h("span", { class: "unseen", role: "status" });
    this.node = h("span", { class: several ? "combo field several" : "combo field" }, this.chips, this.input, this.clear, icon(ICONS.down, "icon combo-caret"), this.status);
    this.list = new Listbox({ anchor: this.node, input: this.input, several, picked: (row) => this.pick(row) });
    this.listen();
    this.draw();
  }

  listen() {
    this.node.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) return;
      if (event.target !== this.input) event.preventDefault();
      this.input.focus();
      if (this.list.shown && !this.typed) this.leave();
      else this.look("");
    });
    this.input.addEventListener("input", () => {
      this.typed = this.input.value;
      clearTimeout(this.timer);
      if (this.wait) {
        this.list.show([], { isOn: () => false, note: "Looking…" }); // what was found for less is not to be chosen by mistake
        this.timer = setTimeout(() => this.look(this.typed), this.wait);
      } else this.look(this.typed);
    });
    this.input.addEventListener("keydown", (event) => !event.isComposing && this.key(event));
    this.input.addEventListener("blur", () => this.leave());
    this.clear?.addEventListener("click", () => {
      this.choose([]);
      this.input.focus();
    });
  }

  key(event) {
    const act = KEYS[event.key];
    if (act?.call(this, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** Ask for the rows that fit and show them; a late answer to an earlier question is dropped. */
  look(typed) {
    clearTimeout(this.timer);
    const asked = (this.asked += 1);
    const found = this.rows(typed);
    this.list.open();
    if (!(found instanceof Promise)) {
      this.offer(found);
      return;
    }
    this.list.show([], { isOn: () => false, note: "Looking…" });
    this.node.setAttribute("aria-busy", "true");
    found.then((rows) => {
      if (asked !== this.asked) return;
      this.node.removeAttribute("aria-busy");
      this.offer(rows);
    });
  }

  /** Show rows, or the word that stands in their place. */
  offer(found) {
    const rows = Array.isArray(found) ? found : [];
    const note = found.note ?? (rows.length ? "" : "Nothing fits.");
    const first = rows.findIndex((row) => this.isOn(row));
    this.list.show(rows, { isOn: (row) => this.isOn(row), at: this.several || this.typed ? 0 : Math.max(first, 0), note });
    this.status.textContent = note || `${rows.length} ${rows.length === 1 ? "choice" : "choices"}`;
  }

  isOn(row) {
    return this.chosen.some((one) => one.key === row.key);
  }

  pick(row) {
    if (!this.several) {
      this.list.close();
      this.choose([row]);
      return;
    }
    if (!this.isOn(row) && this.chosen.length >= this.most) {
      this.status.textContent = `No more than ${this.most}.`;
      return;
    }
    this.choose(this.isOn(row) ? this.chosen.filter((one) => one.key !== row.key) : [...this.chosen, row]);
    if (this.node.isConnected) this.look("");
  }

  choose(rows) {
    this.chosen = rows;
    this.typed = "";
    this.draw();
    this.changed(rows, this.input);
  }

  /** Take back a choice that the person thought better of. */
  put(rows) {
    this.chosen = rows;
    this.draw();
  }

  /** Close the list. What was typed without choosing goes; an emptied field is a choice of nothing, where that may be. */
  leave() {
    this.asked += 1;
    clearTimeout(this.timer);
    this.node.removeAttribute("aria-busy");
    const emptied = !this.several && this.clearable && this.chosen.length && this.input.value === "";
    if (this.list.shown) this.list.close();
    this.typed = "";
    if (emptied) this.choose([]);
    else this.draw();
  }

  draw() {
    this.input.value = this.several ? "" : this.chosen[0]?.label ?? "";
    this.input.placeholder = this.several && this.chosen.length ? "" : this.placeholder;
    if (this.clear) this.clear.hidden = this.chosen.length === 0;
    if (!this.chips) return;
    const keys = this.chosen.map((row) => row.key).join("\n");
    if (this.chips.dataset.keys === keys) return; // a chip under the pointer or with the focus stays
    this.chips.dataset.keys = keys;
    this.chips.hidden = this.chosen.length === 0;
    this.chips.replaceChildren(...this.chosen.map((row) => this.chip(row)));
  }

  chip(row) {
    const gone = () => {
      this.choose(this.chosen.filter((one) => one.key !== row.key));
      this.input.focus();
    };
    return h("li", { class: "chip" }, h("span", {}, row.label),
      h("button", { type: "button", class: "chip-x", "aria-label": `Remove ${row.label}`, on: { click: gone } }, icon(ICONS.close)));
  }
}

// What a key does; true where it is ours alone.
const KEYS = {
  ArrowDown() { return this.list.shown ? (this.list.step(1), true) : (this.look(this.typed), true); },
  ArrowUp() { return this.list.shown ? (this.list.step(-1), true) : (this.look(this.typed), true); },
  Home() { return this.list.shown && !this.typed && (this.list.highlight(0), true); },
  End() { return this.list.shown && !this.typed && (this.list.highlight(this.list.rows.length - 1), true); },
  Enter() {
    if (!this.list.shown) this.look(this.typed);
    else if (this.list.current) this.pick(this.list.current);
    return true;
  },
  Escape() {
    if (!this.list.shown && !this.typed) return false;
    this.leave();
    return true;
  },
  Backspace() {
    if (!this.several || this.input.value || !this.chosen.length) return false;
    this.choose(this.chosen.slice(0, -1));
    return true;
  },
};

/** The rows that hold every typed word, in any order. */
export function fitting(rows, typed) {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => words.every((word) => `${row.label} ${row.hint ?? ""} ${row.group ?? ""}`.toLowerCase().includes(word)));
}
