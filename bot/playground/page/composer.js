// Where the person writes: messages, and slash commands with completion.

import { api } from "./api.js";
import { h, icon, ICONS } from "./dom.js";
import { toBottom } from "./messages.js";
import { person, refresh, world } from "./world.js";

const form = document.getElementById("composer");
const drafts = new Map(); // user id → what they had begun to write

const list = h("ul", { id: "commands", class: "commands", role: "listbox", "aria-label": "Commands", hidden: true });
const hint = h("p", { id: "composer-hint", class: "composer-hint", hidden: true });
const wrong = h("p", { id: "composer-error", class: "composer-error", role: "alert" });
const field = h("textarea", {
  id: "message-field", rows: 1, "aria-label": "Message", "aria-autocomplete": "list", "aria-controls": "commands",
  "aria-describedby": "composer-hint composer-error", spellcheck: "true", enterkeyhint: "send",
});
const send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon(ICONS.send));

let at = 0; // the highlighted command
let dismissed = null; // the text for which Escape put the list away
let sending = false;
let whose = null;

/** Set up the composer. */
export function startComposer() {
  form.append(list, wrong, hint, h("div", { class: "composer-box" }, field, send));
  field.addEventListener("input", () => {
    dismissed = null;
    at = 0;
    wrong.textContent = "";
    typed();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", () => setTimeout(() => { list.hidden = true; }, 120));
  field.addEventListener("focus", drawCommands);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    deliver();
  });
}

/** Show the draft of whoever is chosen. */
export function drawComposer() {
  const who = person();
  if (!who) return;
  if (whose !== who.id) {
    whose = who.id;
    field.value = drafts.get(whose) ?? "";
    wrong.textContent = "";
    typed();
  }
  field.disabled = who.deleted;
  send.disabled = who.deleted;
  field.placeholder = who.deleted ? "This account is deactivated." : `Message ${world.state.app.name}, or type / for commands`;
}

/** Put the caret into the composer. */
export function focusComposer() {
  if (matchMedia("(pointer: fine)").matches && !field.disabled) field.focus({ preventScroll: true });
}

function typed() {
  drafts.set(whose, field.value);
  field.style.height = "auto";
  if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, 180)}px`; // 0 while it is hidden
  send.classList.toggle("ready", field.value.trim() !== "");
  drawCommands();
}

const commands = () => world.state?.app.commands ?? [];

function matching() {
  const word = field.value.toLowerCase();
  if (!/^\/\S*$/.test(word) || dismissed === field.value) return [];
  return commands().filter((one) => one.command.toLowerCase().startsWith(word));
}

function drawCommands() {
  const found = matching();
  at = Math.min(at, Math.max(found.length - 1, 0));
  list.hidden = found.length === 0;
  list.replaceChildren(...found.map((one, index) => h("li", {
    id: `command-${index}`, role: "option", "aria-selected": String(index === at),
    on: { pointerdown: (event) => event.preventDefault(), click: () => complete(one) },
  }, h("strong", {}, one.command), one.usage_hint ? h("code", {}, one.usage_hint) : null, h("span", {}, one.description ?? ""))));
  if (found.length) field.setAttribute("aria-activedescendant", `command-${at}`);
  else field.removeAttribute("aria-activedescendant");
  list.children[at]?.scrollIntoView({ block: "nearest" });
  drawHint(found.length > 0);
}

function drawHint(covered) {
  const word = field.value.match(/^(\/\S+)\s/)?.[1];
  const known = commands().find((one) => one.command === word);
  hint.hidden = covered || !known;
  if (known) hint.replaceChildren(h("strong", {}, known.command), " ", known.usage_hint ? h("code", {}, known.usage_hint) : "", " ", known.description ?? "");
}

function complete(one) {
  field.value = `${one.command} `;
  field.focus();
  typed();
}

function onKey(event) {
  if (event.isComposing) return;
  const found = list.hidden ? [] : matching();
  if (found.length && listKey(event, found)) {
    event.preventDefault();
    return;
  }
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    deliver();
  }
}

/** A key that the open list takes for itself. Enter on a command that is already whole sends it. */
function listKey(event, found) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    at = (at + step + found.length) % found.length;
    drawCommands();
    return true;
  }
  if (event.key === "Escape") {
    dismissed = field.value;
    drawCommands();
    return true;
  }
  const whole = found[at].command === field.value;
  if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && !event.shiftKey && !whole)) {
    complete(found[at]);
    return true;
  }
  return false;
}

async function deliver() {
  const text = field.value.trim();
  if (!text || sending || field.disabled) return;
  const who = world.me;
  busy(true);
  wrong.textContent = "";
  try {
    await (text.startsWith("/") ? api.command(who, text) : api.message(who, text));
    drafts.set(who, "");
    if (who === world.me) {
      field.value = "";
      typed();
      toBottom();
    }
    await refresh();
  } catch (refused) {
    if (who === world.me) wrong.textContent = refused.message;
  } finally {
    busy(false);
  }
}

function busy(on) {
  sending = on;
  list.hidden = true;
  field.readOnly = on;
  form.classList.toggle("sending", on);
  send.setAttribute("aria-busy", String(on));
}
