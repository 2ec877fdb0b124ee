// Ctrl+K: go to a person or a conversation by typing a bit of the name.

import { avatar, h, icon, ICONS } from "./ui/dom.js";
import { badges, conversationMark, conversationName, isRoom, moon } from "./chat/names.js";
import { world } from "./world.js";

const MOST = 40;
const isMac = /mac/i.test(navigator.platform);

/** Open the switcher. `mode`: "go" (people and conversations) or "beside" (people only). `choose(what, beside)` gets {person} or {place}. */
export function openSwitcher(mode, choose) {
  if (document.querySelector("dialog.switcher")) return;
  const field = h("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "switcher-list", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
    "aria-label": mode === "beside" ? "Whom to show beside" : "Find", placeholder: mode === "beside" ? "Show whom beside?" : "Find a person or a conversation",
  });
  const list = h("ul", { id: "switcher-list", class: "switcher-list", role: "listbox", "aria-label": "Matches" });
  const none = h("p", { class: "quiet", role: "status", hidden: true }, "Nothing by that name.");
  const keys = mode === "go" ? h("p", { class: "switcher-keys quiet" }, h("kbd", {}, "↑↓"), " choose ", h("kbd", {}, "Enter"), " go ",
    h("kbd", {}, isMac ? "⌘ Enter" : "Ctrl Enter"), " show beside") : null;
  const dialog = h("dialog", { class: "switcher", "aria-label": mode === "beside" ? "Show somebody beside" : "Find" },
    h("div", { class: "switcher-field" }, icon(ICONS.search), field), list, none, keys);
  let at = 0;
  let shown = [];
  const draw = () => {
    shown = matches(field.value, mode);
    at = Math.max(0, Math.min(at, shown.length - 1));
    list.replaceChildren(...rows(shown, at, (one, beside) => end(one, beside)));
    none.hidden = shown.length > 0;
    if (shown.length) field.setAttribute("aria-activedescendant", `switch-${at}`);
    else field.removeAttribute("aria-activedescendant");
    list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  };
  const end = (one, beside) => {
    dialog.close();
    if (one) choose(one.what, beside);
  };
  field.addEventListener("input", () => {
    at = 0;
    draw();
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      event.preventDefault();
      at = (at + step + shown.length) % shown.length;
      draw();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      end(shown[at], event.ctrlKey || event.metaKey);
    }
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  draw();
  dialog.showModal();
  field.focus();
}

function matches(typed, mode) {
  const words = typed.trim().toLowerCase().replace(/^[#@]/, "").split(/\s+/);
  const all = [...people(), ...(mode === "go" ? places() : [])];
  return all.filter((one) => words.every((word) => one.text.includes(word)))
    .sort((one, other) => rank(one, words[0]) - rank(other, words[0])).slice(0, MOST);
}

const rank = (one, word) => (one.text.split(/[\s-]+/).some((part) => part.startsWith(word)) ? 0 : 1) + (one.gone ? 2 : 0) + (one.what.person ? 0 : 0.5);

function people() {
  return (world.state?.people ?? []).map((person) => ({
    text: `${person.real_name} ${person.name} ${person.title} ${(person.badges ?? []).join(" ")}`.toLowerCase(), gone: person.deleted, what: { person: person.id },
    node: () => [avatar(person.id, person.real_name), h("span", { class: "switcher-words" }, h("strong", {}, person.real_name), moon(person), h("span", { class: "quiet" }, person.title)),
      badges(person), person.unread ? h("span", { class: "unread" }, String(person.unread)) : null],
  }));
}

function places() {
  const pane = world.active;
  if (!pane?.person) return [];
  const whose = pane.person.real_name.split(" ")[0];
  return pane.conversations.map((conversation) => {
    const name = conversationName(conversation, pane);
    return {
      text: name.toLowerCase(), what: { place: pane.isAppsOwn(conversation) ? "messages" : conversation.channel },
      node: () => [h("span", { class: "row-mark" }, conversationMark(conversation, pane)),
        h("span", { class: "switcher-words" }, h("strong", {}, name), h("span", { class: "quiet" }, isRoom(conversation) ? `${whose}’s channel` : `${whose}’s messages`)),
        conversation.unread && pane.reading !== conversation.channel ? h("span", { class: "unread" }, String(conversation.unread)) : null],
    };
  });
}

function rows(shown, at, end) {
  return shown.map((one, index) => h("li", {
    id: `switch-${index}`, role: "option", "aria-selected": String(index === at), on: { click: (event) => end(one, event.ctrlKey || event.metaKey) },
  }, one.node()));
}
