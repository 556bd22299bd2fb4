import { Bucket, Database, type FunctionContext, type HandlerEvent } from "tabcloud";
import { fileOf, jobsOf } from "./jobs";

/** The function: reads each file of the batch, and stores its total. What fails is named, so that only that goes round again. */
export async function addUp(event: HandlerEvent, context: FunctionContext) {
  // Through `context.cloud`, so that these calls belong to what the file set going.
  const files = new Bucket(context.cloud);
  const totals = new Database(context.cloud);
  const batchItemFailures = [];
  for (const { id, body } of jobsOf(event, context)) {
    const file = fileOf(body);
    if (file === undefined) continue;
    try {
      const { data } = await files.getObject("invoices", file);
      const amounts = JSON.parse(new TextDecoder().decode(data)) as number[];
      await totals.putItem("totals", { file, total: amounts.reduce((sum, amount) => sum + amount, 0) });
      console.log(`${context.now().toISOString()}  ${file} is added up`);
    } catch (error) {
      console.log(`${context.now().toISOString()}  ${file} fails: ${(error as Error).name}`);
      batchItemFailures.push({ itemIdentifier: id });
    }
  }
  return { batchItemFailures };
}
