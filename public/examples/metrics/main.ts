// Every call is counted and timed by itself. Add your own numbers next to it, ask questions, see the chart under Metrics.
import { Bucket, check, clock, cloud, logNormal, metrics, random } from "tabcloud";

const shop = new Bucket(cloud, { latency: { "*": 5, getObject: logNormal({ p50: 20, p99: 250 }) } });
await shop.createBucket("shop");
for (const item of ["mug", "shirt", "poster"]) await shop.putObject("shop", item, "a nice thing");

// A busy hour: a customer every twenty seconds or so, and not everybody finds what they want.
const wishes = ["mug", "mug", "mug", "shirt", "shirt", "poster", "unicorn"];
for (let customer = 0; customer < 180; customer++) {
  await clock.sleep(random.int(40_000));
  const wish = wishes[random.int(wishes.length)]!;
  const came = clock.now();
  const found = await shop.getObject("shop", wish).then(
    () => true,
    () => false,
  );
  metrics.counter("sales_total", found ? 1 : 0, { item: wish });
  metrics.histogram("wait_seconds", clock.since(came) / 1000);
  metrics.gauge("customers_seen", customer + 1);
}

// Your own metrics, by label...
const sales = metrics.query().byName("sales_total");
for (const [item, sold] of sales.groupBy("item"))
  console.log(`${item.padEnd(8)} ${"▪".repeat(sold.sum())} ${sold.sum()}`);

// ...and what the emulator measured without being asked.
const reads = metrics.query().byName("call_duration").byLabel("operation", "getObject");
const ms = (p: number) => `p${p} ${Math.round(reads.percentile(p)! * 1000)} ms`;
console.log(`\n${reads.count()} reads: ${ms(50)}, ${ms(95)}, ${ms(99)}, slowest ${Math.round(reads.max()! * 1000)} ms`);

const failed = metrics.query().byName("errors_total").byLabel("code", "NotFound");
console.log(`${failed.sum()} customers asked for a unicorn`);

check("every customer was counted", metrics.query().byName("customers_seen").last() === 180);
check("sold or not found, there is no third", sales.sum() + failed.sum() === 180);
check("the tail is long: p99 is over three times p50", reads.percentile(99)! > 3 * reads.percentile(50)!);
