/**
 * Keeps the whole site on the device, so that it opens without a network.
 *
 * A new version is fetched beside the old one and takes over when no page of the old one is open any more: an open page keeps every file it may still
 * need, however often the site is updated meanwhile. Nothing is cached that is not a file of this build.
 */
import { precacheAndRoute, type PrecacheEntry } from "workbox-precaching";

/** What the page's types leave out. */
interface WorkerGlobal {
  /** Put in front of the bundle by `test/tools/build/service-worker.ts`. */
  readonly tabcloudFiles: PrecacheEntry[];
  readonly clients: { matchAll(options: { includeUncontrolled: boolean }): Promise<readonly unknown[]> };
  skipWaiting(): Promise<void>;
}
const { tabcloudFiles, clients } = globalThis as unknown as WorkerGlobal;

// The query and fragment of an address are the page's own business: `?embed`, `?src=`.
precacheAndRoute(tabcloudFiles, { directoryIndex: "index.html", cleanURLs: false, ignoreURLParametersMatching: [/./] });

addEventListener("message", ({ data, ports }: MessageEvent<unknown>) => {
  if (data === "take over") void takeOver(ports[0]);
});

/** Only for the last page of the old version: another one would lose its files. Answers whether it did. */
async function takeOver(answer: MessagePort | undefined): Promise<void> {
  const alone = (await clients.matchAll({ includeUncontrolled: true })).length <= 1;
  answer?.postMessage(alone);
  if (alone) await (globalThis as unknown as WorkerGlobal).skipWaiting();
}
