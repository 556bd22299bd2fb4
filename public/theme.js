// The person's choice if there is one, else the system's. Kept in step by src/app/theme.svelte.ts.
try {
  const chosen = localStorage.getItem("tabcloud.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is blocked: the system's theme it is.
}
