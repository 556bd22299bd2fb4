import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { newPackId } from "../run/pack-id";
import { fromBase64url, toBase64url } from "./base64url";
import { Damage } from "./damage";
import { deflate, inflate } from "./inflate";
import { readShared } from "./link";
import { toPayload, type SharedResult, type SharedRun } from "./shared-run";

const MIB = 1024 * 1024;
const MAX_LENGTH = 96 * MIB;
const MAX_UNPACKED_BYTES = 256 * MIB;

/** A program as a file: what a link carries as JSON that can be read, and the cloud it starts from, if any, as base64url of gzip in `base`. */
export async function encodeProgramFile(run: SharedRun): Promise<string> {
  const base = run.base && (await packed(run.base));
  return `${JSON.stringify({ ...toPayload(run), ...(base !== undefined && { base }) }, null, 2)}\n`;
}

async function packed(cloud: CloudSnapshot): Promise<string> {
  const { cloudToBytes } = await import("./cloud-bytes");
  return toBase64url(await deflate(cloudToBytes(cloud), "gzip"));
}

/** What {@link encodeProgramFile} made, checked field by field. */
export async function decodeProgramFile(text: string): Promise<SharedResult> {
  if (text.length > MAX_LENGTH) return { problem: "This file is too large to be a program." };
  const payload = parse(text);
  if (typeof payload !== "object" || payload === null) {
    return { problem: "This file does not hold a program that Tabcloud has shared." };
  }
  const result = readShared(payload);
  if ("problem" in result || !("base" in payload)) return result;
  try {
    if (typeof payload.base !== "string") throw new Damage("its cloud is none");
    const bytes = await inflate(fromBase64url(payload.base), "gzip", MAX_UNPACKED_BYTES);
    const { cloudFromBytes } = await import("./cloud-bytes");
    return { run: { ...result.run, base: await cloudFromBytes(bytes, newPackId) } };
  } catch (cause) {
    return {
      problem: `This file is damaged: ${cause instanceof Damage ? cause.message : "its cloud cannot be unpacked"}. Ask for it again.`,
    };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
