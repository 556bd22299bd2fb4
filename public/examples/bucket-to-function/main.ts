// Files land in a bucket, a queue hears of them, a function takes them in batches. One is broken: it goes round, and ends as a dead letter.
import { Bucket, check, clock, cloud, Database, MessageQueue, recorder, Serverless } from "tabcloud";
import { addUp } from "./add-up";
import { fileOf } from "./jobs";

const bucket = new Bucket(cloud);
const database = new Database(cloud);
const queues = new MessageQueue(cloud);
const functions = new Serverless(cloud);

// A queue that hears of new files, and another for what fails five times.
await bucket.createBucket("invoices");
await database.createTable({ name: "totals", partitionKey: "file" });
const failed = await queues.createQueue({ name: "invoices-failed" });
const deadLetterQueue = { targetQueueUrl: failed.url, maxReceiveCount: 5 };
const { arn } = await queues.createQueue({ name: "invoices-new", deadLetterQueue });
await bucket.putNotificationConfig("invoices", {
  rules: [{ events: ["ObjectCreated"], suffix: ".json", target: arn }],
});

// The third is no JSON. Nobody works yet: the queue keeps them all.
const invoices = ["[10, 20]", "[5, 5, 5]", "[oops", "[100]"];
await Promise.all(invoices.map((text, i) => bucket.putObject("invoices", `${i + 1}.json`, text)));

// A function is connected, and gets what is there in one batch.
await functions.deploy({ name: "add-up", code: addUp });
await functions.createEventSourceMapping({
  eventSourceArn: arn,
  functionName: "add-up",
  batchSize: cloud.name === "gcp" ? 1 : 10, // Pub/Sub hands a function one message at a time
  reportBatchItemFailures: true,
});

// Failed messages come back at once on Azure, after 30 s on AWS, after 10, 20, 40, 80 s on GCP. Half an hour is enough for all of that.
await clock.advance(30 * 60_000);

const { items } = await database.scan("totals");
const totals = items.map(({ file, total }) => `${file} ${total}`).sort();
console.log(`added up: ${totals.join(", ")}`);
check("three files are added up", totals.join() === "1.json 30,2.json 15,4.json 100", totals);

const letters = await queues.peekMessages(failed.url);
const dead = letters.map(
  ({ body, deadLetter }) => `${fileOf(JSON.parse(body))}, after ${deadLetter?.receiveCount} tries`,
);
console.log(`dead letters: ${dead.join("; ")}`);
check("the broken one is a dead letter", dead.join("; ") === "3.json, after 5 tries", dead);

// Every call knows what caused it (a batch goes by its first message). Timeline (Flows) draws this as a tree, from the object to
// the dead letter; the Flow tab draws the wiring, with what went along it.
const puts = recorder.match().operation("putObject").calls();
const broken = recorder.calls().filter(({ flowId }) => flowId === puts[2]?.id);
const kinds = new Set(broken.map(({ operation }) => operation));
console.log(`3.json led to ${broken.length - 1} more calls: ${[...kinds].slice(1).join(", ")}`);
check("the last of them makes it a dead letter", broken.at(-1)?.operation === "deadLetter");
