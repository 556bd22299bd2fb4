/**
 * All that ever runs in the sandbox's frame: it checks the seal, starts the gate worker, hands it the line to the page, and is idle from then on.
 * No program text and no HTML made by a program ever comes here, since a document has exits that a worker has not: navigation, WebRTC, preconnect.
 */
import type { BootMessage, FrameMessage, GateBootMessage } from "../../protocol";
import { findBreach } from "./seal";

// The page has no other name for a frame of an opaque origin, nor the frame for its page; nothing here is a secret.
const tellPage = (message: FrameMessage): void => parent.postMessage(message, "*");

const isBootMessage = (data: unknown): data is BootMessage =>
  typeof data === "object" &&
  data !== null &&
  "type" in data &&
  data.type === "boot" &&
  "gateCode" in data &&
  typeof data.gateCode === "string" &&
  "programCode" in data &&
  typeof data.programCode === "string";

async function boot({ gateCode, programCode }: BootMessage, line: MessagePort): Promise<void> {
  const breach = await findBreach();
  if (breach !== undefined) {
    tellPage({ type: "broken", why: breach });
    return;
  }
  const url = URL.createObjectURL(new Blob([gateCode], { type: "text/javascript" }));
  // Classic: Chromium starts no module worker from a blob in an opaque origin.
  const gate = new Worker(url, { name: "gate" });
  gate.onerror = (event) => tellPage({ type: "broken", why: `the gate failed: ${event.message}` });
  gate.postMessage({ type: "boot", programCode } satisfies GateBootMessage, [line]);
  tellPage({ type: "sealed" });
}

function listen(event: MessageEvent<unknown>): void {
  // In a foreign page, a copy of this script without the sandbox attribute does nothing, and nobody but the parent is listened to.
  if (self.origin !== "null" || parent === self || event.source !== parent) return;
  const [line] = event.ports;
  if (!isBootMessage(event.data) || line === undefined) return;
  removeEventListener("message", listen);
  void boot(event.data, line);
}

addEventListener("message", listen);
if (self.origin === "null") tellPage({ type: "listening" });
else tellPage({ type: "broken", why: "the frame has an origin of its own" });
