// Not everybody wants everything: a filter policy says what a subscription is about, and the topic sorts.
import { check, cloud, isInvalidArgument, MessageQueue, Notification, type Pattern } from "tabcloud";

const topics = new Notification(cloud);
const queues = new MessageQueue(cloud);
await topics.createTopic({ name: "orders" });

const wishes: Record<string, { filterPolicy?: Pattern; filterScope?: "attributes" | "body" }> = {
  everything: {},
  paid: { filterPolicy: { kind: ["paid"] } },
  "large-or-vip": { filterPolicy: { $or: [{ price: [{ numeric: [">=", 100] }] }, { vip: [{ exists: true }] }] } },
  "no-tests": { filterPolicy: { kind: [{ "anything-but": { prefix: "test-" } }] } },
  // The other scope looks into the message itself, as deep as it goes.
  berlin: { filterPolicy: { customer: { city: ["Berlin"] } }, filterScope: "body" },
};
const subscriptions: Record<string, string> = {};
const arns: Record<string, string> = {};
for (const [name, wish] of Object.entries(wishes)) {
  const { arn } = await queues.createQueue({ name });
  const config = { topicId: "orders", protocol: "queue", endpoint: arn, rawDelivery: true, ...wish };
  subscriptions[name] = (await topics.subscribe(config)).id;
  arns[name] = arn;
}

const order = (id: number, city: string, attributes: Record<string, string | number>) =>
  topics.publish({ topicId: "orders", message: JSON.stringify({ id, customer: { city } }), attributes });
await order(1, "Berlin", { kind: "new", price: 20 });
await order(2, "Lyon", { kind: "paid", price: 250 });
await order(3, "Lyon", { kind: "paid", price: "250" }); // a text is no number, however much it looks like one
await order(4, "Berlin", { kind: "test-paid", price: 5, vip: "gold" });

const got: Record<string, string> = {};
for (const name of Object.keys(wishes)) {
  const messages = await queues.receiveMessages(arns[name] as string, { maxMessages: 10 });
  got[name] = messages.map(({ body }) => JSON.parse(body).id).join();
  console.log(`${name.padEnd(12)} ${got[name]}`);
}
check("no policy: everything", got["everything"] === "1,2,3,4");
check("by one attribute", got["paid"] === "2,3");
check("numbers and presence", got["large-or-vip"] === "2,4");
check("anything but", got["no-tests"] === "1,2,3");
check("by what the message says", got["berlin"] === "1,4");

// What was filtered out never cost a queue a message; the deliveries tell.
const filtered = await cloud.listDeliveries({ state: "filtered" });
check("seven copies were never made", filtered.length === 7, `${filtered.length}`);

// A change holds from the next message on, and nonsense is refused before it can swallow anything.
await topics.setSubscriptionAttributes(subscriptions["paid"] as string, { filterPolicy: null });
await order(5, "Oslo", { kind: "new" });
const [fifth] = await queues.receiveMessages(arns["paid"] as string);
check("without its policy, the queue gets all", fifth?.body.includes(`"id":5`) === true);
const nonsense = topics.setSubscriptionAttributes(subscriptions["paid"] as string, { filterPolicy: { kind: "paid" } });
check("a value must be a list", await nonsense.then(() => false, isInvalidArgument));
