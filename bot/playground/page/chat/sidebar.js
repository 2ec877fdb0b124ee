// A person's own sidebar: who they are, the app, their channels and their direct messages.

import { openBrowser } from "./browse.js";
import { avatar, h, icon, ICONS, reconcile } from "../ui/dom.js";
import { badges, conversationMark, conversationName, isRoom, moon } from "./names.js";
import { moment, placeOf, timeOf } from "../ui/dates.js";
import { now, world } from "../world.js";

/** The sidebar of a pane. `on`: go(place), switchPerson(), beside(), closePane(). */
export class Sidebar {
  node;
  #pane;
  #on;
  #me = h("div", { class: "whose" });
  #list = h("div", { class: "sections" });

  constructor(pane, id, on) {
    this.#pane = pane;
    this.#on = on;
    this.node = h("nav", { class: "sidebar", id: `${id}-sidebar` }, this.#me, this.#list);
    this.node.addEventListener("keydown", (event) => walk(event, this.node));
  }

  /** Draw it. */
  draw() {
    const { person } = this.#pane;
    if (!person) return;
    this.node.setAttribute("aria-label", `${person.real_name}’s conversations`);
    this.#drawMe(person);
    const rooms = this.#pane.conversations.filter(isRoom).sort((one, other) => one.name.localeCompare(other.name));
    const direct = this.#pane.conversations.filter((one) => !isRoom(one));
    reconcile(this.#list, [
      ...this.#section("Channels", rooms, { label: "Browse channels", act: (button) => openBrowser(button, this.#pane, this.#on.go) }),
      ...this.#section("Direct messages", direct),
    ], (item) => item.node());
  }

  #drawMe(person) {
    const alone = world.panes.length < 2;
    const time = timeOf(now(), person.tz);
    const sign = JSON.stringify([person, alone, time]);
    if (this.#me.dataset.sign === sign) return;
    const had = this.#me.contains(document.activeElement) ? document.activeElement.dataset.field : null;
    this.#me.dataset.sign = sign;
    this.#me.replaceChildren(this.#card(person, time), ...this.#buttons(alone));
    if (had) this.#me.querySelector(`[data-field="${had}"]`)?.focus({ preventScroll: true });
  }

  #card(person, time) {
    const name = h("button", {
      type: "button", class: "me-name", "aria-haspopup": "dialog", title: "Look through somebody else’s eyes", data: { field: "me" },
      on: { click: this.#on.switchPerson },
    }, person.real_name);
    return h("div", { class: "me-card" }, avatar(person.id, person.real_name), h("div", { class: "me-words" },
      h("h2", {}, name, moon(person)),
      h("p", { class: "me-about" }, h("span", { title: person.title }, person.title || "No title"), badges(person)),
      h("p", { class: "me-about", title: moment(now(), person.tz) }, h("span", {}, `${time} · ${placeOf(person.tz)}`))), icon(ICONS.down));
  }

  #buttons(alone) {
    const { beside, closePane } = this.#on;
    const [field, click, path, words] = alone ? ["beside", beside, ICONS.beside, "Beside…"] : ["close-pane", closePane, ICONS.close, "Close this side"];
    return [h("button", { type: "button", class: "beside-button", data: { field }, on: { click } }, icon(path), words)];
  }

  #section(title, conversations, more) {
    const heading = { key: `h-${title}`, sign: this.#pane.me, node: () => h("div", { class: "section-head" }, h("h3", {}, title), more ? this.#more(more) : null) };
    const none = { key: `n-${title}`, sign: "", node: () => h("p", { class: "quiet section-none" }, "None yet") };
    const rows = conversations.map((one) => this.#row(one));
    return [heading, ...(rows.length ? rows : [none])];
  }

  #more({ label, act }) {
    const button = h("button", { type: "button", class: "icon-button small", "aria-label": label, title: label, "aria-expanded": "false" }, icon(ICONS.add));
    button.addEventListener("click", () => act(button));
    return button;
  }

  #row(conversation) {
    const pane = this.#pane;
    const own = pane.isAppsOwn(conversation);
    const open = own ? ["messages", "home", "about"].includes(pane.place) || pane.conversation === conversation : pane.conversation === conversation;
    const unread = pane.reading === conversation.channel ? 0 : conversation.unread ?? 0;
    const name = conversationName(conversation, pane);
    const draft = !open && pane.hasDraft(`${conversation.channel}/`);
    const sign = JSON.stringify([name, conversation.kind, open, unread, draft, world.state.app.color, conversation.members]);
    return { key: conversation.channel, sign, node: () => rowNode({ conversation, pane, own, open, unread, name, draft }, () => this.#on.go(own ? "messages" : conversation.channel)) };
  }
}

function rowNode({ conversation, pane, own, open, unread, name, draft }, go) {
  const secret = conversation.kind === "group" ? h("span", { class: "unseen" }, " (private)") : null;
  return h("button", {
    type: "button", class: `row${unread ? " fresh" : ""}`, "aria-current": open ? "page" : null, data: { field: `row-${conversation.channel}` }, on: { click: go },
  }, h("span", { class: "row-mark" }, conversationMark(conversation, pane)), h("span", { class: "row-name" }, name), secret,
  own ? h("span", { class: "app-tag" }, "App") : null,
  draft ? h("span", { class: "row-draft", title: "Not sent yet" }, "Draft") : null,
  unread ? h("span", { class: "unread" }, String(unread), h("span", { class: "unseen" }, " unread")) : null);
}

function walk(event, nav) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...nav.querySelectorAll("button:not([disabled])")];
  const to = all[all.indexOf(document.activeElement) + step];
  if (!to) return;
  event.preventDefault();
  to.focus();
}
