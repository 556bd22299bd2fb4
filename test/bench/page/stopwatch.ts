import type { Page } from "playwright-core";

/** What one press of Run came to, in milliseconds. */
export interface Pressed {
  /** Until the results were on the screen. */
  readonly painted: number;
  /** Longest time in which the page could not have answered a key. */
  readonly longestGap: number;
  /** The footer, when it was over. */
  readonly footer: string;
}

declare global {
  interface Window {
    pressRun(): Promise<Pressed>;
  }
}

/** Puts the stopwatch into pages to come: it has to run where it measures. */
export async function addStopwatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const painted = (): Promise<number> =>
      new Promise((resolve) => {
        // A task after the next frame: by then its pixels are on their way.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port2.onmessage = () => resolve(performance.now());
          port1.postMessage(undefined);
        });
      });

    window.pressRun = async () => {
      const run = [...document.querySelectorAll("button")].find((it) => it.textContent?.trim().startsWith("Run"));
      const footer = document.querySelector("footer");
      if (run === undefined || footer === null) throw new Error("there is no Run to press");
      const state = (): string => footer.querySelector(".state")?.textContent?.trim() ?? "";

      let longestGap = 0;
      let last = performance.now();
      const watch = setInterval(() => {
        const now = performance.now();
        longestGap = Math.max(longestGap, now - last);
        last = now;
      }, 0);
      const ended = new Promise<void>((resolve) => {
        let busy = false;
        const look = new MutationObserver(() => {
          if (/^(Compiling|Running)$/.test(state())) busy = true;
          else if (busy) {
            look.disconnect();
            resolve();
          }
        });
        look.observe(footer, { subtree: true, childList: true, characterData: true });
      });
      const start = performance.now();
      run.click();
      await ended;
      const end = await painted();
      clearInterval(watch);
      return { painted: end - start, longestGap, footer: footer.textContent?.replace(/\s+/g, " ").trim() ?? "" };
    };
  });
}
