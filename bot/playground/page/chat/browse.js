// The channels that a person is not in, to join them.

import { api } from "../api.js";
import { h, icon, ICONS } from "../ui/dom.js";
import { hang } from "../ui/popover.js";
import { attempt, world } from "../world.js";

/** Open the list at `anchor`; `go(channel)` shows the one that was joined. */
export function openBrowser(anchor, pane, go) {
  const list = h("ul", { class: "browse" });
  const panel = h("div", { class: "browse-panel", role: "dialog" }, h("h3", {}, "Channels to join"), list);
  let close = () => {};
  const rows = joinable(pane).map((channel) => row(channel, async () => {
    if (!(await attempt(() => api.join(pane.me, channel.id)))) return;
    close();
    go(channel.id);
  }));
  list.append(...rows);
  const none = isGuest(pane.person) ? "Guests are invited to channels; they do not join by themselves." : "There is no other public channel.";
  if (!rows.length) panel.append(h("p", { class: "quiet" }, none));
  close = hang(anchor, panel, "Channels to join");
  (list.querySelector("button") ?? panel).focus();
}

const isGuest = ({ badges = [] }) => badges.some((badge) => badge.includes("uest") || badge === "External");

const joinable = (pane) => (isGuest(pane.person) ? [] : world.state.channels ?? []).filter((one) => one.kind === "channel" && !one.members.includes(pane.me));

function row({ name, topic, members }, join) {
  const count = `${members.length} ${members.length === 1 ? "person" : "people"}`;
  return h("li", {}, icon(ICONS.hash), h("span", { class: "browse-words" }, h("strong", {}, name), h("span", { class: "quiet" }, topic ? `${count} · ${topic}` : count)),
    h("button", { type: "button", class: "button", "aria-label": `Join #${name}`, on: { click: join } }, "Join"));
}
