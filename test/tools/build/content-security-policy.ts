import type { Plugin } from "vite";
import { bundleScript } from "./iife.ts";

/**
 * Puts the page's Content-Security-Policy first in its head, in dev as in the build.
 *
 * Scripts inside HTML are allowed by their hash: the page's own first one, and the sandbox frame's boot script, since the frame is a `srcdoc`, which
 * inherits this policy on top of its own; hence also the `blob:` workers and modules that the frame makes. A file host sends no headers for us, hence
 * the meta element.
 */
export function contentSecurityPolicy(options: { inlineScripts: readonly string[] }): Plugin {
  return {
    name: "tabcloud:content-security-policy",
    async transformIndexHtml() {
      const scripts = await Promise.all(options.inlineScripts.map((entry) => bundleScript(entry)));
      const hashes = scripts.map(({ sha256 }) => `'${sha256}'`).join(" ");
      const policy = [
        "default-src 'self'",
        `script-src 'self' ${hashes} blob:`,
        "worker-src 'self' blob:",
        // Monaco and Svelte's transitions write inline styles.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; ");
      const attrs = { "http-equiv": "Content-Security-Policy", content: policy };
      return [{ tag: "meta", attrs, injectTo: "head-prepend" }];
    },
  };
}
