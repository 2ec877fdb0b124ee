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
  calendar: "M5 6h14v14H5zM5 10h14M9 3v4m6-4v4",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  close: "m6 6 12 12M18 6 6 18",
  down: "m7 10 5 5 5-5",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  forward: "m6 6 6 6-6 6m7-12 6 6-6 6",
  left: "m14 6-6 6 6 6",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  next: "m6 5 10 7-10 7zM18.5 5v14",
  out: "M9 5H5v14h14v-4m-5-10h5v5m0-5-9 9",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
  right: "m10 6 6 6-6 6",
  send: "M4 12 20 4l-5 16-4-7-7-1z",
};

/** A round picture of a person: their initials on a colour of their own. */
export function avatar(id, name, kind = "") {
  const sum = [...id].reduce((mixed, letter) => Math.imul(mixed ^ letter.codePointAt(0), 16777619) >>> 0, 2166136261);
  const hue = (sum >>> 8) % 360;
  const initials = name.split(/\s+/).map((word) => word.match(/[\p{L}\p{N}]/u)?.[0]).filter(Boolean);
  const shown = initials.length > 1 ? initials[0] + initials.at(-1) : (initials[0] ?? "?");
  const node = h("span", { class: `avatar ${kind}`, "aria-hidden": "true" }, shown.toUpperCase());
  node.style.setProperty("--hue", hue);
  return node;
}

/** The app's picture: the first letter of its name on its own colour. */
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

/** Show a short notice at the foot of the page; it goes by itself. */
export function notice(text) {
  const shelf = document.getElementById("notices");
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss" }, icon(ICONS.close));
  const card = h("div", { class: "notice", role: "alert" }, h("p", {}, text), close);
  close.addEventListener("click", () => card.remove());
  shelf.append(card);
  setTimeout(() => card.remove(), 9000);
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
