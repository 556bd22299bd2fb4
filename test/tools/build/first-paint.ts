import { readFileSync } from "node:fs";
import type { Plugin } from "vite";
import { highlight } from "../../../src/editor/highlight.ts";

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/**
 * Puts the first example into the page's own HTML, as the editor will show it: a newcomer reads it before any script has arrived. Whoever comes back, or
 * comes by a link, sees their own program instead (`src/start.ts`).
 */
export function firstPaint(options: { program: string }): Plugin {
  return {
    name: "tabcloud:first-paint",
    transformIndexHtml(html) {
      const lines = highlight(readFileSync(options.program, "utf8"))
        .map((tokens) => tokens.map(({ kind, text }) => `<span class="${kind}">${escaped(text)}</span>`).join(""))
        .map((line) => `<div class="line">${line || "<br>"}</div>`)
        .join("");
      const page = `<div class="first-paint"><header>Tabcloud</header><div class="tabs">main.ts</div><pre>${lines}</pre></div>`;
      return html.replace('<div id="app">', () => `<div id="app">${page}`);
    },
  };
}
