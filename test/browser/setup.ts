import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { chromiumArguments, ensureChromium } from "../tools/chromium.mjs";
import { root } from "../tools/install.mjs";
import { serveStatic } from "../tools/static-server.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built site is, below a sub-path; ends with a slash. */
    siteUrl: string;
    /** The same site with nobody who checks types: seven megabytes of TypeScript are most of what a page's start costs. */
    untypedSiteUrl: string;
    /** What is served there. */
    siteFolder: string;
    browserEndpoint: string;
    chromiumPath: string;
  }
}

/** Serves the built site (`dist`, or the folder that TABCLOUD_DIST names) and starts one Chromium for all files of browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dist = process.env.TABCLOUD_DIST ?? join(root, "dist");
  if (!existsSync(join(dist, "index.html"))) throw new Error(`There is no ${dist}/index.html to test: npm run build`);
  const site = await serveStatic({ folder: dist, base: "/some/where/" });
  const untyped = withoutTypes(dist);
  const untypedSite = await serveStatic({ folder: untyped, base: "/some/where/" });
  const executablePath = ensureChromium();
  const browser = await chromium.launchServer({ executablePath, args: chromiumArguments });

  project.provide("siteUrl", site.url);
  project.provide("untypedSiteUrl", untypedSite.url);
  project.provide("siteFolder", dist);
  project.provide("browserEndpoint", browser.wsEndpoint());
  project.provide("chromiumPath", executablePath);
  return async () => {
    await browser.close();
    await Promise.all([site.close(), untypedSite.close()]);
    rmSync(untyped, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** A copy of the site whose type checker never answers. */
function withoutTypes(dist: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tabcloud-untyped-"));
  cpSync(dist, folder, { recursive: true });
  const checkers = readdirSync(join(folder, "assets")).filter((name) => name.startsWith("ts.worker"));
  if (checkers.length !== 1) throw new Error(`the site has ${checkers.length} type checkers`);
  for (const name of checkers) writeFileSync(join(folder, "assets", name), "");
  return folder;
}
