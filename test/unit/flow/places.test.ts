import { describe, expect, test } from "vitest";
import { jsonLines } from "../../../worker/emulator/features/recording/json-lines";
import { otlpTraces } from "../../../worker/emulator/features/recording/otlp";
import { TinyCloud } from "./tiny-cloud";

describe("calls of a function", () => {
  test("through its own cloud keep flow, cause and depth; what they lead to is one hop deeper", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    tiny.functions.set("f", async ({ cloud }) => {
      await Promise.resolve();
      await cloud.teller.tell("inside", [{ target: "box:a" }]);
      return (await cloud.boxes.texts("a")).length;
    });
    await tiny.provider.teller.tell("x", [{ target: "fn:f" }]);
    await tiny.provider.settle();
    const calls = tiny.recorder.calls();
    const [put, run] = ["put", "run"].map((name) => calls.find(({ operation }) => operation === name));
    expect(put?.hop).toMatchObject({ source: "teller", target: "box:a", depth: 2 });
    expect(run?.hop).toMatchObject({ target: "fn:f", depth: 1 });
    expect(put?.flowId).toBe(run?.flowId);
  });

  test("in a run that a program waits for belong to one flow, which begins with what is recorded first", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    tiny.functions.set("f", ({ cloud }) => cloud.teller.tell("inside", [{ target: "box:a" }]));
    const place = { cause: 0, flow: 0, depth: 0 };
    await tiny.flow.run("runner", "run", ["f", "x"], { place });
    const flows = new Set(tiny.recorder.calls().map(({ flowId }) => flowId));
    expect(flows.size).toBe(1);
    expect([...flows]).toEqual([tiny.recorder.calls()[0]?.id]);
  });

  test("a provider at a place is a provider in all else", async () => {
    const tiny = new TinyCloud();
    let keys: string[] = [];
    tiny.functions.set("f", async ({ cloud }) => {
      keys = [cloud.name, cloud.region, String(cloud.clock === tiny.clock), String(cloud.boxes === cloud.boxes)];
      expect(await cloud.listDeliveries({ state: "delivered" })).toEqual([]);
      expect((cloud as unknown as Record<string, unknown>)["tinyBoxes"]).toBe(cloud.boxes);
    });
    await tiny.provider.teller.tell("x", [{ target: "fn:f" }]);
    await tiny.provider.settle();
    expect(keys).toEqual(["aws", "here", "true", "true"]);
  });
});

test("hops are in every export", async () => {
  const tiny = new TinyCloud();
  await tiny.provider.boxes.make("a");
  await tiny.provider.teller.tell("x", [{ target: "box:a", via: "rule" }]);
  const calls = tiny.recorder.calls();
  const header = { provider: "aws", region: "here", seed: "s", startedAt: new Date(0) } as const;
  const lines = [...jsonLines(header, calls)].slice(1).map((line) => JSON.parse(line) as { hop: unknown });
  expect(lines[0]?.hop).toEqual({ source: "teller", target: "box:a", via: "rule", attempt: 1, depth: 1 });
  const spans = [...otlpTraces([{ provider: "aws", calls }])].join("");
  expect(spans).toContain('{"key":"tabcloud.hop.via","value":{"stringValue":"rule"}}');
  expect(spans).toContain('"kind":5');
});
