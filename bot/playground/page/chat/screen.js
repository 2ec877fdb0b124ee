// What one pane looks like: a person's sidebar, what they have open, a thread, and their forms on top.

import { drawAbout } from "./about.js";
import { Conversation } from "./conversation.js";
import { h, hueOf } from "../ui/dom.js";
import { Head } from "./head.js";
import { Home } from "./home.js";
import { Modal } from "../kit/modal.js";
import { Sidebar } from "./sidebar.js";
import { Thread } from "./thread.js";
import { world } from "../world.js";

/** The screen of a pane. `on`: go(pane, what), switchPerson(pane), beside(pane), closePane(pane), lookAs(user), touched(pane). */
export class Screen {
  node;
  pane;
  #number;
  #inner;
  #panels = {};
  #parts;
  #head;
  #conversation;
  #thread;
  #sidebar;
  #modal;
  #on;

  constructor(pane, number, on) {
    this.pane = pane;
    this.#number = number;
    this.#on = on;
    const id = `pane-${number}`;
    const go = (place) => this.#go({ place, thread: null });
    this.#head = new Head(pane, id, { go, showSidebar: () => this.#showSidebar(!this.#isOut), lookAs: (user) => on.lookAs(user) });
    this.#sidebar = new Sidebar(pane, id, { go, switchPerson: () => on.switchPerson(pane), beside: () => on.beside(pane), closePane: () => on.closePane(pane) });
    this.#thread = new Thread(pane, { id: `${id}-reply`, close: () => this.#go({ thread: null }) });
    for (const tab of ["messages", "home", "about"]) this.#panels[tab] = h("div", { class: "panel", id: `${id}-${tab}`, role: "tabpanel", "aria-labelledby": `${id}-tab-${tab}` });
    this.#conversation = new Conversation(pane, this.#panels.messages, { id, openThread: (thread) => this.#openThread(thread) });
    this.#panels.about.append(h("div", { class: "scroller about", tabindex: 0, role: "group", "aria-label": "About the app" }));
    const stage = h("div", { class: "stage" }, this.#head.node, Object.values(this.#panels));
    const shade = h("div", { class: "pane-shade", on: { click: () => this.#showSidebar(false) } });
    this.#inner = h("div", { class: "pane-inner" }, this.#sidebar.node, shade, stage, this.#thread.node);
    this.node = h("section", { class: "pane", id, hidden: true }, this.#inner);
    this.#modal = new Modal(pane, { id: number, root: this.node, under: this.#inner });
    this.#parts = [this.#sidebar, this.#head, this.#conversation, new Home(pane, this.#panels.home), this.#thread, this.#modal];
    for (const kind of ["pointerdown", "focusin"]) this.node.addEventListener(kind, () => on.touched(pane), true);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && this.#isOut && this.#showSidebar(false));
  }

  /** Draw what the pane shows. */
  draw() {
    const { pane, node } = this;
    const { person } = pane;
    node.hidden = !person || !pane.isSeen;
    if (!person) {
      this.#modal.draw(); // no form stays open without its person
      return;
    }
    node.setAttribute("aria-label", person.real_name);
    node.classList.toggle("active", world.active === pane && world.panes.length > 1);
    this.#inner.style.setProperty("--hue", hueOf(person.id));
    this.#drawPanels();
    for (const part of this.#parts) part.draw();
  }

  #drawPanels() {
    const { place } = this.pane;
    const open = place === "home" || place === "about" ? place : "messages";
    for (const [tab, panel] of Object.entries(this.#panels)) panel.hidden = tab !== open;
    const isApps = !this.pane.conversation || this.pane.isAppsOwn(this.pane.conversation);
    this.#panels.messages.setAttribute("role", isApps ? "tabpanel" : "region");
    if (isApps) this.#panels.messages.setAttribute("aria-labelledby", `pane-${this.#number}-tab-messages`);
    else this.#panels.messages.removeAttribute("aria-labelledby");
    this.#panels.messages.toggleAttribute("aria-label", false);
    if (!isApps) this.#panels.messages.setAttribute("aria-label", `The conversation that ${this.pane.person.real_name} has open`);
    if (open === "about") drawAbout(this.#panels.about.firstElementChild);
  }

  /** The open conversation has just been opened: go to what is new, and to its composer unless the person is somewhere already. */
  arrive(free) {
    const here = document.activeElement;
    const idle = here === document.body || here.matches(".person-row, [role=tab], .row, main");
    this.#conversation.arrive(free && idle && world.active === this.pane);
  }

  #go(what) {
    this.#showSidebar(false);
    this.#on.go(this.pane, what);
  }

  async #openThread(thread) {
    await this.#on.go(this.pane, { thread });
    this.#thread.focus();
  }

  get #isOut() {
    return this.node.classList.contains("sidebar-out");
  }

  /** Bring the sidebar, where there is room for it only as a drawer. */
  #showSidebar(out) {
    const was = this.#isOut;
    this.node.classList.toggle("sidebar-out", out);
    this.#head.told(out);
    if (out) (this.#sidebar.node.querySelector("[aria-current]") ?? this.#sidebar.node.querySelector("button"))?.focus();
    else if (was) this.#head.focusMenu();
  }
}
