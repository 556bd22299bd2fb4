import { describe, expect, test } from "vitest";
import { linesOf, playHere } from "../../fixtures/play";
import type { ProgramFiles } from "../../../worker/protocol";

const printed = async (files: ProgramFiles): Promise<string[]> => {
  const report = await playHere(files);
  expect(report.error).toBeUndefined();
  return linesOf(report);
};

describe("modules", () => {
  test("run in the order of their imports, each once, with one instance of each binding", async () => {
    const lines = await printed({
      "main.ts": `import { count, add } from "./counter"; import "./side"; import def, * as all from "./mixed"; export {};
        add(); console.log(count, def, all.named, Object.keys(all).join());`,
      "counter.ts": `console.log("counter"); export let count = 0; export const add = (): void => { count++; };`,
      "side.ts": `import { add, count } from "./counter"; add(); console.log("side", count);`,
      "mixed.js": `export * from "./counter"; export { add as renamed } from "./counter"; export const named = "js"; export default "default";`,
    });
    expect(lines).toEqual(["counter", "side 1", "2 default js add,count,default,named,renamed"]);
  });

  test("tabcloud is the same module for all, with the run's own cloud", async () => {
    const lines = await printed({
      "main.ts": `import * as tabcloud from "tabcloud"; import { cloud } from "./lib/other";
        console.log(cloud === tabcloud.cloud, cloud === tabcloud.aws, tabcloud.seed, (await import("tabcloud")) === tabcloud, Object.isFrozen(tabcloud) || "sealed");
        try { (tabcloud as any).seed = 1; } catch (error) { console.log((error as Error).name); }`,
      "lib/other.ts": `export { cloud } from "tabcloud";`,
    });
    expect(lines).toEqual(["true true tabcloud true sealed", "TypeError"]);
  });

  test("a top-level await for a timer lets time go on, also behind a dynamic import", async () => {
    const lines = await printed({
      "main.ts": `import { waited } from "./slow";
        console.log(waited, performance.now());
        const before = performance.now();
        const [a, b] = await Promise.all([import("./slower"), import("./needs-slower")]);
        console.log(a.waited, b.waited, performance.now() - before);`,
      "slow.ts": `await new Promise((done) => setTimeout(done, 1000)); export const waited = "slow";`,
      "slower.ts": `await new Promise((done) => setTimeout(done, 2000)); export const waited = "slower";`,
      "needs-slower.ts": `import { waited as first } from "./slower"; export const waited = "needs " + first;`,
    });
    expect(lines).toEqual(["slow 1000", "slower needs slower 2000"]);
  });

  test("a timer never overtakes a module that is being fetched", async () => {
    const lines = await printed({
      "main.ts": `setTimeout(() => console.log("timer"), 0);
        const names = ["a", "b", "c"];
        await Promise.all(names.map(async (name) => console.log((await import("./" + name)).default)));`,
      "a.ts": `export default "a";`,
      "b.ts": `export default "b";`,
      "c.ts": `export default "c";`,
    });
    expect(lines).toEqual(["a", "b", "c", "timer"]);
  });

  test("a failing module fails each import of it, and nothing else", async () => {
    const lines = await printed({
      "main.ts": `for (let i = 0; i < 2; i++) await import("./bad").catch((error: unknown) => console.log(error));
        for (const name of ["lodash", "../up", "./none", "https://x.y/z.js"]) await import(name).catch((error: unknown) => console.log(error));
        console.log((await import("./good")).ok);`,
      "bad.ts": `console.log("runs once"); throw new RangeError("bad");`,
      "good.ts": `export const ok = true;`,
    });
    expect(lines).toEqual([
      ...["runs once", "RangeError: bad", "RangeError: bad"],
      `TypeError: Only "tabcloud" and the program's own files ("./util") can be imported, not "lodash".`,
      `TypeError: "../up" leads out of the program's folder.`,
      `TypeError: There is no file for "./none" beside main.ts.`,
      `TypeError: Only "tabcloud" and the program's own files ("./util") can be imported, not "https://x.y/z.js".`,
      "true",
    ]);
  });

  test("a name that tabcloud has not is said so, and nothing runs", async () => {
    const { error, console } = await playHere(
      `import { Bucket, Bukkit } from "tabcloud"; console.log(Bucket, Bukkit);`,
    );
    expect(error).toMatchObject({ reason: "failed", message: `"tabcloud" has no export named Bukkit.` });
    expect(console).toEqual([]);
  });
});

