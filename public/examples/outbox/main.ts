// Two systems, one write: an order and its event are stored together, and the table's stream carries the event to the bus.
import { check, clock, cloud, Database, ErrorInjector, EventBus, firstN, MessageQueue, Serverless } from "tabcloud";
import { changesOf } from "./changes";

const database = new Database(cloud);
const events = new EventBus(cloud);
const queues = new MessageQueue(cloud);
const functions = new Serverless(cloud);
await database.createTable({ name: "orders", partitionKey: "id", sortKey: "part" });
await events.createEventBus({ name: "shop" });
const shipping = await queues.createQueue({ name: "shipping" });
await events.putRule({ name: "placed", eventBus: "shop", eventPattern: { "detail-type": ["Order Placed"] } });
await events.putTargets("shop", "placed", [{ id: "shipping", arn: shipping.arn, inputPath: "$.detail" }]);

/** A bus that is out of order for the first two calls. */
function shaky(): ErrorInjector {
  const injector = new ErrorInjector();
  injector.set("eventbus", "putEvents", "Unavailable", firstN(2));
  return injector;
}
const tell = (bus: EventBus, id: string) =>
  bus.putEvents([{ source: "shop", detailType: "Order Placed", detail: { id }, eventBus: "shop" }]);

// The naive way: write, then tell. When the second fails, the order is there and nobody will ever ship it.
const naive = new EventBus(cloud, { injector: shaky() });
for (const id of ["a1", "a2", "a3"]) {
  await database.putItem("orders", { id, part: "order" });
  await tell(naive, id).catch((error) => console.log(`${id} is stored, but nobody was told: ${error.code}`));
}

// The outbox: order and event in one transaction. A function follows the stream, and is called again until the bus takes it.
await database.updateStreamConfig("orders", { enabled: true });
const injector = shaky();
await functions.deploy({
  name: "relay",
  code: async (event, context) => {
    const bus = new EventBus(context.cloud, { injector });
    for (const { after } of changesOf(event)) if (after?.["part"] === "event") await tell(bus, String(after["id"]));
  },
});
await functions.createEventSourceMapping({
  eventSourceArn: (await database.describeTable("orders")).arn,
  functionName: "relay",
  startingPosition: "LATEST",
  batchSize: 1, // of a larger batch that is tried again, some events would go out twice
  maximumRetryAttempts: -1, // never give up
});
for (const id of ["b1", "b2", "b3"])
  await database.transactWriteItems("orders", {
    puts: [
      { id, part: "order" },
      { id, part: "event" },
    ],
  });
await clock.advance(10 * 60_000); // between two tries the relay waits longer and longer

const messages = await queues.receiveMessages(shipping.url, { maxMessages: 10 });
const ids = messages.map(({ body }) => String(JSON.parse(body).id)).sort();
console.log(`shipping hears of: ${ids.join(", ")}`);
check("the naive way lost two events, the outbox none", ids.join() === "a3,b1,b2,b3", ids);
