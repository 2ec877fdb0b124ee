// The list of people: whose eyes to look through.

import { avatar, h, reconcile } from "./dom.js";
import { world } from "./world.js";

const list = document.getElementById("people-list");
const search = document.getElementById("search");

/** Set up the list; `choose(id)` is called when somebody is chosen. */
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
    if (button) choose(button.dataset.person);
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
  reconcile(list, people.map((person) => {
    const here = person.id === world.me;
    const seen = here && world.tab === "messages" && !document.hidden;
    const shown = { ...person, unread: seen ? 0 : person.unread, here };
    return { key: person.id, sign: JSON.stringify(shown), person: shown };
  }), row);
}

function matches(person) {
  const words = search.value.trim().toLowerCase().split(/\s+/);
  const text = `${person.real_name} ${person.name} ${person.title}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function row({ person }) {
  const about = `about-${person.id}`;
  const unread = person.unread > 0;
  return h("li", {}, h("button", {
    type: "button", class: `person-row${person.deleted ? " gone" : ""}`, "aria-label": person.real_name, "aria-describedby": about,
    "aria-current": person.here ? "true" : null, data: { person: person.id, field: person.id },
  }, avatar(person.id, person.real_name), h("span", { class: "person-words", id: about },
    h("span", { class: "person-name" }, person.real_name),
    h("span", { class: "person-about" },
      person.deleted ? h("span", { class: "badge gone" }, "Deactivated") : null,
      person.title ? h("span", { class: "badge" }, person.title) : null,
      h("span", { class: "person-local" }, person.local ?? "")),
    unread ? h("span", { class: "unread" }, String(person.unread), h("span", { class: "unseen" }, " unread")) : null)));
}

/** Bring the chosen person into sight. */
export function showChosen() {
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}
