import { describe, expect, test } from "vitest";
import type { OwnTerms } from "../../../worker/emulator/core/flow/contract";
import { told, TinyCloud, unavailable } from "./tiny-cloud";

const TERMS: OwnTerms = {
  retry: { steps: [1000, 2000], then: 2000, maxAgeMs: 10_000 },
  retryOutcome: { steps: [60, 120] },
  keep: "kept",
};

/** A function that takes events over, and fails as often as it is told. */
async function failing(errors: (Error | undefined)[], terms = TERMS): Promise<TinyCloud & { at: number[] }> {
  const tiny = new TinyCloud();
  const at: number[] = [];
  await tiny.provider.boxes.make("ends");
  tiny.terms.set("fn:f", terms);
  tiny.functions.set("f", ({ cloud }) => {
    at.push(cloud.clock.nowMs());
    const error = errors.shift();
    if (error) throw error;
    return "done";
  });
  tiny.afterEnd = ({ failure }) => [told("fn:f", failure ? "bad" : "good", { target: "box:ends" })];
  await tiny.provider.teller.tell("x", [{ target: "fn:f", via: "rule", retry: { steps: [1] } }]);
  return Object.assign(tiny, { at });
}

describe("a target that takes an event over", () => {
  test("counts as delivered for the sender, and goes on by its own terms", async () => {
    const tiny = await failing([new Error("a"), new Error("b")]);
    expect(await tiny.deliveries()).toMatchObject([
      { source: "teller", target: "fn:f", state: "delivered", attempts: 1 },
      { source: "fn:f", target: "fn:f", state: "pending" },
    ]);
    await tiny.clock.advance(1000);
    expect(tiny.at).toEqual([0, 60, 180]);
    expect(tiny.hops().map(({ hop }) => [hop?.source, hop?.via, hop?.attempt])).toEqual([
      ["teller", "rule", 1],
      ["teller", "rule", 2],
      ["teller", "rule", 3],
      ["fn:f", undefined, 1],
    ]);
    expect(await tiny.provider.boxes.texts("ends")).toEqual(["good"]);
    expect(tiny.ends).toMatchObject([
      { attempts: 3, keep: "kept", parcel: { payload: "x" }, call: { output: "done" } },
    ]);
    expect(tiny.ends[0]).not.toHaveProperty("failure");
  });

  test("tells of its end when the retries are used up", async () => {
    const tiny = await failing([new Error("a"), new Error("b"), new Error("c"), new Error("d")]);
    await tiny.clock.advance(1000);
    expect(tiny.at).toEqual([0, 60, 180]);
    expect(tiny.ends).toMatchObject([{ attempts: 3, reason: "attempts", failure: { message: "c" } }]);
    expect(await tiny.provider.boxes.texts("ends")).toEqual(["bad"]);
    expect((await tiny.deliveries()).map(({ state }) => state)).toEqual(["delivered", "deadLettered", "delivered"]);
  });

  test("counts refusals apart, and ends when it is too old", async () => {
    const tiny = await failing([
      unavailable(),
      new Error("a"),
      unavailable(),
      ...Array.from({ length: 9 }, unavailable),
    ]);
    await tiny.clock.advance(9999);
    expect(tiny.at).toEqual([0, 1000, 1060, 3060, 5060, 7060, 9060]);
    expect(tiny.ends).toEqual([]);
    await tiny.clock.advance(1);
    expect(tiny.ends).toMatchObject([{ attempts: 7, reason: "age", failure: { code: "Unavailable" } }]);
  });

  test("may refuse at once: no attempt, and its end", async () => {
    const refuse = { code: "Throttled", message: "never", retryable: false };
    const tiny = await failing([], { ...TERMS, refuse });
    await tiny.provider.settle();
    expect(tiny.at).toEqual([]);
    expect(tiny.ends).toMatchObject([{ attempts: 0, reason: "refused", failure: refuse }]);
    expect(await tiny.provider.boxes.texts("ends")).toEqual(["bad"]);
  });

  test("that is gone takes nothing over: the sender has its own way", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("dead");
    tiny.terms.set("fn:gone", TERMS);
    const deadLetter = { target: "box:dead", kinds: ["queue"] as const };
    await tiny.provider.teller.tell("x", [{ target: "fn:gone", deadLetter, keep: "x" }]);
    await tiny.provider.settle();
    expect(await tiny.deliveries()).toMatchObject([{ state: "deadLettered", error: { nativeCode: "NoSuchFunction" } }]);
    expect(tiny.ends).toEqual([]);
  });
});