describe("errors name the program's own file, line and column", () => {
  const at = (file: string, line: number, column: number, name?: string): object => ({
    file,
    line,
    column,
    ...(name && { function: name }),
  });

  test.each<[string, ProgramFiles, readonly object[]]>([
    [
      "thrown at the top",
      { "main.ts": `const a: number = 1;\ninterface I { a: 1 }\n  throw new Error("x");` },
      [at("main.ts", 3, 9)],
    ],
    [
      "on the first line of a file that imports dynamically",
      { "main.ts": `import("./a"); throw new Error("x");`, "a.ts": "" },
      [at("main.ts", 1, 22)],
    ],
    [
      "through files, functions and awaits",
      {
        "main.ts": `import { load } from "./lib/load";\n\nasync function main(): Promise<void> {\n  await load<string>("x");\n}\nawait main();`,
        "lib/load.ts": `export async function load<T>(name: T): Promise<T> {\n  await null;\n  const result: T = fail(name as any); return result;\n}\nfunction fail(x: unknown): never { throw new TypeError(String(x)); }`,
      },
      [
        at("lib/load.ts", 5, 42, "fail"),
        at("lib/load.ts", 3, 21, "load"),
        at("main.ts", 4, 3, "main"),
        at("main.ts", 6, 1),
      ],
    ],
    [
      "in a cloud's call",
      {
        "main.ts": `import { Bucket, cloud } from "tabcloud";\nconst bucket: Bucket = new Bucket(cloud);\nawait bucket.headObject("none", "x");`,
      },
      [at("main.ts", 3, 14)],
    ],
    [
      "in a timer",
      { "main.ts": `setTimeout((): void => { null!.x; }, 5);\nawait new Promise((done) => setTimeout(done, 10));` },
      [at("main.ts", 1, 32)],
    ],
    [
      "in a rejection that nobody handles",
      { "main.ts": `\nvoid (async function lost(): Promise<never> { throw new Error("x"); })();` },
      [at("main.ts", 2, 53, "lost"), at("main.ts", 2, 71)],
    ],
    [
      "in a listener",
      {
        "main.ts": `const signal = AbortSignal.timeout(5);\nsignal.addEventListener("abort", () => { throw new Error("x"); });\nawait new Promise((done) => setTimeout(done, 10));`,
      },
      [at("main.ts", 2, 48)],
    ],
    ["in a microtask", { "main.ts": `queueMicrotask(() => { throw new Error("x"); });` }, [at("main.ts", 1, 30)]],
  ])("%s", async (_, files, frames) => {
    const { error } = await playHere(files);
    expect(error?.reason).toBe("failed");
    expect(error?.frames).toEqual(frames);
  });
});

describe("what nobody handles", () => {
  test("fails the run when it is over, and what was handled late does not", async () => {
    const late = await playHere(
      `const p = Promise.reject(new Error("late")); setTimeout(() => p.catch(() => console.log("handled")), 1000);`,
    );
    expect(late.error).toBeUndefined();
    expect(linesOf(late)).toEqual(["handled"]);
    const never = await playHere(
      `void Promise.reject(new Error("first")); void Promise.reject(new Error("second")); setTimeout(() => console.log("still runs"), 10);`,
    );
    expect(linesOf(never)).toEqual(["still runs"]);
    expect(never.error).toMatchObject({ reason: "failed", message: "first" });
    expect(never.digest).toBeDefined();
  });

  test("a program that waits for nothing is stuck, unless something failed", async () => {
    expect((await playHere(`console.log("waits"); await new Promise(() => {});`)).error).toMatchObject({
      reason: "stuck",
    });
    expect((await playHere(`void Promise.reject(new Error("why")); await new Promise(() => {});`)).error).toMatchObject(
      { reason: "failed", message: "why" },
    );
  });

  test("timers still run after the last line, background ones aside", async () => {
    const lines = await printed({
      "main.ts": `setTimeout(() => { console.log("one"); setTimeout(() => console.log("two"), 1e9); }, 1e9); console.log("end");`,
    });
    expect(lines).toEqual(["end", "one", "two"]);
  });
});
