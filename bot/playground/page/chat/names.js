// What people, conversations and badges are called and what stands beside their names.

import { appAvatar, avatar, h, icon, ICONS } from "../ui/dom.js";
import { nameOf, world } from "../world.js";

/** Who wrote a message: {kind: "app" | "bot" | "person", id, name}. */
export function authorOf(message) {
  const { app } = world.state;
  if (message.bot_id === app.bot_id || message.user === app.user_id) return { kind: "app", id: app.user_id, name: message.username || app.name };
  if (message.bot_id) {
    const name = message.username || message.bot_profile?.name || nameOf(message.user) || "A bot";
    return { kind: "bot", id: message.user ?? message.bot_id, name };
  }
  return { kind: "person", id: message.user ?? "", name: nameOf(message.user) || "Somebody" };
}

/** The picture of whoever wrote a message. */
export const authorAvatar = (author) => (author.kind === "app" ? appAvatar(world.state.app) : avatar(author.id, author.name, author.kind === "bot" ? "bot" : ""));

/** What a conversation is called by whoever looks through `pane`. */
export function conversationName(conversation, pane) {
  if (pane.isAppsOwn(conversation)) return world.state.app.name;
  if (isRoom(conversation)) return conversation.name;
  const others = othersIn(conversation, pane).map((id) => nameOf(id) || id);
  return others.join(", ") || "Only you";
}

/** Everybody in a direct conversation but the one who looks; the app too, if it takes part. */
export function othersIn(conversation, pane) {
  const { app } = world.state;
  const people = conversation.members.filter((id) => id !== pane.me && id !== app.user_id);
  return conversation.has_app && !isRoom(conversation) ? [...people, app.user_id] : people;
}

/** Whether a conversation is a channel, public or private. */
export const isRoom = ({ kind }) => kind === "channel" || kind === "group";

/** What stands before the name of a conversation. */
export function conversationMark(conversation, pane) {
  if (pane.isAppsOwn(conversation)) return appAvatar(world.state.app);
  if (isRoom(conversation)) return icon(conversation.kind === "group" ? ICONS.lock : ICONS.hash);
  const people = othersIn(conversation, pane).filter((id) => id !== world.state.app.user_id);
  if (people.length === 1) return avatar(people[0], nameOf(people[0]));
  return h("span", { class: "avatar many", "aria-hidden": "true" }, String(people.length));
}

/** "Maya", "Maya and Tom", "Maya, Tom and 3 others". */
export function listed(names, most = 3) {
  if (names.length <= 1) return names[0] ?? "";
  if (names.length <= most) return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const rest = names.length - most + 1;
  return `${names.slice(0, most - 1).join(", ")} and ${rest} others`;
}

/** The badges of a person: what they are here, and whether they have left. */
export function badges(person) {
  const gone = person.deleted ? [h("span", { class: "badge gone" }, "Deactivated")] : [];
  const kinds = (person.badges ?? []).filter((badge) => badge !== "Deactivated");
  return [...gone, ...kinds.map((badge) => h("span", { class: `badge kind ${badge.toLowerCase().replace(/\W+/g, "-")}` }, badge))];
}

/** A moon for somebody who is not to be disturbed now. */
export const moon = (person) => (person.dnd && !person.deleted
  ? h("span", { class: "dnd", title: "Do not disturb" }, icon(ICONS.moon), h("span", { class: "unseen" }, "Do not disturb")) : null);

/** Whether a person belongs to another organization: apps here hardly know them. */
export const isOutsider = (person) => (person?.badges ?? []).includes("External");
