// What has to be right before the first paint.
(() => {
  const root = document.documentElement;
  try {
    // The person's choice if there is one, else the system's. Kept in step by src/app/theme.svelte.ts.
    const theme = localStorage.getItem("tabcloud.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    // The program that is part of the page is a newcomer's. Kept in step by src/app/opening.ts.
    if (localStorage.getItem("tabcloud.open") !== null) root.dataset.opens = "";
  } catch {
    // Storage is blocked: the system's theme it is, and every visit is the first.
  }
  if (location.hash.length > 1 || location.search.length > 1) root.dataset.opens = "";
})();
