import { list, shape, text, whole } from "../../worker/checks/shape";
import type { Check } from "../../worker/checks/shape";
import { isCloudSnapshot } from "../../worker/checks/snapshot";
import type { CloudSnapshot, NodePack } from "../../worker/emulator/run/cloud-snapshot";
import { openSteps } from "../../worker/emulator/run/snapshots";
import { compact } from "../run/compact";
import { stepwise } from "../run/stepwise";
import { Damage } from "./damage";
import { joined } from "./inflate";

/*
 * A cloud as bytes, for links and files:
 *
 *   length of the head (4, big endian) | head: JSON | the packs' bytes, one after the other
 *
 * The head is the snapshot without its packs, and how long each is. Ids of packs stay out: they mean something in one vault only.
 */
const LENGTH_BYTES = 4;
const MAX_PACKS = 10_000;

interface Head {
  readonly engineVersion: string;
  readonly at: number;
  readonly roots: unknown;
  readonly chance: unknown;
  readonly packs: readonly PackHead[];
}

interface PackHead {
  readonly firstNode: number;
  readonly nodeCount: number;
  readonly size: number;
}

/** Roots and chance are looked into once the snapshot is whole. */
const anything: Check<unknown> = (value): value is unknown => value !== undefined;

const isHead = shape<Head>({
  // Shown to the reader, and a stranger wrote it.
  engineVersion: (value): value is string => text(40)(value) && /^[\w.+-]+$/.test(value),
  at: whole,
  roots: anything,
  chance: anything,
  packs: list(shape<PackHead>({ firstNode: whole, nodeCount: whole, size: whole }), MAX_PACKS),
});

export function cloudToBytes(cloud: CloudSnapshot): Uint8Array<ArrayBuffer> {
  const { engineVersion, at, roots, chance, packs } = compact(cloud);
  const head: Head = {
    engineVersion,
    at,
    roots,
    chance,
    packs: packs.map(({ firstNode, nodeCount, bytes }) => ({ firstNode, nodeCount, size: bytes.byteLength })),
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, json.byteLength);
  return joined([length, json, ...packs.map((pack) => pack.bytes)]);
}

/**
 * What {@link cloudToBytes} was given, its packs under ids of their own: whoever wrote this must not choose what they stand for in the vault.
 * Looks into everything, down to the last value, and leaves the page its frames meanwhile. Rejects with {@link Damage}.
 */
export async function cloudFromBytes(bytes: Uint8Array, newId: () => string): Promise<CloudSnapshot> {
  if (bytes.byteLength < LENGTH_BYTES) throw new Damage("it is cut short");
  const start = LENGTH_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (start > bytes.byteLength) throw new Damage("it is cut short");
  const head = parse(bytes.subarray(LENGTH_BYTES, start));
  if (!isHead(head)) throw new Damage("its description is not one of a cloud");
  let at = start;
  const packs: NodePack[] = head.packs.map(({ firstNode, nodeCount, size }) => {
    const end = at + size;
    if (end > bytes.byteLength) throw new Damage("it is cut short");
    const pack = { id: newId(), firstNode, nodeCount, bytes: bytes.slice(at, end) };
    at = end;
    return pack;
  });
  if (at !== bytes.byteLength) throw new Damage("it is longer than it says");
  const cloud = { ...head, packs };
  if (!isCloudSnapshot(cloud)) throw new Damage("its description is not one of a cloud");
  await checkInsides(cloud);
  return cloud;
}

async function checkInsides(cloud: CloudSnapshot): Promise<void> {
  try {
    await stepwise(openSteps(cloud));
  } catch (cause) {
    throw new Damage(cause instanceof Error ? cause.message : "its content cannot be read");
  }
}

function parse(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)) as unknown;
  } catch {
    throw new Damage("its description cannot be read");
  }
}
