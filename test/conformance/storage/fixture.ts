import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { CallObserver } from "../../../worker/emulator/core/service/concerns";
import type { Call } from "../../../worker/emulator/core/service/call";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import type { StorageDriver } from "../../../worker/emulator/services/storage/driver";
import type { StorageEvent } from "../../../worker/emulator/services/storage/events";
import type { Cloud } from "../harness";

export const NAME = "photos";

/** What a call was, and what it told. */
export interface Seen {
  readonly operation: string;
  readonly origin: string;
  readonly code: string;
  readonly output: unknown;
  readonly events: readonly StorageEvent[];
}

/** Keeps what passes by a portable object and the clock. */
export class Watch implements CallObserver {
  readonly calls: Seen[] = [];

  observe({ operation, origin, code, output, events }: Call): void {
    this.calls.push({ operation, origin, code, output, events: events.map(({ data }) => data as StorageEvent) });
  }

  /** The events of all calls so far. */
  get events(): StorageEvent[] {
    return this.calls.flatMap(({ events }) => events);
  }
}

export interface Fixture {
  readonly driver: StorageDriver;
  readonly bucket: Bucket;
  readonly clock: FakeClock;
  readonly watch: Watch;
}

/** An account, and unless told otherwise a bucket `photos` in it. */
export async function open(
  cloud: Cloud,
  {
    dialect,
    start,
    empty = false,
    versioning,
  }: { dialect?: Readonly<Record<string, unknown>>; start?: string; empty?: boolean; versioning?: boolean } = {},
): Promise<Fixture> {
  const watch = new Watch();
  const { provider, clock } = cloud.open({
    recorder: watch,
    ...(dialect && { dialect: { storage: dialect } }),
    ...(start && { start }),
  });
  const bucket = new Bucket(provider);
  if (!empty) await bucket.createBucket(NAME, versioning === undefined ? undefined : { versioning });
  return { driver: provider.storage, bucket, clock, watch };
}

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const keysOf = ({ items }: { items: readonly { key: string }[] }): string[] => items.map(({ key }) => key);
