// The question that some elements ask before a click counts.

import { h } from "../ui/dom.js";
import { textOf } from "../text/text.js";

let count = 0;

/** Ask; the answer is whether the person agreed. Escape means no. */
export function ask(question, reader) {
  const id = `confirm-${(count += 1)}`;
  const yes = h("button", { type: "button", class: `button ${question.style === "danger" ? "danger" : "primary"}` },
    textOf(question.confirm, reader) || "Yes");
  const no = h("button", { type: "button", class: "button" }, textOf(question.deny, reader) || "Cancel");
  const dialog = h("dialog", { class: "modal small", role: "alertdialog", "aria-labelledby": id, "aria-describedby": `${id}-text` },
    h("div", { class: "modal-head" }, h("h2", { id }, textOf(question.title, reader) || "Are you sure?")),
    h("div", { class: "modal-body", id: `${id}-text` }, h("p", {}, textOf(question.text, reader))),
    h("div", { class: "modal-foot" }, h("span", { class: "spring" }), no, yes));
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    yes.addEventListener("click", () => dialog.close("yes"));
    no.addEventListener("click", () => dialog.close("no"));
    dialog.showModal();
    yes.focus();
  });
}
