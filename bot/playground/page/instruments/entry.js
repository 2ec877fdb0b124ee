// What an entry of the journal says: how it went, what is wrong with it, and what Block Kit it holds.

/** JSON that travels as text is opened up. */
export function opened(value) {
  if (typeof value === "string" && /^\s*[[{]/.test(value)) {
    try {
      return opened(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(opened);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, opened(one)]));
  return value;
}

/** How it went: {words, wrong}. Of a delivery, whether and what the app answered. */
export function outcome(entry) {
  if (entry.kind === "call") {
    if (entry.answer?.ok === false) return { words: entry.answer.error ?? "refused", wrong: true };
    return entry.answer ? { words: "ok", wrong: false } : { words: "no answer", wrong: true };
  }
  if (!entry.reply) return { words: "not acknowledged", wrong: true };
  const action = entry.reply.response_action ?? (entry.reply.options || entry.reply.option_groups ? "options" : "");
  return { words: action || "acknowledged", wrong: false };
}

/** Whether there is something to look into. */
export const troubled = (entry) => outcome(entry).wrong || entry.violations?.length > 0 || Boolean(entry.fault) || entry.retry > 0;

/** The places in the arguments that a refusal points to: "/blocks/0/text". */
export function pointers({ answer }) {
  const said = [...(answer?.response_metadata?.messages ?? []), ...(answer?.errors ?? [])].map(String);
  return new Set(said.flatMap((line) => [...line.matchAll(/json-pointer:\s*(\/[^\]\s]*)/g)].map(([, pointer]) => pointer)));
}

/** The sentences that come with a refusal. */
export const complaints = ({ answer }) => (answer?.response_metadata?.messages ?? []).map(String);

const OF_VIEW = [
  "type", "title", "submit", "close", "blocks", "callback_id", "private_metadata", "external_id", "clear_on_close", "notify_on_close", "submit_disabled",
];

/** The Block Kit that an entry holds, as Block Kit Builder takes it; null if it holds none. */
export function builderJson(entry) {
  for (const place of [entry.args, entry.reply, entry.payload, entry.answer].map(opened)) {
    const found = inPlace(place);
    if (found) return found;
  }
  return null;
}

function inPlace(place) {
  const view = place?.view;
  if (view?.blocks) return Object.fromEntries(OF_VIEW.filter((name) => view[name] !== undefined && view[name] !== "").map((name) => [name, view[name]]));
  const holder = [place, place?.message].find((one) => Array.isArray(one?.blocks) || Array.isArray(one?.attachments));
  if (!holder) return null;
  return { ...(holder.blocks ? { blocks: holder.blocks } : {}), ...(holder.attachments?.length ? { attachments: holder.attachments } : {}) };
}
