// A saga: three systems that share no transaction. When one step fails, what was done before is undone, last first.
import { check, cloud, Database, Serverless, type Filter } from "tabcloud";

const database = new Database(cloud);
const functions = new Serverless(cloud);

await database.createTable({ name: "state", partitionKey: "id" });
for (const [id, left] of Object.entries({ lamp: 2, money: 100, van: 1 })) await database.putItem("state", { id, left });

// Think of them as three systems. Each has a function that takes, and one that gives back.
const costs = { lamp: 1, money: 40, van: 1 };
const steps = Object.keys(costs) as (keyof typeof costs)[];
for (const id of steps) {
  const enough: Filter = { field: "left", op: ">=", value: costs[id] };
  await functions.deploy({
    name: `take-${id}`,
    code: async (_event, context) => {
      const less = { action: "ADD" as const, field: "left", value: -costs[id] };
      await new Database(context.cloud).updateItem("state", { id }, [less], { condition: enough });
    },
  });
  await functions.deploy({
    name: `return-${id}`,
    code: async (_event, context) => {
      const more = { action: "ADD" as const, field: "left", value: costs[id] };
      await new Database(context.cloud).updateItem("state", { id }, [more]);
    },
  });
}

/** Takes one step after the other; answers whether all went well. One that must outlive a crash keeps its trail in a table. */
async function order(name: string): Promise<boolean> {
  const done: string[] = [];
  for (const id of steps) {
    const { functionError } = await functions.invoke(`take-${id}`);
    console.log(`${name}: take ${id}${functionError ? ": none left!" : ""}`);
    if (functionError) {
      for (const earlier of done.reverse()) {
        await functions.invoke(`return-${earlier}`);
        console.log(`${name}: return ${earlier}`);
      }
      return false;
    }
    done.push(id);
  }
  return true;
}
async function left(): Promise<string> {
  const { items } = await database.scan("state");
  const each = items.map((item) => `${item["id"]} ${item["left"]}`);
  return each.sort().join(", ");
}

check("the first order goes through", await order("Ann"));
const before = await left();
console.log(`left: ${before}`);
check("the second finds no van", !(await order("Bob")));
console.log(`left: ${await left()}`);
check("and leaves no trace", (await left()) === before);
