// The list of people: whose eyes to look through.

import { dayOf, shortDay, timeOf } from "./ui/dates.js";
import { avatar, h, reconcile } from "./ui/dom.js";
import { badges, moon } from "./chat/names.js";
import { now, world } from "./world.js";

const list = document.getElementById("people-list");
const search = document.getElementById("search");

/** Set up the list; `choose(id, beside)` is called when somebody is chosen. */
export function startPeople(choose) {
  search.addEventListener("input", drawPeople);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") buttons()[0]?.click();
    if (event.key === "Escape") {
      search.value = "";
      drawPeople();
    }
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) choose(button.dataset.person, event.ctrlKey || event.metaKey);
  });
  document.getElementById("people").addEventListener("keydown", walk);
}

const buttons = () => [...list.querySelectorAll("button")];

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [search, ...buttons()];
  const to = all[all.indexOf(document.activeElement) + step];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

/** Draw the people that match the search. */
export function drawPeople() {
  const people = (world.state?.people ?? []).filter(matches);
  document.getElementById("people-none").hidden = people.length > 0 || !world.state;
  document.getElementById("people-count").textContent = world.state ? String(world.state.people.length) : "";
  reconcile(list, people.map((person) => {
    const panes = world.panes.filter((pane) => pane.me === person.id);
    const here = panes.includes(world.active) ? "true" : panes.length ? "beside" : null;
    const shown = { ...person, unread: unreadOf(person, panes), here };
    return { key: person.id, sign: JSON.stringify({ ...shown, local: "" }), person: shown };
  }), row);
  people.forEach((person, at) => tellTime(list.children[at], person));
  oneStop();
}

/** Tab stops once in the list, at whoever is chosen; from there the arrows go on. */
function oneStop() {
  const all = buttons();
  const stop = all.find((button) => button.ariaCurrent) ?? all[0];
  for (const button of all) button.tabIndex = button === stop ? 0 : -1;
}

/** The time on somebody's wall: put in by itself, for a running clock moves it for hundreds of people at once. */
function tellTime(item, person) {
  const node = item.querySelector(".person-local");
  const words = localTime(person);
  if (!node || node.textContent === words) return;
  node.textContent = words;
  node.title = person.local;
}

/** How much somebody has not read: nothing of what is before their eyes. */
function unreadOf(person, panes) {
  if (person.deleted) return 0;
  const seen = panes.find((pane) => pane.view); // its own word, for the list's may be a moment older
  if (!seen) return person.unread;
  return seen.conversations.filter((one) => !panes.some((pane) => pane.reading === one.channel)).reduce((sum, one) => sum + (one.unread ?? 0), 0);
}

/** "09:05", or "Fri 01:05" where it is another day than in the playground. */
function localTime({ tz }) {
  const { zone } = world.state.clock;
  const away = dayOf(now(), tz ?? zone) !== dayOf(now(), zone);
  return `${away ? `${shortDay(now(), tz).slice(0, 3)} ` : ""}${timeOf(now(), tz ?? zone)}`;
}

function matches(person) {
  const words = search.value.trim().toLowerCase().split(/\s+/);
  const text = `${person.real_name} ${person.name} ${person.title} ${(person.badges ?? []).join(" ")}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function row({ person }) {
  const about = `about-${person.id}`;
  const unread = person.unread > 0;
  return h("li", {}, h("button", {
    type: "button", class: `person-row${person.deleted ? " gone" : ""}${person.here === "beside" ? " beside" : ""}`, "aria-label": person.real_name,
    "aria-describedby": about,
    "aria-current": person.here === "true" ? "true" : null, data: { person: person.id, field: person.id },
  }, avatar(person.id, person.real_name), h("span", { class: "person-words", id: about },
    h("span", { class: "person-line" }, h("span", { class: "person-name" }, person.real_name), moon(person),
      unread ? h("span", { class: "unread" }, String(person.unread), h("span", { class: "unseen" }, " unread")) : null),
    h("span", { class: "person-line about" }, person.title ? h("span", { class: "person-title" }, person.title) : null, badges(person),
      person.deleted ? null : h("span", { class: "person-local" })))));
}

/** Bring the chosen person into sight. */
export function showChosen() {
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}
