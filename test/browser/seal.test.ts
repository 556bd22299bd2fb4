import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { serveSandboxPage } from "./fixtures/sandbox/site";
import { SandboxTab, programOf } from "./fixtures/sandbox/stage";
import { listen } from "./listener";

let site: Awaited<ReturnType<typeof serveSandboxPage>>;
let browser: Browser;
let tab: SandboxTab;

beforeAll(async () => {
  site = await serveSandboxPage();
  browser = await chromium.connect(inject("browserEndpoint"));
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  tab = await SandboxTab.open(context, site.url);
});

const opening = (): Promise<string> =>
  tab.page.evaluate(() =>
    window.stage.open().then(
      () => "opened",
      (error: unknown) => String(error),
    ),
  );

describe("the seal", () => {
  it("is found intact without a word on the console", async () => {
    expect(await opening()).toBe("opened");
    expect(tab.consoleErrors).toEqual([]);
    expect(tab.pageErrors).toEqual([]);
  });

  it("is broken when the frame has the site's origin, and then nothing is run", async () => {
    await tab.page.evaluate(() => {
      const { setAttribute } = Element.prototype;
      HTMLIFrameElement.prototype.setAttribute = function (name, value) {
        if (name !== "sandbox") Reflect.apply(setAttribute, this, [name, value]);
      };
    });
    expect(await opening()).toContain("not sealed");
    const { end, started } = await tab.run(programOf("1"));
    expect(end).toMatchObject({ reason: "crashed", records: 0 });
    expect(end.message).toContain("an origin of its own");
    expect(started).toBe(0);
    expect(await tab.page.evaluate(() => window.stage.frames())).toBe(0);
  });

  it.each([
    ["has no policy of its own", /<meta[^>]*>/, ""],
    ["may reach its own site", "default-src 'none'", "default-src 'none'; connect-src 'self'"],
    ["has a wider policy", "worker-src blob:", "worker-src blob:; connect-src *"],
  ])("is broken when the frame %s", async (_what, from, to) => {
    await tab.page.evaluate(
      ([pattern, flags, replacement]) => {
        const { set } = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "srcdoc") ?? {};
        Object.defineProperty(HTMLIFrameElement.prototype, "srcdoc", {
          set(this: HTMLIFrameElement, text: string) {
            set?.call(this, text.replace(new RegExp(pattern, flags), replacement));
          },
        });
      },
      [from instanceof RegExp ? from.source : from, "", to] as const,
    );
    expect(await opening()).toContain("policy is not in force");
  });

  it("holds when others send messages in its name", async () => {
    await tab.page.evaluate(() => {
      const shout = (): void => {
        postMessage({ type: "broken", why: "forged" }, "*");
        postMessage({ type: "listening" }, "*");
        postMessage({ type: "ready" }, "*");
      };
      shout();
      setInterval(shout, 5);
    });
    expect(await opening()).toBe("opened");
  });
});

/** Puts the boot script into a frame of a stranger's page, sends it a gate from one of three places, and says what the gate answered. */
async function bootOnStrangersPage(page: Page, sandboxed: boolean, from: "parent" | "sibling"): Promise<string> {
  const given = await tab.page.evaluate(() => window.stage.code);
  return page.evaluate(
    async ({ code: { bootCode, bootHash }, isSandboxed, who }) => {
      const frame = document.createElement("iframe");
      if (isSandboxed) frame.setAttribute("sandbox", "allow-scripts");
      const policy = `default-src 'none'; script-src '${bootHash}' blob:; worker-src blob:`;
      frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${bootCode}</script>`;
      document.body.append(frame);
      await new Promise((resolve) => (frame.onload = resolve));
      const gateCode = `onmessage = (event) => event.ports[0].postMessage("ran in " + origin)`;
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise<string>((resolve) => {
        port1.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
        setTimeout(() => resolve("nothing ran"), 700);
      });
      let sender: Window = window;
      if (who === "sibling") {
        const sibling = document.createElement("iframe");
        document.body.append(sibling);
        if (sibling.contentWindow) sender = sibling.contentWindow;
      }
      // A function of the sender's own realm, which makes that the message's source.
      const send = Reflect.construct(Reflect.get(sender, "Function") as FunctionConstructor, [
        "target",
        "message",
        "port",
        "target.postMessage(message, '*', [port])",
      ]) as (target: Window | null, message: unknown, port: MessagePort) => void;
      send(frame.contentWindow, { type: "boot", gateCode, programCode: "" }, port2);
      return answer;
    },
    { code: given, isSandboxed: sandboxed, who: from },
  );
}

describe("the boot script in a stranger's page", () => {
  let page: Page;
  beforeEach(async () => {
    const stranger = await listen({ "/": { type: "text/html", body: "<!doctype html><title>Stranger</title><body>" } });
    const context = await browser.newContext();
    onTestFinished(async () => {
      await context.close();
      await stranger.close();
    });
    page = await context.newPage();
    await page.goto(`http://${stranger.host}/`);
  });

  it("runs nothing without the sandbox attribute", async () => {
    expect(await bootOnStrangersPage(page, false, "parent")).toBe("nothing ran");
  });

  it("listens to its parent only", async () => {
    expect(await bootOnStrangersPage(page, true, "sibling")).toBe("nothing ran");
  });

  it("runs the stranger's gate in an opaque origin, as any frame of the stranger's would, when all is as it should be", async () => {
    expect(await bootOnStrangersPage(page, true, "parent")).toBe("ran in null");
  });
});
