import { expect, it } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { Flow } from "../../../worker/emulator/core/flow/contract";
import { Ids } from "../../../worker/emulator/core/ids";
import { seededRandom } from "../../../worker/emulator/core/random";
import { Call } from "../../../worker/emulator/core/service/call";
import { write } from "../../../worker/emulator/core/service/operations";
import type { ServiceContext } from "../../../worker/emulator/core/service/service";
import { StoreSet } from "../../../worker/emulator/core/store/store-set";
import { Waiting } from "../../../worker/emulator/core/service/waiting";
import { s3 } from "../../../worker/emulator/providers/aws/s3";
import type { StorageDialect } from "../../../worker/emulator/services/storage/dialect";
import { storage } from "../../../worker/emulator/services/storage";
import { NAME } from "./fixture";

const account = {
  provider: "aws",
  instance: "aws",
  region: "us-east-1",
  accountId: "123456789012",
  projectId: "",
  subscriptionId: "",
  resourceGroup: "",
} as const;

const newCall = (operation: string, clock: FakeClock): Call =>
  new Call({ provider: "aws", instance: "aws", service: "storage" }, operation, write(), [], "driver", clock.nowMs());

/** Storage never waits. */
async function ready<R>(answer: R | Promise<R> | Waiting<R>): Promise<R> {
  if (answer instanceof Waiting) throw new Error("storage has to wait");
  return answer;
}

/** An engine on given stores and nothing else, as after a restart. */
function contextOn(stores: StoreSet, clock: FakeClock): ServiceContext<StorageDialect> {
  return {
    ...{ dialect: s3, account, clock, random: seededRandom("r"), ids: new Ids(seededRandom("i")) },
    store: (name) => stores.open(name),
    at: (dueMs, operation, _input, run) =>
      clock.setTimer(dueMs - clock.nowMs(), () => void run(newCall(operation, clock))),
    cancel: (timer) => clock.clearTimer(timer),
    // Alone in its account, it knows one queue.
    flow: { find: () => ({ kind: "queue", name: "q", exists: true }) } as unknown as Flow,
  };
}

it("an engine that is opened on restored stores goes on where they stood: sweeps, books, open uploads", async () => {
  const clock = new FakeClock("2026-01-01T12:00:00Z");
  const stores = new StoreSet();
  const { engine } = storage.open(contextOn(stores, clock));
  const call = newCall("test", clock);
  await engine.createBucket(call, NAME, { versioning: true });
  await engine.putObject(call, NAME, "k", "v");
  await engine.putLifecycleConfig(call, NAME, { rules: [{ id: "r", enabled: true, expirationDays: 1 }] });
  const { uploadId } = await ready(engine.createMultipartUpload(call, NAME, "u"));
  const { url } = await ready(engine.generatePresignedURL(call, { bucket: NAME, key: "k", method: "GET" }));
  const snapshot = stores.fork();

  const later = new FakeClock("2026-01-01T12:00:00Z");
  const restored = new StoreSet();
  restored.restore(snapshot);
  const again = storage.open(contextOn(restored, later));
  again.resume?.(later.nowMs());
  again.resume?.(later.nowMs());
  expect(later.pendingTimers()).toMatchObject([{ dueAt: new Date("2026-01-02T00:00:00Z") }]);
  expect(await again.engine.usePresignedURL(call, url, { method: "GET" })).toMatchObject({ info: { key: "k" } });
  await again.engine.abortMultipartUpload(call, NAME, "u", uploadId);
  await later.set(new Date("2026-01-05T00:00:00Z"));
  expect((await ready(again.engine.listObjects(call, NAME))).items).toEqual([]);
  // What was forked is untouched by all that.
  expect((await ready(engine.listObjects(call, NAME))).items).toHaveLength(1);
});

it("stored values are plain data, so that they can be shown and kept", async () => {
  const clock = new FakeClock();
  const stores = new StoreSet();
  const { engine } = storage.open(contextOn(stores, clock));
  const call = newCall("test", clock);
  await engine.createBucket(call, NAME, { versioning: true, tags: { a: "b" } });
  await engine.putObject(call, NAME, "k", "v", { metadata: { a: "b" } });
  await engine.putObject(call, NAME, "k", "w");
  await engine.putNotificationConfig(call, NAME, { rules: [{ events: ["ObjectCreated"], target: "q" }] });
  const { uploadId } = await ready(engine.createMultipartUpload(call, NAME, "u"));
  await engine.uploadPart(call, NAME, "u", uploadId, { partNumber: 1, data: "p" });
  for (const name of stores.names()) {
    for (const [, value] of stores.open(name).range()) {
      const copy = structuredClone(value);
      expect(copy).toEqual(value);
      if (typeof value === "object" && value !== null) expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  }
  for (const { store } of storage.resources) expect(stores.open(store).size, store).toBeGreaterThan(0);
});
