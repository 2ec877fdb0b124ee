// The page: who is looked at, beside whom, and when to look again.

import { addressOf, readAddress } from "./address.js";
import { api, listen } from "./api.js";
import { drawClock, startClock } from "./instruments/clock.js";
import { notice } from "./ui/dom.js";
import { drawBanner, drawFrame, startTheme } from "./frame.js";
import { drawHint, startHint } from "./hint.js";
import { drawInspector, startInspector } from "./instruments/inspector.js";
import { isOutsider } from "./chat/names.js";
import { Pane } from "./chat/pane.js";
import { drawPeople, showChosen, startPeople } from "./people.js";
import { Screen } from "./chat/screen.js";
import { openSwitcher } from "./switcher.js";
import { changed, onChange, refresh, world } from "./world.js";

const $ = (id) => document.getElementById(id);
const screens = []; // one for each pane that was ever there; the second waits, hidden, while it is not needed

// ---- who and what: kept in the address --------------------------------------------------------------------------------

/** Show something else in a pane: {me, place, thread}, what there is of them. */
function go(pane, what) {
  const next = { me: pane.me, place: pane.place, thread: pane.thread, ...what };
  location.hash = addressOf(world.panes.map((one) => (one === pane ? next : one)));
  return follow();
}

function goBeside(me) {
  world.active = screens[1].pane;
  location.hash = addressOf([world.panes[0], { me, place: "messages", thread: null }]);
  return follow();
}

function closePane(pane) {
  if (pane === screens[0].pane) screens.reverse(); // whoever stays keeps their screen, with all that is half typed
  $("panes").append(screens[1].node);
  location.hash = addressOf(world.panes.filter((one) => one !== pane));
  return follow();
}

let followed = null;

/** Show what the address says. */
async function follow() {
  if (followed === location.hash) return;
  followed = location.hash;
  const wanted = readAddress(location.hash).filter(({ me }) => world.state?.people.some((one) => one.id === me));
  if (!wanted.length) wanted.push({ me: null, place: "messages", thread: null });
  world.panes = wanted.map((_, at) => screens[at].pane);
  if (!world.panes.includes(world.active)) [world.active] = world.panes;
  const moved = world.panes.filter((pane, at) => pane.show(wanted[at]) && pane.me);
  for (const { pane } of screens) if (!world.panes.includes(pane)) pane.show({ me: null, place: "messages", thread: null });
  showPeople(false);
  changed();
  showChosen();
  await Promise.all(moved.map(open));
}

/** Tell the app what was opened, and look. */
async function open(pane) {
  const { me, place } = pane;
  let from = document.activeElement; // whoever has gone on to something else meanwhile keeps the focus there
  const arrived = () => {
    if (place === "home" || place === "about") return;
    screens.find((one) => one.pane === pane).arrive(document.activeElement === from);
    if (document.activeElement !== from) from = null;
  };
  try {
    await refresh(); // before it counts as read, so that what is new can be marked
    if (isNowhere(pane)) return await go(pane, { place: "messages", thread: null });
    arrived();
    if (!pane.person?.deleted && place !== "about" && !(place === "home" && isOutsider(pane.person))) await api.open(me, ["home", "messages"].includes(place) ? { tab: place } : { channel: place });
  } catch (refused) {
    notice(refused.message);
  }
  await refresh();
  arrived();
}

/** Whether the address, or the eyes of somebody else, led to a conversation that this person is not in. */
const isNowhere = ({ view, conversation, place }) => Boolean(view) && !conversation && place !== "home" && place !== "about";

/** A pane was clicked or got the focus: the list of people and the clock speak of its person now. */
function touched(pane) {
  if (world.active === pane) return;
  world.active = pane;
  changed();
}

function front(pane) {
  world.active = pane;
  changed();
  refresh();
}

/** Look through somebody's eyes, in the pane that was used last or in the one beside it. */
function lookAs(me, beside = false) {
  if (beside && world.panes[0].me) return goBeside(me);
  const { place } = world.active;
  return go(world.active, { me, place: place === "home" || place === "about" ? place : "messages", thread: null });
}

function switchTo(pane) {
  world.active = pane;
  openSwitcher("go", async ({ person, place }, beside) => {
    document.activeElement.blur(); // whoever goes somewhere else wants to write there, not to be back where they were
    await (person ? lookAs(person, beside) : go(pane, { place, thread: null }));
    if (document.activeElement === document.body) $("conversation").focus();
  });
}

// ---- people as a drawer, keys -----------------------------------------------------------------------------------------

function showPeople(open) {
  document.body.classList.toggle("people-open", open);
  $("show-people").setAttribute("aria-expanded", String(open));
  $("shade").hidden = !open;
  if (open) $("search").focus();
}

function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("people-open")) {
      showPeople(false);
      $("show-people").focus();
    }
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (!document.querySelector("dialog:modal")) switchTo(world.active);
  });
  $("show-people").addEventListener("click", () => showPeople(!document.body.classList.contains("people-open")));
  $("shade").addEventListener("click", () => showPeople(false));
  if (/mac/i.test(navigator.platform)) $("find").querySelector("kbd").textContent = "⌘ K";
  $("find").addEventListener("click", () => switchTo(world.active));
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
  if (world.panes[0].me || !world.state) return;
  followed = null;
  follow();
}

function startScreens() {
  const on = { go, closePane, touched, lookAs, switchPerson: switchTo, beside: () => openSwitcher("beside", ({ person }) => goBeside(person)) };
  for (const number of [1, 2]) {
    const screen = new Screen(new Pane(), number, on);
    screens.push(screen);
    $("panes").append(screen.node);
  }
  world.panes = [screens[0].pane];
  world.active = screens[0].pane;
}

async function start() {
  startTheme();
  startPeople(lookAs);
  startScreens();
  startClock();
  startInspector();
  startHint();
  startKeys();
  const drawScreens = () => world.state && screens.forEach((screen) => screen.draw());
  for (const draw of [() => drawFrame(lookAs, front), drawHint, drawPeople, () => world.state && drawClock(), drawScreens, drawInspector]) onChange(draw);
  await refresh();
  addEventListener("hashchange", follow);
  await follow();
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
