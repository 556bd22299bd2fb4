import type { Page } from "playwright-core";

/** What a number of moves of the scrubber came to, in milliseconds. */
export interface Scrubbed {
  /** Calls there are to choose from. */
  readonly calls: number;
  /** Moves that led to another call. */
  readonly moved: number;
  /** From asking for a call until it was on the screen. */
  readonly median: number;
  /** Longest time in which the page could not have answered a key. */
  readonly longestGap: number;
}

declare global {
  interface Window {
    scrub(how: "jump" | "step", count: number): Promise<Scrubbed>;
  }
}

/** Puts a hand on the scrubber of pages to come: it has to move where it measures. */
export async function addScrubbing(page: Page): Promise<void> {
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

    window.scrub = async (how, count) => {
      const slider = document.querySelector<HTMLInputElement>("input[type=range][aria-label=Call]");
      if (slider === null) throw new Error("there is no scrubber");
      const calls = Number(slider.max);
      let longestGap = 0;
      let last = performance.now();
      const watch = setInterval(() => {
        const now = performance.now();
        longestGap = Math.max(longestGap, now - last);
        last = now;
      }, 0);
      const times: number[] = [];
      let moved = 0;
      let seed = 12345;
      for (let i = 0; i < count; i++) {
        const before = slider.getAttribute("aria-valuetext");
        const start = performance.now();
        if (how === "jump") {
          seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
          slider.value = String(1 + (seed % calls));
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        } else {
          const key = i % 3 === 2 ? "." : ",";
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        }
        times.push((await painted()) - start);
        if (slider.getAttribute("aria-valuetext") !== before) moved++;
      }
      clearInterval(watch);
      times.sort((a, b) => a - b);
      return { calls, moved, median: times[times.length >> 1] ?? 0, longestGap };
    };
  });
}
