// One message that nobody can digest: it is tried five times, put aside, and brought back once the bug is fixed.
import { check, clock, cloud, MessageQueue } from "tabcloud";

const queue = new MessageQueue(cloud);
const failed = await queue.createQueue({ name: "payments-failed" });
const { url } = await queue.createQueue({
  name: "payments",
  visibilityTimeoutMs: 10_000,
  deadLetterQueue: { targetQueueUrl: failed.url, maxReceiveCount: 5 },
});
for (const amount of ["10", "12,50", "30"]) await queue.sendMessage(url, { body: amount });

let parse = (text: string): number => {
  const amount = Number(text);
  if (Number.isNaN(amount)) throw new Error(`"${text}" is no number`);
  return amount;
};
const began = clock.now();
let total = 0;

/** Works until nothing came for 20 seconds. What fails is not deleted, and so comes back when its visibility timeout ends. */
async function work(): Promise<void> {
  for (;;) {
    const [message] = await queue.receiveMessages(url, { waitMs: 20_000 });
    if (!message) return;
    try {
      total += parse(message.body);
      await queue.deleteMessage(url, message.receiptHandle);
      console.log(`${clock.since(began) / 1000} s  ${message.body} is booked`);
    } catch (error) {
      console.log(`${clock.since(began) / 1000} s  try ${message.receiveCount}: ${(error as Error).message}`);
    }
  }
}
await work();
check("the others got through", total === 40, total);

// Look at what was put aside without taking it: it says where it comes from, and why.
const [poison] = await queue.peekMessages(failed.url);
console.log(
  `put aside: ${poison?.body} (${poison?.deadLetter?.reason}, after ${poison?.deadLetter?.receiveCount} tries)`,
);
check("the poison message was put aside", poison?.body === "12,50");
check("after five tries", poison?.deadLetter?.receiveCount === 5);
const { approxMessageCount } = await queue.getQueueInfo(url);
check("nothing is left in the queue", approxMessageCount === 0);

// The bug: people write decimals with a comma. Fix it, and let the dead letters go round again.
const strict = parse;
parse = (text) => strict(text.replace(",", "."));
const { moved } = await queue.redriveMessages(failed.url);
console.log(`${moved} brought back`);
await work();
check("now everything is booked", total === 52.5, total);
check("no dead letters any more", (await queue.getQueueInfo(failed.url)).approxMessageCount === 0);
