import type { Plugin } from "vite";
import { bundleScript } from "./iife.ts";

const MODULE = /\s*<script type="module"[^>]* src="([^"]+)"><\/script>/;
const PART = /\s*<link rel="modulepreload"[^>]* href="([^"]+)">/g;

/** Puts the page's first script into its HTML, and in a build leaves the loading of all others to it. */
export function pageStart(options: { script: string }): Plugin {
  return {
    name: "tabcloud:page-start",
    transformIndexHtml: {
      order: "post",
      async handler(html, { server }) {
        const { code } = await bundleScript(options.script);
        if (server !== undefined) return html.replace("</title>", () => `</title><script>${code}</script>`);
        const [, app] = MODULE.exec(html) ?? [];
        if (app === undefined) throw new Error("index.html has no module script");
        const parts = [...html.matchAll(PART)].map(([, part]) => part).join(" ");
        return (
          html
            .replace(MODULE, "")
            .replaceAll(PART, "")
            // Before the style sheet: a script after one waits for it.
            .replace("</title>", () => `</title>\n    <script data-app="${app}" data-parts="${parts}">${code}</script>`)
        );
      },
    },
  };
}
