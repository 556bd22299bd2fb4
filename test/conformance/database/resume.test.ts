import { expect, it } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { Flow } from "../../../worker/emulator/core/flow/contract";
import { Ids } from "../../../worker/emulator/core/ids";
import { seededRandom } from "../../../worker/emulator/core/random";
import { Call } from "../../../worker/emulator/core/service/call";
import { write, type EngineOf } from "../../../worker/emulator/core/service/operations";
import type { OpenService, ServiceContext } from "../../../worker/emulator/core/service/service";
import { StoreSet } from "../../../worker/emulator/core/store/store-set";
import { dynamoDB } from "../../../worker/emulator/providers/aws/dynamodb";
import { database } from "../../../worker/emulator/services/database";
import type { DatabaseDialect } from "../../../worker/emulator/services/database/dialect";
import type { DatabaseDriver } from "../../../worker/emulator/services/database/driver";
import { SECOND } from "../harness";
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

const newCall = (clock: FakeClock): Call =>
  new Call({ provider: "aws", instance: "aws", service: "database" }, "test", write(), [], "driver", clock.nowMs());

/** An engine on given stores and nothing else, as after a restart. */
function openOn(stores: StoreSet, clock: FakeClock, provisioning?: "simulated"): OpenService<DatabaseDriver> {
  const context: ServiceContext<DatabaseDialect> = {
    ...{ dialect: dynamoDB, account, clock, random: seededRandom("r"), ids: new Ids(seededRandom("i")) },
    store: (name) => stores.open(name),
    at: (dueMs, _operation, _input, run) => clock.setTimer(dueMs - clock.nowMs(), () => void run(newCall(clock))),
    cancel: (timer) => clock.clearTimer(timer),
    ...(provisioning && { provisioning }),
    // Nobody else is in this account.
    flow: { remember: () => undefined, wake: () => undefined, recall: () => undefined } as unknown as Flow,
  };
  return database.open(context);
}

const calls = (engine: EngineOf<DatabaseDriver>, clock: FakeClock): DatabaseDriver =>
  new Proxy({} as DatabaseDriver, {
    get:
      (_target, operation: keyof DatabaseDriver) =>
      async (...args: unknown[]) =>
        (engine[operation] as (call: Call, ...args: unknown[]) => unknown)(newCall(clock), ...args),
  });

const START = "2026-01-01T12:00:00Z";

it("an engine that is opened on restored stores goes on where they stood: expiry, streams, tokens, budgets", async () => {
  const clock = new FakeClock(START);
  const stores = new StoreSet();
  const driver = calls(openOn(stores, clock).engine, clock);
  const billing = { mode: "provisioned" as const, readUnits: 100, writeUnits: 1 };
  await driver.createTable({ name: NAME, partitionKey: "id", indexes: [{ name: "byMail", partitionKey: "mail" }] });
  await driver.createTable({ name: "poor", partitionKey: "id", billing });
  await driver.updateTTL(NAME, { enabled: true, attributeName: "at" });
  await driver.updateStreamConfig(NAME, { enabled: true });
  await driver.putItem(NAME, { id: "1", mail: "m", at: clock.nowMs() / SECOND + 10 });
  await driver.putItem(NAME, { id: "2", mail: "m", at: clock.nowMs() / SECOND + 20 });
  await driver.transactWriteItems(NAME, { puts: [{ id: "3", n: 1 }] }, { idempotencyToken: "t" });
  for (let i = 0; i < 300; i++) await driver.putItem("poor", { id: "1" });
  const { nextPageToken } = await driver.getStreamRecords(NAME);
  const snapshot = stores.fork();

  const later = new FakeClock(START);
  const restored = new StoreSet();
  restored.restore(snapshot);
  const opened = openOn(restored, later);
  const again = calls(opened.engine, later);
  opened.resume?.(later.nowMs());
  opened.resume?.(later.nowMs());
  expect(later.pendingTimers()).toMatchObject([{ dueAt: new Date("2026-01-01T12:00:11Z") }]);
  await again.transactWriteItems(NAME, { puts: [{ id: "3", n: 1 }] }, { idempotencyToken: "t" });
  await expect(again.putItem("poor", { id: "1" })).rejects.toMatchObject({ reason: "throttled" });
  await later.advance(15 * SECOND);
  expect((await again.query(NAME, { index: "byMail", key: { partition: "m" } })).items).toMatchObject([{ id: "2" }]);
  const { items } = await again.getStreamRecords(NAME, { pageToken: nextPageToken });
  expect(items).toMatchObject([{ eventType: "REMOVE", keys: { id: "1" } }]);
  await later.advance(15 * SECOND);
  expect((await again.scan(NAME)).items).toEqual([{ id: "3", n: 1 }]);
  expect(later.pendingTimers()).toEqual([]);
  // What was forked is untouched by all that.
  expect((await driver.scan(NAME)).count).toBe(3);
});

it("what fell due while nobody was there is due now", async () => {
  const clock = new FakeClock(START);
  const stores = new StoreSet();
  const driver = calls(openOn(stores, clock, "simulated").engine, clock);
  await driver.createTable({ name: NAME, partitionKey: "id" });
  const restored = new StoreSet();
  restored.restore(stores.fork());
  const later = new FakeClock("2026-01-02T12:00:00Z");
  const opened = openOn(restored, later, "simulated");
  opened.resume?.(clock.nowMs());
  await later.advance(0);
  expect((await calls(opened.engine, later).describeTable(NAME)).status).toBe("ACTIVE");
});

it("stored values are plain data, so that they can be shown and kept", async () => {
  const clock = new FakeClock(START);
  const stores = new StoreSet();
  const driver = calls(openOn(stores, clock).engine, clock);
  await driver.createTable({ name: NAME, partitionKey: "id", indexes: [{ name: "byMail", partitionKey: "mail" }] });
  await driver.updateTTL(NAME, { enabled: true, attributeName: "at" });
  await driver.updateStreamConfig(NAME, { enabled: true });
  await driver.putItem(NAME, {
    id: "1",
    mail: "m",
    at: 2e9,
    set: new Set([1]),
    bytes: Uint8Array.of(1),
    big: 2n ** 70n,
  });
  await driver.putItem(NAME, { id: "1", mail: "m", at: 2e9, map: { list: [1] } });
  await driver.transactWriteItems(NAME, { puts: [{ id: "2" }] }, { idempotencyToken: "t" });
  for (const name of stores.names()) {
    for (const [, value] of stores.open(name).range()) {
      expect(structuredClone(value)).toEqual(value);
      if (typeof value === "object" && value !== null) expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  }
  for (const { store } of database.resources) expect(stores.open(store).size, store).toBeGreaterThan(0);
});
