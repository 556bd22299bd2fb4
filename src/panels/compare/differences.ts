import type { CloudName } from "../../../worker/emulator/core/error-codes";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import { noteOf, type ValueNotes } from "./notes";

/**
 * - `behaviour`: a portable program is told something else. Only this counts;
 * - `form`: the same in the cloud's own words: identifiers, native codes, names of classes;
 * - `time`: moments and durations.
 */
export type Kind = "behaviour" | "form" | "time";

/** Stands for a value that a lane does not have because it did not make the call, or the call did not get so far. */
export const NOTHING = Symbol("nothing");

/** One thing that is not the same in all lanes. */
export interface Difference {
  readonly kind: Kind;
  /** `code`, `output.etag`: what differs. */
  readonly path: string;
  readonly label: string;
  /** By lane. */
  readonly values: readonly unknown[];
  /** Fields of the dialects that may decide it. */
  readonly fields: readonly string[];
}

/** A row: by lane, the call or a gap. */
export type RowCalls = readonly (RecordedCall | undefined)[];

const MOST = 60;

/** Everything that differs between the calls of a row, what counts first. */
export function differencesOf(
  calls: RowCalls,
  notes: ValueNotes,
  reasonFields: (reason: string, cloud: CloudName) => readonly string[],
): Difference[] {
  const found: Difference[] = [];
  const compare = (
    kind: Kind,
    path: string,
    label: string,
    of: (call: RecordedCall) => unknown,
    fields: readonly string[] = [],
  ): void => {
    const values = calls.map((call) => (call === undefined ? NOTHING : of(call)));
    if (!alike(values)) found.push({ kind, path, label, values, fields });
  };

  const made = calls.map((call) => call !== undefined);
  if (made.includes(false))
    found.push({
      kind: "behaviour",
      path: "made",
      label: "Missing",
      values: made.map((it) => (it ? "made" : NOTHING)),
      fields: [],
    });
  const decided = [
    ...new Set(
      calls.flatMap((it) => (it?.error?.reason === undefined ? [] : reasonFields(it.error.reason, it.provider))),
    ),
  ];
  compare("behaviour", "code", "Result", (call) => call.errorCode, decided);
  compare("behaviour", "stoppedBy", "Stopped by", (call) => call.stoppedBy ?? "nothing");
  found.push(...valueDifferences("input", calls, (call) => call.input, notes));
  found.push(...valueDifferences("output", calls, (call) => (call.error === undefined ? call.output : NOTHING), notes));
  const inError = (of: (error: NonNullable<RecordedCall["error"]>) => unknown) => (call: RecordedCall) =>
    call.error === undefined ? NOTHING : of(call.error);
  compare(
    "form",
    "reason",
    "Reason",
    inError((it) => it.reason),
    decided,
  );
  compare(
    "form",
    "nativeCode",
    "Native code",
    inError((it) => it.nativeCode),
    ["nativeReasons"],
  );
  compare(
    "form",
    "httpStatus",
    "HTTP status",
    inError((it) => it.httpStatus),
    ["nativeReasons"],
  );
  compare(
    "form",
    "message",
    "Message",
    inError((it) => it.message),
  );
  compare("time", "duration", "Took", (call) => call.durationMs);
  compare("time", "timestamp", "Began", (call) => call.timestamp);
  return [...found.filter((it) => it.kind === "behaviour"), ...found.filter((it) => it.kind !== "behaviour")].slice(
    0,
    MOST,
  );
}

function valueDifferences(
  what: "input" | "output",
  calls: RowCalls,
  of: (call: RecordedCall) => unknown,
  notes: ValueNotes,
): Difference[] {
  const values = calls.map((call) => (call === undefined ? NOTHING : of(call)));
  return leafDifferences(values, []).map(({ path, values: leaves }) => {
    // The outermost name that is known decides: what a program calls its own tags is its own affair.
    const note = path.map((name) => noteOf(notes, name)).find((it) => it !== undefined);
    const moments = leaves.every((it) => it instanceof Date || it === NOTHING || it === undefined);
    const lasting = moments && note !== undefined && !note.form;
    const offsets = leaves.map((it, lane) =>
      it instanceof Date ? it.getTime() - (calls[lane]?.timestamp.getTime() ?? 0) : it,
    );
    const kind = moments && !(lasting && !alike(offsets)) ? "time" : note?.form ? "form" : "behaviour";
    const label = path.reduce(
      (text, name) => (/^\d+$/.test(name) ? `${text}[${name}]` : text === "" ? name : `${text}.${name}`),
      "",
    );
    return {
      kind,
      path: [what, ...path].join("."),
      label: what === "input" ? `Given ${label}` : label === "" ? "Output" : label,
      values: leaves,
      fields: note?.fields ?? [],
    };
  });
}

interface Leaf {
  readonly path: readonly string[];
  readonly values: readonly unknown[];
}

/** Where values part, as deep as all of them are objects, or lists. */
function leafDifferences(values: readonly unknown[], path: readonly string[]): Leaf[] {
  if (alike(values)) return [];
  const there = values.filter((it) => it !== NOTHING);
  const nested = there.every(isPlain) || there.every(Array.isArray);
  if (!nested || there.length < 2) return [{ path, values }];
  const names = new Set(there.flatMap((it) => Object.keys(it as object)));
  return [...names].slice(0, MOST).flatMap((name) => {
    const inner = values.map((it) => (it === NOTHING ? NOTHING : (it as Record<string, unknown>)[name]));
    return leafDifferences(inner, [...path, name]);
  });
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof Uint8Array);

/** Whether all lanes that have a value have the same. */
export function alike(values: readonly unknown[]): boolean {
  const there = values.filter((it) => it !== NOTHING);
  return there.every((it) => same(there[0], it));
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => same(a[name], b[name]));
}
