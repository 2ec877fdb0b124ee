// What stands around the panes: the banner, the welcome, the theme, and the switch between two people on a narrow screen.

import { appAvatar, avatar, h, percent, recall, remember } from "./ui/dom.js";
import { world } from "./world.js";

const $ = (id) => document.getElementById(id);
const WELCOMED = 9; // people offered before one is chosen

/** Draw what stands around the panes. `choose(user)` looks through somebody's eyes; `front(pane)` brings a pane to the front. */
export function drawFrame(choose, front) {
  if (!world.state) return;
  const people = world.panes.map((pane) => pane.person).filter(Boolean);
  $("team").textContent = world.state.team.name;
  document.title = people.length ? `${people.map((one) => one.real_name).join(" and ")} · Playground` : "Playground";
  document.body.classList.toggle("beside", world.panes.length > 1);
  $("welcome").hidden = people.length > 0;
  drawBanner();
  if (!people.length) drawWelcome(choose);
  drawSwitch(front);
}

/** Say what stands in the way of the app, if anything does. */
export function drawBanner() {
  const words = !world.online ? "The playground does not answer. Trying again…"
    : world.state.app.installed === false ? "The app has been removed from this workspace."
    : world.state.connected === 0 ? "The app is not connected. What you do here will not reach it."
    : stormWords(world.state.faults);
  $("banner").hidden = !words;
  if ($("banner").textContent !== words) $("banner").textContent = words;
}

/** Say how much goes wrong on purpose, where any call may, without end; "" where none does. */
function stormWords(faults = []) {
  const chance = faults.filter((one) => one.method === "*" && one.times === null).reduce((sum, one) => sum + one.probability, 0);
  return chance ? `This Slack breaks on purpose: about ${percent(Math.min(chance, 1))} of all calls fail. The inspector shows which.` : "";
}

function drawWelcome(choose) {
  if ($("welcome").childElementCount) return;
  const { app, team, people } = world.state;
  const cards = oneOfEach(people.filter((one) => !one.deleted)).slice(0, WELCOMED).map((one) => h("li", {}, h("button", {
    type: "button", class: "welcome-card", on: { click: () => choose(one.id) },
  }, avatar(one.id, one.real_name), h("span", {}, h("strong", {}, one.real_name), h("small", {}, one.title || "No title")))));
  $("welcome").append(appAvatar(app), h("h2", {}, app.name),
    h("p", {}, `Look at ${app.name} through the eyes of anyone in ${team.name}.`),
    h("ul", { class: "welcome-people", "aria-label": "Some people" }, cards),
    h("p", { class: "quiet" }, h("kbd", {}, "Ctrl K"), " finds everybody else"));
}

/** The people in another order: first one of each title, then a second of each, and so on. */
function oneOfEach(people) {
  const seen = new Map();
  const round = new Map(people.map((one) => {
    seen.set(one.title, (seen.get(one.title) ?? 0) + 1);
    return [one, seen.get(one.title)];
  }));
  return [...people].sort((one, other) => round.get(one) - round.get(other)); // stable: within a round all stay in order
}

function drawSwitch(front) {
  const node = $("pane-switch");
  const shown = world.isNarrow && world.panes.length > 1;
  node.hidden = !shown;
  const sign = shown ? JSON.stringify(world.panes.map((pane) => [pane.me, pane.person?.real_name, pane === world.active])) : "";
  if (node.dataset.sign === sign) return;
  node.dataset.sign = sign;
  node.replaceChildren(...(shown ? world.panes.map((pane) => h("button", {
    type: "button", "aria-pressed": String(pane === world.active), on: { click: () => front(pane) },
  }, avatar(pane.me, pane.person?.real_name ?? "?", "tiny"), pane.person?.real_name ?? "")) : []));
}

/** Let the theme be switched. */
export function startTheme() {
  const dark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const draw = () => $("theme").setAttribute("aria-pressed", String(dark()));
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    remember("theme", document.documentElement.dataset.theme);
    draw();
  });
  draw();
}
