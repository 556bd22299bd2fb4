// Ten messages in one batch, two of them bad: a function that says which ones failed gets only those again.
import { check, clock, cloud, MessageQueue, Serverless } from "tabcloud";
import { type Job, jobsOf } from "./jobs";

const queues = new MessageQueue(cloud);
const functions = new Serverless(cloud);
// Pub/Sub hands a function one message at a time: nothing can be dragged along there.
const batchSize = cloud.name === "gcp" ? 1 : 10;

/** Sends ten numbers through a queue to a function; 3 and 7 fail the first time. Answers which numbers it worked on, in order. */
async function tenThrough(name: string, reports: boolean): Promise<number[]> {
  const worked: number[] = [];
  /** Whether it went well. */
  const work = ({ body: { n } }: Job): boolean => {
    const isFirst = !worked.includes(n);
    worked.push(n);
    return !(isFirst && (n === 3 || n === 7));
  };

  let calls = 0;
  await functions.deploy({
    name,
    code: (event, context) => {
      calls++;
      const failed = jobsOf(event, context).filter((job) => !work(job));
      if (reports) return { batchItemFailures: failed.map(({ id }) => ({ itemIdentifier: id })) };
      if (failed.length > 0) throw new Error(`${failed.length} failed`); // and with them the whole batch
      return {};
    },
  });
  const { arn, url } = await queues.createQueue({ name });
  const connection = { eventSourceArn: arn, functionName: name, batchSize };
  await functions.createEventSourceMapping({ ...connection, reportBatchItemFailures: reports });

  const numbers = Array.from({ length: 10 }, (_, n) => ({ id: `n${n}`, body: JSON.stringify({ n }) }));
  await queues.sendMessageBatch(url, numbers);
  // What failed comes back: at once on Azure, after 10 s on GCP, after the visibility timeout on AWS.
  await clock.advance(120_000);

  console.log(`${name}, in ${calls} calls: ${worked.join(" ")}`);
  check(`${name}: all are done in the end`, (await queues.peekMessages(url)).length === 0);
  return worked;
}

const thrown = await tenThrough("all-or-nothing", false);
if (batchSize === 1) check("one at a time: no good one is done twice", thrown.length === 12, thrown);
else check("all or nothing: eight good ones are done twice", thrown.length === 20, thrown);

const reported = await tenThrough("reporting", true);
check("reporting: only the two that failed come again", reported.join() === "0,1,2,3,4,5,6,7,8,9,3,7", reported);
