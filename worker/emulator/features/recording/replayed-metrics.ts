import { Call } from "../../core/service/call";
import { FakeClock } from "../../core/clock/fake-clock";
import { Metrics } from "../metrics/metrics";
import type { RecordReader } from "./record-reader";

const NO_PARAMETERS = { params: [], kind: "read" } as const;
/** Records between two places to pause. */
const STRIDE = 256;

/**
 * What a run's `metrics` held when it ended, from its recording: every call counted again, and the program's own samples. It takes a while for long
 * recordings, and yields where one may pause.
 */
export function* replayedMetrics(reader: RecordReader): Generator<void, Metrics> {
  const clock = new FakeClock(0, { autoAdvance: false });
  const metrics = new Metrics({ clock });
  // One site an account, since the metrics know their series by it.
  const sites = reader.names.signatures.map(({ provider, instance, service }) => ({ provider, instance, service }));
  for (let id = 1; id <= reader.size; id++) {
    const kind = reader.kindAt(id);
    if (kind === "call") metrics.observe(callOf(reader, id, sites));
    else if (kind === "metric") {
      const { name, type, value, labels } = reader.metricAt(id);
      metrics[type](name, value, labels);
    }
    if (id % STRIDE === 0) yield;
  }
  return metrics;
}

function callOf(reader: RecordReader, id: number, sites: readonly unknown[]): Call {
  const { operation } = reader.signatureAt(id);
  const site = sites[reader.signatureNumberAt(id)] as Call["site"];
  const call = new Call(site, operation, NO_PARAMETERS, [], reader.doorAt(id), reader.timeAt(id));
  call.code = reader.errorCodeAt(id);
  call.durationMs = reader.durationAt(id);
  return call;
}
