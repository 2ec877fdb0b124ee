// Forms: the top of the person's stack of modal views.

import { api } from "./api.js";
import { h } from "./dom.js";
import { showBlocks } from "./blocks.js";
import { stateValues } from "./field-state.js";
import { textOf } from "./text.js";
import { reader, refresh, surfaceFor, world } from "./world.js";

const dialog = document.getElementById("modal");
const title = h("h2", { id: "modal-title", tabindex: -1 });
const depth = h("p", { class: "modal-depth" });
const body = h("div", { class: "modal-body blocks" });
const wrong = h("p", { class: "form-error", role: "alert" });
const closing = h("button", { type: "button", class: "button" });
const sending = h("button", { type: "submit", class: "button primary" });
const form = h("form", { novalidate: true, autocomplete: "off" }, h("div", { class: "modal-head" }, title, depth), body, wrong,
  h("div", { class: "modal-foot" }, h("span", { class: "spring" }), closing, sending));

const forms = new Map(); // view id → its surface: what was typed, what was wrong
let shown = null; // the id of the view that is drawn
let busy = false;

/** Set up the one dialog in which forms are shown. */
export function startModals() {
  dialog.append(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  closing.addEventListener("click", close);
  dialog.addEventListener("cancel", (event) => event.target === dialog && event.preventDefault());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || dialog.querySelector(":popover-open")) return;
    event.preventDefault();
    close();
  });
}

const top = () => world.view?.modals?.at(-1) ?? null;

/** Draw the form on top of the stack, or none. */
export function drawModal() {
  const view = top();
  const ids = new Set((world.view?.modals ?? []).map((one) => one.id));
  for (const id of forms.keys()) if (!ids.has(id)) forms.delete(id);
  if (!view) {
    shown = null;
    if (dialog.open) dialog.close();
    return;
  }
  const surface = surfaceOf(view);
  title.textContent = textOf(view.title, reader());
  const under = world.view.modals.length - 1;
  depth.textContent = under ? `On top of ${under === 1 ? "another form" : `${under} other forms`}` : "";
  closing.textContent = textOf(view.close, reader()) || (view.submit ? "Cancel" : "Close");
  sending.hidden = !view.submit;
  sending.textContent = textOf(view.submit, reader());
  const fresh = shown !== view.id;
  if (fresh) {
    shown = view.id;
    body.replaceChildren();
    wrong.textContent = "";
  }
  showBlocks(body, view.blocks ?? [], surface);
  if (!dialog.open) dialog.showModal();
  if (fresh) {
    body.scrollTop = 0;
    title.focus({ preventScroll: true });
  }
  focusFirst();
}

function surfaceOf(view) {
  if (!forms.has(view.id)) {
    const surface = surfaceFor(`v-${view.id}`, {
      where: () => ({ view: view.id, state: stateValues(top()?.blocks ?? [], surface) }),
      root: () => form,
      given: () => world.view?.modals?.find((one) => one.id === view.id)?.state?.values ?? {},
      complain: (sentence) => { wrong.textContent = sentence; },
    });
    surface.errors = {};
    forms.set(view.id, surface);
  }
  return forms.get(view.id);
}

/** Put the caret into the first field, unless the person is somewhere already. */
function focusFirst() {
  if (![title, dialog, document.body].includes(document.activeElement)) return;
  const fields = "input:not([disabled]), textarea, select";
  const first = body.querySelector("[data-autofocus]") ?? body.querySelector(fields);
  first?.focus({ preventScroll: !body.querySelector("[data-autofocus]") });
}

async function submit() {
  const view = top();
  if (busy || !view) return;
  const surface = surfaceOf(view);
  wrong.textContent = "";
  await working(sending, async () => {
    const { errors = {} } = await api.submit(world.me, view.id, stateValues(view.blocks ?? [], surface));
    await refresh();
    if (forms.has(view.id)) showErrors(surface, errors);
  });
}

async function close() {
  const view = top();
  if (busy || !view) return;
  await working(closing, async () => {
    await api.close(world.me, view.id);
    await refresh();
  });
}

async function working(button, work) {
  busy = true;
  form.classList.add("pending");
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (refused) {
    wrong.textContent = refused.message;
  } finally {
    busy = false;
    form.classList.remove("pending");
    button.removeAttribute("aria-busy");
  }
}

/** Show what is wrong at each field, and go to the first. What belongs to no field stands at the foot. */
function showErrors(surface, errors) {
  surface.errors = errors;
  drawModal();
  const blocks = new Set((top()?.blocks ?? []).filter((block) => block.type === "input").map((block) => block.block_id));
  const homeless = Object.entries(errors).filter(([id]) => !blocks.has(id)).map(([, sentence]) => sentence);
  wrong.textContent = homeless.join(" ");
  const first = body.querySelector("[aria-invalid]");
  (first?.matches("input, textarea, select") ? first : first?.querySelector("input"))?.focus();
  first?.closest(".block")?.scrollIntoView({ block: "nearest" });
}
