// The head of what is open in a pane: its name, its people, the app's tabs.

import { avatar, h, icon, ICONS } from "../ui/dom.js";
import { openMenu } from "../ui/menu.js";
import { leave } from "./conversation.js";
import { conversationMark, conversationName, isRoom, listed } from "./names.js";
import { nameOf, world } from "../world.js";

const TABS = [["messages", "Messages"], ["home", "Home"], ["about", "About"]];

/** The head of a pane. `on`: go(place), showSidebar(), lookAs(user). */
export class Head {
  node;
  #pane;
  #on;
  #id;
  #title = h("div", { class: "place" });
  #tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "The app" });
  #menu;
  #face = h("span", { class: "face" });

  constructor(pane, id, on) {
    this.#pane = pane;
    this.#on = on;
    this.#id = id;
    this.#menu = h("button", {
      type: "button", class: "icon-button show-sidebar", "aria-label": "Conversations", "aria-expanded": "false", "aria-controls": `${id}-sidebar`, on: { click: on.showSidebar },
    }, icon(ICONS.menu), this.#face, h("span", { class: "unread", hidden: true }));
    for (const [tab, words] of TABS) this.#tabs.append(this.#tab(tab, words));
    this.#tabs.addEventListener("keydown", (event) => this.#walk(event));
    this.node = h("header", { class: "stage-head" }, this.#menu, this.#title, this.#tabs);
  }

  #tab(tab, words) {
    return h("button", { type: "button", role: "tab", id: `${this.#id}-tab-${tab}`, "aria-controls": `${this.#id}-${tab}`, data: { tab }, on: { click: () => this.#on.go(tab) } }, words);
  }

  /** Draw it. */
  draw() {
    const pane = this.#pane;
    const { place, conversation } = pane;
    const ofApp = TABS.some(([tab]) => tab === place) || (conversation && pane.isAppsOwn(conversation));
    this.#tabs.hidden = !ofApp;
    const open = TABS.some(([tab]) => tab === place) ? place : "messages";
    const has = { messages: true, home: world.state.app.home_tab !== false, about: true };
    for (const tab of this.#tabs.children) {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === open));
      tab.tabIndex = tab.dataset.tab === open ? 0 : -1;
      tab.hidden = !has[tab.dataset.tab] && tab.dataset.tab !== open;
    }
    this.#drawFace();
    this.#drawUnread();
    this.#drawTitle(conversation ?? pane.conversations[0], ofApp);
  }

  /** Say whether the sidebar is out, where it is a drawer. */
  told(open) {
    this.#menu.setAttribute("aria-expanded", String(open));
  }

  /** Give the focus back to the button that brings the sidebar. */
  focusMenu() {
    this.#menu.focus();
  }

  /** Whose screen this is: the sidebar says so, and where that is folded away its button. */
  #drawFace() {
    const { me, person } = this.#pane;
    if (!person || this.#face.title === person.real_name) return;
    this.#face.title = person.real_name;
    this.#face.replaceChildren(avatar(me, person.real_name, "tiny"));
    this.#menu.setAttribute("aria-label", `Conversations of ${person.real_name}`);
  }

  #drawUnread() {
    const count = this.#pane.conversations.filter((one) => one.channel !== this.#pane.reading).reduce((sum, one) => sum + (one.unread ?? 0), 0);
    const badge = this.#menu.querySelector(".unread");
    badge.hidden = !count;
    badge.replaceChildren(String(count), h("span", { class: "unseen" }, " unread"));
  }

  #drawTitle(conversation, ofApp) {
    if (!conversation) return;
    const pane = this.#pane;
    const name = conversationName(conversation, pane);
    const sign = JSON.stringify([conversation.channel, name, conversation.topic, conversation.members, ofApp, pane.me, world.state.app.color]);
    if (this.#title.dataset.sign === sign) return;
    this.#title.dataset.sign = sign;
    const about = ofApp ? "App" : conversation.topic || listed(conversation.members.map((id) => nameOf(id) || id), 4);
    this.#title.replaceChildren(h("span", { class: "place-mark" }, conversationMark(conversation, pane)),
      h("div", { class: "place-words" }, h("h2", {}, name), h("p", { class: "quiet" }, about)),
      ...(ofApp ? [] : [this.#members(conversation)]));
  }

  #members(conversation) {
    const pane = this.#pane;
    const faces = conversation.members.slice(0, 3).map((id) => avatar(id, nameOf(id) || id));
    const count = conversation.members.length + (conversation.has_app ? 1 : 0);
    const button = h("button", { type: "button", class: "members", "aria-haspopup": "menu", "aria-label": `${count} members` },
      h("span", { class: "faces" }, faces), h("span", {}, String(count)));
    button.addEventListener("click", () => openMenu(button, "Members", [
      { heading: conversation.has_app ? `With ${world.state.app.name}` : `${world.state.app.name} is not here` },
      ...conversation.members.map((id) => ({
        label: nameOf(id) || id, hint: id === pane.me ? "Who you look through now" : "Look through their eyes", path: ICONS.eye, pick: () => this.#on.lookAs(id),
      })),
      ...(isRoom(conversation) ? [{ label: "Leave the channel", path: ICONS.leave, pick: async () => {
        if (await leave(pane)) this.#on.go("messages");
      } }] : []),
    ]));
    return button;
  }

  #walk(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const shown = [...this.#tabs.children].filter((tab) => !tab.hidden);
    const to = shown.at((shown.findIndex((tab) => tab.dataset.tab === (this.#pane.place === "home" || this.#pane.place === "about" ? this.#pane.place : "messages")) + step) % shown.length);
    event.preventDefault();
    to.focus();
    this.#on.go(to.dataset.tab);
  }
}
