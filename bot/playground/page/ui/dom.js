// Building and updating the page: text goes in as text nodes only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. `props`: attributes, plus `class`, `on` (listeners) and `data`; null, undefined and false are left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line icon, hidden from screen readers. */
export function icon(path, name = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", name);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  add: "M12 5.5v13M5.5 12h13",
  beside: "M4 5.5h16v13H4zM12 5.5v13",
  bolt: "M13 3.5 5.5 13.5H11l-1 7 7.5-10H12z",
  calendar: "M5 6h14v14H5zM5 10h14M9 3v4m6-4v4",
  chat: "M5 5.5h14v10.5h-7.5L7.5 19.5V16H5z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  close: "m6 6 12 12M18 6 6 18",
  down: "m7 10 5 5 5-5",
  copy: "M9 9h10v11H9zM5.5 15H5V4h10v1.5",
  download: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  file: "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5",
  forward: "m6 6 6 6-6 6m7-12 6 6-6 6",
  hash: "M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h15.5M4 15h15.5",
  home: "M4 11.5 12 5l8 6.5M6.5 10v9.5h11V10",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.75v.01",
  leave: "M14 5H6v14h8m-3-7h9.5m-3.5-3.5 3.5 3.5-3.5 3.5",
  left: "m14 6-6 6 6 6",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h9",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  next: "m6 5 10 7-10 7zM18.5 5v14",
  out: "M9 5H5v14h14v-4m-5-10h5v5m0-5-9 9",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
  people: "M9 5.5a3.25 3.25 0 1 0 0 6.5 3.25 3.25 0 0 0 0-6.5zM3 19.5c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5M16 6a3 3 0 0 1 0 5.8M17.5 14.4c2.3.6 3.5 2.4 3.5 5.1",
  reply: "M10 6 4.5 11.5 10 17m-5.5-5.5H14c3.5 0 5.5 2 5.5 6.5",
  right: "m10 6 6 6-6 6",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5",
  smile: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.5 14.5c2 2.4 5 2.4 7 0M9.2 9.75v.01M14.8 9.75v.01",
  send: "M4 12 20 4l-5 16-4-7-7-1z",
};

/** A person's own color, as a hue. */
export function hueOf(id) {
  const sum = [...id].reduce((mixed, letter) => Math.imul(mixed ^ letter.codePointAt(0), 16777619) >>> 0, 2166136261);
  return (Math.imul(sum ^ (sum >>> 15), 2654435761) >>> 9) % 360;
}

/** A round picture of a person: their initials on a color of their own. */
export function avatar(id, name, kind = "") {
  const initials = name.split(/\s+/).map((word) => word.match(/[\p{L}\p{N}]/u)?.[0]).filter(Boolean);
  const shown = initials.length > 1 ? initials[0] + initials.at(-1) : (initials[0] ?? "?");
  const node = h("span", { class: `avatar ${kind}`, "aria-hidden": "true" }, shown.toUpperCase());
  node.style.setProperty("--hue", hueOf(id));
  return node;
}

/** The app's picture: the first letter of its name on its own color. */
export function appAvatar(app) {
  const node = h("span", { class: "avatar app", "aria-hidden": "true" }, [...(app.name || "?")][0].toUpperCase());
  if (/^#[0-9a-f]{6}$/i.test(app.color ?? "")) {
    node.style.setProperty("background", app.color);
    node.style.setProperty("color", isLight(app.color) ? "#1c1c1c" : "#fff");
  }
  return node;
}

function isLight(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150;
}

/**
 * Make the children of `parent` show `items` ({key, sign, …}), touching only what differs: a child is kept as it is while
 * its sign is the same, so that focus, scroll and half-typed text survive.
 */
export function reconcile(parent, items, render) {
  const wanted = new Set(items.map((item) => item.key));
  const old = new Map();
  for (const child of [...parent.children]) {
    if (wanted.has(child.dataset.key)) old.set(child.dataset.key, child);
    else child.remove();
  }
  const focus = focusWithin(parent);
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const before = old.get(item.key);
    let node = before;
    if (before?.sign !== item.sign) {
      node = render(item, before);
      node.dataset.key = item.key;
      node.sign = item.sign;
      before?.replaceWith(node);
      if (cursor === before) cursor = node;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
  }
  focus?.();
}

/** Remember which field has the focus and where its caret is; the answer puts both back if a redraw took them away. */
function focusWithin(parent) {
  const focused = document.activeElement;
  if (!focused || focused === parent || !parent.contains(focused) || !focused.dataset.field) return null;
  const { field } = focused.dataset;
  const caret = "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  return () => {
    if (document.activeElement === focused) return;
    const again = [...parent.querySelectorAll("[data-field]")].find((node) => node.dataset.field === field);
    again?.focus({ preventScroll: true });
    if (again && caret?.[0] !== null && caret && again.setSelectionRange) {
      try {
        again.setSelectionRange(...caret);
      } catch {
        // Number and email fields have no caret to set.
      }
    }
  };
}

/** Show a short notice at the foot of the page, that something went `"wrong"` or is `"done"`; it goes by itself. */
export function notice(text, how = "wrong") {
  const shelf = document.getElementById("notices");
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss" }, icon(ICONS.close));
  const card = h("div", { class: `notice ${how}`, role: how === "wrong" ? "alert" : "status" }, h("p", {}, text), close);
  close.addEventListener("click", () => card.remove());
  shelf.append(card);
  setTimeout(() => card.remove(), how === "wrong" ? 9000 : 2500);
}

/** Read a remembered choice; null when there is none or storage is off. */
export function recall(name) {
  try {
    return localStorage.getItem(`playground.${name}`);
  } catch {
    return null;
  }
}

/** Remember a choice in this browser, if it lets us. */
export function remember(name, value) {
  try {
    localStorage.setItem(`playground.${name}`, value);
  } catch {
    // Nothing depends on it.
  }
}

/** A part of 1 in hundredths, with one decimal where it is small: `5 %`, `0.4 %`. */
export const percent = (part) => `${part >= 0.0095 ? Math.round(part * 100) : Math.round(part * 1000) / 10} %`;
