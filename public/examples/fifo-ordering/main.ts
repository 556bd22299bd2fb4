// Order where it matters: the steps of one order stay in line, and different orders do not wait for each other.
import { check, clock, cloud, MessageQueue } from "tabcloud";

const queue = new MessageQueue(cloud);
const { url } = await queue.createQueue({ name: cloud.name === "aws" ? "steps.fifo" : "steps", fifo: true });

// A message group on AWS, a session on Azure, an ordering key on GCP.
const send = (order: string, step: string) =>
  queue.sendMessage(url, { body: `${order} ${step}`, groupId: order, deduplicationId: `${order}-${step}` });
for (const step of ["paid", "packed", "shipped"]) for (const order of ["ann", "bob"]) await send(order, step);

const began = clock.now();
const done: string[] = [];
let busy = 0;
let mostBusy = 0;

/** Takes one message at a time, and a second for each; as long as a message is in work, its group is closed to others. */
async function worker(name: string): Promise<void> {
  for (;;) {
    const [message] = await queue.receiveMessages(url, { waitMs: 10_000 });
    if (!message) return;
    mostBusy = Math.max(mostBusy, ++busy);
    await clock.sleep(1000);
    busy--;
    await queue.deleteMessage(url, message.receiptHandle);
    done.push(message.body);
    console.log(`${clock.since(began) / 1000} s  ${name}: ${message.body}`);
  }
}
await Promise.all(["worker 1", "worker 2", "worker 3"].map(worker));

for (const order of ["ann", "bob"]) {
  const steps = done.filter((body) => body.startsWith(order)).map((body) => body.split(" ")[1]);
  check(`${order}: paid, packed, shipped`, steps.join() === "paid,packed,shipped", steps);
}
check("two groups, so never more than two at work", mostBusy === 2, mostBusy);

// A message that fails holds back what is behind it in its group, and nothing else.
for (const step of ["ordered", "cancelled"]) await send("cyd", step);
await send("dan", "ordered");
const first = await queue.receiveMessages(url);
const other = await queue.receiveMessages(url, { maxMessages: 10 });
console.log(`while "${first[0]?.body}" is in work: ${other.map(({ body }) => body).join(", ")}`);
check("cyd's next step has to wait, dan's has not", other.map(({ body }) => body).join() === "dan ordered");

await queue.changeVisibility(url, first[0]?.receiptHandle ?? "", 0); // it did not work out: give it back
const again = await queue.receiveMessages(url, { maxMessages: 10 });
console.log(`given back: ${again.map(({ body }) => body).join(", ")}`);
check("again in order", again.map(({ body }) => body).join() === "cyd ordered,cyd cancelled");

// A sender that is not sure whether it was heard says it again, with the same id. Pub/Sub alone does not notice.
const repeated = await send("dan", "ordered");
const dropped = repeated.deduplicated === true;
console.log(`dan's order is sent twice: ${dropped ? "taken once" : "taken twice, the receiver must notice"}`);
if (cloud.name === "gcp") check("a repeat is taken again", !dropped);
else check("a repeat is dropped", dropped);
