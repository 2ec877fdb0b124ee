// The list of all that passed between the app and Slack, newest on top.

import { h } from "../ui/dom.js";
import { troubled } from "./entry.js";
import { entryDetail, entryRow } from "./entry-view.js";
import { instruments } from "./api.js";

const KEPT = 2000; // entries
const SHOWN = 300; // rows
const KINDS = [["all", "All", () => true], ["calls", "Calls", (one) => one.kind === "call"], ["sent", "Sent", (one) => one.kind === "sent"], ["problems", "Problems", troubled]];

export class Traffic {
  constructor() {
    Object.assign(this, { entries: [], last: 0, fetching: false, again: false, kind: "all", words: "", open: null });
    this.list = h("ol", { class: "entries", reversed: true, "aria-label": "Entries" });
    this.none = h("p", { class: "quiet entries-none" });
    this.count = h("span", { class: "quiet", role: "status" });
    this.detail = h("div", { class: "detail-place", hidden: true, role: "region", "aria-label": "Details" });
    this.node = h("div", { class: "traffic" }, this.filters(), this.none, this.list, this.detail);
    this.list.addEventListener("keydown", (event) => this.walk(event));
    this.rebuild();
  }

  filters() {
    const search = h("input", { type: "search", class: "field", placeholder: "Filter by name or content", "aria-label": "Filter", autocomplete: "off", spellcheck: "false" });
    search.addEventListener("input", () => {
      this.words = search.value;
      this.rebuild();
    });
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !search.value) return;
      event.preventDefault();
      search.value = this.words = "";
      this.rebuild();
    });
    const kinds = KINDS.map(([id, name]) => h("label", { class: "kind" }, h("input", {
      type: "radio", name: "kind", value: id, checked: id === this.kind, on: { change: () => { this.kind = id; this.rebuild(); } },
    }), h("span", {}, name)));
    return h("div", { class: "traffic-filters" }, h("fieldset", { class: "kinds" }, h("legend", { class: "unseen" }, "Show"), kinds), this.count, search);
  }

  /** Fetch what happened since the last look, and show it. */
  async draw() {
    this.again = this.fetching; // what comes meanwhile is looked for once more
    if (this.fetching) return;
    this.fetching = true;
    try {
      const { entries } = await instruments.journal(this.last);
      this.take(entries.filter((one) => one.n > this.last));
    } catch {
      // The next change brings another look; the page's banner says if the playground is away.
    } finally {
      this.fetching = false;
    }
    if (this.again) await this.draw();
  }

  take(fresh) {
    if (!fresh.length) return;
    this.last = fresh.at(-1).n;
    this.entries.push(...fresh);
    this.entries.splice(0, Math.max(0, this.entries.length - KEPT));
    const rows = fresh.filter((one) => this.fits(one)).slice(-SHOWN).reverse().map((one) => this.row(one));
    this.list.prepend(...rows);
    while (this.list.childElementCount > SHOWN) this.list.lastElementChild.remove();
    this.settle();
  }

  /** Everything is begun anew: what was written down is gone. */
  forget() {
    Object.assign(this, { entries: [], last: 0 });
    this.closeDetail();
    this.rebuild();
  }

  fits(entry) {
    const [, , kindFits] = KINDS.find(([id]) => id === this.kind);
    return kindFits(entry) && this.words.trim().toLowerCase().split(/\s+/).every((word) => textOf(entry).includes(word));
  }

  row(entry) {
    const row = entryRow(entry, (one) => this.show(one));
    if (this.open === entry.n) row.firstChild.setAttribute("aria-pressed", "true");
    return row;
  }

  rebuild() {
    this.list.replaceChildren(...this.entries.filter((one) => this.fits(one)).slice(-SHOWN).reverse().map((one) => this.row(one)));
    this.settle();
  }

  settle() {
    const shown = this.list.childElementCount;
    this.none.hidden = shown > 0;
    this.none.textContent = this.entries.length ? "Nothing fits this filter." : "Nothing has passed between the app and Slack yet.";
    this.count.replaceChildren(`${shown}${shown === SHOWN ? "+" : ""}`, h("span", { class: "unseen" }, " shown"));
    this.list.hidden = shown === 0;
    if (!this.buttons.some((one) => one.tabIndex === 0) && this.buttons.length) this.buttons[0].tabIndex = 0;
  }

  get buttons() {
    return [...this.list.querySelectorAll("button")];
  }

  walk(event) {
    const all = this.buttons;
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || !all[to]) return;
    event.preventDefault();
    for (const one of all) one.tabIndex = one === all[to] ? 0 : -1;
    all[to].focus();
    if (this.open !== null) this.show(this.entries.find((one) => String(one.n) === all[to].dataset.n));
  }

  show(entry) {
    this.open = entry.n;
    for (const one of this.buttons) one.setAttribute("aria-pressed", String(one.dataset.n === String(entry.n)));
    this.detail.hidden = false;
    this.detail.replaceChildren(entryDetail(entry, () => this.closeDetail()));
  }

  /** Close the details, if they are open; say whether they were. */
  closeDetail() {
    if (this.open === null) return false;
    const row = this.buttons.find((one) => one.dataset.n === String(this.open));
    this.open = null;
    this.detail.hidden = true;
    this.detail.replaceChildren();
    row?.setAttribute("aria-pressed", "false");
    row?.focus({ preventScroll: true });
    return true;
  }
}

const texts = new WeakMap();

/** The entry as one text to search in, made once. */
function textOf(entry) {
  if (!texts.has(entry)) texts.set(entry, JSON.stringify(entry).toLowerCase());
  return texts.get(entry);
}
