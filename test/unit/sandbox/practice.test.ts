import { expect, test } from "vitest";
import { ambient } from "../../../worker/emulator/core/ambient";
import { macrotask } from "../../../worker/emulator/core/clock/macrotask";
import { Practice } from "../../../worker/sandbox/program/practice";
import { play } from "../run/play";

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise<void>(macrotask);
};

/** A thousand calls and two waits, so that a hold on time left behind would be seen. */
const program = (): Promise<{ digest: string }> =>
  play(async ({ Bucket, cloud, clock }) => {
    const bucket = new Bucket(cloud);
    await bucket.createBucket("b");
    for (let i = 0; i < 1000; i++) {
      await bucket.putObject("b", `k${i}`, "data");
      if (i % 500 === 0) await clock.sleep(10);
    }
  });

test("a worker that is wanted before its rest is over does not practise", async () => {
  let rested = (): void => undefined;
  const practice = new Practice();
  const begun = practice.begin(() => new Promise((resolve) => (rested = resolve)));
  await practice.end();
  const before = ambient();
  rested();
  await begun;
  expect(ambient()).toBe(before);
});

test("whenever a program comes, its run is the same", async () => {
  const { digest } = await program();
  // In the middle of the first calls, while every 500th call waits, and after the last.
  for (const count of [0, 1, 5, 10, 11, 12, 500]) {
    const practice = new Practice();
    const begun = practice.begin(async () => undefined);
    await turns(count);
    await practice.end();
    expect((await program()).digest, `after ${count} turns`).toBe(digest);
    await begun;
  }
});
