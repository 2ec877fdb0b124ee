// The page: who is chosen, what is shown, and when to look again.

import { api, listen } from "./api.js";
import { drawClock, startClock } from "./clock.js";
import { drawComposer, focusComposer, startComposer } from "./composer.js";
import { appAvatar, avatar, h, icon, ICONS, notice, recall, remember } from "./dom.js";
import { drawHome, forgetHome } from "./home.js";
import { drawInspector, startInspector } from "./inspector.js";
import { drawMessages, startMessages, toBottom } from "./messages.js";
import { drawModal, startModals } from "./modal.js";
import { drawPeople, showChosen, startPeople } from "./people.js";
import { changed, onChange, person, refresh, world } from "./world.js";

const $ = (id) => document.getElementById(id);
const TABS = ["messages", "home"];

// ---- who and what: kept in the address, as #U123 or #U123/home --------------------------------------------------------

function go(user, tab) {
  location.hash = tab === "home" ? `${user}/home` : user;
}

const named = () => location.hash.slice(1).split("/");

function readAddress() {
  const [user, tab] = named();
  const known = world.state?.people.some((one) => one.id === user);
  const before = world.me;
  world.me = known ? user : null;
  world.tab = tab === "home" ? "home" : "messages";
  if (before !== world.me) {
    world.view = null;
    forgetHome();
  }
  showPeople(false);
  changed();
  showChosen();
  if (world.me) open();
}

/** Tell the app that its Home or its messages were opened, and look. */
async function open() {
  const { me, tab } = world;
  try {
    await Promise.all([refresh(), person()?.deleted ? null : api.open(me, tab)]);
  } catch (refused) {
    notice(refused.message);
  }
  await refresh();
  if (tab === "messages") {
    toBottom();
    if (document.activeElement === document.body || document.activeElement.matches(".person-row, [role=tab]")) focusComposer();
  }
}

// ---- what is around the conversation ----------------------------------------------------------------------------------

function drawFrame() {
  if (!world.state) return;
  const who = person();
  $("team").textContent = world.state.team.name;
  document.title = who ? `${who.real_name} · Playground` : "Playground";
  $("person").hidden = !who;
  $("welcome").hidden = Boolean(who);
  drawBanner();
  if (who) drawWho(who);
  else drawWelcome();
  for (const tab of TABS) {
    const chosen = world.tab === tab;
    $(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
    $(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
    $(tab).hidden = !chosen;
  }
}

function drawBanner() {
  const words = !world.online ? "The playground does not answer. Trying again…"
    : world.state.app.installed === false ? "The app has been removed from this workspace."
    : world.state.connected === 0 ? "The app is not connected. What you do here will not reach it." : "";
  $("banner").hidden = !words;
  if ($("banner").textContent !== words) $("banner").textContent = words;
}

function drawWho(who) {
  const sign = JSON.stringify([who.id, who.real_name, who.title, who.deleted]);
  if ($("who").dataset.sign === sign) return;
  $("who").dataset.sign = sign;
  $("who").replaceChildren(avatar(who.id, who.real_name), h("div", {}, h("h2", {}, who.real_name),
    h("p", { class: "quiet" }, who.deleted ? "Deactivated" : who.title || "No title")));
}

function drawWelcome() {
  if ($("welcome").childElementCount) return;
  const { app, team } = world.state;
  $("welcome").append(appAvatar(app), h("h2", {}, app.name),
    h("p", {}, `Look at ${app.name} through the eyes of anyone in ${team.name}. Choose a person to begin.`),
    h("button", { type: "button", class: "button primary only-narrow", on: { click: () => showPeople(true) } }, "Choose a person"));
}

function showPeople(open) {
  document.body.classList.toggle("people-open", open);
  $("show-people").setAttribute("aria-expanded", String(open));
  $("shade").hidden = !open;
  if (open) $("search").focus();
}

function startTabs() {
  for (const tab of TABS) $(`tab-${tab}`).addEventListener("click", () => go(world.me, tab));
  $("person").querySelector("[role=tablist]").addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = world.tab === "home" ? "messages" : "home";
    $(`tab-${other}`).focus();
    go(world.me, other);
  });
}

function startTheme() {
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

function startHint() {
  if (recall("hint") === "seen") return;
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss the hint" }, icon(ICONS.close));
  const card = $("hint");
  card.className = "hint";
  card.setAttribute("role", "note");
  card.append(h("ol", {}, h("li", {}, "Choose a person"), h("li", {}, "Type ", h("kbd", {}, "/"), " to see what the app can do"),
    h("li", {}, "Move the clock")), close);
  card.hidden = false;
  close.addEventListener("click", () => {
    card.hidden = true;
    remember("hint", "seen");
  });
}

// ---- start ------------------------------------------------------------------------------------------------------------

const PAUSE = 150; // ms between two looks while the clock runs and changes rain down
let waiting = null;
let looked = -PAUSE;
let newest = 0; // the latest revision that we were told of; Infinity when we cannot know

/** Look again soon, because the playground says that it is at `revision` now. */
function look(revision = Infinity) {
  newest = Math.max(newest, revision);
  waiting ??= setTimeout(() => {
    waiting = null;
    const told = newest;
    newest = 0;
    if (told <= (world.state?.revision ?? -1)) return; // seen already
    looked = performance.now();
    refresh().then(settleIn).catch((refused) => notice(refused.message));
  }, Math.max(0, looked + PAUSE - performance.now()));
}

/** Once the playground is reached, show whom the address names. */
function settleIn() {
  const [user] = named();
  if (!world.me && world.state?.people.some((one) => one.id === user)) readAddress();
}

async function start() {
  startTheme();
  startPeople((user) => go(user, world.tab));
  startTabs();
  startClock();
  startMessages();
  startComposer();
  startModals();
  startInspector();
  startHint();
  $("show-people").addEventListener("click", () => showPeople(!document.body.classList.contains("people-open")));
  $("shade").addEventListener("click", () => showPeople(false));
  for (const draw of [drawFrame, drawPeople, () => world.state && drawClock(), drawMessages, drawHome, drawComposer, drawModal, drawInspector]) onChange(draw);
  await refresh();
  readAddress();
  addEventListener("hashchange", readAddress);
  document.addEventListener("visibilitychange", () => look());
  listen({
    changed: look, back: () => look(),
    broken: () => {
      world.online = false;
      if (world.state) drawBanner();
    },
  });
}

start();
