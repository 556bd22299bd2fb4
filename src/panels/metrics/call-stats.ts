import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { Distribution } from "./distribution";

/** What became of all calls of one operation on one account. */
export class OperationStats {
  calls = 0;
  readonly durations = new Distribution();
  readonly errors = new Map<string, number>();

  constructor(
    readonly instance: string,
    readonly name: string,
  ) {}

  get failed(): number {
    let sum = 0;
    for (const count of this.errors.values()) sum += count;
    return sum;
  }
}

/** Sums over the calls of a recording, from its columns alone; follows it when asked. */
export class CallStats {
  readonly operations: OperationStats[] = [];
  /** By signature. */
  readonly #bySignature: OperationStats[] = [];
  #seen = 0;

  constructor(private readonly recording: RecordReader) {}

  follow(): this {
    const { recording } = this;
    const calls = recording.ordinals("call");
    for (; this.#seen < calls.length; this.#seen++) {
      const id = calls.at(this.#seen);
      const stats = this.#of(recording.signatureNumberAt(id));
      stats.calls++;
      stats.durations.add(recording.durationAt(id));
      const code = recording.errorCodeAt(id);
      if (code !== "OK") stats.errors.set(code, (stats.errors.get(code) ?? 0) + 1);
    }
    return this;
  }

  #of(signature: number): OperationStats {
    const known = this.#bySignature[signature];
    if (known !== undefined) return known;
    const { instance, service, operation } = this.recording.names.signatures[signature] ?? UNKNOWN;
    const made = new OperationStats(instance, `${service}.${operation}`);
    this.#bySignature[signature] = made;
    this.operations.push(made);
    return made;
  }
}

const UNKNOWN = { instance: "", service: "", operation: "" };
