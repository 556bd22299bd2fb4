import { Gate } from "../../../worker/sandbox/gate/gate";
import type { CallSignature, RecordPage } from "../../../worker/emulator/features/recording/record-page";
import type { GateToPage, GateToProgram, RunEnd, RunLimits, RunSettings } from "../../../worker/protocol";

const limits: RunLimits = {
  wallMs: 30_000,
  virtualMs: 1e12,
  timers: 1e5,
  calls: 1e5,
  consoleLines: 1e4,
  recordedBytes: 1e6,
};

export const settings = (changed: Partial<RunLimits> = {}): RunSettings => ({
  cloud: "aws",
  seed: "s",
  start: "2026-01-01T00:00:00.000Z",
  latencyMs: 0,
  faults: [],
  limits: { ...limits, ...changed },
});

export const startMs = Date.parse("2026-01-01T00:00:00.000Z");

export const signature: CallSignature = {
  provider: "aws",
  instance: "aws",
  service: "storage",
  operation: "putObject",
};

/** A page of calls, all at the run's start. */
export function pageOf(count: number, first = 1, changed: Partial<RecordPage> = {}): RecordPage {
  return {
    first,
    count,
    kinds: new Uint8Array(count),
    codes: new Uint8Array(count),
    doors: new Uint8Array(count),
    stoppers: new Uint8Array(count),
    names: new Uint16Array(count),
    times: new Float64Array(count).fill(startMs),
    durations: new Float64Array(count),
    causes: new Uint32Array(count),
    flows: new Uint32Array(count),
    lengths: new Uint32Array(count).fill(2),
    bytes: new Uint8Array(count * 2),
    dictionary: { signatures: first === 1 ? [signature] : [], stores: [], strings: [], shapes: [] },
    ...changed,
  };
}

/** A gate with everything around it written down, and a clock that the test moves. */
export class Rig {
  now = 1_000;
  readonly toPage: GateToPage[] = [];
  readonly toProgram: GateToProgram[] = [];
  renewals = 0;
  readonly gate = new Gate({
    toPage: (message) => this.toPage.push(message),
    toProgram: (message) => this.toProgram.push(message),
    renewProgram: () => this.renewals++,
    newDigest: () => {
      const seen: number[] = [];
      return { add: (page) => seen.push(page.count), digest: () => `digest of ${seen.join("+")}` };
    },
  });

  begin(run = 1, changed: Partial<RunLimits> = {}): void {
    this.gate.fromPage(
      { type: "run", run, program: { modules: [], entry: "main.ts" }, settings: settings(changed) },
      this.now,
    );
  }

  /** A run whose program has started, with room for so many pages. */
  started(credits = 10, changed: Partial<RunLimits> = {}): void {
    this.say({ type: "booted" });
    this.begin(1, changed);
    this.gate.fromPage({ type: "credit", run: 1, pages: credits }, this.now);
    this.say({ type: "started", catalogue: { engineVersion: "1", accounts: [], services: [] } });
  }

  say(data: unknown): void {
    this.gate.fromProgram(data, this.now);
  }

  /** So much time, in ticks; an honest program answers every ping. */
  pass(ms: number, options: { answering: boolean }): void {
    for (let passed = 0; passed < ms; passed += 250) {
      this.now += 250;
      const before = this.toProgram.length;
      this.gate.tick(this.now);
      const [ping] = this.toProgram.slice(before);
      if (options.answering && ping?.type === "ping") this.say({ type: "pong", id: ping.id });
    }
  }

  get ends(): RunEnd[] {
    return this.toPage.flatMap((message) => (message.type === "ended" ? [message.end] : []));
  }

  get pages(): RecordPage[] {
    return this.toPage.flatMap((message) => (message.type === "page" ? [message.page] : []));
  }

  get end(): RunEnd | undefined {
    return this.ends[0];
  }
}
