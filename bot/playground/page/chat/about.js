// The app's About tab: what its manifest says of it.

import { appAvatar, h } from "../ui/dom.js";
import { world } from "../world.js";

/** Draw the About tab into `root`. */
export function drawAbout(root) {
  const { app } = world.state;
  const sign = JSON.stringify(app);
  if (root.dataset.sign === sign) return;
  root.dataset.sign = sign;
  const description = app.long_description || app.description;
  root.replaceChildren(h("div", { class: "about-page" },
    h("div", { class: "about-head" }, appAvatar(app), h("div", {}, h("h2", {}, app.name), h("p", { class: "quiet" }, app.installed === false ? "Removed from this workspace" : "App"))),
    description ? h("p", { class: "about-words" }, description) : null,
    ...part("Commands", (app.commands ?? []).map((one) => [h("code", {}, `${one.command}${one.usage_hint ? ` ${one.usage_hint}` : ""}`), one.description]), "This app has no commands."),
    ...part("Shortcuts", (app.shortcuts ?? []).map((one) => [one.name, one.description || (one.type === "message" ? "On a message" : "From anywhere")]), "This app has no shortcuts.")));
}

function part(title, rows, none) {
  const list = h("dl", {}, rows.map(([name, about]) => h("div", {}, h("dt", {}, name), h("dd", {}, about ?? ""))));
  return [h("h3", {}, title), rows.length ? list : h("p", { class: "quiet" }, none)];
}
