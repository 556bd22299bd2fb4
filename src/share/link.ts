import { fromBase64url, toBase64url } from "./base64url";
import { checksum } from "./checksum";
import { fromPayload, toPayload, type SharedResult, type SharedRun } from "./shared-run";

/*
 * #v1=<base64url of deflate-raw of JSON>.<checksum>
 *
 * The fragment never leaves the browser. Deflate does not notice when a character was changed on the way; the checksum does, also when some are
 * missing. It has letters and digits only: mail and chat programs leave a "-" or "_" at the end out of what they make clickable.
 */
const PREFIX = "#v1=";
const SHAPE = /^#v1=([\w-]+)\.([0-9a-z]{7})$/;

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
  const body = toBase64url(new Uint8Array(packed));
  return `${PREFIX}${body}.${checksum(body)}`;
}

/** The run that a fragment carries; undefined when it is no link of ours at all. */
export async function decodeLink(fragment: string): Promise<SharedResult | undefined> {
  if (/^#v[1-9]\d*=/.test(fragment) && !fragment.startsWith(PREFIX)) {
    return { problem: "This link was made by a newer version of Tabcloud. Reload the page and open it again." };
  }
  if (!fragment.startsWith(PREFIX)) return undefined;
  if (fragment.length > MAX_LINK_LENGTH)
    return damaged(`it is longer than ${MAX_LINK_LENGTH.toLocaleString("en-US")} characters`);
  const [, body, sum] = SHAPE.exec(fragment) ?? [];
  if (body === undefined || checksum(body) !== sum) return damaged("it is not complete, or was changed on the way");
  try {
    const json = await inflate(fromBase64url(body));
    return readShared(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)), "link");
  } catch (error) {
    return damaged(error instanceof TooLarge ? error.message : "it cannot be unpacked");
  }
}

/** Checks the content of a link or of a shared file. */
export function readShared(payload: unknown, from: "link" | "file" = "file"): SharedResult {
  const result = fromPayload(payload);
  return "problem" in result ? damaged(result.problem, from) : result;
}

const damaged = (why: string, what: "link" | "file" = "link"): { problem: string } => ({
  problem: `This ${what} is damaged: ${why}. Ask for it again${what === "link" ? ", or for a file" : ""}.`,
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
