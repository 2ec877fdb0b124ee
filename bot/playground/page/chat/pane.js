// A pane: one person's screen. Two may stand side by side; each has its own person, conversation, thread and forms.

import { world } from "../world.js";

const drafts = new Map(); // whose, where → what they had begun to write; kept while they look elsewhere

/** What one pane knows. `place` is "messages" (with the app), "home", "about" or a conversation's id. */
export class Pane {
  me = null;
  place = "messages";
  thread = null; // the `ts` of the message whose replies are open
  view = null; // the playground's last word on what this person sees
  #marks = new Map(); // conversation → the `ts` of the first message that was new when it was opened

  /** Look at somebody or something else. The answer says whether that is another person or place than before. */
  show({ me, place, thread }) {
    const moved = me !== this.me || place !== this.place;
    if (me !== this.me) this.view = null;
    if (moved) this.#marks.clear();
    Object.assign(this, { me, place, thread });
    if (moved) this.#markNew();
    return moved;
  }

  /** The person, as the list of people has them; null before anybody is chosen. */
  get person() {
    return world.state?.people.find((one) => one.id === this.me) ?? null;
  }

  /** Every conversation of theirs; the one with the app comes first. */
  get conversations() {
    return this.view?.conversations ?? [];
  }

  /** The conversation that is open; null on a tab of the app's, or before it is known. */
  get conversation() {
    if (this.place === "home" || this.place === "about") return null;
    if (this.place === "messages") return this.conversations[0] ?? null;
    return this.conversations.find((one) => one.channel === this.place) ?? null;
  }

  /** Whether `conversation` is the one with the app. */
  isAppsOwn(conversation) {
    return conversation === this.conversations[0];
  }

  /** The id of the conversation that is before the person's eyes and so is read; null if none is. */
  get reading() {
    if (document.hidden || !this.isSeen || this.person?.deleted) return null;
    return this.conversation?.channel ?? null;
  }

  /** Whether this pane is on the screen: a narrow one shows one pane at a time. */
  get isSeen() {
    return !world.isNarrow || world.panes.length < 2 || world.active === this;
  }

  /** Take in what the playground says the person sees, and mark where the new messages of the open conversation begin. */
  take(view) {
    this.view = view;
    this.#markNew();
  }

  #markNew() {
    const open = this.conversation;
    if (!open?.unread || this.#marks.has(open.channel)) return;
    const others = open.messages.filter((one) => one.user !== this.me && !isReply(one));
    const first = others.at(-Math.min(open.unread, others.length));
    if (first) this.#marks.set(open.channel, first.ts);
  }

  /** Where the new messages of the open conversation begin; null if none were new. */
  get mark() {
    return this.#marks.get(this.conversation?.channel) ?? null;
  }

  /** Forget where the new messages began: the person has answered. */
  unmark() {
    this.#marks.clear();
  }

  /** What the person had begun to write in a place. */
  draft(place) {
    return drafts.get(`${this.me}/${place}`) ?? "";
  }

  /** Keep what the person (or who was here before) has begun to write in a place. */
  keepDraft(place, text, whose = this.me) {
    drafts.set(`${whose}/${place}`, text);
  }

  /** Whether something was begun in a place and not sent. */
  hasDraft(place) {
    return this.draft(place).trim() !== "";
  }
}

/** Whether a message stands in a thread only, not in the conversation itself. */
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";
