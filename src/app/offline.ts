import { whenIdle } from "../ui/idle";
import { drafts, layout } from "./app";

/** No file has arrived for so long: nothing is left that a reader waits for. The whole site is fetched then, for the days without a network. */
const QUIET_MS = 10_000;

/** Keeps the site on this device. In a built site only: in development every file changes all the time. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const begin = (): void => {
    arrivals.disconnect();
    whenIdle(start);
  };
  const later = (): ReturnType<typeof setTimeout> => setTimeout(begin, QUIET_MS);
  let timer = later();
  const arrivals = new PerformanceObserver(() => {
    clearTimeout(timer);
    timer = later();
  });
  arrivals.observe({ type: "resource" });
}

async function start(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register("./service-worker.js");
    const look = (): void => {
      // The first one ever waits for nobody.
      if (registration.waiting !== null && navigator.serviceWorker.controller !== null) offer(registration.waiting);
    };
    look();
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", look);
    });
  } catch {
    // Where that cannot be (no https, blocked storage), the site opens from the network as ever.
  }
}

/** The newer version waits by itself until the pages of this one are closed; a person can have it now. */
function offer(waiting: ServiceWorker): void {
  layout.offer = { text: "A new version is here.", action: "Update", act: () => void update(waiting) };
}

async function update(waiting: ServiceWorker): Promise<void> {
  await drafts.flush();
  const { port1: mine, port2: theirs } = new MessageChannel();
  const answered = new Promise<boolean>((resolve) => {
    mine.onmessage = ({ data }) => resolve(data === true);
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over", [theirs]);
  if (await answered) return;
  const text = "Close the other tabs of Tabcloud first: they still use the old version.";
  layout.offer = { text, action: "Update", act: () => void update(waiting) };
}
