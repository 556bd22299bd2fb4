/**
 * Runs before the first paint, inside the page's own HTML: sets what must never flash, and starts the page. In an embed it starts the page when its
 * reader asks for it, and until then nothing else is loaded.
 */
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

/** The names of the page's scripts, which the build leaves here. */
const { app, parts = "" } = document.currentScript?.dataset ?? {};

function load(): void {
  if (app === undefined) return;
  for (const href of parts.split(" ").concat(app)) {
    if (href !== "")
      document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }
  const script = Object.assign(document.createElement("script"), { type: "module", src: app });
  // It needs the whole document, which a script from the cache could otherwise overtake.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => document.head.append(script));
  else document.head.append(script);
}

if (new URLSearchParams(location.search).has("embed")) {
  root.dataset.embed = "";
  addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement) || target.id !== "load") return;
    target.disabled = true;
    target.textContent = "Loading";
    load();
  });
} else load();
