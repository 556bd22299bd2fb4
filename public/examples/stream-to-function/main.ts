// A table tells a function of every change, in order: here it keeps sums up to date that nobody has to add up.
import { check, cloud, Database, Serverless } from "tabcloud";
import { type Change, changesOf } from "./changes";

const database = new Database(cloud);
const functions = new Serverless(cloud);

await database.createTable({ name: "orders", partitionKey: "id" });
await database.createTable({ name: "turnover", partitionKey: "city" });
for (const city of ["Berlin", "Lyon"]) await database.putItem("turnover", { city, total: 0 });

let calls = 0;
const show = (item: Change["after"]) => (item ? `${item["city"]} ${item["total"]}` : "nothing");
await functions.deploy({
  name: "keep-turnover",
  code: async (event, context) => {
    calls++;
    const turnover = new Database(context.cloud);
    const add = (city: unknown, value: number) =>
      turnover.updateItem("turnover", { city: String(city) }, [{ action: "ADD", field: "total", value }]);
    for (const { before, after } of changesOf(event)) {
      console.log(`${show(before)} -> ${show(after)}`);
      if (before) await add(before["city"], -Number(before["total"]));
      if (after) await add(after["city"], Number(after["total"]));
    }
  },
});

// DynamoDB's stream, Cosmos DB's change feed, Firestore's triggers: first it must be on, then a function can follow it.
await database.updateStreamConfig("orders", { enabled: true, viewType: "NEW_AND_OLD_IMAGES" });
const { arn } = await database.describeTable("orders");
const follow = { functionName: "keep-turnover", startingPosition: "LATEST" as const };
await functions.createEventSourceMapping({ eventSourceArn: arn, ...follow });

await database.putItem("orders", { id: "1", city: "Berlin", total: 100 });
await database.putItem("orders", { id: "2", city: "Lyon", total: 40 });
await database.putItem("orders", { id: "3", city: "Berlin", total: 60 });
await database.updateItem("orders", { id: "1" }, [{ action: "SET", field: "total", value: 70 }]); // a discount
await database.putItem("orders", { id: "3", city: "Lyon", total: 60 }); // moved
await database.deleteItem("orders", { id: "2" }); // cancelled

/** Sums of a table by city, as text. */
async function sums(table: string): Promise<string> {
  const byCity: Record<string, number> = { Berlin: 0, Lyon: 0 };
  for (const { city, total } of (await database.scan(table)).items) byCity[String(city)]! += Number(total);
  return JSON.stringify(byCity);
}

// No write waited for the function: so far the sums are behind. Settling carries what is on its way.
console.log(`before settling: ${await sums("turnover")}`);
await cloud.settle();
console.log(`after ${calls === 1 ? "one call" : `${calls} calls`} of the function: ${await sums("turnover")}`);
check("the kept sums are those of the orders", (await sums("turnover")) === (await sums("orders")));
check("Berlin 70, Lyon 60", (await sums("turnover")) === `{"Berlin":70,"Lyon":60}`);
