// The open conversation of a pane: its messages and the composer under them.

import { api } from "../api.js";
import { Composer } from "./composer.js";
import { appAvatar, h, icon, ICONS } from "../ui/dom.js";
import { Log } from "./log.js";
import { conversationName, isOutsider, isRoom } from "./names.js";
import { isReply } from "./pane.js";
import { attempt, world } from "../world.js";

/** The messages panel of a pane. `openThread(ts)` shows the replies to a message. */
export class Conversation {
  #pane;
  #openThread;
  #log = new Log("Messages", "Conversation");
  #empty = h("div", { class: "empty", hidden: true });
  #composer;
  #offered = null;

  constructor(pane, panel, { id, openThread }) {
    this.#pane = pane;
    this.#openThread = openThread;
    this.#composer = new Composer(pane, {
      id, label: "Message", withShortcuts: true,
      where: () => ({ channel: pane.conversation?.channel, members: pane.conversation?.members }),
      voice: () => voiceIn(pane, pane.conversation),
      sent: () => {
        pane.unmark();
        this.#log.toBottom();
      },
    });
    this.#log.scroller.append(this.#empty);
    panel.append(this.#log.scroller, this.#log.more, this.#composer.node);
  }

  /** Draw what is open. */
  draw() {
    const { conversation, me, mark } = this.#pane;
    const known = Boolean(conversation);
    const messages = (conversation?.messages ?? []).filter((message) => !isReply(message));
    this.#log.draw(`${me}/${conversation?.channel}`, messages, placeIn(this.#pane, this.#openThread), {
      mark, repliesTo: (message) => repliesTo(message, conversation),
    });
    this.#drawEmpty(known && messages.length === 0);
    this.#composer.draw();
  }

  /** Go to what is new, and put the caret into the composer if `focus`. */
  arrive(focus) {
    this.#log.toNew();
    if (focus) this.#composer.focus();
  }

  #drawEmpty(shown) {
    this.#empty.hidden = !shown;
    const which = shown ? `${this.#pane.me}/${this.#pane.conversation.channel}` : null;
    if (this.#offered === which) return;
    this.#offered = which;
    this.#empty.replaceChildren(...(shown ? beginning(this.#pane) : []));
  }
}

/** What the messages of a pane's open conversation need to know of their place. */
export function placeIn(pane, openThread, inThread = false) {
  return { pane, channel: pane.conversation?.channel, mayReact: !pane.person?.deleted, inThread, openThread };
}

/** How many replies a message has, when the last came, and by whom; null if there are none. */
export function repliesTo(message, conversation) {
  const replies = conversation.messages.filter((one) => one.thread_ts === message.ts && one.ts !== message.ts && !one.ephemeral);
  if (!replies.length) return null;
  const last = replies.at(-1);
  return { count: replies.length, last: new Date(last.time ?? Number(last.ts) * 1000), users: [...new Set(replies.map((one) => one.user).filter(Boolean))] };
}

/** What the composer says in a conversation: a placeholder, or the reason why nothing can be written there. */
export function voiceIn(pane, conversation) {
  const { app } = world.state;
  const { person } = pane;
  const own = pane.isAppsOwn(conversation);
  if (person?.deleted) return { refusal: "This account is deactivated." };
  if (own && app.installed === false) return { refusal: `${app.name} has been removed from this workspace.` };
  if (own && isOutsider(person) && !world.isNarrow) return { placeholder: `Message ${app.name}: its commands are for people of this workspace` };
  if (own && app.can_write === false) return { placeholder: `${app.name} takes no messages here: type / for commands` };
  if (own && isOutsider(person)) return { placeholder: `Message ${app.name}` };
  if (own) return { placeholder: world.isNarrow ? `Message ${app.name} or type /` : `Message ${app.name}, or type / for commands` };
  const name = conversation ? conversationName(conversation, pane) : "";
  return { placeholder: `Message ${conversation && isRoom(conversation) ? "#" : ""}${name}` };
}

function beginning(pane) {
  const { app } = world.state;
  const { conversation } = pane;
  if (pane.isAppsOwn(conversation)) {
    const next = pane.person?.deleted ? "Nothing was said before this account was deactivated."
      : isOutsider(pane.person) ? `${app.name}’s commands are for people of this workspace; what you write may still reach it.`
      : ["Type ", h("kbd", {}, "/"), " to see commands or move the clock."];
    return [appAvatar(app), h("h2", {}, "Nothing here yet"), h("p", {}, next)];
  }
  const name = conversationName(conversation, pane);
  if (!isRoom(conversation)) return [h("h2", {}, name), h("p", {}, "This is the beginning of what you say to each other.")];
  return [h("span", { class: "avatar room" }, icon(conversation.kind === "group" ? ICONS.lock : ICONS.hash)), h("h2", {}, `The beginning of #${name}`),
    conversation.topic ? h("p", {}, conversation.topic) : h("p", {}, "Nobody has said anything here yet.")];
}

/** Let the person leave the channel that is open. */
export const leave = (pane) => attempt(() => api.leave(pane.me, pane.conversation.channel));
