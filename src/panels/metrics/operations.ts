import type { CallColumns } from "../../run/call-columns";

/** What became of all calls of one operation on one account. */
export interface OperationMeasures {
  readonly signature: number;
  readonly instance: string;
  readonly name: string;
  readonly calls: number;
  readonly failed: number;
  /** Of each code that occurred, most frequent first. */
  readonly errors: readonly (readonly [code: string, times: number])[];
  /** In ascending order. */
  readonly durations: Float64Array;
}

/** Of the first `count` calls, by operation, most called first; from the columns alone. Yields where one may pause. */
export function* operationsOf(columns: CallColumns, count: number): Generator<void, readonly OperationMeasures[]> {
  const { signatures, codes, durations, recording } = columns;
  const { length } = recording.names.signatures;
  const calls = new Uint32Array(length);
  const failures: Map<number, number>[] = Array.from({ length }, () => new Map<number, number>());
  for (let place = 0; place < count; place++) {
    const signature = signatures[place] as number;
    calls[signature] = (calls[signature] as number) + 1;
    const code = codes[place] as number;
    const errors = failures[signature];
    if (code !== 0) errors?.set(code, (errors.get(code) ?? 0) + 1);
  }
  yield;
  const sorted = Array.from(calls, (size) => new Float64Array(size));
  const filled = new Uint32Array(length);
  for (let place = 0; place < count; place++) {
    const signature = signatures[place] as number;
    const at = filled[signature] as number;
    (sorted[signature] as Float64Array)[at] = durations[place] as number;
    filled[signature] = at + 1;
  }
  const names = codeNames(columns, count);
  const made: OperationMeasures[] = [];
  for (let signature = 0; signature < length; signature++) {
    yield;
    const times = sorted[signature] as Float64Array;
    if (times.length === 0) continue;
    const { instance = "", service = "", operation = "" } = recording.names.signatures[signature] ?? {};
    const errors = [...(failures[signature] ?? [])].map(([code, n]) => [names[code] ?? "", n] as const);
    made.push({
      signature,
      instance,
      name: `${service}.${operation}`,
      calls: times.length,
      failed: errors.reduce((sum, [, n]) => sum + n, 0),
      errors: errors.sort((a, b) => b[1] - a[1]),
      durations: times.sort(),
    });
  }
  return made.sort((a, b) => b.calls - a.calls);
}

/** Names of the codes that occur, by their number in the column. */
export function codeNames({ codes, ids, recording }: CallColumns, count: number): (string | undefined)[] {
  const names: (string | undefined)[] = [];
  for (let place = 0; place < count; place++) {
    const code = codes[place] as number;
    if (code !== 0) names[code] ??= recording.errorCodeAt(ids[place] as number);
  }
  return names;
}
