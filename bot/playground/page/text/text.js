// Slack's text objects, as DOM nodes or as words.

import { dayOf, timeOf } from "../ui/dates.js";
import { withEmoji } from "../ui/emoji.js";
import { mrkdwn } from "./mrkdwn.js";

export { mrkdwn } from "./mrkdwn.js";
export { link, safe } from "./tokens.js";

/**
 * A mark that changes when `json` (a message or a block) would read differently: to another reader, in another zone or, if it
 * speaks of dates, on another day; of how long ago, in another minute.
 */
export function readingMark(json, { me, zone, now }) {
  const dated = /<!date\^|"type":"date"/.test(json) ? dayOf(now, zone) : "";
  return `${me} ${zone} ${dated} ${dated && json.includes("{ago}") ? timeOf(now, zone) : ""}`;
}

/** A text object of any kind; null gives nothing. */
export function textOf(object, reader) {
  if (!object) return "";
  if (object.type === "mrkdwn") return mrkdwn(object.text, reader, object.verbatim ? "" : "all");
  return object.emoji === false ? (object.text ?? "") : withEmoji(object.text ?? "");
}

const NOBODY = { me: "", zone: "UTC", now: new Date(0), nameOf: () => "" };

/** The words of a text object, for a name or a title. */
export function wordsOf(object, reader = NOBODY) {
  const made = textOf(object, reader);
  return typeof made === "string" ? made : made.textContent;
}
