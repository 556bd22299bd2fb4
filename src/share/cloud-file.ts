import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { bytes as showSize } from "../ui/format";
import { cloudFromBytes, cloudToBytes } from "./cloud-bytes";
import { isName, plainName } from "./cloud-name";
import { Damage } from "./damage";
import { deflate, inflate, joined } from "./inflate";

/*
 * A file with a cloud in it: one line of text that says so, then gzip (whose own checksum tells damage) of the name and the cloud:
 *
 *   tabcloud-cloud/1\n | gzip( length of the name (1) | name | cloud-bytes )
 */
const MARK = "tabcloud-cloud/";
const VERSION = 1;

const MIB = 1024 * 1024;
/** What the largest recording may leave, and what a tab can hold of it. */
const MAX_FILE_BYTES = 64 * MIB;
const MAX_UNPACKED_BYTES = 256 * MIB;

export type CloudFile = { readonly name: string; readonly cloud: CloudSnapshot } | { readonly problem: string };

export async function encodeCloudFile(name: string, cloud: CloudSnapshot): Promise<Uint8Array<ArrayBuffer>> {
  // 80 UTF-16 units are at most 240 bytes.
  const text = new TextEncoder().encode(plainName(name));
  const body = joined([Uint8Array.of(text.byteLength), text, cloudToBytes(cloud)]);
  return joined([new TextEncoder().encode(`${MARK}${VERSION}\n`), await deflate(body, "gzip")]);
}

/** What a file holds, checked field by field, or what is wrong with it in words for the reader. */
export async function decodeCloudFile(
  file: { readonly size: number; arrayBuffer(): Promise<ArrayBuffer> },
  newId: () => string,
  maxUnpacked = MAX_UNPACKED_BYTES,
): Promise<CloudFile> {
  if (file.size > MAX_FILE_BYTES) {
    return {
      problem: `This file is too large for a cloud (${showSize(file.size)}; at most ${showSize(MAX_FILE_BYTES)}).`,
    };
  }
  const content = new Uint8Array(await file.arrayBuffer());
  const line = new TextDecoder("latin1").decode(content.subarray(0, MARK.length + 12));
  const [mark, version] = /^tabcloud-cloud\/([1-9]\d{0,8})\n/.exec(line) ?? [];
  if (mark === undefined) return { problem: "This is not a cloud that Tabcloud has saved to a file." };
  if (Number(version) > VERSION) {
    return { problem: "This cloud was saved by a newer version of Tabcloud. Reload the page and open it again." };
  }
  try {
    const body = await inflate(content.subarray(mark.length), "gzip", maxUnpacked);
    const start = 1 + (body[0] ?? 0);
    const name = new TextDecoder("utf-8", { fatal: true }).decode(body.subarray(1, start));
    if (body.byteLength < start || !isName(name)) return damaged("its name is none");
    return { name, cloud: await cloudFromBytes(body.subarray(start), newId) };
  } catch (cause) {
    return damaged(cause instanceof Damage ? cause.message : "it is not complete, or was changed on the way");
  }
}

const damaged = (why: string): CloudFile => ({ problem: `This file is damaged: ${why}. Nothing was imported.` });
