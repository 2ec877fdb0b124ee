// The means to trouble the app: rate limits, faults on order, its connection, its installation; and to begin anew.

import { h, icon, ICONS, notice } from "../ui/dom.js";
import { faultForm, faultWords } from "./fault-form.js";
import { instruments } from "./api.js";
import { Keeping } from "./keeping.js";
import { refresh, world } from "../world.js";

const SOCKETS = [
  ["cut", "Cut", "The line breaks; the app has to connect again."],
  ["refresh", "Refresh", "Slack asks the app to connect anew, as it does every few hours."],
  ["silence", "Silence", "The line stays open, but nothing comes through."],
  ["talk", "Talk", "The silence ends."],
];

/** Do something, look again, and say so if it was refused; the answer is whether it was done. */
export async function attempt(deed) {
  try {
    await deed();
    await refresh();
    return true;
  } catch (refused) {
    notice(refused.message);
    return false;
  }
}

export class Trouble {
  constructor({ begunAnew }) {
    this.limits = h("button", { type: "button", role: "switch", class: "switch", "aria-checked": "false", "aria-labelledby": "limits-name", on: { click: () => attempt(() => instruments.limits(!world.state.limits)) } });
    this.faults = h("ul", { class: "faults", "aria-label": "Faults on order" });
    this.noFaults = h("p", { class: "quiet" }, "All goes well: nothing is on order.");
    this.clear = h("button", { type: "button", class: "button", on: { click: () => attempt(() => instruments.dropFault()) } }, "Remove all");
    this.open = h("p", { class: "quiet", role: "status" });
    this.installed = h("button", { type: "button", class: "button", on: { click: () => attempt(() => instruments.install(!world.state.app.installed)) } });
    this.keeping = new Keeping(begunAnew);
    this.node = h("div", { class: "trouble" }, this.limitsPart(), this.faultsPart(), this.socketsPart(), this.appPart(), this.keeping.node);
    this.sign = "";
  }

  limitsPart() {
    return part("Rate limits", h("div", { class: "switch-row" }, h("div", {}, h("p", { id: "limits-name" }, "Slack's rate limits"), h("p", { class: "quiet" }, "Too many calls are answered 429, with a Retry-After.")), this.limits));
  }

  faultsPart() {
    return part("Faults", this.noFaults, this.faults, h("div", { class: "trouble-row" }, this.clear), faultForm((fault) => attempt(() => instruments.addFault(fault))));
  }

  socketsPart() {
    const buttons = SOCKETS.map(([what, name, about]) => h("button", { type: "button", class: "button", title: about, on: { click: () => attempt(() => instruments.sockets(what)) } }, name));
    return part("Connection", this.open, h("div", { class: "trouble-row" }, buttons));
  }

  appPart() {
    return part("Installation", h("p", { class: "quiet" }, "Removed, the app's token is dead until it is installed again."), h("div", { class: "trouble-row" }, this.installed));
  }

  draw() {
    if (!world.state) return;
    const { limits, faults = [], connected, app } = world.state;
    this.limits.setAttribute("aria-checked", String(Boolean(limits)));
    this.open.textContent = connected === 1 ? "One connection is open." : `${connected || "No"} connections are open.`;
    this.installed.textContent = app.installed === false ? "Install the app again" : "Remove the app";
    this.installed.classList.toggle("danger", app.installed !== false);
    this.drawFaults(faults);
    this.keeping.draw();
  }

  drawFaults(faults) {
    const sign = JSON.stringify(faults);
    if (sign === this.sign) return;
    this.sign = sign;
    this.noFaults.hidden = faults.length > 0;
    this.faults.hidden = faults.length === 0;
    this.clear.hidden = faults.length < 2;
    this.faults.replaceChildren(...faults.map((fault) => h("li", { class: "fault" }, h("div", {}, h("strong", {}, fault.method), h("span", { class: "quiet" }, faultWords(fault))),
      h("button", { type: "button", class: "icon-button", "aria-label": `Remove the fault of ${fault.method}`, on: { click: () => this.drop(fault) } }, icon(ICONS.close)))));
  }

  async drop(fault) {
    await attempt(() => instruments.dropFault(fault.id));
    (this.faults.querySelector("button") ?? this.node.querySelector(".fault-form input")).focus();
  }
}

const part = (name, ...inside) => h("section", { class: "trouble-part" }, h("h3", {}, name), inside);
