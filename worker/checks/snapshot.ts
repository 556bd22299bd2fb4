import type { IdsState } from "../emulator/core/ids";
import type { RandomState } from "../emulator/core/sfc32";
import type { PackedNodes } from "../emulator/core/store/node-pack";
import type { CloudSnapshot, NodePack, ServiceChance, SnapshotDelta } from "../emulator/run/cloud-snapshot";
import { dictionary, list, optional, shape, text, whole } from "./shape";
import type { Check } from "./shape";

/** Of one pack: an account's storage holds 256 MiB at most. */
export const MAX_PACK_BYTES = 512 * 1024 * 1024;
const MAX_PACKS = 1_000;
const MAX_STORES = 10_000;
/** No run starts later. */
const END_OF_STARTS = Date.UTC(9000, 0);

const isWord: Check<number> = (value): value is number => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 32;

const isRandomState: Check<RandomState> = (value): value is RandomState =>
  Array.isArray(value) && value.length === 4 && Array.from(value).every(isWord);

const isServiceChance = shape<ServiceChance>({
  random: isRandomState,
  ids: shape<IdsState>({ made: whole, key: whole }),
  idsRandom: isRandomState,
  latency: isRandomState,
});

/** Memory of its own and nothing else's, that can be transferred and cannot change afterwards. */
const isOwnBytes: Check<Uint8Array> = (value): value is Uint8Array =>
  value instanceof Uint8Array &&
  value.buffer instanceof ArrayBuffer &&
  !("resizable" in value.buffer && value.buffer.resizable === true) &&
  value.length === value.buffer.byteLength &&
  value.length <= MAX_PACK_BYTES;

const packed = { firstNode: whole, nodeCount: whole, bytes: isOwnBytes };
const isPackedNodes = shape<PackedNodes>(packed);
const isNodePack = shape<NodePack>({ id: text(200), ...packed });

const isMoment: Check<number> = (value): value is number => whole(value) && value < END_OF_STARTS;

const cloud = {
  engineVersion: text(200),
  at: isMoment,
  roots: dictionary(whole, MAX_STORES),
  chance: dictionary(isServiceChance, MAX_STORES),
};

/**
 * Whether a value has exactly the form of a snapshot. What is in its packs shows when it is opened, which is refused in its own words when they are damaged.
 */
export const isCloudSnapshot: Check<CloudSnapshot> = shape<CloudSnapshot>({
  ...cloud,
  packs: list(isNodePack, MAX_PACKS),
});

/** As {@link isCloudSnapshot}, for what a run leaves. */
export const isSnapshotDelta: Check<SnapshotDelta> = shape<SnapshotDelta>({
  ...cloud,
  basePacks: whole,
  pack: optional(isPackedNodes),
});
