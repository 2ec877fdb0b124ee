// The app's Home view, as this person has it.

import { appAvatar, h } from "./dom.js";
import { showBlocks } from "./blocks.js";
import { stateValues } from "./field-state.js";
import { surfaceFor, world } from "./world.js";

const root = document.getElementById("home-blocks");
let whose = null;
let surface = null;

/** Draw the Home view. */
export function drawHome() {
  if (world.tab !== "home" || !world.view) return;
  const { home } = world.view;
  const which = home ? world.me : "";
  if (whose !== which) {
    whose = which;
    root.replaceChildren();
    surface = surfaceFor("home", {
      where: () => ({ view: world.view.home.id, state: stateValues(world.view.home.blocks ?? [], surface) }),
      root: () => root,
      given: () => world.view?.home?.state?.values ?? {},
    });
    // What the app publishes anew counts from then on, whatever was chosen there before.
    surface.redrawn = (blockId) => surface.values.forEach((_, key) => key.startsWith(`${blockId}/`) && surface.values.delete(key));
  }
  if (home) showBlocks(root, home.blocks ?? [], surface);
  else if (!root.childElementCount) root.append(nothing());
}

function nothing() {
  return h("div", { class: "empty" }, appAvatar(world.state.app), h("h2", {}, "No Home view yet"),
    h("p", {}, "The app has not shown this person anything here."));
}

/** Draw from nothing the next time: another person looks. */
export function forgetHome() {
  whose = null;
}
