import { expect, it } from "vitest";
import { Serverless } from "../../../worker/emulator/services/serverless/serverless";
import { forEachCloud } from "../harness";
import { bodies, open } from "./fixture";

forEachCloud((cloud) => {
  it("a mapping is a receiver behind the clients that wait; its receive is a delivery", async () => {
    const { queue, make, provider, watch } = open(cloud);
    const { url, arn } = await make({ visibilityTimeoutMs: 300_000 });
    const functions = new Serverless(provider);
    const seen: unknown[] = [];
    await functions.deploy({ name: "worker", timeoutMs: 3000, code: (event: unknown) => void seen.push(event) });
    await functions.createEventSourceMapping({ eventSourceArn: arn, functionName: "worker", batchSize: 1 });
    const waiting = queue.receiveMessages(url, { waitMs: 10_000 });
    await queue.sendMessage(url, { body: "1" });
    await queue.sendMessage(url, { body: "2" });
    expect(bodies(await waiting)).toEqual(["1"]);
    await provider.settle();
    expect(seen).toHaveLength(1);
    expect(JSON.stringify(seen[0])).toContain(cloud.name === "gcp" ? btoa("2") : "2");
    const [mine, its] = watch.of("receiveMessages");
    expect([mine?.origin, its?.origin]).toEqual(["client", "delivery"]);
    expect(watch.of("deleteMessageBatch")).toMatchObject([{ origin: "delivery", code: "OK" }]);
    expect((await queue.peekMessages(url)).map(({ body }) => body)).toEqual(["1"]);
  });
});
