import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import { fromBase64url, toBase64url } from "./base64url";
import { Fingerprint } from "./fingerprint";

/*
 * A link's trace tells where another run of the same program goes another way, in two hundred bytes at most:
 *
 *   version (1) | number of calls (4) | hash over all calls (4) | two bytes for each stretch of calls
 *
 * The mark of a stretch is taken from the hash over all calls up to its end. So the first mark that differs names the stretch in which the first
 * difference lies. (Once in 65,536 times it goes unnoticed there, and is found in the next.)
 */
const VERSION = 1;
const HEAD_BYTES = 9;
/** Up to so many calls, each is a stretch of its own. */
const MAX_STRETCHES = 96;

/** Fingerprints along the calls of a run, as base64url. */
export function makeTrace(reader: RecordReader): string {
  const { length } = reader.ordinals("call");
  const { whole, marks } = walk(reader, length);
  const bytes = new Uint8Array(HEAD_BYTES + 2 * marks.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint32(1, length);
  view.setUint32(5, whole);
  marks.forEach((mark, i) => view.setUint16(HEAD_BYTES + 2 * i, mark));
  return toBase64url(bytes);
}

/** Calls count from 1. Where a trace cannot tell the one call, the first difference lies between two. */
export interface Difference {
  readonly firstCall: number;
  readonly lastCall: number;
}

/**
 * Where the calls of a run first differ from a trace's; undefined when they do not. The call may be one that only one of the two has. Throws for
 * what is no trace.
 */
export function firstDifference(reader: RecordReader, trace: string): Difference | undefined {
  const { calls, whole, marks } = readTrace(trace);
  const stretch = stretchOf(calls);
  const ownCalls = reader.ordinals("call").length;
  const own = walk(reader, calls);

  const place = marks.findIndex((mark, i) => own.marks[i] !== mark);
  if (place >= 0) {
    const firstCall = place * stretch + 1;
    return { firstCall, lastCall: Math.min(firstCall + stretch - 1, calls, ownCalls + 1) };
  }
  if (own.whole !== whole) return { firstCall: Math.max(1, (marks.length - 1) * stretch + 1), lastCall: calls };
  return ownCalls > calls ? { firstCall: calls + 1, lastCall: calls + 1 } : undefined;
}

interface Walked {
  /** Hash over all calls that were walked. */
  readonly whole: number;
  readonly marks: readonly number[];
}

/** Goes over the first calls of a run, marking the stretches of a run of `total` calls. */
function walk(reader: RecordReader, total: number): Walked {
  const ids = reader.ordinals("call");
  const stretch = stretchOf(total);
  const print = new Fingerprint();
  const marks: number[] = [];
  for (let n = 1; n <= Math.min(total, ids.length); n++) {
    addCall(print, reader, ids.at(n - 1));
    if (n % stretch === 0 || n === total) marks.push(print.value & 0xffff);
  }
  return { whole: print.value, marks };
}

/** Everything a call says, with calls for records: another line on the console must not make the calls after it look different. */
function addCall(print: Fingerprint, reader: RecordReader, id: number): void {
  const ids = reader.ordinals("call");
  const { causeId, flowId, timestamp, id: _, ...call } = reader.callAt(id);
  const cause = causeId === undefined ? 0 : 1 + ids.rank(causeId);
  print.add([reader.signatureAt(id).instance, timestamp, cause, ids.rank(flowId), call]);
}

const stretchOf = (calls: number): number => Math.max(1, Math.ceil(calls / MAX_STRETCHES));

function readTrace(text: string): Walked & { readonly calls: number } {
  const bytes = fromBase64url(text);
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) throw new Error("not a trace of this version");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const calls = view.getUint32(1);
  const count = Math.ceil(calls / stretchOf(calls));
  if (bytes.length !== HEAD_BYTES + 2 * count) throw new Error("a trace with a mark too few or too many");
  const marks = Array.from({ length: count }, (_, i) => view.getUint16(HEAD_BYTES + 2 * i));
  return { calls, whole: view.getUint32(5), marks };
}
