import { describe, expect, it } from "vitest";
import { remembering } from "../../../src/run/remembering";
import type { CompileResult, ProgramFiles } from "../../../worker/protocol";

/** Counts what it is asked for; a program that says "bad" has a problem. */
function counting(): { asked: ProgramFiles[]; compile(files: ProgramFiles): Promise<CompileResult> } {
  const asked: ProgramFiles[] = [];
  return {
    asked,
    compile: async (files) => {
      asked.push(files);
      const bad = Object.values(files).includes("bad");
      if (bad) return { problem: { message: "bad", file: "main.ts" } };
      return { program: { entry: "main.ts", modules: [{ name: "main.ts", parts: Object.values(files) }] } };
    },
  };
}

describe("a compiler that remembers", () => {
  it("compiles the same files once", async () => {
    const inner = counting();
    const compiler = remembering(inner);
    const first = await compiler.compile({ "main.ts": "1", "a.ts": "2" });
    expect(await compiler.compile({ "a.ts": "2", "main.ts": "1" })).toBe(first);
    expect(inner.asked).toHaveLength(1);
  });

  it.each([
    ["a changed file", { "main.ts": "2" }],
    ["one more file", { "main.ts": "1", "b.ts": "" }],
    ["another name", { "other.ts": "1" }],
  ])("compiles anew for %s", async (_what, files: ProgramFiles) => {
    const inner = counting();
    const compiler = remembering(inner);
    await compiler.compile({ "main.ts": "1" });
    await compiler.compile(files);
    expect(inner.asked).toHaveLength(2);
  });

  it("is not fooled by files that change in place", async () => {
    const inner = counting();
    const compiler = remembering(inner);
    const files: Record<string, string> = { "main.ts": "1" };
    await compiler.compile(files);
    files["main.ts"] = "2";
    await compiler.compile(files);
    expect(inner.asked).toHaveLength(2);
  });

  it("asks again after a problem", async () => {
    const inner = counting();
    const compiler = remembering(inner);
    await compiler.compile({ "main.ts": "bad" });
    await compiler.compile({ "main.ts": "bad" });
    expect(inner.asked).toHaveLength(2);
  });
});
