// What the page knows: the last answers of the playground, and the panes through which people are looked at.

import { api } from "./api.js";
import { dayOf } from "./ui/dates.js";
import { notice } from "./ui/dom.js";

const narrow = matchMedia("(max-width: 760px)");

/** state: the playground's; panes: one or two; active: the pane that was touched last; online: whether the playground is reached. */
export const world = {
  state: null, panes: [], active: null, online: true,
  get isNarrow() { return narrow.matches; },
};

const listeners = new Set();

/** Call `draw` whenever the world has changed. */
export function onChange(draw) {
  listeners.add(draw);
}

/** Draw everything again; each part touches only what differs. */
export function changed() {
  for (const draw of listeners) draw();
}

narrow.addEventListener("change", changed);

/** The person through whose eyes a pane looks; null before one is chosen. */
export const person = (pane = world.active) => pane?.person ?? null;

/** The playground's time. */
export const now = () => new Date(world.state?.clock.now ?? 0);

/** The name of a person or of the app; nothing if there is no such id. */
export function nameOf(id) {
  if (id === world.state?.app.user_id) return world.state.app.name;
  return world.state?.people.find((one) => one.id === id)?.real_name ?? "";
}

/** Who reads in a pane, where and when: what texts and dates are shown for. */
export function reader(pane = world.active) {
  const channelOf = (id) => (world.state?.channels?.find((one) => one.id === id)
    ?? pane?.conversations.find((one) => one.channel === id))?.name ?? "";
  return { me: pane?.me ?? null, zone: person(pane)?.tz ?? world.state?.clock.zone ?? "UTC", now: now(), nameOf, channelOf };
}

/** The reader's day by the playground's clock. */
export const today = (pane = world.active) => dayOf(now(), reader(pane).zone);

/**
 * A surface: where blocks live and what a click on them means. `pane` is whose they are; `where()` gives the click's address;
 * `given()` what the playground knows of its fields; `complain` shows what went wrong. One click at a time: while the app
 * answers, `root()` looks pending and other clicks do nothing.
 */
export function surfaceFor(id, { pane, where, root, given = () => ({}), complain = notice }) {
  const surface = {
    id, pane, values: new Map(), given, busy: null, today: () => today(pane), people: () => world.state?.people ?? [],
    get reader() { return reader(pane); },
    async act(blockId, actionId, choice, control) {
      if (surface.busy && !control.matches("input, textarea, select")) return;
      while (surface.busy) await surface.busy;
      const look = pending(root(), control);
      surface.busy = api.click(pane.me, { ...where(), block_id: blockId, action_id: actionId, ...choice })
        .then(refresh).catch((refused) => complain(refused.message)).finally(() => {
          surface.busy = null;
          look();
        });
      await surface.busy;
    },
    /** What an external select offers for what was typed. */
    options: (blockId, actionId, value) => api.options(pane.me, { ...where(), block_id: blockId, action_id: actionId, value }),
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

/** Do something as a person and look again; say so if it is refused. The answer is whether it was done. */
export async function attempt(deed) {
  try {
    await deed();
    return true;
  } catch (refused) {
    notice(refused.message);
    return false;
  } finally {
    await refresh();
  }
}

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
  const asked = world.panes.filter((pane) => pane.me).map((pane) => ({ pane, me: pane.me, reading: pane.reading }));
  try {
    const [state, ...views] = await Promise.all([api.state(), ...asked.map(({ me, reading }) => api.person(me, reading))]);
    Object.assign(world, { state, online: true });
    asked.forEach(({ pane, me }, at) => {
      if (pane.me === me) pane.take(views[at]);
      else again = true; // somebody else was chosen meanwhile
    });
    again ||= world.panes.some((pane) => pane.reading && pane.conversation.unread > 0 && !asked.some((one) => one.pane === pane && one.reading === pane.reading));
  } catch (refused) {
    if (refused.code !== "unreachable") throw refused;
    world.online = false;
  }
}
