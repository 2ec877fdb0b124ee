// Small panels that hang at a control: a menu, a calendar. The browser closes them on Escape and on a click elsewhere.

/** Hang `panel` at `anchor`; it is taken away when it closes. Focus goes back to the anchor. */
export function hang(anchor, panel, label) {
  panel.setAttribute("popover", "auto");
  panel.classList.add("hanging");
  if (label) panel.setAttribute("aria-label", label);
  (anchor.closest("dialog, [popover], .pane, header") ?? document.body).append(panel);
  const follow = () => place(anchor, panel);
  panel.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    removeEventListener("scroll", follow, true);
    anchor.setAttribute("aria-expanded", "false");
    const lost = panel.contains(document.activeElement) || document.activeElement === document.body;
    panel.remove();
    if (lost) anchor.focus({ preventScroll: true });
  });
  panel.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  addEventListener("scroll", follow, true);
  follow();
  return () => panel.isConnected && panel.hidePopover();
}

/** Put `panel` below `anchor`, or above it where there is no room. */
export function place(anchor, panel) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + 6 + height <= innerHeight || at.top < height + 6;
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8));
  const top = below ? Math.min(at.bottom + 6, innerHeight - height - 8) : at.top - height - 6;
  panel.style.left = `${left}px`;
  panel.style.top = `${Math.max(8, top)}px`;
}
