// Runs before anything is drawn, so that a chosen theme does not flash.
(() => {
  try {
    const chosen = localStorage.getItem("playground.theme");
    if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be switched off; the system's theme will do.
  }
})();
