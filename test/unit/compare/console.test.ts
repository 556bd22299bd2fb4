import { describe, expect, it } from "vitest";
import { compareConsoles, ConsoleLane } from "../../../src/panels/compare/console-lines";
import { valueNotes } from "../../../src/panels/compare/notes";
import type { CloudName } from "../../../worker/emulator/core/error-codes";
import type * as program from "../../../worker/emulator/program";
import type { Run } from "../../../worker/emulator/run";
import { catalogue } from "../../../worker/emulator/run/catalogue";
import { explanations } from "../../../worker/emulator/providers/explanations";
import { play } from "../run/play";

const CLOUDS: readonly CloudName[] = ["aws", "azure", "gcp"];

/** What the consoles of three clouds show side by side where they are not the same. */
async function differing(main: (tabcloud: typeof program, print: (line: string) => void) => Promise<unknown>) {
  const lanes: ConsoleLane[] = [];
  for (const cloud of CLOUDS) {
    const { reader } = await play((tabcloud, run: Run) => main(tabcloud, (line) => run.print("log", line)), {
      settings: { cloud },
    });
    lanes.push(new ConsoleLane(reader, cloud, catalogue()));
  }
  const steps = compareConsoles(lanes, valueNotes(explanations()));
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done !== true) continue;
    const { rows, differing } = step.value;
    return differing.map((row) => lanes.map((lane, i) => lane.lines[rows[i]?.[row] ?? -1]));
  }
}

describe("consoles of several clouds", () => {
  it("are the same when they differ in what clouds call themselves and mint", async () => {
    const rows = await differing(async ({ cloud, Bucket, CloudError, clock }, print) => {
      print(`Hello from ${cloud.name} in ${cloud.region}.`);
      const bucket = new Bucket(cloud);
      await bucket.createBucket("photos");
      const { etag } = await bucket.putObject("photos", "k", "x");
      print(`etag ${etag}, quoted "${etag}"`);
      await clock.sleep(cloud.name === "aws" ? 5 : 9);
      print(`at ${clock.now().toISOString()}`);
      const error: unknown = await bucket.getObject("photos", "none").catch((it: unknown) => it);
      if (error instanceof CloudError) print(`${error.code} (${error.nativeCode ?? ""})`);
      print(
        { aws: "2 buckets on S3", azure: "2 containers on Blob Storage", gcp: "2 buckets on Cloud Storage" }[
          cloud.name
        ],
      );
      print({ aws: "1 table", azure: "1 container", gcp: "1 collection" }[cloud.name]);
      print(`${cloud.name.padEnd(12)}|`);
      print("aws azure gcp");
    });
    expect(rows).toEqual([]);
  });

  it("are not the same when a program says something else", async () => {
    const rows = await differing(async ({ cloud, Bucket }, print) => {
      const bucket = new Bucket(cloud);
      await bucket.createBucket("photos");
      print("begin");
      print(await bucket.deleteObject("photos", "none").then(String, (it: { code: string }) => it.code));
      if (cloud.name === "azure") print("one more");
      print("bucket");
      print("end");
    });
    expect(rows).toEqual([
      ["[object Object]", "NotFound", "NotFound"],
      [undefined, "one more", undefined],
    ]);
  });

  it("do not take one thing for another because both have native names", async () => {
    const rows = await differing(async ({ cloud }, print) => {
      await Promise.resolve();
      print(cloud.name === "azure" ? "deleted the blob" : "deleted the bucket");
    });
    expect(rows.length).toBe(1);
  });
});
