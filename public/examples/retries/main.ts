// Every cloud fails now and then. Here we make it fail on purpose, and see whether the program copes.
import { Bucket, check, cloud, codeOf, ErrorInjector, firstN, isFailedPrecondition, recorder } from "tabcloud";
import { withRetry } from "./retry";

const faults = new ErrorInjector();
const bucket = new Bucket(cloud, { injector: faults });
await bucket.createBucket("orders");

console.log("1. The service is away for three calls:");
faults.set("storage", "putObject", "Unavailable", firstN(3));
await withRetry(() => bucket.putObject("orders", "1001.json", `{ "pizza": 1 }`));
check("the fourth attempt came through", recorder.match().operation("putObject").size === 4);

console.log("2. A fault that no retry can mend:");
const error = await withRetry(() => bucket.getObject("orders", "9999.json")).catch((cause: unknown) => cause);
console.log(`  ${codeOf(error)}, and we gave up at once`);
check("no second attempt for a missing object", recorder.match().operation("getObject").size === 1);

// The hard case: the cloud did the work and only its answer got lost. A retry that is not careful does the work twice.
console.log("3. The answer gets lost:");
faults.set("storage", "putObject", "Internal", firstN(1), { phase: "after" });
try {
  await withRetry(() => bucket.putObject("orders", "1002.json", `{ "pizza": 2 }`, { ifNoneMatch: "*" }));
} catch (cause) {
  if (!isFailedPrecondition(cause)) throw cause;
  console.log("  it is already there: the first attempt had worked after all");
}
const { items } = await bucket.listObjects("orders");
check("each order is there once", items.length === 2);

faults.reset();
check("all calls are recorded, failed ones too", recorder.match().withError("Unavailable").size === 3);
