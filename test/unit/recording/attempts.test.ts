import { describe, expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { AttemptIndex } from "../../../worker/emulator/features/recording/attempts";
import { Script } from "../src/recordings";

const always = (): boolean => true;
const unavailable = new CloudError("Unavailable", "busy");
const missing = new CloudError("NotFound", "not there");

function attempts(script: Script): number[][] {
  const index = new AttemptIndex(script.end());
  expect(index.follow(always)).toBe(true);
  return index.all.map(({ calls }) => [...calls]);
}

describe("attempts", () => {
  it("are repeats with the same input after failures that may go away, up to the one that settles it", () => {
    const script = new Script()
      .call("putObject", { key: "a" }, { error: unavailable, durationMs: 5 })
      .call("putObject", { key: "a" }, { error: unavailable, durationMs: 5 })
      .call("putObject", { key: "b" })
      .call("putObject", { key: "a" }, { durationMs: 5 })
      .call("putObject", { key: "a" });
    expect(attempts(script)).toEqual([[1, 2, 4]]);
  });

  it("are none after a failure that stays, of another operation, or of another input", () => {
    const script = new Script()
      .call("getObject", { key: "a" }, { error: missing })
      .call("getObject", { key: "a" })
      .call("putObject", { key: "a" }, { error: unavailable })
      .call("deleteObject", { key: "a" })
      .call("putObject", { key: "b" });
    expect(attempts(script)).toEqual([]);
  });

  it("end with a failure that stays", () => {
    const script = new Script()
      .call("putObject", { key: "a" }, { error: unavailable })
      .call("putObject", { key: "a" }, { error: missing })
      .call("putObject", { key: "a" });
    expect(attempts(script)).toEqual([[1, 2]]);
  });

  it("do not overlap: calls at the same time repeat none of each other", () => {
    const script = new Script();
    const at = script.now;
    script.call("putObject", { key: "a" }, { error: unavailable, durationMs: 10 });
    script.now = at + 5;
    script.call("putObject", { key: "a" }, { error: unavailable, durationMs: 10 });
    script.call("putObject", { key: "a" });
    // The later failure is the one that was repeated.
    expect(attempts(script)).toEqual([[2, 3]]);
  });

  it("tell long inputs apart, and stay apart on each cloud", () => {
    const long = "x".repeat(5000);
    const script = new Script()
      .call("putObject", { key: long }, { error: unavailable })
      .call("putObject", { key: `${long}y` })
      .call("putObject", { key: long }, { provider: "gcp" })
      .call("putObject", { key: long });
    expect(attempts(script)).toEqual([[1, 4]]);
  });

  it("are found as the recording grows, slice by slice", () => {
    const script = new Script();
    const index = new AttemptIndex(script.end());
    for (let i = 0; i < 100; i++) script.call("putObject", { key: "a" }, { error: unavailable, durationMs: 1 });
    script.end();
    expect(index.follow(() => false)).toBe(false);
    while (!index.follow(() => false));
    script.call("putObject", { key: "a" }).end();
    index.follow(always);
    expect(index.all).toHaveLength(1);
    expect(index.all[0]?.calls).toHaveLength(101);
    expect(index.of(50)).toBe(index.all[0]);
    expect(index.of(101)).toBe(index.all[0]);
  });

  it("wait for no more than a thousand repeats, the latest", () => {
    const script = new Script();
    for (let i = 0; i < 1500; i++) script.call("putObject", { key: String(i) }, { error: unavailable });
    script.call("putObject", { key: "1" }).call("putObject", { key: "1499" });
    expect(attempts(script)).toEqual([[1500, 1502]]);
  });
});
