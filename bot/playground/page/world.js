// What the page knows: the last answers of the playground, and who is looking at what.

import { api } from "./api.js";
import { dayOf } from "./dates.js";
import { notice } from "./dom.js";

/** state: the playground's; me: whose eyes; tab: "messages" or "home"; view: what that person sees; online: server reached. */
export const world = { state: null, me: null, tab: "messages", view: null, online: true };

const listeners = new Set();

/** Call `draw` whenever the world has changed. */
export function onChange(draw) {
  listeners.add(draw);
}

/** Draw everything again; each part touches only what differs. */
export function changed() {
  for (const draw of listeners) draw();
}

/** The person through whose eyes we look; null before one is chosen. */
export const person = () => world.state?.people.find((one) => one.id === world.me) ?? null;

/** The playground's time. */
export const now = () => new Date(world.state?.clock.now ?? 0);

/** Who reads, where and when: what texts and dates are shown for. */
export function reader() {
  const nameOf = (id) => {
    if (id === world.state?.app.user_id) return world.state.app.name;
    return world.state?.people.find((one) => one.id === id)?.real_name ?? "";
  };
  const channelOf = (id) => world.state?.channels?.find((one) => one.id === id)?.name ?? "";
  return { me: world.me, zone: person()?.tz ?? world.state?.clock.zone ?? "UTC", now: now(), nameOf, channelOf };
}

/** The reader's day by the playground's clock. */
export const today = () => dayOf(now(), reader().zone);

/**
 * A surface: where blocks live and what a click on them means. `where()` gives the click's address; `given()` what the
 * playground knows of its fields; `complain` shows what went wrong. One click at a time: while the app answers, `root()` looks pending and other clicks do nothing.
 */
export function surfaceFor(id, { where, root, given = () => ({}), complain = notice }) {
  const surface = {
    id, values: new Map(), given, busy: null, today, people: () => world.state?.people ?? [],
    get reader() { return reader(); },
    async act(blockId, actionId, choice, control) {
      if (surface.busy && !control.matches("input, textarea, select")) return;
      while (surface.busy) await surface.busy;
      const look = pending(root(), control);
      surface.busy = api.click(world.me, { ...where(), block_id: blockId, action_id: actionId, ...choice })
        .then(refresh).catch((refused) => complain(refused.message)).finally(() => {
          surface.busy = null;
          look();
        });
      await surface.busy;
    },
    /** What an external select offers for what was typed. */
    options: (blockId, actionId, value) => api.options(world.me, { ...where(), block_id: blockId, action_id: actionId, value }),
  };
  return surface;
}

function pending(root, control) {
  root?.classList.add("pending");
  control.setAttribute("aria-busy", "true");
  return () => {
    root?.classList.remove("pending");
    control.removeAttribute("aria-busy");
  };
}

/** Whether the person has the messages before their eyes, and so reads them. */
export const reads = () => world.tab === "messages" && !document.hidden && !person()?.deleted;

let running = null;
let again = false;

/** Fetch what may have changed and draw it. Many calls at once make at most two rounds. */
export function refresh() {
  again = true;
  running ??= rounds();
  return running;
}

async function rounds() {
  try {
    while (again) {
      again = false;
      await round();
      changed();
    }
  } finally {
    running = null; // in the same breath as the last look at `again`: no call in between is lost
  }
}

async function round() {
  const { me } = world;
  try {
    const [state, view] = await Promise.all([api.state(), me ? api.person(me, reads()) : null]);
    if (me !== world.me) again = true; // somebody else was chosen meanwhile
    else Object.assign(world, { state, view, online: true });
  } catch (refused) {
    if (refused.code !== "unreachable") throw refused;
    world.online = false;
  }
}
