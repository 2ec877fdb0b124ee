// The markdown block: standard Markdown, read by a small parser that only ever makes the nodes listed here.

import { h } from "../ui/dom.js";
import { withEmoji } from "../ui/emoji.js";
import { link } from "./tokens.js";

const FENCE = /^ {0,3}(```+|~~~+)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const CELLS = /^\s*\|?(.+?)\|?\s*$/;
const UNDER_HEAD = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** `source` as nodes. */
export function markdown(source) {
  const fragment = document.createDocumentFragment();
  const lines = (source ?? "").replace(/\r\n?/g, "\n").split("\n");
  while (lines.length) {
    const read = READERS.find(([fits]) => fits(lines))[1];
    const node = read(lines);
    if (node) fragment.append(node);
  }
  return fragment;
}

// Each reader takes the lines it understands off the front; the last one takes any.
const READERS = [
  [([line]) => !line.trim(), (lines) => { lines.shift(); }],
  [([line]) => FENCE.test(line), fence],
  [([line]) => HEADING.test(line), heading],
  [([line]) => RULE.test(line), (lines) => { lines.shift(); return h("hr"); }],
  [([line]) => QUOTE.test(line), quote],
  [([line]) => ITEM.test(line), list],
  [([line, next = ""]) => line.includes("|") && next.includes("-") && UNDER_HEAD.test(next), table],
  [() => true, paragraph],
];

const startsBlock = (line) => !line.trim() || [FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(line));

function takeWhile(lines, fits) {
  const taken = [];
  while (lines.length && fits(lines[0])) taken.push(lines.shift());
  return taken;
}

function fence(lines) {
  const [, mark] = lines.shift().match(FENCE);
  const inside = takeWhile(lines, (line) => !line.trimStart().startsWith(mark));
  lines.shift();
  return h("pre", {}, h("code", {}, inside.join("\n")));
}

function heading(lines) {
  const [, marks, words] = lines.shift().match(HEADING);
  return h(`h${Math.min(marks.length + 2, 6)}`, { class: `level-${marks.length}` }, spans(words));
}

function quote(lines) {
  const inside = takeWhile(lines, (line) => line.trim() && (QUOTE.test(line) || !startsBlock(line)));
  return h("blockquote", {}, markdown(inside.map((line) => line.replace(QUOTE, "")).join("\n")));
}

function list(lines) {
  const [, , mark] = lines[0].match(ITEM);
  const ordered = /\d/.test(mark);
  const depth = lines[0].match(ITEM)[1].length;
  const node = h(ordered ? "ol" : "ul", ordered && parseInt(mark, 10) !== 1 ? { start: parseInt(mark, 10) } : {});
  while (lines.length) {
    const found = lines[0].match(ITEM);
    if (!found || found[1].length < depth || /\d/.test(found[2]) !== ordered) break;
    if (found[1].length > depth + 1) (node.lastElementChild ?? node).append(list(lines));
    else node.append(item(lines, found));
  }
  return node;
}

function item(lines, [, , , words]) {
  lines.shift();
  const more = takeWhile(lines, (line) => !startsBlock(line)).map((line) => line.trim());
  const [, ticked, rest] = words.match(/^\[([ xX])\]\s+(.*)$/) ?? [null, null, words];
  const box = ticked === null ? null : h("span", { role: "img", "aria-label": ticked === " " ? "To do" : "Done" }, ticked === " " ? "☐ " : "☑ ");
  return h("li", {}, box, spans([rest, ...more].join("\n")));
}

const cellsOf = (line) => line.match(CELLS)[1].split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines) {
  const head = cellsOf(lines.shift());
  lines.shift();
  const rows = takeWhile(lines, (line) => line.includes("|") && line.trim()).map(cellsOf);
  return h("div", { class: "table", tabindex: 0, role: "region", "aria-label": "Table" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, spans(cell))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, head.map((_, at) => h("td", {}, spans(row[at] ?? ""))))))));
}

function paragraph(lines) {
  const inside = [lines.shift(), ...takeWhile(lines, (line) => !startsBlock(line))];
  return h("p", {}, spans(inside.map((line) => line.trim()).join("\n")));
}

const SPANS = [
  [/`([^`]+)`/, ([, code]) => h("code", {}, code)],
  [/!?\[([^\]]*)\]\(([^\s)]+)(?:\s+"[^"]*")?\)/, ([, words, href]) => link(href, words ? spans(words) : "")],
  [/<((?:https?:\/\/|mailto:)[^\s>]+)>/, ([, href]) => link(href)],
  [/\bhttps?:\/\/[^\s<>]+[^\s<>.,;:!?)'"*_~]/, ([href]) => link(href)],
  [/(\*\*|__)(?=\S)(.+?\S?)\1/s, ([, , words]) => h("strong", {}, spans(words))],
  [/~~(?=\S)(.+?)~~/s, ([, words]) => h("s", {}, spans(words))],
  [/\*(?=\S)([^*]+?)\*/s, ([, words]) => h("em", {}, spans(words))],
  [/(?<![\p{L}\p{N}])_(?=\S)([^_]+?)_(?![\p{L}\p{N}])/su, ([, words]) => h("em", {}, spans(words))],
  [/\\([!-/:-@[-`{-~])/, ([, letter]) => letter],
  [/ {2,}\n|\\\n|\n/, () => h("br")],
];

/** Running text: whichever mark stands first is read first. */
function spans(text) {
  const fragment = document.createDocumentFragment();
  let rest = text;
  while (rest) {
    const [found, made] = SPANS.map(([pattern, make]) => [rest.match(pattern), make]).filter(([match]) => match)
      .sort(([one], [other]) => one.index - other.index)[0] ?? [null];
    if (!found) break;
    fragment.append(withEmoji(rest.slice(0, found.index)), made(found));
    rest = rest.slice(found.index + found[0].length);
  }
  fragment.append(withEmoji(rest));
  return fragment;
}
