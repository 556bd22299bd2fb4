// One event, many readers: a topic gives each subscriber a copy of its own, and none of them knows of the others.
// After the run, the Flow tab draws who tells whom, and Timeline (Flows) the way of every event.
import { check, cloud, MessageQueue, Notification, recorder, Serverless } from "tabcloud";

const topics = new Notification(cloud);
const queues = new MessageQueue(cloud);

await topics.createTopic({ name: "orders" });
const names = ["billing", "shipping"];
for (const name of names) {
  const { arn } = await queues.createQueue({ name });
  // Raw: the queue gets the message as it was published, without AWS's envelope around it.
  await topics.subscribe({ topicId: "orders", protocol: "queue", endpoint: arn, rawDelivery: true });
}

let greeted = 0;
const welcome = async () => {
  greeted++;
  return "sent";
};
await new Serverless(cloud).createFunction({ name: "welcome", code: welcome });
await topics.subscribe({ topicId: "orders", protocol: "function", endpoint: "welcome" });
await topics.subscribe({ topicId: "orders", protocol: "sms", endpoint: "+4930123456" });

for (let order = 1; order <= 3; order++)
  await topics.publish({ topicId: "orders", message: JSON.stringify({ order }) });

// Queues and the outside world have it once publish has answered; functions run on a later turn.
for (const name of names) {
  const { arn } = await find(name);
  const messages = await queues.receiveMessages(arn, { maxMessages: 10 });
  console.log(`${name}: ${messages.map(({ body }) => body).join(" ")}`);
  check(`${name} has all three, in order`, messages.map(({ body }) => JSON.parse(body).order).join() === "1,2,3");
  for (const { receiptHandle } of messages) await queues.deleteMessage(arn, receiptHandle);
}
const { items } = await topics.outbox({ protocol: "sms" });
console.log(`phone: ${items.map(({ body }) => body).join(" ")}`);
check("the phone rang three times", items.length === 3);

await cloud.settle();
check("the function ran for each", greeted === 3);
check("three calls of ours led to six in the queues", recorder.match().operation("sendMessage").size === 6);

// One reader is gone. The publisher never notices, and the others get theirs.
await queues.deleteQueue((await find("billing")).arn);
await topics.publish({ topicId: "orders", message: JSON.stringify({ order: 4 }) });
const [late] = await queues.receiveMessages((await find("shipping")).arn);
check("shipping still hears of order 4", late?.body === `{"order":4}`);
const dropped = await cloud.listDeliveries({ state: "dropped" });
console.log(`order 4 for billing: dropped (${dropped.map(({ error }) => error?.code).join(", ")})`);
check("the copy for billing was dropped", dropped.length === 1);

async function find(name: string) {
  for await (const queue of queues.queues()) if (queue.name === name) return queue;
  throw new Error(`no queue ${name}`);
}
