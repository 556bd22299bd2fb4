import { expect, it } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { FindSource, StreamSource } from "../../../worker/emulator/core/flow/event-sources";
import type { Flow } from "../../../worker/emulator/core/flow/contract";
import { Ids } from "../../../worker/emulator/core/ids";
import { seededRandom } from "../../../worker/emulator/core/random";
import { Call } from "../../../worker/emulator/core/service/call";
import { write } from "../../../worker/emulator/core/service/operations";
import { StoreSet } from "../../../worker/emulator/core/store/store-set";
import { dynamoDB } from "../../../worker/emulator/providers/aws/dynamodb";
import { cosmosDB } from "../../../worker/emulator/providers/azure/cosmos-db";
import { firestore } from "../../../worker/emulator/providers/gcp/firestore";
import { database } from "../../../worker/emulator/services/database";
import type { DatabaseDriver, Item, StreamViewType } from "../../../worker/emulator/services/database/driver";
import { DAY, START, forEachCloud, type Cloud } from "../harness";
import { NAME } from "./fixture";

const DIALECTS = { aws: dynamoDB, azure: cosmosDB, gcp: firestore };

/** What serverless sees of a table's stream. */
interface Seen {
  put(item: Item): void;
  drop(id: string): void;
  readonly source: StreamSource;
  readonly find: FindSource;
  readonly woken: string[];
  readonly clock: FakeClock;
  readonly tableArn: string;
}

function openStream(cloud: Cloud, viewType?: StreamViewType): Seen {
  const clock = new FakeClock(START);
  const stores = new StoreSet();
  const woken: string[] = [];
  const places = new Map<string, Call>();
  const flow = {
    remember: (key: string, call: Call) => void places.set(key, call),
    recall: (key: string) => (places.has(key) ? { cause: 1, flow: 1, depth: 0 } : undefined),
    wake: (name: string) => void woken.push(name),
  } as unknown as Flow;
  const account = {
    ...{ provider: cloud.name, instance: cloud.name, accountId: "123456789012", projectId: "mock-project" },
    region: cloud.pick({ aws: "us-east-1", azure: "eastus", gcp: "us-central1" }),
    ...{ subscriptionId: "s", resourceGroup: "g" },
  };
  const { engine, source } = database.open({
    ...{ dialect: cloud.pick(DIALECTS), account, clock, random: seededRandom("r"), ids: new Ids(seededRandom("i")) },
    store: (name) => stores.open(name),
    at: () => 0,
    cancel: () => undefined,
    flow,
  });
  const newCall = (): Call =>
    new Call({ provider: cloud.name, instance: "x", service: "database" }, "t", write(), [], "driver", clock.nowMs());
  const call = <K extends keyof DatabaseDriver>(operation: K, ...args: Parameters<DatabaseDriver[K]>): unknown =>
    (engine[operation] as (call: Call, ...args: unknown[]) => unknown)(newCall(), ...args);
  const { arn } = call("createTable", { name: NAME, partitionKey: "id" }) as { arn: string };
  call("updateStreamConfig", NAME, { enabled: true, ...(viewType && { viewType }) });
  const find = source as FindSource;
  return {
    put: (item) => void call("putItem", NAME, item),
    drop: (id) => void call("deleteItem", NAME, { id }),
    get source() {
      return find(arn) as StreamSource;
    },
    ...{ find, woken, clock, tableArn: arn },
  };
}

