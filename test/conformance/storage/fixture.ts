import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { CallObserver } from "../../../worker/emulator/core/service/concerns";
import type { Call } from "../../../worker/emulator/core/service/call";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import type { StorageDriver } from "../../../worker/emulator/services/storage/driver";
import { STORAGE_EVENT, type StorageEvent } from "../../../worker/emulator/services/storage/events";
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

/** Keeps what passes by a portable object of storage and the clock. */
export class Watch implements CallObserver {
  readonly calls: Seen[] = [];

  observe({ site, operation, origin, code, output, events }: Call): void {
    if (site.service !== "storage") return;
    const told = events.filter(({ type }) => type === STORAGE_EVENT).map(({ data }) => data as StorageEvent);
    this.calls.push({ operation, origin, code, output, events: told });
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
  /** A queue that notifications can go to: its full name. */
  queue(name: string): Promise<string>;
  /** A new event bus. */
  bus(name: string): Promise<string>;
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
  const queues = new Map<string, Promise<string>>();
  const made = async (name: string): Promise<string> =>
    (await provider.messageQueue.createQueue({ name: `queue-${name}`, ...(name.endsWith(".fifo") && { fifo: true }) }))
      .arn;
  const queue = (name: string): Promise<string> => {
    const known = queues.get(name) ?? made(name);
    queues.set(name, known);
    return known;
  };
  const bus = async (name: string): Promise<string> => (await provider.eventBus.createEventBus({ name })).arn;
  return { driver: provider.storage, bucket, clock, watch, queue, bus };
}

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
export const keysOf = ({ items }: { items: readonly { key: string }[] }): string[] => items.map(({ key }) => key);
