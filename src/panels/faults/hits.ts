import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { FaultRule } from "../../../worker/emulator/run/faults";
import type { RunSettings } from "../../../worker/protocol";

const BATCH = 64;

/**
 * Which calls of a recording the run's faults hit, counted bit by bit. A call that a fault stopped says which one in its error. Latency leaves no mark but
 * the time it took: it hit the calls that it is meant for and that got as far.
 */
export class FaultHits {
  readonly #byRule = new Map<string, number>();
  readonly #latency: readonly FaultRule[];
  readonly #startMs: number;
  readonly #any: boolean;
  #scanned = 0;
  #hit = 0;

  constructor(
    private readonly recording: RecordReader,
    private readonly settings: RunSettings,
  ) {
    this.#any = settings.faults.length > 0;
    this.#latency = settings.faults.filter((it) => it.kind === "latency" && it.amount > 0);
    this.#startMs = Date.parse(settings.start);
  }

  /** Calls that any fault hit. */
  get hit(): number {
    return this.#hit;
  }

  /** Calls that were looked at. */
  get calls(): number {
    return this.#scanned;
  }

  of(id: string): number {
    return this.#byRule.get(id) ?? 0;
  }

  get done(): boolean {
    return !this.#any || this.#scanned === this.recording.ordinals("call").length;
  }

  /** Goes on for as long as `hasTime` says so. */
  scan(hasTime: () => boolean): void {
    if (!this.#any) return;
    const calls = this.recording.ordinals("call");
    while (this.#scanned < calls.length) {
      const end = Math.min(calls.length, this.#scanned + BATCH);
      for (; this.#scanned < end; this.#scanned++) if (this.#count(calls.at(this.#scanned))) this.#hit++;
      if (!hasTime()) return;
    }
  }

  #count(id: number): boolean {
    const { recording } = this;
    const door = recording.doorAt(id);
    const stopper = recording.stopperAt(id);
    // What the clock does by itself meets no weather, and these two come before it.
    if (door === "clock" || door === "delivery" || stopper === "injection" || stopper === "limit") return false;
    let hit = false;
    if (this.#latency.length > 0) {
      const { service, operation } = recording.signatureAt(id);
      const at = recording.timeAt(id) + (door === "portable" ? this.settings.latencyMs : 0) - this.#startMs;
      for (const rule of this.#latency) {
        if (!isMeant(rule, service, operation) || at < rule.fromMs || at >= rule.fromMs + rule.forMs) continue;
        if (recording.durationAt(id) < rule.amount && stopper !== "abort") continue;
        this.#add(rule.id);
        hit = true;
      }
    }
    if (stopper !== "chaos") return hit;
    const fault = recording.callAt(id).error?.details?.fault;
    if (typeof fault !== "string") return hit;
    this.#add(fault);
    return true;
  }

  #add(id: string): void {
    this.#byRule.set(id, this.of(id) + 1);
  }
}

const isMeant = (rule: FaultRule, service: string, operation: string): boolean =>
  (rule.service === "*" || rule.service === service) && (rule.operation === "*" || rule.operation === operation);
