// Single-table design: customers, orders and their lines in one table, with keys made from the questions that will be asked.
import { check, cloud, Database, type Item } from "tabcloud";
import { ask, customer, line, order } from "./shop";

const shop = new Database(cloud);
await shop.createTable({
  name: "shop",
  partitionKey: "pk",
  sortKey: "sk",
  // Only items that have a `status` are in this index: orders, and nothing else.
  indexes: [{ name: "by-status", partitionKey: "status", sortKey: "sk" }],
});
await shop.batchPutItems("shop", [
  customer("ann", "Ann Archer"),
  order("ann", "2026-01-10", 1, "shipped"),
  order("ann", "2026-02-03", 2, "shipped"),
  order("ann", "2026-02-20", 4, "open"),
  customer("bob", "Bob Baker"),
  order("bob", "2026-02-11", 3, "open"),
  line(4, 1, "lamp", 2),
  line(4, 2, "bulb", 6),
]);
const numbers = (items: Item[]) => items.map(({ number }) => number).join();

const everything = await ask(shop, "Ann, with all her orders:", { key: { partition: "customer#ann" } });
check("one query answers two kinds of items", everything.length === 4);

const latest = await ask(shop, "Ann's latest order:", {
  key: { partition: "customer#ann", sort: { op: "BEGINS_WITH", value: "order#" } },
  scanForward: false, // backwards in time
  limit: 1,
});
check("her latest is number 4", numbers(latest) === "4");

const february = await ask(shop, "Ann's orders in February:", {
  key: { partition: "customer#ann", sort: { op: "BEGINS_WITH", value: "order#2026-02" } },
});
check("two in February", numbers(february) === "2,4");

const lines = await ask(shop, "What order 4 is made of:", { key: { partition: "order#4" } });
check("its lines, in order", lines.map(({ article }) => article).join() === "lamp,bulb");

// Across customers: the index asks the same items the other way round.
const open = { index: "by-status", key: { partition: "open" } };
check("two orders are open", numbers(await ask(shop, "All open orders:", open)) === "3,4");

const key = { pk: "customer#bob", sk: "order#2026-02-11#3" };
await shop.updateItem("shop", key, [{ action: "SET", field: "status", value: "shipped" }]);
check("the index follows its table", numbers(await ask(shop, "Once order 3 is shipped:", open)) === "4");
