// The app's Home view, as this person has it.

import { appAvatar, h } from "../ui/dom.js";
import { showBlocks } from "../kit/blocks.js";
import { stateValues } from "../kit/field-state.js";
import { isOutsider } from "./names.js";
import { surfaceFor, world } from "../world.js";

/** The Home tab of a pane. */
export class Home {
  #pane;
  #root = h("div", { class: "home" });
  #whose = null;
  #surface = null;

  constructor(pane, panel) {
    this.#pane = pane;
    panel.append(h("div", { class: "scroller", tabindex: 0, role: "group", "aria-label": "Home view" }, this.#root));
  }

  /** Draw the Home view, if it is open. */
  draw() {
    const { me, place, view } = this.#pane;
    if (place !== "home" || !view) return;
    const which = view.home ? me : `nobody's, ${me}`;
    if (this.#whose !== which) this.#begin(which);
    if (view.home) showBlocks(this.#root, view.home.blocks ?? [], this.#surface);
    else if (!this.#root.childElementCount) this.#root.append(nothing(this.#pane.person));
  }

  #begin(which) {
    this.#whose = which;
    this.#root.replaceChildren();
    const home = () => this.#pane.view?.home;
    const surface = surfaceFor(`home-${this.#pane.me}`, {
      pane: this.#pane,
      where: () => ({ view: home().id, state: stateValues(home().blocks ?? [], surface) }),
      root: () => this.#root,
      given: () => home()?.state?.values ?? {},
    });
    // What the app publishes anew counts from then on, whatever was chosen there before.
    surface.redrawn = (blockId) => surface.values.forEach((_, key) => key.startsWith(`${blockId}/`) && surface.values.delete(key));
    this.#surface = surface;
  }
}

function nothing(person) {
  const why = isOutsider(person) ? "Apps show their Home only to the people of their own workspace." : "The app has not shown this person anything here.";
  return h("div", { class: "empty" }, appAvatar(world.state.app), h("h2", {}, "No Home view yet"), h("p", {}, why));
}
