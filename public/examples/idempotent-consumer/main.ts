// "At least once" means: sometimes twice. A consumer that remembers what it has done can take it.
import { check, cloud, Database, isFailedPrecondition, MessageQueue, Notification } from "tabcloud";
import { newAWS, newAzure, newGCP } from "tabcloud";

// An account of our own, with a network that is worse than real ones: every other hop is made twice.
const open = { aws: newAWS, azure: newAzure, gcp: newGCP }[cloud.name];
const account = open({ delivery: { duplicateProbability: 0.5 } });
const topics = new Notification(account);
const queues = new MessageQueue(account);
const database = new Database(account);

await topics.createTopic({ name: "deposits" });
const { arn } = await queues.createQueue({ name: "bookings" });
await topics.subscribe({ topicId: "deposits", protocol: "queue", endpoint: arn, rawDelivery: true });
for (let id = 1; id <= 20; id++) await topics.publish({ topicId: "deposits", message: `deposit-${id}` });

// A partition for each owner: the balance, and a mark for each deposit that is in it.
await database.createTable({ name: "accounts", partitionKey: "owner", sortKey: "entry" });
for (const owner of ["careless", "careful"]) await database.putItem("accounts", { owner, entry: "balance", money: 0 });
const addTen = (owner: string) => ({
  table: "accounts",
  key: { owner, entry: "balance" },
  actions: [{ action: "ADD" as const, field: "money", value: 10 }],
});

let noticed = 0;
/** Mark and money in one transaction: a crash between them can neither lose a deposit nor book it twice. */
async function bookOnce(deposit: string): Promise<void> {
  const mark = { owner: "careful", entry: deposit };
  const isNew = { field: "entry", op: "NOT_EXISTS" as const };
  try {
    await database.transactWrite([
      { put: { table: "accounts", item: mark, condition: isNew } },
      { update: addTen("careful") },
    ]);
  } catch (error) {
    if (!isFailedPrecondition(error)) throw error;
    noticed++; // it was here before
  }
}

let received = 0;
for (let [message] = await queues.receiveMessages(arn); message; [message] = await queues.receiveMessages(arn)) {
  received++;
  await database.transactWrite([{ update: addTen("careless") }]);
  await bookOnce(message.body);
  await queues.deleteMessage(arn, message.receiptHandle);
}

const money = async (owner: string) => (await database.getItem("accounts", { owner, entry: "balance" }))["money"];
console.log(`20 deposits of 10 were published, ${received} messages came`);
console.log(
  `careless has ${await money("careless")}, careful ${await money("careful")}: ${noticed} duplicates noticed`,
);
check("some came twice", received > 20);
check("who does not look books them twice", (await money("careless")) === received * 10);
check("who remembers books each once", (await money("careful")) === 200);
