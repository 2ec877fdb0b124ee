// The part of the local HTTP API that the instruments use: clock, journal, trouble, keeping and beginning anew.

import { call } from "../api.js";

export const instruments = {
  speed: (speed) => call("clock", { speed }),
  journal: (since) => call(`journal?since=${since}`),
  limits: (on) => call("limits", { on }),
  faults: () => call("faults"),
  addFault: (fault) => call("faults", fault),
  dropFault: (id) => call(id === undefined ? "faults" : `faults/${encodeURIComponent(id)}`, undefined, "DELETE"),
  sockets: (what) => call("sockets", { do: what }),
  install: (installed) => call("app", { installed }),
  saved: () => call("saved"),
  restore: (saved) => call("saved", saved),
  reset: () => call("reset", {}),
};
