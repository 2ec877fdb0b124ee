// What the composer offers while one types: the app's commands after a slash, people after an at sign.

import { avatar, h } from "../ui/dom.js";
import { world } from "../world.js";

const MOST = 8;

/** What may complete `text` with the caret at `caret`: a list of {key, node, insert(text)}; `insert` gives [text, caret]. */
export function suggestions(text, caret, members) {
  if (/^\/\S*$/.test(text)) return commands(text.toLowerCase());
  const typed = text.slice(0, caret).match(/(?:^|\s)@([\p{L}\d._-]*)$/u)?.[1];
  return typed === undefined ? [] : people(typed.toLowerCase(), caret, members);
}

function commands(word) {
  return (world.state?.app.commands ?? []).filter((one) => one.command.toLowerCase().startsWith(word)).map((one) => ({
    key: one.command,
    whole: one.command === word,
    node: () => [h("strong", {}, one.command), one.usage_hint ? h("code", {}, one.usage_hint) : null, h("span", {}, one.description ?? "")],
    insert: () => [`${one.command} `, one.command.length + 1],
  }));
}

function people(word, caret, members) {
  const fits = (person) => `${person.name} ${person.real_name}`.toLowerCase().split(/[\s._-]+/).concat(person.name.toLowerCase()).some((part) => part.startsWith(word));
  const here = (person) => (members.includes(person.id) ? 0 : 1);
  return (world.state?.people ?? []).filter((person) => !person.deleted && fits(person)).sort((one, other) => here(one) - here(other)).slice(0, MOST).map((person) => ({
    key: person.id,
    whole: false,
    node: () => [avatar(person.id, person.real_name, "tiny"), h("strong", {}, person.real_name), h("code", {}, `@${person.name}`)],
    insert: (text) => {
      const start = caret - word.length;
      return [`${text.slice(0, start)}${person.name} ${text.slice(caret)}`, start + person.name.length + 1];
    },
  }));
}

/** The command that `text` begins with, once it is whole; null if there is none. */
export function commandIn(text) {
  const word = text.match(/^(\/\S+)\s/)?.[1];
  return world.state?.app.commands.find((one) => one.command === word) ?? null;
}
