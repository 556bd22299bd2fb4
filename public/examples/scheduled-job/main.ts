// A job that runs every night at three, over three nights that pass in a moment.
import { Bucket, check, clock, cloud, Database, EventBus, Serverless } from "tabcloud";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const database = new Database(cloud);
const bucket = new Bucket(cloud);
const functions = new Serverless(cloud);

await database.createTable({ name: "orders", partitionKey: "day", sortKey: "id" });
await bucket.createBucket("reports");

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
const { arn } = await functions.deploy({
  name: "nightly-report",
  code: async (_event, context) => {
    const yesterday = dayOf(new Date(context.now().getTime() - DAY));
    const { count } = await new Database(context.cloud).query("orders", { key: { partition: yesterday } });
    // Named after its day: a run that is repeated writes the same report again.
    await new Bucket(context.cloud).putObject("reports", `${yesterday}.txt`, `${count} orders`);
    console.log(`${context.now().toISOString()}  ${yesterday}: ${count} orders`);
  },
});

if (cloud.name === "aws") {
  const bus = new EventBus(cloud);
  await bus.putRule({ name: "every-night", scheduleExpression: "cron(0 3 * * ? *)" });
  await bus.putTargets(undefined, "every-night", [{ id: "report", arn }]);
} else {
  // Event Grid and Eventarc have no schedules (Azure's timer triggers and GCP's Cloud Scheduler are services of their own):
  // here a timer of this program stands in.
  const night = () => {
    void functions.invoke("nightly-report", {}, { invocationType: "Event" });
    clock.setTimer(DAY, night, { background: true });
  };
  clock.setTimer((27 * HOUR - (clock.nowMs() % DAY)) % DAY, night, { background: true });
}

// Three days in the shop, with more orders every day. From midnight to midnight: the run begins whenever it likes.
await clock.advance(DAY - (clock.nowMs() % DAY));
const firstDay = clock.now();
for (let day = 1; day <= 3; day++) {
  await clock.advance(DAY / 2);
  for (let id = 1; id <= day * 2; id++) await database.putItem("orders", { day: dayOf(clock.now()), id: `${id}` });
  await clock.advance(DAY / 2);
}
await clock.advance(DAY / 2); // the night after the last day

const report = async (day: number) => {
  const { data } = await bucket.getObject("reports", `${dayOf(new Date(firstDay.getTime() + day * DAY))}.txt`);
  return new TextDecoder().decode(data);
};
for (let day = 0; day < 3; day++)
  check(`the report of day ${day + 1}`, (await report(day)) === `${(day + 1) * 2} orders`);
