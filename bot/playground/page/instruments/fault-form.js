// Ordering a fault: of which method, in what way, how often.

import { h, percent } from "../ui/dom.js";

const CALLS = [
  ["429", "429: refused, with a Retry-After"], ["error", "refused with an error code"], ["500", "500, not carried out"], ["500_after", "500, though carried out"],
  ["503", "503, not carried out"], ["503_after", "503, though carried out"], ["drop_before", "line cut before"], ["drop_after", "line cut after"],
  ["hang_before", "never answers, not carried out"], ["hang", "never answers, though carried out"], ["slow", "slow"], ["html", "the page of a gateway"],
  ["not_json", "an answer that is no JSON"], ["empty", "an empty answer"], ["truncated", "half an answer"],
];
const DELIVERIES = [
  ["lost", "lost on the way"], ["unheard", "acknowledgement lost"], ["late", "late"], ["cut", "the line breaks"], ["silence", "the line goes mute"],
];
const DELIVERED = ["slash_commands", "interactive", "events_api"];
const METHODS = ["*", ...DELIVERED, "chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.open", "conversations.history", "users.info", "users.list", "views.open", "views.update", "views.push", "views.publish"];
const TIMED = new Set(["slow", "late", "silence"]);

/** What goes wrong, in a line. */
export function faultWords({ how, times, probability, seconds, retry_after: pause }) {
  const name = typeof how === "string" ? [...CALLS, ...DELIVERIES].find(([one]) => one === how)?.[1] ?? how : `refused: ${how.error ?? "an answer of its own"}`;
  const often = times === null || times === undefined ? "until removed" : times === 1 ? "once" : `${times} times`;
  return [name, often, probability < 1 ? percent(probability) : "", how === "429" ? `Retry-After ${pause} s` : "", seconds ? `${seconds} s` : ""].filter(Boolean).join(" · ");
}

/** A form for one; `order(fault)` sends it, and answers whether it was taken. */
export function faultForm(order) {
  const fields = makeFields();
  const draw = () => drawFields(fields);
  const form = h("form", { class: "fault-form" },
    row("Method", fields.method, h("datalist", { id: "fault-methods" }, METHODS.map((value) => h("option", { value })))),
    row("How", fields.how), fields.code.row, h("div", { class: "fault-numbers" }, fields.times.row, fields.chance.row, fields.pause.row, fields.seconds.row, fields.seed.row),
    h("div", { class: "trouble-row" }, h("button", { type: "submit", class: "button primary" }, "Order the fault")));
  for (const event of ["input", "change"]) form.addEventListener(event, draw);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    order(faultIn(fields));
  });
  draw();
  return form;
}

function makeFields() {
  return {
    method: h("input", { type: "text", id: "fault-method", class: "field", value: "chat.postMessage", list: "fault-methods", spellcheck: "false", autocomplete: "off", required: true }),
    how: h("select", { id: "fault-how", class: "field" }),
    code: labelled("Error code", h("input", { type: "text", id: "fault-code", class: "field", value: "internal_error", spellcheck: "false" })),
    times: number("Times", "fault-times", { placeholder: "no end", value: "1", min: 1 }),
    chance: number("Chance, %", "fault-chance", { value: "100", min: 1, max: 100 }),
    pause: number("Retry-After, s", "fault-pause", { value: "30", min: 1 }),
    seconds: number("Seconds", "fault-seconds", { value: "5", min: 0 }),
    seed: number("Seed", "fault-seed", { value: "0", min: 0 }),
  };
}

const row = (name, control, ...more) => h("div", { class: "fault-row" }, h("label", { for: control.id }, name), control, more);
const labelled = (name, input) => ({ input, row: row(name, input) });
const number = (name, id, props) => labelled(name, h("input", { type: "number", id, class: "field", step: 1, ...props }));

/** Show only what matters for what was chosen. */
function drawFields({ method, how, code, pause, seconds, seed, chance }) {
  const ways = DELIVERED.includes(method.value) ? DELIVERIES : CALLS;
  if (how.dataset.of !== ways[0][0]) {
    how.dataset.of = ways[0][0];
    how.replaceChildren(...ways.map(([value, name]) => h("option", { value }, name)));
  }
  code.row.hidden = how.value !== "error";
  pause.row.hidden = how.value !== "429";
  seconds.row.hidden = !TIMED.has(how.value);
  seed.row.hidden = Number(chance.input.value) >= 100;
}

function faultIn({ method, how, code, times, chance, pause, seconds, seed }) {
  const fault = {
    method: method.value.trim(), how: how.value === "error" ? { error: code.input.value.trim() } : how.value,
    times: times.input.value === "" ? null : Number(times.input.value), probability: Number(chance.input.value || 100) / 100,
  };
  if (how.value === "429") fault.retry_after = Number(pause.input.value);
  if (TIMED.has(how.value)) fault.seconds = Number(seconds.input.value);
  if (fault.probability < 1) fault.seed = Number(seed.input.value);
  return fault;
}
