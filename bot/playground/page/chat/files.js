// Files under a message: pictures as pictures, anything else as a card to take it from.

import { h, icon, ICONS } from "../ui/dom.js";

/** The files of a message; null if it has none. */
export function fileList(message) {
  const files = (message.files ?? []).filter((file) => file.mode !== "tombstone");
  if (!files.length) return null;
  return h("div", { class: "files" }, files.map((file) => (isPicture(file) ? picture(file) : card(file))));
}

const isPicture = (file) => /^image\/(png|jpeg|gif|webp|svg\+xml|avif)$/.test(file.mimetype ?? "") && local(file);

/** Where the playground keeps the file; nothing that lies elsewhere is ever fetched. */
const local = (file) => (/^\/(?!\/)/.test(file.local_url ?? "") ? file.local_url : null);

const called = (file) => file.title || file.name || "A file";

function picture(file) {
  const image = h("img", { class: "picture", src: local(file), alt: file.alt_txt || called(file), loading: "lazy" });
  return h("figure", { class: "file-picture" }, h("a", { href: local(file), target: "_blank", rel: "noopener" }, image),
    h("figcaption", {}, called(file), h("span", { class: "quiet" }, sizeOf(file.size))));
}

function card(file) {
  const about = [(file.filetype || file.mimetype?.split("/").at(-1) || "").toUpperCase(), sizeOf(file.size)].filter(Boolean).join(" · ");
  const inside = [h("span", { class: "file-mark" }, icon(ICONS.file)),
    h("span", { class: "file-words" }, h("strong", {}, called(file)), h("span", { class: "quiet" }, about))];
  if (!local(file)) return h("span", { class: "shared-file" }, inside);
  return h("a", { class: "shared-file", href: local(file), download: file.name || "", "aria-label": `Download ${called(file)}` }, inside, icon(ICONS.download));
}

/** "1.2 MB" */
function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const units = ["bytes", "KB", "MB", "GB"];
  let at = 0;
  let size = bytes;
  for (; size >= 1000 && at < units.length - 1; at += 1) size /= 1000;
  return `${at ? Number(size.toPrecision(2)) : size} ${units[at]}`;
}
