import { csvLine } from "./csv";
import { jsonText } from "./json-lines";
import type { RecordReader } from "./record-reader";

const CALL_COLUMNS = [
  ...["number", "time", "offset_ms", "duration_ms", "account", "service", "operation", "code", "native_code"],
  ...["message", "stopped_by", "origin", "door", "principal", "record", "cause", "flow"],
  ...["hop_source", "hop_target", "hop_via", "hop_attempt", "hop_depth", "input", "output"],
];
const METRIC_COLUMNS = ["time", "offset_ms", "name", "type", "value", "labels"];

/** Every call as a line of a table, after a line of headings; input and output are JSON. */
export function* callsCsv(reader: RecordReader, startMs: number): Generator<string, void> {
  yield csvLine(CALL_COLUMNS);
  const calls = reader.ordinals("call");
  for (let i = 0; i < calls.length; i++) {
    const id = calls.at(i);
    const call = reader.callAt(id);
    const { error, hop, output } = call;
    yield csvLine([
      ...[i + 1, call.timestamp.toISOString(), call.timestamp.getTime() - startMs, call.durationMs],
      ...[reader.signatureAt(id).instance, call.service, call.operation, call.errorCode, error?.nativeCode],
      ...[error?.message, call.stoppedBy, call.origin, call.door, call.principal, id, call.causeId, call.flowId],
      ...[hop?.source, hop?.target, hop?.via, hop?.attempt, hop?.depth],
      ...[jsonText(call.input), output === undefined ? undefined : jsonText(output)],
    ]);
  }
}

/** Every sample of a program's own metrics as a line of a table, after a line of headings; labels are JSON. */
export function* metricsCsv(reader: RecordReader, startMs: number): Generator<string, void> {
  yield csvLine(METRIC_COLUMNS);
  const samples = reader.ordinals("metric");
  for (let i = 0; i < samples.length; i++) {
    const { name, type, value, labels, timeMs } = reader.metricAt(samples.at(i));
    yield csvLine([new Date(timeMs).toISOString(), timeMs - startMs, name, type, value, JSON.stringify(labels)]);
  }
}
