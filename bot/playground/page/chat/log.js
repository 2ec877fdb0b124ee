// A run of messages: a conversation, or one thread of it. It keeps the newest in sight for a reader who is at the bottom.

import { dayOf, longDay, nearDay } from "../ui/dates.js";
import { h, reconcile } from "../ui/dom.js";
import { isNote, messageNode, timeAt } from "./message.js";
import { readingMark } from "../text/text.js";
import { equip } from "./toolbar.js";
import { nameOf, now, reader, surfaceFor } from "../world.js";

const NEAR = 48; // px from the bottom that still count as being there
const FAR = 600; // px from the bottom from where on the way back is offered
const CLOSE = 5 * 60 * 1000; // messages this near to each other share one name and picture

/** The messages of one place. `label` names them to screen readers; `place` is what a message needs to know of it. */
export class Log {
  node = h("div", { class: "log", role: "log" });
  scroller;
  more = h("button", { type: "button", class: "more-below", hidden: true, on: { click: () => this.toBottom() } });
  #place = null;
  #whose = null; // what is drawn
  #drawn = false; // whether there is something already: what comes now is new
  #last = null; // the newest message that is drawn
  #stuck = true; // whether the reader is at the bottom, and should stay there
  #news = false; // whether something came since they left the bottom
  #surfaces = new Map();
  #shown = new Map(); // key → its message

  constructor(label, around) {
    this.node.setAttribute("aria-label", label);
    this.scroller = h("div", { class: "scroller", tabindex: 0, role: "group", "aria-label": around }, this.node);
    this.scroller.addEventListener("scroll", () => {
      const below = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
      this.#stuck = below < NEAR;
      this.#offerBottom(below > FAR);
    }, { passive: true });
    const follow = new ResizeObserver(() => this.#stuck && this.toBottom());
    follow.observe(this.node);
    follow.observe(this.scroller);
    for (const kind of ["pointerover", "pointermove", "focusin"]) this.node.addEventListener(kind, (event) => this.#equip(event.target.closest("article")), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** Offer the way down to a reader who is far up, or whom something new escaped. */
  #offerBottom(far) {
    if (this.#stuck) this.#news = false;
    this.more.hidden = !(far || this.#news);
    this.more.textContent = this.#news ? "New messages below" : "Jump to the newest";
  }

  /** Go to the newest message. */
  toBottom() {
    this.#stuck = true;
    this.#offerBottom(false);
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Go to where the new messages begin if they do not fit, and else to the newest. */
  toNew() {
    this.toBottom();
    const line = this.node.querySelector(".new-line");
    if (!line || line.getBoundingClientRect().top >= this.scroller.getBoundingClientRect().top) return;
    line.scrollIntoView({ block: "start" });
    this.#stuck = false;
    this.#offerBottom(true);
  }

  /** Draw `messages`. `which` names what is drawn: another name begins anew. `mark`: where the new ones begin. */
  draw(which, messages, place, { mark = null, repliesTo = () => null } = {}) {
    this.#place = place;
    if (this.#whose !== which) this.#begin(which);
    const items = this.#itemsOf(messages, mark, repliesTo);
    const hold = this.#held();
    reconcile(this.node, items, (item, before) => this.#nodeOf(item, before));
    hold?.();
    this.#drawn = messages.length > 0;
    const newest = messages.at(-1)?.ts;
    if (!this.#stuck && newest !== this.#last) {
      this.#news = true;
      this.#offerBottom(false);
    }
    this.#last = newest;
    if (this.#stuck) this.toBottom();
  }

  /** Remember what has the focus within a message; the answer gives it back if the message had to be drawn anew. */
  #held() {
    const focused = document.activeElement;
    const key = this.node.contains(focused) ? focused.closest("article")?.dataset.key : null;
    if (!key) return null;
    return () => {
      const again = document.activeElement === document.body && this.node.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!again) return;
      again.focus({ preventScroll: true }); // which brings its toolbar
      const label = focused.getAttribute("aria-label");
      [...again.querySelectorAll(".toolbar button")].find((one) => one.getAttribute("aria-label") === label)?.focus({ preventScroll: true });
    };
  }

  #begin(which) {
    this.#whose = which;
    this.#surfaces = new Map();
    this.node.replaceChildren();
    this.#drawn = false;
    this.#last = null;
    this.#stuck = true;
    this.#offerBottom(false);
  }

  #nodeOf(item, before) {
    if (item.words) return h("div", { class: item.kind }, h("span", {}, item.words));
    const node = messageNode(item, this.#place, this.#surfaceOf(item.message, item.key));
    if (this.#drawn && !before) node.classList.add("arrives");
    return node;
  }

  #itemsOf(messages, mark, repliesTo) {
    const read = reader(this.#place.pane);
    const items = [];
    let day = "";
    let before = null;
    this.#shown = new Map();
    for (const message of messages) {
      const at = timeAt(message);
      if (dayOf(at, read.zone) !== day) {
        day = dayOf(at, read.zone);
        before = null;
        const near = nearDay(at, read.zone, now());
        const words = near ? `${near}, ${longDay(at, read.zone)}` : longDay(at, read.zone);
        items.push({ key: `day-${day}`, sign: words, words, kind: "day" });
      }
      if (message.ts === mark) {
        before = null;
        items.push({ key: "new", sign: "new", words: "New", kind: "new-line" });
      }
      const item = this.#item(message, at, followsOn(before, message, at), repliesTo(message), read);
      this.#shown.set(item.key, message);
      items.push(item);
      before = message;
    }
    return items;
  }

  #item(message, at, follows, replies, read) {
    const key = `${message.ephemeral ? "e" : "m"}${message.ts}`;
    const named = (message.reactions ?? []).flatMap(({ users = [] }) => users).concat(message.user ?? [], replies?.users ?? []).map(nameOf);
    const sign = JSON.stringify([message, follows, replies, named, this.#place.mayReact]);
    return { key, sign: sign + readingMark(sign, read), message, follows, at, replies };
  }

  /** Where a message's blocks live: what was chosen there is kept until the app changes them. */
  #surfaceOf(message, key) {
    const sign = JSON.stringify(message.blocks);
    if (this.#surfaces.get(key)?.sign !== sign) {
      const { pane, channel, inThread } = this.#place;
      this.#surfaces.set(key, Object.assign(surfaceFor(`${inThread ? "t" : ""}${key}-${pane.me}`, {
        pane,
        where: () => ({ channel, ts: message.ts }),
        root: () => this.node.querySelector(`[data-key="${CSS.escape(key)}"]`),
      }), { sign }));
    }
    return this.#surfaces.get(key);
  }

  #equip(article) {
    const message = article && this.#shown.get(article.dataset.key);
    if (message) equip(article, message, this.#place);
  }

  /** Arrows go from message to message, and from there Tab reaches what can be done with it. */
  #walk(event) {
    const here = document.activeElement;
    if (here !== this.scroller && !here.matches("article")) return;
    const all = [...this.node.querySelectorAll(":scope > article")];
    const at = here === this.scroller ? all.length : all.indexOf(here);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].focus();
    all[to].scrollIntoView({ block: "nearest" });
  }
}

function followsOn(before, message, at) {
  return Boolean(before) && !isNote(before) && !isNote(message) && voiceOf(before) === voiceOf(message)
    && Boolean(before.ephemeral) === Boolean(message.ephemeral) && at - timeAt(before) < CLOSE;
}

const voiceOf = ({ user, bot_id: bot, username = "" }) => `${bot ?? user}/${username}`;
