import { describe, expect, test } from "vitest";
import { play } from "../run/play";

describe("a run", () => {
  test("ends when all that is due has been delivered, and functions have run", async () => {
    let runs = 0;
    const { end, calls } = await play(async ({ aws }) => {
      const { arn } = await aws.serverless.deploy({ name: "work", code: () => void runs++ });
      await aws.storage.createBucket("photos");
      await aws.storage.putNotificationConfig("photos", { rules: [{ events: ["ObjectCreated"], target: arn }] });
      await aws.storage.putObject("photos", "cat.jpg", "meow");
    });
    expect(runs).toBe(1);
    expect(end).toMatchObject({ reason: "completed", message: "" });
    const [put, invoked] = calls.slice(-2);
    expect(invoked).toMatchObject({ operation: "invoke", causeId: put?.id, flowId: put?.id, hop: { attempt: 1 } });
  });

  test("says what is due later, and its snapshot goes on with it", async () => {
    let runs = 0;
    const first = await play(async ({ aws }) => {
      const code = (): never => {
        throw new Error("always");
      };
      await aws.serverless.deploy({ name: "work", code });
      await aws.serverless.invoke("work", {}, { invocationType: "Event" });
    });
    expect(first.end).toMatchObject({ reason: "completed" });
    expect(first.end.message).toMatch(/^One delivery is due later/);
    const start = new Date(Date.parse("2026-01-01T00:00:00.000Z")).toISOString();
    const second = await play(
      async ({ aws, clock }) => {
        await aws.serverless.registerHandler("work", () => void runs++);
        await clock.advance(60_000);
      },
      { settings: { start }, from: first.left ? { base: first.left } : {} },
    );
    expect(runs).toBe(1);
    expect(second.end.message).toBe("");
  });

  test("has the same digest each time, flows and all", async () => {
    const digest = async (): Promise<string> =>
      (
        await play(async ({ gcp, clock }) => {
          const queue = await gcp.messageQueue.createQueue({ name: "jobs" });
          const { arn } = await gcp.serverless.deploy({ name: "work", code: () => ({ ok: true }) });
          await gcp.serverless.createEventSourceMapping({ eventSourceArn: queue.arn, functionName: arn });
          await gcp.storage.createBucket("photos");
          await gcp.storage.putNotificationConfig("photos", {
            rules: [{ events: ["ObjectCreated"], target: queue.arn }],
          });
          for (let i = 0; i < 20; i++) await gcp.storage.putObject("photos", `k${i}`, "x");
          await clock.advance(1000);
        })
      ).digest;
    expect(await digest()).toBe(await digest());
  });
});
