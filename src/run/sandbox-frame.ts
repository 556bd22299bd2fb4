import { isFrameMessage, isGateMessage } from "../../worker/checks/messages";
import type { BootMessage, GateToPage, PageToGate } from "../../worker/protocol";
import type { SandboxCode } from "./frame-code";

/** A sandbox that will not start, in words for the reader. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
}

/** A running gate in its frame. */
export interface SandboxFrame {
  post(message: PageToGate): void;
  /** Ends everything in it, whatever it is doing. */
  remove(): void;
}

export interface FrameEvents {
  message(message: GateToPage): void;
  /** It cannot be trusted, or used, any longer. */
  failed(why: string): void;
}

const startLimitMs = 10_000;

/**
 * `srcdoc` and not a file: a service worker does not serve a file to an opaque frame, so a file would be missing offline, and a file can be framed by any
 * page, without the sandbox attribute, in the site's own origin. Nobody can frame a srcdoc.
 *
 * The price: the frame inherits the page's policy on top of this one, so the page has to allow this one script by its hash, and `blob:` scripts. Markup
 * that was smuggled into the page gains nothing by that: it would need the unguessable name of a blob that the page itself made of foreign text, and
 * the page makes none. `connect-src` stays as it is; what the frame may reach is the intersection of both policies, which is nothing.
 */
function frameDocument({ bootCode, bootHash }: SandboxCode): string {
  const policy = `default-src 'none'; script-src '${bootHash}' blob:; worker-src blob:`;
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${bootCode}</script>`;
}

function createElement(code: SandboxCode): HTMLIFrameElement {
  const element = document.createElement("iframe");
  element.setAttribute("sandbox", "allow-scripts");
  element.referrerPolicy = "no-referrer";
  element.hidden = true;
  element.title = "Sandbox";
  element.srcdoc = frameDocument(code);
  return element;
}

/** Resolves when the seal was found intact and the gate listens; rejects with a {@link SandboxError}, and leaves nothing behind, when not. */
export function openFrame(code: SandboxCode, events: FrameEvents): Promise<SandboxFrame> {
  return new Promise((resolve, reject) => {
    const element = createElement(code);
    const { port1: line, port2: gateEnd } = new MessageChannel();
    let state: "waiting" | "starting" | "open" | "removed" = "waiting";

    const remove = (): void => {
      state = "removed";
      removeEventListener("message", hear);
      line.close();
      element.remove();
    };

    const fail = (why: string): void => {
      const wasOpen = state === "open";
      remove();
      clearTimeout(deadline);
      if (wasOpen) events.failed(why);
      else reject(new SandboxError(why));
    };

    const hear = ({ source, data }: MessageEvent<unknown>): void => {
      // The origin is "null" for every opaque frame in the world: only the source says who speaks.
      if (source === null || source !== element.contentWindow || !isFrameMessage(data)) return;
      if (data.type === "listening") {
        if (state !== "waiting") return;
        state = "starting";
        const { gateCode, programCode } = code;
        // "*", since an opaque origin cannot be named; what goes there is public.
        element.contentWindow.postMessage({ type: "boot", gateCode, programCode } satisfies BootMessage, "*", [
          gateEnd,
        ]);
      } else if (data.type === "broken") {
        if (state === "open") fail(`The sandbox failed and was replaced: ${data.why}.`);
        else fail(`The sandbox is not sealed, so no program is run in it: ${data.why}.`);
      }
    };

    const deadline = setTimeout(
      () => fail(`The sandbox did not start within ${startLimitMs / 1000} s. Reload the page to try again.`),
      startLimitMs,
    );

    line.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (state === "removed") return;
      if (!isGateMessage(data)) fail("The sandbox sent something that it never should.");
      else if (data.type !== "ready") events.message(data);
      else if (state === "starting") {
        state = "open";
        clearTimeout(deadline);
        resolve({ post: (message) => line.postMessage(message), remove });
      }
    };
    line.onmessageerror = () => fail("The sandbox sent something that cannot be read.");

    addEventListener("message", hear);
    document.body.append(element);
  });
}
