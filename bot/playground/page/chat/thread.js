// The replies to one message, beside the conversation.

import { Composer } from "./composer.js";
import { placeIn, voiceIn } from "./conversation.js";
import { h, icon, ICONS } from "../ui/dom.js";
import { Log } from "./log.js";
import { conversationName, isRoom } from "./names.js";

/** The thread panel of a pane. `close()` puts it away. */
export class Thread {
  node;
  #pane;
  #title;
  #log = new Log("Thread", "Replies");
  #composer;
  #missing = h("p", { class: "quiet thread-missing", hidden: true }, "This message is no longer there.");
  #shown = null;

  constructor(pane, { id, close }) {
    this.#pane = pane;
    this.#title = h("p", { class: "quiet" });
    this.#composer = new Composer(pane, {
      id, label: "Reply",
      where: () => ({ channel: pane.conversation?.channel, thread: pane.thread, members: pane.conversation?.members }),
      voice: () => this.#voice(),
      sent: () => this.#log.toBottom(),
    });
    const away = h("button", { type: "button", class: "icon-button", "aria-label": "Close the thread", on: { click: close } }, icon(ICONS.close));
    this.node = h("aside", { class: "thread", "aria-label": "Thread", hidden: true },
      h("header", { class: "thread-head" }, h("div", {}, h("h2", {}, "Thread"), this.#title), away),
      this.#log.scroller, this.#log.more, this.#composer.node);
    this.#log.scroller.append(this.#missing);
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());
  }

  /** Draw the thread that is open, or none. */
  draw() {
    const { thread, conversation, me } = this.#pane;
    const open = Boolean(thread && conversation);
    this.node.hidden = !open;
    if (!open) {
      this.#shown = null;
      return;
    }
    const messages = conversation.messages.filter((one) => one.ts === thread || one.thread_ts === thread);
    const which = `${me}/${conversation.channel}/${thread}`;
    this.#title.textContent = `${isRoom(conversation) ? "#" : ""}${conversationName(conversation, this.#pane)}`;
    this.#missing.hidden = messages.some((one) => one.ts === thread);
    this.#log.draw(which, messages, placeIn(this.#pane, () => {}, true));
    this.#composer.draw();
    if (this.#shown !== which) {
      this.#shown = which;
      this.#log.toBottom();
    }
  }

  /** Put the caret into the composer. */
  focus() {
    this.#composer.focus();
  }

  #voice() {
    const { refusal } = voiceIn(this.#pane, this.#pane.conversation);
    return { refusal, placeholder: "Reply…" };
  }
}
