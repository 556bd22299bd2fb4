import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";
import { inject, onTestFinished } from "vitest";
import { chromiumArguments } from "../tools/chromium.mjs";

export interface OpenOptions {
  /** Below the site, with query and hash; default the site itself. */
  path?: string;
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  /** As BCP 47 and IANA name them; default those of the machine. */
  locale?: string;
  timezoneId?: string;
  /**
   * A profile on disk instead of one in memory, as a real browser has: `true` for a new one that is removed at the end, or a
   * folder that outlives the browser.
   */
  persistent?: boolean | string;
  /** Whether the editor checks types; default not, since it takes a page's start several times as long. */
  types?: boolean;
  /** Called before the page loads, to add scripts or routes. */
  prepare?: (page: Page) => Promise<unknown>;
  /** The caller closes it, e.g. in `afterAll`; by default the end of the test does. */
  shared?: boolean;
}

export interface OpenedPage {
  page: Page;
  context: BrowserContext;
  /** Where the site is; ends with a slash. */
  siteUrl: string;
  /** What the console showed as an error, the seal check's refusals included. */
  consoleErrors: string[];
  /** Exceptions that nobody caught, in the page. */
  pageErrors: string[];
  /** Requests for anything but the site's own origin, `data:` and `blob:`. */
  foreignRequests: string[];
  close(): Promise<void>;
}

type ContextOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

async function openContext(options: OpenOptions): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const contextOptions: ContextOptions = {
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? "light",
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    ...(options.timezoneId === undefined ? {} : { timezoneId: options.timezoneId }),
  };
  if (options.persistent === undefined || options.persistent === false) {
    const browser = await chromium.connect(inject("browserEndpoint"));
    const context = await browser.newContext(contextOptions);
    return {
      context,
      close: async () => {
        await context.close();
        await browser.close();
      },
    };
  }
  const own = options.persistent === true;
  const profile = own ? await mkdtemp(join(tmpdir(), "tabcloud-profile-")) : String(options.persistent);
  const context = await chromium.launchPersistentContext(profile, {
    ...contextOptions,
    executablePath: inject("chromiumPath"),
    args: chromiumArguments,
  });
  return {
    context,
    close: async () => {
      await context.close();
      if (own) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Opens the built site in a context of its own, watching for errors and for requests that leave it. */
export async function openPage(options: OpenOptions = {}): Promise<OpenedPage> {
  const siteUrl = inject(options.types === true ? "siteUrl" : "untypedSiteUrl");
  const { origin } = new URL(siteUrl);
  const { context, close } = await openContext(options);
  if (options.shared !== true) onTestFinished(close);

  const page = context.pages()[0] ?? (await context.newPage());
  const consoleErrors: string[] = [];
  const pageErrors: string[] = [];
  const foreignRequests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") consoleErrors.push(message.text());
  });
  page.on("pageerror", (error) => pageErrors.push(error.stack ?? error.message));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== "data:" && url.protocol !== "blob:") foreignRequests.push(url.href);
  });
  await options.prepare?.(page);
  await page.goto(new URL(options.path ?? "", siteUrl).href);
  return { page, context, siteUrl, consoleErrors, pageErrors, foreignRequests, close };
}
