import { describe, expect, it } from "vitest";
import { compare, type OwnRun } from "../../../src/share/compare";
import { makeTrace } from "../../../src/share/trace";
import { callsOf, recordingOf } from "./recordings";
import { RUN } from "./runs";

const reader = recordingOf(callsOf(12));
const other = recordingOf([...callsOf(5), { key: "x", size: 1 }, ...callsOf(6)]);
const shared = { ...RUN, digest: "one", trace: makeTrace(reader), engineVersion: "1.0.0" };
const own: OwnRun = { reader, digest: "one", engineVersion: "1.0.0" };

describe("a run from a link", () => {
  it("is reproduced when the digests are the same, on any version", () => {
    expect(compare(own, shared)?.kind).toBe("reproduced");
    expect(compare({ ...own, engineVersion: "2.0.0" }, { ...shared, trace: "broken" })?.kind).toBe("reproduced");
  });

  it("differs from a call on", () => {
    expect(compare({ ...own, digest: "two", reader: other }, shared)).toEqual({
      kind: "differs",
      firstCall: 6,
      lastCall: 6,
      message: "Call 6 is the first that differs from the sharer's.",
    });
  });

  it("differs between two calls of a long run", () => {
    const long = recordingOf(callsOf(500));
    const found = compare(
      { ...own, digest: "two", reader: recordingOf(callsOf(100)) },
      { ...shared, trace: makeTrace(long) },
    );
    expect(found).toMatchObject({ kind: "differs", firstCall: 97, lastCall: 101 });
    expect(found?.message).toContain("between 97 and 101");
  });

  it("differs in what is no call", () => {
    expect(compare({ ...own, digest: "two" }, shared)).toMatchObject({ kind: "calls-equal" });
  });

  it("differs somewhere when the link carries no trace that can be read", () => {
    const { trace: _, ...untraced } = shared;
    for (const it of [untraced, { ...shared, trace: "broken" }]) {
      const found = compare({ ...own, digest: "two" }, it);
      expect(found).toEqual({ kind: "differs", message: "The recording differs from the sharer's." });
    }
  });

  it("says so when it was shared from another version, and where it differs", () => {
    const found = compare({ ...own, digest: "two", reader: other, engineVersion: "1.1.0" }, shared);
    expect(found).toMatchObject({ kind: "other-version", firstCall: 6, lastCall: 6 });
    expect(found?.message).toBe(
      "It was shared from Tabcloud 1.0.0, this is 1.1.0. Call 6 is the first that differs from the sharer's.",
    );
  });

  it("does not say of another version that more than its calls differs: its digests may be made in another way", () => {
    const found = compare({ ...own, digest: "two", engineVersion: "1.1.0" }, shared);
    expect(found).toEqual({
      kind: "other-version",
      message: "It was shared from Tabcloud 1.0.0, this is 1.1.0. All calls are the sharer's.",
    });
  });

  it("is not compared when one of the two did not come to its end", () => {
    const { digest: _, ...notRun } = shared;
    expect(compare(own, notRun)).toBeUndefined();
    expect(compare({ ...own, digest: undefined }, shared)).toBeUndefined();
  });
});
