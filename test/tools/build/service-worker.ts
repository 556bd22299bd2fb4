import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { bundleScript } from "./iife.ts";

/** The name is part of the site: a page finds its service worker there, whatever version it is. */
export const SERVICE_WORKER = "service-worker.js";

interface File {
  readonly url: string;
  /** Absent where the name itself changes with the content. */
  readonly revision: string | null;
}

/** Every file of a built site, so that its service worker can fetch and keep it. */
export function filesOf(folder: string): File[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name).slice(folder.length).replaceAll("\\", "/").replace(/^\/+/, ""),
    )
    .filter((url) => url !== SERVICE_WORKER && !url.endsWith(".map"))
    .sort()
    .map((url) => ({ url, revision: url.startsWith("assets/") ? null : hashOf(join(folder, url)) }));
}

/** The service worker's text for the site in a folder. */
export async function serviceWorkerText(entry: string, folder: string): Promise<string> {
  const { code } = await bundleScript(entry);
  return `globalThis.tabcloudFiles=${JSON.stringify(filesOf(folder))};\n${code}\n`;
}

/** Adds the service worker once everything else has been written. */
export function serviceWorker(options: { entry: string }): Plugin {
  let folder = "dist";
  let written = false;
  return {
    name: "tabcloud:service-worker",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    writeBundle() {
      written = true;
    },
    closeBundle: {
      order: "post",
      async handler() {
        if (written) writeFileSync(join(folder, SERVICE_WORKER), await serviceWorkerText(options.entry, folder));
      },
    },
  };
}

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16);
