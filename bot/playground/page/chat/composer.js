// Where a person writes: messages, slash commands and mentions with completion, shortcuts.

import { api } from "../api.js";
import { commandIn, suggestions } from "./completion.js";
import { h, icon, ICONS } from "../ui/dom.js";
import { emojiNamed } from "../ui/emoji.js";
import { openMenu } from "../ui/menu.js";
import { isOutsider } from "./names.js";
import { pickEmoji } from "../ui/picker.js";
import { attempt, refresh, world } from "../world.js";

const PATIENCE = 700; // ms until we say that we wait for the app
const TALLEST = 180; // px

/** One composer. `where()`: {channel, thread, members}; `voice()`: {placeholder, refusal}; `sent()` after each message. */
export class Composer {
  node;
  #pane;
  #where;
  #voice;
  #sent;
  #list;
  #hint = h("p", { class: "composer-hint", hidden: true });
  #wrong = h("p", { class: "composer-error", role: "alert" });
  #waiting = h("p", { class: "composer-waiting", role: "status" });
  #field;
  #send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon(ICONS.send));
  #tools;
  #offers = [];
  #at = 0; // the highlighted offer
  #dismissed = null; // the text for which Escape put the list away
  #sending = false;
  #drawn = null; // whose draft, of which place, is shown

