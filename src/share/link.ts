import { fromPayload, toPayload, type SharedResult, type SharedRun } from "./shared-run";

/*
 * #v1=<base64url of deflate-raw of JSON>x
 *
 * The fragment never leaves the browser. The closing "x" shows that nothing was cut off, and keeps the link from ending in "-" or "_", which mail and chat
 * programs leave out of what they make clickable.
 */
const PREFIX = "#v1=";
const END = "x";

/** Beyond this many characters some programs cut links; the page then offers a file. */
export const COMFORTABLE_LENGTH = 2000;
/** A longer link is not opened at all. */
export const MAX_LINK_LENGTH = 64 * 1024;
const MAX_UNPACKED_BYTES = 1024 * 1024;
/** Deflate unpacks a chunk at most about 1,032 times, and a whole chunk before anyone can look: small chunks bound what a bomb can cost. */
const CHUNK_BYTES = 1024;

/** The fragment of a link, `#` included. */
export async function encodeLink(run: SharedRun): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(toPayload(run)));
  const packed = await new Response(
    new Blob([json]).stream().pipeThrough(new CompressionStream("deflate-raw")),
  ).arrayBuffer();
  return PREFIX + toBase64url(new Uint8Array(packed)) + END;
}

/** The run that a fragment carries; undefined when it is no link of ours at all. */
export async function decodeLink(fragment: string): Promise<SharedResult | undefined> {
  if (/^#v\d+=/.test(fragment) && !fragment.startsWith(PREFIX)) {
    return { problem: "This link was made by a newer version of Tabcloud. Reload the page and open it again." };
  }
  if (!fragment.startsWith(PREFIX)) return undefined;
  if (fragment.length > MAX_LINK_LENGTH)
    return damaged(`it is longer than ${MAX_LINK_LENGTH.toLocaleString("en-US")} characters`);
  if (!fragment.endsWith(END)) return damaged("its end is missing");
  try {
    const packed = fromBase64url(fragment.slice(PREFIX.length, -END.length));
    return readShared(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await inflate(packed))));
  } catch (error) {
    return damaged(error instanceof TooLarge ? error.message : "it cannot be unpacked");
  }
}

/** Checks the content of a link or of a shared file. */
export function readShared(payload: unknown): SharedResult {
  const result = fromPayload(payload);
  return "problem" in result ? damaged(result.problem) : result;
}

const damaged = (why: string): { problem: string } => ({
  problem: `This link is damaged: ${why}. Ask for it again, or for a file.`,
});

class TooLarge extends Error {}

async function inflate(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  const feed = async (): Promise<void> => {
    for (let at = 0; at < packed.length; at += CHUNK_BYTES) await writer.write(packed.slice(at, at + CHUNK_BYTES));
    await writer.close();
  };
  // What goes wrong while feeding also reaches the reader, which reports it.
  feed().catch(() => undefined);
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_UNPACKED_BYTES) {
      await reader.cancel();
      throw new TooLarge("it unpacks to more than 1 MB");
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

export function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function fromBase64url(text: string): Uint8Array {
  if (!/^[\w-]*$/.test(text)) throw new Error("not base64url");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
