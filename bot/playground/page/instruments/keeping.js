// Keeping the whole state in a file, taking one up again, and beginning anew.

import { ask } from "../kit/confirm.js";
import { h, notice } from "../ui/dom.js";
import { instruments } from "./api.js";
import { refresh, world } from "../world.js";

const plain = (text) => ({ type: "plain_text", text });
const QUESTION = {
  title: plain("Begin anew?"), text: plain("People, conversations, clock and faults will be as at the start. What happened since is lost."),
  confirm: plain("Begin anew"), deny: plain("Keep it"), style: "danger",
};

/** The part of the drawer for it; `begunAnew()` is called when what was known no longer counts.
 * Where the app's own records would not fit, a sentence stands there instead: it says how to begin anew. */
export class Keeping {
  #sentence = h("p", { class: "quiet", hidden: true });
  #means;

  constructor(begunAnew) {
    this.#means = means(begunAnew);
    this.node = h("section", { class: "trouble-part" }, h("h3", {}, "State"), this.#sentence, this.#means);
  }

  /** Offer what there is to offer. */
  draw() {
    const { anew = "" } = world.state;
    this.#sentence.textContent = anew;
    this.#sentence.hidden = !anew;
    this.#means.hidden = Boolean(anew);
  }
}

function means(begunAnew) {
  const said = h("p", { class: "quiet", role: "status" });
  const file = h("input", { type: "file", accept: "application/json,.json", class: "unseen", tabindex: -1, "aria-label": "A saved state" });
  const doing = (deed) => async () => {
    said.textContent = "";
    try {
      said.textContent = (await deed()) ?? "";
    } catch (refused) {
      notice(refused.message);
    }
  };
  const load = doing(() => loaded(file, begunAnew));
  file.addEventListener("change", load);
  const button = (name, listener, kind = "") => h("button", { type: "button", class: `button ${kind}`, on: { click: listener } }, name);
  return h("div", { class: "trouble-means" }, h("p", { class: "quiet" }, "People, conversations, clock: all that this playground knows."),
    h("div", { class: "trouble-row" }, button("Save to a file", doing(saved)), button("Load from a file", () => file.click()), button("Begin anew", doing(() => reset(begunAnew)), "danger")), file, said);
}

async function saved() {
  const kept = await instruments.saved();
  const url = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 1)], { type: "application/json" }));
  const link = h("a", { href: url, download: `playground-${world.state.clock.now.slice(0, 10)}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  return "Saved.";
}

async function loaded(file, begunAnew) {
  const [chosen] = file.files;
  if (!chosen) return "";
  const text = await chosen.text();
  file.value = "";
  let kept;
  try {
    kept = JSON.parse(text);
  } catch {
    throw new Error("That file is no saved state.");
  }
  await instruments.restore(kept);
  begunAnew();
  await refresh();
  return "Loaded.";
}

async function reset(begunAnew) {
  if (!(await ask(QUESTION, null))) return "";
  await instruments.reset();
  begunAnew();
  await refresh();
  return "As at the start.";
}