  constructor(pane, { id, label, where, voice, sent, withShortcuts = false }) {
    this.#pane = pane;
    this.#where = where;
    this.#voice = voice;
    this.#sent = sent;
    this.#list = h("ul", { id: `${id}-offers`, class: "commands", role: "listbox", "aria-label": "Commands", tabindex: 0, hidden: true });
    this.#hint.id = `${id}-hint`;
    this.#wrong.id = `${id}-error`;
    this.#field = h("textarea", {
      id: `${id}-field`, rows: 1, "aria-label": label, "aria-autocomplete": "list", "aria-controls": `${id}-offers`,
      "aria-describedby": `${id}-hint ${id}-error`, spellcheck: "true", enterkeyhint: "send",
    });
    this.#tools = h("div", { class: "composer-tools" }, withShortcuts ? this.#shortcutsButton() : null, this.#emojiButton());
    this.node = h("form", { class: "composer", autocomplete: "off" }, this.#list, this.#wrong, this.#hint, this.#waiting,
      h("div", { class: "composer-box" }, this.#tools, this.#field, this.#send));
    this.#listen();
  }

  #listen() {
    this.#field.addEventListener("input", () => {
      this.#dismissed = null;
      this.#at = 0;
      this.#wrong.textContent = "";
      this.#typed();
    });
    this.#field.addEventListener("keydown", (event) => this.#onKey(event));
    this.#field.addEventListener("blur", () => setTimeout(() => { this.#list.hidden ||= document.activeElement !== this.#field; }, 120));
    this.#field.addEventListener("focus", () => this.#drawOffers());
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#deliver();
    });
  }

  #shortcutsButton() {
    const button = h("button", { type: "button", class: "composer-tool shortcuts", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu" }, icon(ICONS.bolt));
    button.addEventListener("click", () => openMenu(button, "Shortcuts", this.#globalShortcuts().map((one) => ({
      label: one.name, hint: one.description, path: ICONS.bolt,
      pick: () => attempt(() => api.shortcut(this.#pane.me, { callback_id: one.callback_id })),
    }))));
    return button;
  }

  #globalShortcuts() {
    if (isOutsider(this.#pane.person)) return [];
    return (world.state?.app.shortcuts ?? []).filter((one) => one.type === "global");
  }

  #emojiButton() {
    const button = h("button", { type: "button", class: "composer-tool", "aria-label": "Emoji", title: "Emoji" }, icon(ICONS.smile));
    button.addEventListener("click", () => pickEmoji(button, (name) => {
      const { selectionStart: from, selectionEnd: to } = this.#field;
      this.#field.focus();
      this.#field.setRangeText(emojiNamed(name), from, to, "end");
      this.#typed();
    }));
    return button;
  }

  /** Show the draft of whoever is in the pane, for the place that is open. */
  draw() {
    const place = this.#place();
    if (!place) {
      this.#field.disabled = true; // until we know where this would go
      return;
    }
    const key = `${this.#pane.me}/${place}`;
    if (this.#drawn !== key) {
      this.#drawn = key;
      this.#field.value = this.#pane.draft(place);
      this.#wrong.textContent = "";
      this.#typed();
    }
    const { placeholder, refusal } = this.#voice();
    for (const control of [this.#field, this.#send, ...this.#tools.children]) control.disabled = Boolean(refusal);
    this.#field.placeholder = refusal ? "" : placeholder;
    this.node.classList.toggle("barred", Boolean(refusal));
    this.#tools.querySelector(".shortcuts")?.toggleAttribute("hidden", this.#globalShortcuts().length === 0);
    if (refusal) this.#field.placeholder = refusal;
  }

  #place() {
    const { channel, thread } = this.#where();
    return channel ? `${channel}/${thread ?? ""}` : null;
  }

  /** Put the caret into the field. */
  focus() {
    if (matchMedia("(pointer: fine)").matches && !this.#field.disabled) this.#field.focus({ preventScroll: true });
  }

  #typed() {
    const place = this.#place();
    if (place) this.#pane.keepDraft(place, this.#field.value);
    this.#field.style.height = "auto";
    if (this.#field.scrollHeight) this.#field.style.height = `${Math.min(this.#field.scrollHeight, TALLEST)}px`; // 0 while it is hidden
    this.#send.classList.toggle("ready", this.#field.value.trim() !== "");
    this.#drawOffers();
  }

  #drawOffers() {
    const { value, selectionEnd, disabled } = this.#field;
    const { members = [], thread } = this.#where();
    const offered = disabled || this.#sending || this.#dismissed === value ? [] : suggestions(value, selectionEnd, members);
    this.#offers = value.startsWith("/") && (thread || isOutsider(this.#pane.person)) ? [] : offered; // no commands there
    this.#at = Math.min(this.#at, Math.max(0, this.#offers.length - 1));
    const shown = this.#offers.length > 0 && document.activeElement === this.#field;
    this.#list.hidden = !shown;
    this.#list.setAttribute("aria-label", value.startsWith("/") ? "Commands" : "People");
    this.#list.classList.toggle("people-offers", !value.startsWith("/"));
    this.#list.replaceChildren(...this.#offers.map((offer, at) => h("li", {
      id: `${this.#list.id}-${at}`, role: "option", "aria-selected": String(at === this.#at),
      on: { mousedown: (event) => event.preventDefault(), click: () => this.#complete(offer) },
    }, offer.node())));
    if (shown) this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${this.#at}`);
    else this.#field.removeAttribute("aria-activedescendant");
    this.#list.children[this.#at]?.scrollIntoView({ block: "nearest" });
    this.#drawHint(shown);
  }

  #drawHint(covered) {
    const known = commandIn(this.#field.value);
    this.#hint.hidden = covered || !known;
    if (known) this.#hint.replaceChildren(h("strong", {}, known.command), " ", known.usage_hint ? h("code", {}, known.usage_hint) : "", " ", known.description ?? "");
  }

  #complete(offer) {
    const [text, caret] = offer.insert(this.#field.value);
    this.#field.value = text;
    this.#field.focus();
    this.#field.setSelectionRange(caret, caret);
    this.#at = 0;
    this.#typed();
  }

  #onKey(event) {
    if (event.isComposing) return;
    if (!this.#list.hidden && this.#offers.length && this.#listKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#deliver();
    }
  }

  /** A key that the open list takes for itself. Enter on a command that is already whole sends it. */
  #listKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#at = (this.#at + step + this.#offers.length) % this.#offers.length;
      this.#drawOffers();
      return true;
    }
    if (event.key === "Escape") {
      this.#dismissed = this.#field.value;
      this.#drawOffers();
      return true;
    }
    const offer = this.#offers[this.#at];
    if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && !event.shiftKey && !offer.whole)) {
      this.#complete(offer);
      return true;
    }
    return false;
  }

  async #deliver() {
    const text = this.#field.value.trim();
    if (!text || this.#sending || this.#field.disabled) return;
    const { me } = this.#pane;
    const place = this.#place();
    const here = () => this.#drawn === `${me}/${place}`;
    this.#busy(true);
    this.#wrong.textContent = "";
    try {
      await this.#say(me, text);
      this.#pane.keepDraft(place, "", me);
      if (here()) {
        this.#field.value = "";
        this.#typed();
        this.#sent();
      }
      await refresh();
    } catch (refused) {
      if (here()) this.#wrong.textContent = refused.message;
    } finally {
      this.#busy(false);
    }
  }

  async #say(me, text) {
    const { channel, thread } = this.#where();
    if (!text.startsWith("/")) return api.message(me, text, channel, thread);
    if (thread) throw new Error("Commands do not work in threads. Type it in the conversation itself.");
    return api.command(me, text, channel);
  }

  #busy(on) {
    this.#sending = on;
    this.#list.hidden = true;
    this.#field.readOnly = on;
    this.node.classList.toggle("sending", on);
    this.#send.setAttribute("aria-busy", String(on));
    this.#waiting.textContent = "";
    if (on) setTimeout(() => { if (this.#sending) this.#waiting.textContent = `Waiting for ${world.state.app.name}…`; }, PATIENCE);
  }
}
