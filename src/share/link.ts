import { newPackId } from "../run/pack-id";
import { fromBase64url, toBase64url } from "./base64url";
import { checksum } from "./checksum";
import { Damage } from "./damage";
import { deflate, inflate, joined } from "./inflate";
import { fromPayload, toPayload, type SharedResult, type SharedRun } from "./shared-run";

/*
 * #v1=<base64url of deflate-raw of JSON>.<checksum>
 * #v2=<base64url of deflate-raw of (length of the JSON (4, big endian) | JSON | cloud-bytes)>.<checksum>
 *
 * The second for a program that starts from a cloud, which a page that knows only the first must not run from the empty one.
 *
 * The fragment never leaves the browser. Deflate does not notice when a character was changed on the way; the checksum does, also when some are
 * missing. It has letters and digits only: mail and chat programs leave a "-" or "_" at the end out of what they make clickable.
 */
const SHAPE = /^#v([12])=([\w-]+)\.([0-9a-z]{7})$/;
const NEWER = /^#v(?![12]=)[1-9]\d*=/;
const OURS = /^#v[12]=/;

/** Beyond this many characters some programs cut links; the page then offers a file. */
export const COMFORTABLE_LENGTH = 2000;
/** A longer link is not opened at all. */
export const MAX_LINK_LENGTH = 64 * 1024;
const MIB = 1024 * 1024;
/** By the version of the link. */
const MAX_UNPACKED_BYTES = { "1": MIB, "2": 16 * MIB } as const;
const LENGTH_BYTES = 4;

/** The fragment of a link, `#` included, however long it gets. */
export const encodeLink = async (run: SharedRun): Promise<string> =>
  fragmentOf(run, await deflate(await contentOf(run), "deflate-raw"));

/** The fragment of a link, or what of it is too large to be in one. */
export async function linkOf(
  run: SharedRun,
): Promise<{ readonly fragment: string } | { readonly tooLarge: "program" | "cloud" }> {
  const content = await contentOf(run);
  if (content.byteLength <= MAX_UNPACKED_BYTES[versionOf(run)]) {
    const packed = await deflate(content, "deflate-raw");
    // Megabytes would take long to be spelled out.
    const fragment = packed.byteLength < MAX_LINK_LENGTH ? fragmentOf(run, packed) : undefined;
    if (fragment !== undefined && fragment.length <= MAX_LINK_LENGTH) return { fragment };
  }
  if (run.base === undefined) return { tooLarge: "program" };
  const { base: _, ...program } = run;
  return "tooLarge" in (await linkOf(program)) ? { tooLarge: "program" } : { tooLarge: "cloud" };
}

const versionOf = ({ base }: SharedRun): "1" | "2" => (base === undefined ? "1" : "2");

function fragmentOf(run: SharedRun, packed: Uint8Array): string {
  const body = toBase64url(packed);
  return `#v${versionOf(run)}=${body}.${checksum(body)}`;
}

async function contentOf(run: SharedRun): Promise<Uint8Array<ArrayBuffer>> {
  const json = new TextEncoder().encode(JSON.stringify(toPayload(run)));
  if (run.base === undefined) return json;
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, json.byteLength);
  const { cloudToBytes } = await import("./cloud-bytes");
  return joined([length, json, cloudToBytes(run.base)]);
}

/** The run that a fragment carries; undefined when it is no link of ours at all. */
export async function decodeLink(fragment: string): Promise<SharedResult | undefined> {
  if (NEWER.test(fragment)) {
    return { problem: "This link was made by a newer version of Tabcloud. Reload the page and open it again." };
  }
  if (!OURS.test(fragment)) return undefined;
  if (fragment.length > MAX_LINK_LENGTH)
    return damaged(`it is longer than ${MAX_LINK_LENGTH.toLocaleString("en-US")} characters`);
  const [, version, body, sum] = SHAPE.exec(fragment) ?? [];
  if (body === undefined || checksum(body) !== sum) return damaged("it is not complete, or was changed on the way");
  try {
    if (version === "1") return fromJson(await inflate(fromBase64url(body), "deflate-raw", MAX_UNPACKED_BYTES[1]));
    return await withBase(await inflate(fromBase64url(body), "deflate-raw", MAX_UNPACKED_BYTES[2]));
  } catch (error) {
    return damaged(error instanceof Damage ? error.message : "it cannot be unpacked");
  }
}

const fromJson = (json: Uint8Array): SharedResult =>
  readShared(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)), "link");

async function withBase(content: Uint8Array): Promise<SharedResult> {
  if (content.byteLength < LENGTH_BYTES) throw new Damage("it is cut short");
  const end = LENGTH_BYTES + new DataView(content.buffer, content.byteOffset).getUint32(0);
  if (end > content.byteLength) throw new Damage("it is cut short");
  const result = fromJson(content.subarray(LENGTH_BYTES, end));
  if ("problem" in result) return result;
  const { cloudFromBytes } = await import("./cloud-bytes");
  return { run: { ...result.run, base: await cloudFromBytes(content.subarray(end), newPackId) } };
}

/** Checks the content of a link or of a shared file. */
export function readShared(payload: unknown, from: "link" | "file" = "file"): SharedResult {
  const result = fromPayload(payload);
  return "problem" in result ? damaged(result.problem, from) : result;
}

const damaged = (why: string, what: "link" | "file" = "link"): { problem: string } => ({
  problem: `This ${what} is damaged: ${why}. Ask for it again${what === "link" ? ", or for a file" : ""}.`,
});