forEachCloud((cloud) => {
  it("a stream is found by its own name, or its table's, and tells when there is more", () => {
    const seen = openStream(cloud);
    expect(seen.source).toMatchObject({ kind: "stream", enabled: true, last: undefined });
    seen.put({ id: "1" });
    const { arn, last } = seen.source;
    expect(seen.woken).toEqual([arn]);
    expect(seen.find(arn)).toMatchObject({ arn, last });
    expect(seen.find("none")).toBeUndefined();
    expect(seen.find(NAME)).toBeUndefined();
    seen.put({ id: "1" });
    expect(seen.woken).toEqual([arn]);
    const [entry] = seen.source.read(undefined, 10);
    expect(entry).toMatchObject({ sequenceNumber: last, place: { cause: 1 } });
    expect(seen.source.read(last, 10)).toEqual([]);
  });

  it("is read in order from anywhere, as long as it is kept", async () => {
    const { put, source, clock } = openStream(cloud);
    for (let i = 0; i < 5; i++) put({ id: `${i}` });
    const entries = source.read(undefined, 3);
    expect(entries).toHaveLength(3);
    const rest = source.read(entries[2]?.sequenceNumber, 10);
    expect(rest.map(({ filterable }) => filterable)).toMatchObject([
      { eventName: "INSERT", dynamodb: { Keys: { id: { S: "3" } }, NewImage: { id: { S: "3" } } } },
      { dynamodb: { Keys: { id: { S: "4" } } } },
    ]);
    await clock.advance(DAY);
    expect(source.read(undefined, 10)).toEqual([]);
  });

  it("functions get events in the cloud's own words", () => {
    const { put, drop, source, tableArn } = openStream(cloud);
    put({ id: "1", n: 1, tags: ["a"] });
    put({ id: "1", n: 2, tags: ["a"] });
    drop("1");
    const entries = source.read(undefined, 10);
    const events = cloud.name === "gcp" ? entries.map((entry) => source.event([entry])) : source.event(entries);
    const seconds = new Date(START).getTime() / 1000;
    if (cloud.name === "aws") {
      const image = (n: string): object => ({ id: { S: "1" }, n: { N: n }, tags: { L: [{ S: "a" }] } });
      expect(events).toMatchObject({
        Records: [
          {
            ...{ eventName: "INSERT", eventVersion: "1.1", eventSource: "aws:dynamodb", awsRegion: "us-east-1" },
            dynamodb: {
              ...{ ApproximateCreationDateTime: seconds, Keys: { id: { S: "1" } }, NewImage: image("1") },
              ...{ SequenceNumber: entries[0]?.sequenceNumber, SizeBytes: entries[0]?.size },
              StreamViewType: "NEW_AND_OLD_IMAGES",
            },
            eventSourceARN: `${tableArn}/stream/2026-04-01T12:00:00.000`,
          },
          { eventName: "MODIFY", dynamodb: { OldImage: image("1"), NewImage: image("2") } },
          { eventName: "REMOVE", dynamodb: { OldImage: image("2") } },
        ],
      });
    } else if (cloud.name === "azure") {
      expect(events).toMatchObject([
        {
          current: { id: "1", n: 1, _ts: seconds, _lsn: 1 },
          metadata: { operationType: "create", lsn: 1, crts: seconds },
        },
        { current: { n: 2 }, previous: { n: 1 }, metadata: { operationType: "replace" } },
        { previous: { n: 2 }, metadata: { operationType: "delete", lsn: 3 } },
      ]);
    } else {
      const fields = (n: string): object => ({
        ...{ id: { stringValue: "1" }, n: { integerValue: n } },
        tags: { arrayValue: { values: [{ stringValue: "a" }] } },
      });
      expect(events).toMatchObject([
        {
          type: "google.cloud.firestore.document.v1.created",
          source: "//firestore.googleapis.com/projects/mock-project/databases/(default)",
          subject: "documents/users/1",
          data: {
            value: {
              name: "projects/mock-project/databases/(default)/documents/users/1",
              fields: fields("1"),
              createTime: "2026-04-01T12:00:00.000000Z",
            },
          },
        },
        {
          type: "google.cloud.firestore.document.v1.updated",
          data: {
            value: {
              fields: fields("2"),
              createTime: "2026-04-01T12:00:00.000000Z",
              updateTime: "2026-04-01T12:00:00.000001Z",
            },
            ...{ oldValue: { fields: fields("1") }, updateMask: { fieldPaths: ["n"] } },
          },
        },
        { type: "google.cloud.firestore.document.v1.deleted", data: { oldValue: { fields: fields("2") } } },
      ]);
    }
  });

  it.runIf(cloud.name === "azure")("in latest-version mode they get whole items", () => {
    const { put, drop, source } = openStream(cloud, "NEW_IMAGE");
    put({ id: "1", n: 1 });
    put({ id: "2" });
    put({ id: "1", n: 2 });
    drop("2");
    const event = source.event(source.read(undefined, 10));
    expect(event).toMatchObject([{ id: "1", n: 2, _lsn: 3 }]);
  });
});
