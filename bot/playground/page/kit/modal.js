// Forms: the top of a person's stack of modal views, in their own pane.

import { api } from "../api.js";
import { h, icon, ICONS } from "../ui/dom.js";
import { showBlocks } from "./blocks.js";
import { stateValues } from "./field-state.js";
import { textOf, wordsOf } from "../text/text.js";
import { refresh, surfaceFor, world } from "../world.js";

/** The one dialog of a pane. Beside another pane it bars only its own; alone it bars the page. Call `draw()` at each change. */
export class Modal {
  /** Put the dialog of `pane` into `root`, over `under`. */
  constructor(pane, { id, root, under }) {
    Object.assign(this, { pane, under, forms: new Map(), shown: null, busy: false, before: null }); // forms: view id → its surface
    const name = `modal-title-${id}`;
    this.title = h("h2", { id: name, tabindex: -1 });
    this.depth = h("p", { class: "modal-depth" });
    this.back = h("button", { type: "button", class: "icon-button modal-back", "aria-label": "Return", on: { click: () => this.close() } }, icon(ICONS.left));
    this.body = h("div", { class: "modal-body blocks" });
    this.wrong = h("p", { class: "form-error", role: "alert" });
    this.spoken = h("p", { class: "unseen", role: "status" });
    this.closing = h("button", { type: "button", class: "button", on: { click: () => this.close() } });
    this.sending = h("button", { type: "submit", class: "button primary" });
    this.form = h("form", { novalidate: true, autocomplete: "off" },
      h("div", { class: "modal-head" }, this.back, h("div", {}, this.title, this.depth)), this.body, this.wrong, this.spoken,
      h("div", { class: "modal-foot" }, h("span", { class: "spring" }), this.closing, this.sending));
    this.dialog = h("dialog", { class: "modal", "aria-labelledby": name }, this.form);
    root.append(h("div", { class: "veil" }), this.dialog);
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    for (const event of ["input", "change", "click"]) this.form.addEventListener(event, () => this.drawSending());
    this.dialog.addEventListener("cancel", (event) => event.target === this.dialog && event.preventDefault());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || this.dialog.querySelector(":popover-open")) return;
      event.preventDefault();
      this.close();
    });
  }

  get stack() {
    return this.pane.view?.modals ?? [];
  }

  get top() {
    return this.stack.at(-1) ?? null;
  }

  /** Draw the form on top of the stack, or none. */
  draw() {
    const view = this.top;
    for (const id of this.forms.keys()) if (!this.stack.some((one) => one.id === id)) this.forms.delete(id);
    if (!view) {
      this.hide();
      return;
    }
    const fresh = this.shown !== view.id;
    if (fresh) this.begin(view);
    this.drawFrame(view);
    showBlocks(this.body, view.blocks ?? [], this.surfaceOf(view));
    this.show();
    if (fresh && this.mayFocus()) this.title.focus({ preventScroll: true });
    this.focusFirst();
  }

  begin(view) {
    this.shown = view.id;
    this.body.replaceChildren();
    this.body.scrollTop = 0;
    this.wrong.textContent = "";
  }

  drawFrame(view) {
    const { reader: read } = this.surfaceOf(view);
    const below = this.stack.slice(0, -1);
    this.title.textContent = wordsOf(view.title, read);
    this.depth.textContent = below.length ? `${below.length + 1} of ${below.length + 1}, on top of “${wordsOf(below.at(-1).title, read)}”` : "";
    this.back.hidden = below.length === 0;
    this.closing.textContent = textOf(view.close, read) || (view.submit ? "Cancel" : "Close");
    this.sending.hidden = !view.submit;
    this.sending.textContent = textOf(view.submit, read);
    this.drawSending();
  }

  /** A form whose submit is switched off waits for the first answer. */
  drawSending() {
    const view = this.top;
    this.sending.disabled = Boolean(view?.submit_disabled) && this.surfaceOf(view).values.size === 0;
  }

  /** Open the dialog; a pane that comes or goes beside this one changes what it bars. */
  show() {
    const { dialog } = this;
    const alone = world.panes.length < 2;
    if (dialog.open && dialog.matches(":modal") === alone) return;
    if (dialog.open) dialog.close();
    else this.before = this.under.contains(document.activeElement) ? document.activeElement : null;
    this.under.inert = !alone;
    if (alone) dialog.showModal();
    else dialog.show();
  }

  hide() {
    this.shown = null;
    if (!this.dialog.open) return;
    const had = this.dialog.contains(document.activeElement) || document.activeElement === document.body;
    this.dialog.close();
    this.under.inert = false;
    if (had) this.before?.focus({ preventScroll: true });
  }

  /** Whether the focus may be moved into this form: not while the other person is at work. */
  mayFocus() {
    const other = document.activeElement?.closest(".pane");
    return world.active === this.pane && (!other || other.contains(this.dialog));
  }

  surfaceOf(view) {
    if (!this.forms.has(view.id)) {
      const surface = surfaceFor(`v-${view.id}`, {
        pane: this.pane,
        where: () => ({ view: view.id, state: stateValues(this.top?.blocks ?? [], surface) }),
        root: () => this.form,
        given: () => this.stack.find((one) => one.id === view.id)?.state?.values ?? {},
        complain: (sentence) => { this.wrong.textContent = sentence; },
      });
      surface.errors = {};
      this.forms.set(view.id, surface);
    }
    return this.forms.get(view.id);
  }

  /** Put the caret into the first field, unless the person is somewhere already. */
  focusFirst() {
    if (!this.mayFocus() || ![this.title, this.dialog, document.body].includes(document.activeElement)) return;
    const asked = this.body.querySelector("[data-autofocus]");
    const first = asked ?? this.body.querySelector("input:not([disabled]), textarea, select, [contenteditable]");
    first?.focus({ preventScroll: !asked });
  }

  async submit() {
    const view = this.top;
    if (this.busy || !view || this.sending.disabled) return;
    const surface = this.surfaceOf(view);
    this.wrong.textContent = "";
    await this.working(this.sending, async () => {
      const { errors = {} } = await api.submit(this.pane.me, view.id, stateValues(view.blocks ?? [], surface));
      await refresh();
      if (this.forms.has(view.id)) this.showErrors(surface, errors);
    });
  }

  async close() {
    const view = this.top;
    if (this.busy || !view) return;
    await this.working(this.closing, async () => {
      await api.close(this.pane.me, view.id);
      await refresh();
    });
  }

  async working(button, work) {
    this.busy = true;
    this.form.classList.add("pending");
    button.setAttribute("aria-busy", "true");
    try {
      await work();
    } catch (refused) {
      this.wrong.textContent = refused.message;
    } finally {
      this.busy = false;
      this.form.classList.remove("pending");
      button.removeAttribute("aria-busy");
    }
  }

  /** Show what is wrong at each field, and go to the first. What belongs to no field stands at the foot. */
  showErrors(surface, errors) {
    surface.errors = errors;
    this.draw();
    const blocks = new Set((this.top?.blocks ?? []).filter((block) => block.type === "input").map((block) => block.block_id));
    const homeless = Object.entries(errors).filter(([id]) => !blocks.has(id)).map(([, sentence]) => sentence);
    const athome = Object.keys(errors).length - homeless.length;
    this.wrong.textContent = homeless.join(" ");
    this.spoken.textContent = athome ? `${athome === 1 ? "One answer needs" : `${athome} answers need`} another look.` : "";
    const first = this.body.querySelector("[aria-invalid]");
    (first?.matches("input, textarea, select, [contenteditable]") ? first : first?.querySelector("input"))?.focus();
    first?.closest(".block")?.scrollIntoView({ block: "nearest" });
  }
}
