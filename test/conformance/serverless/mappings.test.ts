import { describe, expect, it } from "vitest";
import { Database } from "../../../worker/emulator/services/database/database";
import type { MappingConfig } from "../../../worker/emulator/services/serverless/driver";
import { SECOND, cloudUnderTest, forEachCloud, refused, type Cloud } from "../harness";
import { NAME } from "./fixture";
import { openQueue } from "./queue-fixture";

const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** An account with a queue, a table and its stream. */
async function openBoth(cloud: Cloud, options: Parameters<typeof openQueue>[1] = {}) {
  const fixture = await openQueue(cloud, { config: { timeoutMs: 3 * SECOND }, ...options });
  const tables = new Database(fixture.provider);
  await tables.createTable({ name: "users", partitionKey: "id" });
  await tables.updateStreamConfig("users", { enabled: true });
  const { streamArn = "", arn } = await tables.describeTable("users");
  return { ...fixture, tables, streamArn: streamArn === "" ? arn : streamArn, tableArn: arn };
}

forEachCloud((cloud) => {
  const invalid = cloud.pick({ aws: "InvalidParameterValueException", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
  const missing = cloud.pick({ aws: "ResourceNotFoundException", azure: "ResourceNotFound", gcp: "NOT_FOUND" });

  it("a mapping of a queue has the cloud's defaults", async () => {
    const fixture = await openQueue(cloud);
    const mapping = await fixture.connect();
    expect(mapping).toEqual({
      uuid: mapping.uuid,
      eventSourceArn: fixture.arn,
      functionName: NAME,
      batchSize: cloud.pick({ aws: 10, azure: 1, gcp: 1 }),
      enabled: true,
      batchingWindowMs: 0,
      reportBatchItemFailures: false,
      filters: [],
      maximumConcurrency: cloud.pick({ aws: 5, azure: 16, gcp: 100 }),
      state: "Enabled",
      lastResult: "No records processed",
      createdAt: fixture.clock.now(),
    });
    expect(mapping.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await fixture.fn.getEventSourceMapping(mapping.uuid)).toEqual(mapping);
  });

  it("a mapping of a stream has the cloud's defaults", async () => {
    const { fn, streamArn } = await openBoth(cloud);
    const config = { eventSourceArn: streamArn, functionName: NAME, startingPosition: "LATEST" } as const;
    expect(await fn.createEventSourceMapping(config)).toMatchObject({
      batchSize: cloud.pick({ aws: 100, azure: 100, gcp: 1 }),
      maximumRetryAttempts: cloud.pick({ aws: -1, azure: 0, gcp: -1 }),
      maximumRecordAgeMs: cloud.pick({ aws: -1, azure: -1, gcp: DAY }),
      bisectOnError: false,
      parallelizationFactor: 1,
      startingPosition: "LATEST",
    });
  });

  it("refusals", async () => {
    const { fn, arn, streamArn, tables } = await openBoth(cloud);
    const ofQueue = { eventSourceArn: arn, functionName: NAME };
    const ofStream = { eventSourceArn: streamArn, functionName: NAME, startingPosition: "LATEST" } as const;
    const bad: Partial<MappingConfig>[] = [
      { ...ofQueue, eventSourceArn: "" },
      { ...ofQueue, functionName: "" },
      { ...ofQueue, eventSourceArn: "nothing" },
      { ...ofQueue, batchSize: 0 },
      { ...ofQueue, batchSize: cloud.pick({ aws: 10_001, azure: 1001, gcp: 2 }) },
      { ...ofQueue, batchingWindowMs: cloud.pick({ aws: 300_001, azure: 1, gcp: 1 }) },
      { ...ofQueue, maximumConcurrency: cloud.pick({ aws: 1, azure: 0, gcp: 0 }) },
      { ...ofQueue, maximumConcurrency: 1001 },
      { ...ofQueue, startingPosition: "LATEST" },
      { ...ofQueue, onFailureArn: arn },
      { ...ofQueue, bisectOnError: true },
      { ...ofQueue, maximumRetryAttempts: 1 },
      { ...ofQueue, maximumRecordAgeMs: MINUTE },
      { ...ofQueue, parallelizationFactor: 2 },
      { ...ofQueue, filters: [{ body: "no list" }] },
      { ...ofQueue, filters: [{}] },
      { ...ofQueue, enabled: "yes" as unknown as boolean },
      { eventSourceArn: streamArn, functionName: NAME },
      { ...ofStream, startingPosition: "MIDDLE" as "LATEST" },
      { ...ofStream, maximumConcurrency: 5 },
      { ...ofStream, batchSize: cloud.pick({ aws: 10_001, azure: 1001, gcp: 2 }) },
      { ...ofStream, maximumRetryAttempts: -2 },
      { ...ofStream, maximumRetryAttempts: 10_001 },
      { ...ofStream, maximumRecordAgeMs: 59_999 },
      { ...ofStream, maximumRecordAgeMs: 7 * DAY + 1 },
      { ...ofStream, parallelizationFactor: 0 },
      { ...ofStream, parallelizationFactor: 11 },
      ...(cloud.name === "aws" ? [] : [{ ...ofStream, bisectOnError: true }]),
    ];
    for (const config of bad)
      await refused(fn.createEventSourceMapping(config as MappingConfig), "InvalidArgument", invalid);
    expect((await fn.listEventSourceMappings()).items).toEqual([]);

    const unknown = fn.createEventSourceMapping({ ...ofQueue, functionName: "nope" });
    if (cloud.name === "aws") {
      const error = await refused(unknown, "InvalidArgument", invalid);
      expect(error.message).toBe("Function does not exist");
    } else await refused(unknown, "NotFound", missing);

    await fn.createEventSourceMapping(ofQueue);
    const taken = cloud.pick({ aws: "ResourceConflictException", azure: "Conflict", gcp: "ALREADY_EXISTS" });
    await refused(fn.createEventSourceMapping(ofQueue), "AlreadyExists", taken);
    const { arn: functionArn } = await fn.getFunction(NAME);
    await refused(fn.createEventSourceMapping({ ...ofQueue, functionName: functionArn }), "AlreadyExists", taken);

    await tables.createTable({ name: "quiet", partitionKey: "id" });
    const { arn: quiet } = await tables.describeTable("quiet");
    const off = cloud.pick({ aws: "InvalidParameterValueException", azure: "Conflict", gcp: "FAILED_PRECONDITION" });
    await refused(fn.createEventSourceMapping({ ...ofStream, eventSourceArn: quiet }), "FailedPrecondition", off);
    await tables.updateStreamConfig("users", { enabled: false });
    await refused(fn.createEventSourceMapping(ofStream), "FailedPrecondition", off);
  });

  it("what there is no mapping of", async () => {
    const { fn } = await openQueue(cloud);
    for (const call of [
      () => fn.getEventSourceMapping("nope"),
      () => fn.updateEventSourceMapping("nope", {}),
      () => fn.deleteEventSourceMapping("nope"),
    ])
      await refused(call(), "NotFound", missing);
  });

  it("an update changes what it names, and never the source", async () => {
    const fixture = await openQueue(cloud);
    const { fn, arn, queues } = fixture;
    await fn.deploy({ name: "other", code: () => 1 });
    const other = await queues.createQueue({ name: "others" });
    const before = await fixture.connect({ filters: [{ body: ["a"] }] });
    const after = await fn.updateEventSourceMapping(before.uuid, { functionName: "other" });
    expect(after).toEqual({ ...before, functionName: "other" });
    expect((await fn.updateEventSourceMapping(before.uuid, { eventSourceArn: arn })).functionName).toBe("other");
    await refused(fn.updateEventSourceMapping(before.uuid, { eventSourceArn: other.arn }), "InvalidArgument", invalid);
    await refused(fn.updateEventSourceMapping(before.uuid, { batchSize: 0 }), "InvalidArgument", invalid);
    await fixture.connect();
    await refused(fn.updateEventSourceMapping(before.uuid, { functionName: NAME }), "AlreadyExists");
    expect((await fn.updateEventSourceMapping(before.uuid, { filters: [] })).filters).toEqual([]);
  });

  it("mappings are listed by creation, and by function and source", async () => {
    const fixture = await openQueue(cloud);
    const { fn, queues, arn } = fixture;
    await fn.deploy({ name: "other", code: () => 1 });
    const second = await queues.createQueue({ name: "others" });
    const made = [
      await fixture.connect(),
      await fixture.connect({ functionName: "other" }),
      await fixture.connect({ eventSourceArn: second.arn }),
    ].map(({ uuid }) => uuid);
    const all: string[] = [];
    for await (const { uuid } of fn.eventSourceMappings({ limit: 2 })) all.push(uuid);
    expect(all).toEqual(made);
    const uuids = async (options: object): Promise<string[]> =>
      (await fn.listEventSourceMappings(options)).items.map(({ uuid }) => uuid);
    expect(await uuids({ functionName: NAME })).toEqual([made[0], made[2]]);
    expect(await uuids({ eventSourceArn: arn })).toEqual([made[0], made[1]]);
    expect(await uuids({ eventSourceArn: second.arn, functionName: "other" })).toEqual([]);
    await fn.deleteEventSourceMapping(made[1] ?? "");
    expect(await uuids({})).toEqual([made[0], made[2]]);
    await fixture.connect({ functionName: "other" });
  });

  it("with simulated provisioning a mapping takes a second for each change", async () => {
    const fixture = await openQueue(cloud, { provisioning: "simulated" });
    const { fn, clock } = fixture;
    const busy = cloud.pick({ aws: "ResourceInUseException", azure: "Conflict", gcp: "FAILED_PRECONDITION" });
    await clock.advance(2 * SECOND);
    const { uuid, state } = await fixture.connect();
    expect(state).toBe("Creating");
    await fixture.send("a");
    await clock.advance(999);
    await refused(fn.updateEventSourceMapping(uuid, { enabled: false }), "FailedPrecondition", busy);
    expect(await fixture.states()).toEqual({ a: "visible" });
    await clock.advance(1);
    expect((await fn.getEventSourceMapping(uuid)).state).toBe("Enabled");
    expect(await fixture.states()).toEqual({});
    const states: string[] = [];
    const change = async (changes: Partial<MappingConfig>): Promise<void> => {
      states.push((await fn.updateEventSourceMapping(uuid, changes)).state);
      await clock.advance(SECOND);
      states.push((await fn.getEventSourceMapping(uuid)).state);
    };
    await change({ enabled: false });
    await change({ enabled: true });
    await change({ filters: [{ body: ["x"] }] });
    expect(states).toEqual(["Disabling", "Disabled", "Enabling", "Enabled", "Updating", "Enabled"]);
    await fn.deleteEventSourceMapping(uuid);
    expect((await fn.getEventSourceMapping(uuid)).state).toBe("Deleting");
    await clock.advance(SECOND);
    await refused(fn.getEventSourceMapping(uuid), "NotFound");
  });
});

describe("AWS", () => {
  const aws = cloudUnderTest("aws");

  it("a queue must hide its messages for as long as the function may run", async () => {
    const fixture = await openQueue(aws, {
      config: { timeoutMs: 60 * SECOND },
      queue: { visibilityTimeoutMs: 59 * SECOND },
    });
    await refused(fixture.connect(), "InvalidArgument", "InvalidParameterValueException");
    await fixture.queues.setQueueAttributes(fixture.url, { visibilityTimeoutMs: 60 * SECOND });
    await fixture.connect();
  });

  it("batches of more than 10 need a window of a second", async () => {
    const fixture = await openQueue(aws);
    await refused(fixture.connect({ batchSize: 100 }), "InvalidArgument");
    await refused(fixture.connect({ batchSize: 11, batchingWindowMs: 999 }), "InvalidArgument");
    expect((await fixture.connect({ batchSize: 11, batchingWindowMs: 1000 })).batchSize).toBe(11);
  });

  it("ordered queues: at most 10, and no window", async () => {
    const fixture = await openQueue(aws, { queue: { fifo: true } });
    await refused(fixture.connect({ batchSize: 11, batchingWindowMs: 1000 }), "InvalidArgument");
    await refused(fixture.connect({ batchingWindowMs: 1000 }), "InvalidArgument");
    expect((await fixture.connect({ batchSize: 10 })).batchSize).toBe(10);
  });
});
