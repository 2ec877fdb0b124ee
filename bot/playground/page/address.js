// Who is looked at, and what they have open, as the page's address says it: #U1, #U1/home, #U1/C1/1496325600.000100, and two
// people side by side as #U1/C1+U2/home.

const MOST = 2; // people side by side

/** Read an address: a list of {me, place, thread}. `place` is "messages", "home", "about" or a conversation's id. */
export function readAddress(hash) {
  return hash.replace(/^#/, "").split("+").filter(Boolean).slice(0, MOST).map((part) => {
    const [me, place, thread] = part.split("/").map(plain);
    return { me, place: place || "messages", thread: thread || null };
  });
}

/** The address of what these panes show. */
export function addressOf(panes) {
  return panes.filter((pane) => pane.me).map(({ me, place, thread }) => {
    const parts = thread ? [me, place, thread] : place === "messages" ? [me] : [me, place];
    return parts.map(encodeURIComponent).join("/");
  }).join("+");
}

function plain(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
