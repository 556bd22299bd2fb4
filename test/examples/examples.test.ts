import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import helloCloud from "../../src/examples/hello-cloud";
import { readList } from "../../src/examples";
import type { ExampleRun } from "./main";
import { digestsOf, runExamples } from "./outcome";

const folder = join(import.meta.dirname, "../../public/examples");
const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const list = readList(JSON.parse(read("index.json")));
const clouds = ["aws", "azure", "gcp"];

describe("the list of examples", () => {
  it("names every folder, and every file of each", () => {
    const onDisk = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isDirectory());
    expect(list.map((it) => it.id).sort()).toEqual(onDisk.map((it) => it.name).sort());
    for (const { id, files } of list) expect([...files].sort()).toEqual(readdirSync(join(folder, id)).sort());
  });

  it("begins with the one that is part of the page, as it is on disk", () => {
    const { files, ...info } = helloCloud;
    expect(list[0]).toEqual({ ...info, files: Object.keys(files) });
    expect(files["main.ts"]).toBe(read("hello-cloud/main.ts"));
  });

  it("keeps categories together", () => {
    const categories = list.map((it) => it.category);
    const changes = categories.filter((it, i) => it !== categories[i - 1]);
    expect(changes).toEqual([...new Set(categories)]);
  });

  it.each(list.map((it) => it.id))("%s is short enough to read", (id) => {
    const lines = read(`${id}/main.ts`).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(id === "hello-cloud" ? 25 : 60);
    expect(lines[0]).toMatch(/^\/\/ .+/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(140);
  });

  it.each([
    ...[null, {}, "text", [1], [{}], [{ id: "a" }]],
    [{ id: "../a", title: "t", summary: "s", category: "c", files: ["main.ts"] }],
    [{ id: "a", title: "t", summary: "s", category: "c", files: ["other.ts"] }],
    [{ id: "a", title: "t", summary: "s", category: "c", files: ["main.ts", "../../x.ts"] }],
    [{ id: "a", title: "t", summary: "s", category: "c", files: ["main.ts"], faults: [{ id: "rain" }] }],
  ])("is checked when it is loaded: %j is none", (wrong) => {
    expect(() => readList(wrong)).toThrow("list of examples");
  });
});

describe("the examples", () => {
  let runs: readonly ExampleRun[] = [];
  beforeAll(async () => {
    runs = await runExamples();
  }, 300_000);

  const cases = list.flatMap(({ id }) => clouds.map((cloud) => [id, cloud] as const));

  it.each(cases)("%s completes on %s, and every check passes", (id, cloud) => {
    const own = runs.filter((it) => it.example === id && it.cloud === cloud);
    expect(own.length).toBeGreaterThanOrEqual(3);
    for (const { reason, message, checks, seed } of own) {
      expect({ seed, reason, message }).toEqual({ seed, reason: "completed", message: "" });
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter((it) => !it.passed)).toEqual([]);
    }
  });

  it.each(cases)("%s is the same each time on %s", (id, cloud) => {
    const own = runs.filter((it) => it.example === id && it.cloud === cloud);
    for (const seed of new Set(own.map((it) => it.seed))) {
      const [first, ...others] = own.filter((it) => it.seed === seed);
      expect(first?.digest).toMatch(/^[0-9a-f]{32}$/);
      for (const other of others) expect(other).toEqual(first);
    }
  });

  it("are another run with another seed, where chance plays a part", () => {
    const digests = runs.filter((it) => it.example === "retries" && it.cloud === "aws").map((it) => it.digest);
    expect(new Set(digests).size).toBe(2);
  });

  it("behave as they did when their digests were pinned", async () => {
    // Meant to be different? `npx vitest run test/examples -u` pins the new ones.
    await expect(`${JSON.stringify(digestsOf(runs), null, 2)}\n`).toMatchFileSnapshot("digests.json");
  });
});
