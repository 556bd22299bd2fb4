import { expect, it } from "vitest";
import type { Pattern, PublishInput } from "../../../worker/emulator/services/notification/driver";
import { forEachCloud, refused } from "../harness";
import { TOPIC, bodiesOf, open, phone, type Fixture } from "./fixture";

type Attributes = NonNullable<PublishInput["attributes"]>;

/** Which of these messages a phone with such a policy gets. */
async function passing(fixture: Fixture, messages: readonly Partial<PublishInput>[]): Promise<boolean[]> {
  const passed: boolean[] = [];
  for (const message of messages) {
    await fixture.notification.clearOutbox();
    await fixture.notification.publish({ topicId: TOPIC, message: "m", ...message });
    passed.push((await bodiesOf(fixture)).length === 1);
  }
  return passed;
}

forEachCloud((cloud) => {
  const byAttributes = async (filterPolicy: Pattern, messages: readonly Attributes[]) => {
    const fixture = await open(cloud);
    await phone(fixture, { filterPolicy });
    return passing(
      fixture,
      messages.map((attributes) => ({ attributes })),
    );
  };
  const byBody = async (filterPolicy: Pattern, messages: readonly string[]) => {
    const fixture = await open(cloud);
    await phone(fixture, { filterPolicy, filterScope: "body" });
    return passing(
      fixture,
      messages.map((message) => ({ message })),
    );
  };

  it("numbers match numeric attributes only (example 10)", async () => {
    expect(
      await byAttributes({ price: [{ numeric: [">=", 100] }] }, [
        { price: 100 },
        { price: 99.99 },
        { price: "100" },
        { other: 1 },
      ]),
    ).toEqual([true, false, false, false]);
  });

  it("all names must match, one matcher is enough, a list has many candidates, bytes none", async () => {
    expect(
      await byAttributes({ kind: ["paid", { prefix: "re" }], n: [1] }, [
        { kind: "paid", n: 1 },
        { kind: "returned", n: 1 },
        { kind: ["x", "paid"], n: 1 },
        { kind: "paid" },
        { kind: "paid", n: "1" },
        { kind: new Uint8Array([112]), n: 1 },
      ]),
    ).toEqual([true, true, true, false, false, false]);
  });

  it("exists, $or and a name with a dot", async () => {
    const bytes = new Uint8Array([1]);
    const messages: Attributes[] = [{}, { kind: "x" }, { kind: bytes }];
    expect(await byAttributes({ kind: [{ exists: false }] }, messages)).toEqual([true, false, false]);
    expect(await byAttributes({ kind: [{ exists: true }] }, messages)).toEqual([false, true, false]);
    expect(
      await byAttributes({ $or: [{ a: ["x"] }, { b: [{ numeric: ["<", 0] }] }] }, [
        { a: "x" },
        { b: -1 },
        { a: "y", b: 1 },
      ]),
    ).toEqual([true, true, false]);
    expect(await byAttributes({ "a.b": ["x"] }, [{ "a.b": "x" }, { a: "x" }])).toEqual([true, false]);
  });

  it("a body is matched as JSON, nested; what is no JSON object does not pass", async () => {
    expect(
      await byBody({ order: { total: [{ numeric: [">", 10] }], kind: ["new"] } }, [
        '{"order":{"total":11,"kind":"new"}}',
        '{"order":[{"total":11,"kind":"new"}]}',
        '{"order":{"total":10,"kind":"new"}}',
        '[{"order":{"total":11,"kind":"new"}}]',
        "no JSON",
        "7",
      ]),
    ).toEqual([true, true, false, false, false, false]);
  });

  it("an empty policy passes everything, null takes it away; a change holds for later messages", async () => {
    const fixture = await open(cloud);
    const { id } = await phone(fixture, { filterPolicy: {} });
    expect(await passing(fixture, [{}])).toEqual([true]);
    await fixture.notification.setSubscriptionAttributes(id, { filterPolicy: { kind: ["paid"] } });
    expect(await passing(fixture, [{}, { attributes: { kind: "paid" } }])).toEqual([false, true]);
    await fixture.notification.setSubscriptionAttributes(id, { filterPolicy: null });
    expect(await passing(fixture, [{}])).toEqual([true]);
  });

  it("refuses what is malformed or too large, and changes nothing", async () => {
    const fixture = await open(cloud);
    const native = cloud.pick({ aws: "InvalidParameter", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
    const list = (count: number) => Array.from({ length: count }, (_, i) => i);
    const bad: unknown[] = [
      { a: "x" },
      { a: [] },
      { a: [{ unknown: 1 }] },
      { a: [{ prefix: "x", suffix: "y" }] },
      { a: { b: ["x"] } },
      { a: [1e9 + 1] },
      { a: [-1e9 - 1] },
      { a: [{ numeric: ["<", 2e9] }] },
      { a: [{ numeric: [1] }] },
      { a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"], f: ["1"] },
      { a: list(151) },
      { a: list(50), b: list(4) },
      { a: ["x".repeat(256 * 1024)] },
      "{}",
      [],
      7,
    ];
    for (const filterPolicy of bad)
      await refused(phone(fixture, { filterPolicy: filterPolicy as Pattern }), "InvalidArgument", native);
    expect((await fixture.notification.getTopic(TOPIC)).subscriptionCount).toBe(0);
    const { id } = await phone(fixture, { filterPolicy: { a: list(150), b: ["1"], c: ["1"], d: ["1"], e: [1e9] } });
    for (const filterPolicy of bad)
      await refused(
        fixture.notification.setSubscriptionAttributes(id, { filterPolicy: filterPolicy as Pattern }),
        "InvalidArgument",
        native,
      );
  });

  it("depth counts for combinations of a body's policy: four values three deep are 12", async () => {
    const fixture = await open(cloud);
    const policy = (first: number, second: number) => ({
      a: { b: { c: Array.from({ length: first }, (_, i) => i) } },
      d: Array.from({ length: second }, (_, i) => i),
    });
    await phone(fixture, { filterScope: "body", filterPolicy: policy(4, 12) });
    const { id } = await phone(fixture, { endpoint: "+12345", filterScope: "body" });
    await refused(
      fixture.notification.setSubscriptionAttributes(id, { filterPolicy: policy(4, 13) }),
      "InvalidArgument",
    );
  });

  it("hostile bodies are looked at in bounded time, and do not pass", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(await byBody({ a: [{ exists: true }] }, [`{"a":${deep}}`, '{"__proto__":{"a":1}}', '{"a":1}'])).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("a structured message is matched by what the protocol gets", async () => {
    const fixture = await open(cloud);
    await phone(fixture, { filterScope: "body", filterPolicy: { a: [1] } });
    const structured = (sms: string) => ({
      structure: "json" as const,
      message: JSON.stringify({ default: '{"a":1}', sms }),
    });
    expect(await passing(fixture, [structured('{"a":2}'), structured('{"a":1}')])).toEqual([false, true]);
  });
});
