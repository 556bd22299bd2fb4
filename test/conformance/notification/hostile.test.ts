import { expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator";
import { AccountKeeper } from "../../../worker/emulator/core/provider/account-keeper";
import { forEachCloud } from "../harness";
import { TOPIC, open, phone } from "./fixture";

const NONSENSE: readonly unknown[] = [
  null,
  7,
  true,
  NaN,
  "",
  "\ud800",
  "__proto__",
  {},
  [],
  [null],
  () => 1,
  new Date(NaN),
];
const trap = new Proxy({}, { ownKeys: () => ["a"], get: () => ({}) });

type Operation = (...args: unknown[]) => Promise<unknown>;

forEachCloud((cloud) => {
  it("nonsense in any argument is refused as what it is, and changes nothing", async () => {
    const fixture = await open(cloud);
    const { id } = await phone(fixture);
    const operations = fixture.notification as unknown as Record<string, Operation>;
    const good: Record<string, unknown[]> = {
      createTopic: [{ name: "t" }],
      deleteTopic: [],
      getTopic: [],
      listTopics: [],
      updateTopic: [TOPIC],
      subscribe: [],
      unsubscribe: [],
      getSubscription: [],
      listSubscriptions: [TOPIC],
      setSubscriptionAttributes: [id],
      confirmSubscription: [TOPIC],
      publish: [],
      publishBatch: [TOPIC],
      listPublished: [TOPIC],
      outbox: [],
      registerEndpoint: ["https://shop.example"],
      removeEndpoint: [],
    };
    const storesOf = () =>
      JSON.stringify(
        [...AccountKeeper.of(fixture.provider).take().stores].map(([name, store]) => [name, [...store.all()]]),
      );
    const before = storesOf();
    const resolved: string[] = [];
    for (const [operation, first] of Object.entries(good)) {
      for (const bad of [...NONSENSE, trap]) {
        const args = operation === "createTopic" ? [bad] : [...first, bad];
        const answer = await operations[operation]?.(...args).then(
          () => "resolved",
          (error: unknown) => (error instanceof CloudError ? error.code : String(error)),
        );
        expect(["resolved", "InvalidArgument", "NotFound"], `${operation} ${String(typeof bad)}`).toContain(answer);
        if (answer === "resolved") resolved.push(operation);
      }
    }
    // What has optional arguments only takes an object of other things; AWS does not mind deleting what is not there.
    const tolerant = [
      "listTopics",
      "updateTopic",
      "listSubscriptions",
      "setSubscriptionAttributes",
      "listPublished",
      "outbox",
      "registerEndpoint",
    ];
    const deletes = cloud.name === "aws" ? ["deleteTopic", "unsubscribe"] : [];
    for (const operation of new Set(resolved)) expect([...tolerant, ...deletes]).toContain(operation);
    expect(storesOf()).toBe(before);
  });

  it("each field of an input is looked at", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const codes = async (call: (bad: never) => Promise<unknown>, allowed: readonly unknown[] = []) => {
      for (const bad of NONSENSE.filter((it) => !allowed.includes(it))) {
        const code = await call(bad as never).then(
          () => "resolved",
          (error: unknown) => (error instanceof CloudError ? error.code : String(error)),
        );
        expect(["InvalidArgument", "NotFound"], `${call.toString()} with ${typeof bad}`).toContain(code);
      }
    };
    await codes((displayName) => notification.createTopic({ name: "t", displayName }), ["", "\ud800", "__proto__"]);
    await codes((fifo) => notification.createTopic({ name: "t", fifo }), [true]);
    await codes((endpoint) => phone(fixture, { endpoint }));
    await codes((protocol) => phone(fixture, { protocol }));
    await codes((rawDelivery) => phone(fixture, { rawDelivery }));
    await codes((filterScope) => phone(fixture, { filterScope }));
    await codes((deadLetterArn) => phone(fixture, { deadLetterArn }), [null]);
    await codes((message) => notification.publish({ topicId: TOPIC, message }), ["\ud800", "__proto__"]);
    await codes((subject) => notification.publish({ topicId: TOPIC, message: "m", subject }), ["__proto__"]);
    await codes((structure) => notification.publish({ topicId: TOPIC, message: "m", structure }));
    await codes((id) => notification.publishBatch(TOPIC, [{ id, message: "m" }]), ["__proto__"]);
    await codes((limit) => notification.listTopics({ limit }), [7]);
    await codes((pageToken) => notification.listTopics({ pageToken }));
  });
});
