// The playground's local HTTP API (see ../README.md): everything that the page does goes through here.

/** A refusal, with a sentence for the person and the server's short code. */
export class Refused extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const SENTENCES = {
  unknown_command: "The app does not have that command. Type / to see the ones it has.",
  app_did_not_answer: "The app did not answer in time. Is it running?",
  unreachable: "The playground does not answer. Is it still running?",
};

/** Ask the playground: a GET, or a POST where there is a body. Throws Refused if it will not. */
export async function call(path, body, method = body === undefined ? "GET" : "POST") {
  const options = body === undefined ? { method } : {
    method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  let response;
  let answer;
  try {
    response = await fetch(`/playground/${path}`, { cache: "no-store", ...options });
    answer = await response.json();
  } catch {
    const code = response ? `http_${response.status}` : "unreachable";
    throw new Refused(code, SENTENCES[code] ?? `The playground could not do that (${code}).`);
  }
  if (!response.ok || answer.ok === false) {
    const code = answer.error ?? `http_${response.status}`;
    throw new Refused(code, answer.message || SENTENCES[code] || `The playground could not do that (${code}).`);
  }
  return answer;
}

const person = (user) => `people/${encodeURIComponent(user)}`;

export const api = {
  state: () => call("state"),
  person: (user, reading) => call(`${person(user)}${reading ? `?read=${encodeURIComponent(reading)}` : ""}`),
  command: (user, text, channel) => call(`${person(user)}/command`, { text, channel }),
  message: (user, text, channel, thread) => call(`${person(user)}/message`, { text, channel, thread_ts: thread ?? undefined }),
  open: (user, what) => call(`${person(user)}/open`, what),
  click: (user, what) => call(`${person(user)}/click`, what),
  options: (user, what) => call(`${person(user)}/options`, what),
  submit: (user, view, state) => call(`${person(user)}/submit`, { view, state }),
  close: (user, view) => call(`${person(user)}/close`, { view }),
  shortcut: (user, what) => call(`${person(user)}/shortcut`, what),
  react: (user, channel, ts, name, remove) => call(`${person(user)}/react`, { channel, ts, name, remove }),
  join: (user, channel) => call(`${person(user)}/join`, { channel }),
  leave: (user, channel) => call(`${person(user)}/leave`, { channel }),
  clock: (move) => call("clock", move),
  calls: (since) => call(`calls?since=${since}`),
};

/** Listen for changes; `changed(revision)` for each, `broken()` while the connection is away, `back()` once it is there. */
export function listen({ changed, broken, back }) {
  let source;
  const start = () => {
    source = new EventSource("/playground/events");
    source.addEventListener("open", back);
    source.addEventListener("message", (event) => {
      try {
        changed(JSON.parse(event.data).revision);
      } catch {
        changed(Infinity);
      }
    });
    source.addEventListener("error", () => {
      broken();
      if (source.readyState === EventSource.CLOSED) setTimeout(start, 2000); // the browser gave up: we do not
    });
  };
  start();
  addEventListener("pagehide", () => source.close());
}
