import {
  checkDate,
  checkDuration,
  checkFunction,
  checkInteger,
  checkNonEmptyString,
  checkObject,
  checkOneOf,
} from "../../core/check";
import { ERROR_CODES, type CloudName } from "../../core/error-codes";
import { DOORS, STOPPERS, type Call } from "../../core/service/call";
import type { CallObserver } from "../../core/service/concerns";
import { diffCalls, type RecordingDiff } from "./diff";
import { OrdinalList } from "./kind-index";
import { Matcher, sameName } from "./matcher";
import { RecordLog } from "./record-log";
import type { RecordReader } from "./record-reader";
import type { CallEntry, RecordedCall } from "./recorded-call";

const CLOUDS: readonly CloudName[] = ["aws", "azure", "gcp"];

/** Options of a {@link Recorder}. */
export interface RecorderOptions {
  /** Calls that are kept; the oldest goes when one more arrives. Default 10,000. */
  capacity?: number;
  /** Texts and byte payloads over this size are kept as `{ $bytes, $sha256, $head }`. In bytes; default 4096. */
  maxPayloadBytes?: number;
  /** Records secret values, keys and passwords as they are and not as `"***"`. Default false: recordings get shared. */
  revealSecrets?: boolean;
}

/**
 * Remembers calls: those of the portable objects it was given to, or of a whole provider.
 *
 * ```ts
 * const recorder = new Recorder({ capacity: 100 });
 * const photos = new Bucket(cloud, { recorder });
 * await photos.createBucket("photos");
 * await photos.putObject("photos", "cat.txt", "meow");
 *
 * recorder.callCountFor("storage", "putObject"); // 1
 * recorder.match().operation("putObject").withInput({ key: "cat.txt" }).count(1).noErrors();
 * ```
 */
export class Recorder implements CallObserver {
  readonly #log: RecordLog;
  readonly #reader: RecordReader;
  readonly #capacity: number;
  /** A view of a run's own log adds nothing to it by observing. */
  readonly #viewing: boolean;
  readonly #listeners = new Set<(call: RecordedCall) => void>();
  /** By place among the calls: the number the run's own recording gave it. */
  readonly #runIds = new OrdinalList();
  /** Calls kept, by signature. */
  #counts: number[] = [];
  #count = 0;
  #dropped = 0;
  /** Place of the oldest call kept among all calls of the log. */
  #first = 0;

  /** @throws CloudError `InvalidArgument` when an option is out of range. */
  constructor(options: RecorderOptions = {}, log?: RecordLog) {
    checkObject("options", options);
    const { capacity = 10_000, maxPayloadBytes = 4096, revealSecrets = false } = options;
    this.#capacity = capacity === Infinity ? capacity : checkInteger("capacity", capacity, { min: 1 });
    checkInteger("maxPayloadBytes", maxPayloadBytes, { min: 0, max: 2 ** 28 });
    this.#viewing = log !== undefined;
    this.#log = log ?? new RecordLog({ maxPayloadBytes, revealSecrets, retain: true, callsOnly: true });
    this.#reader = this.#log.reader;
    this.#log.onCall = (id, signature) => this.#added(id, signature);
  }

  /**
   * The calls of a log that somebody else writes, such as a run's: nothing is recorded twice.
   * @internal
   */
  static of(log: RecordLog): Recorder {
    return new Recorder({ capacity: Infinity }, log);
  }

  /** Records a finished call; portable objects and providers do this. */
  observe(call: Call): void {
    if (this.#viewing) return;
    const { recordId, causeId, flowId } = call;
    if (recordId === 0) {
      this.#runIds.push(this.#log.appendCall(call));
      return;
    }
    // The run's own recording has numbered the call, and its deliveries name those numbers; here they stand for this recorder's own.
    this.#runIds.push(recordId);
    call.causeId = this.#ownId(causeId);
    call.flowId = flowId === recordId ? 0 : this.#ownId(flowId);
    this.#log.appendCall(call);
    call.recordId = recordId;
    call.causeId = causeId;
    call.flowId = flowId;
  }

  /**
   * Records a call of the program's own making, and answers its id.
   *
   * ```ts
   * recorder.record({ provider: "aws", service: "mail", operation: "send", input: { to: "a@b.c" }, timestamp: clock.now() });
   * ```
   * @throws CloudError `InvalidArgument` when a name or the timestamp is missing.
   */
  record(entry: CallEntry): number {
    checkObject("entry", entry);
    checkOneOf("provider", entry.provider, CLOUDS);
    checkNonEmptyString("service", entry.service);
    checkNonEmptyString("operation", entry.operation);
    checkDate("timestamp", entry.timestamp);
    checkDuration("durationMs", entry.durationMs ?? 0);
    checkOneOf("door", entry.door ?? "portable", DOORS);
    const { stoppedBy, error } = entry;
    if (stoppedBy !== undefined) checkOneOf("stoppedBy", stoppedBy, STOPPERS);
    if (error !== undefined && !(error instanceof Error)) checkOneOf("error.code", error.code, ERROR_CODES);
    this.#runIds.push(this.#runIds.at(this.#runIds.length - 1));
    return this.#log.appendEntry(entry);
  }

  /** How many calls were dropped because the recorder was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The calls kept, oldest first; with `last`, only that many of the latest. */
  calls({ last = Infinity }: { last?: number } = {}): RecordedCall[] {
    const all = this.#reader.ordinals("call");
    const calls: RecordedCall[] = [];
    for (let i = Math.max(this.#first, all.length - last); i < all.length; i++)
      calls.push(this.#reader.callAt(all.at(i)));
    return calls;
  }

  /** How many calls are kept. */
  callCount(): number {
    return this.#count;
  }

  /** The calls of one operation, oldest first; upper and lower case are the same. */
  callsFor(service: string, operation: string): RecordedCall[] {
    const wanted = new Set(this.#signaturesFor(service, operation));
    const all = this.#reader.ordinals("call");
    const calls: RecordedCall[] = [];
    for (let i = this.#first; i < all.length && wanted.size > 0; i++) {
      const id = all.at(i);
      if (wanted.has(this.#reader.signatureNumberAt(id))) calls.push(this.#reader.callAt(id));
    }
    return calls;
  }

  /** How many calls of one operation are kept; takes no longer when there are many. */
  callCountFor(service: string, operation: string): number {
    return this.#signaturesFor(service, operation).reduce((sum, signature) => sum + (this.#counts[signature] ?? 0), 0);
  }

  /** The latest call; `undefined` when there is none. */
  lastCall(): RecordedCall | undefined {
    return this.calls({ last: 1 })[0];
  }

  /** Forgets all calls. Ids go on from where they were, and what was dropped is no longer counted. */
  reset(): void {
    this.#first = this.#reader.ordinals("call").length;
    this.#counts = [];
    this.#count = 0;
    this.#dropped = 0;
    this.#forget(this.#log.size + 1);
  }

  /** Calls `listener` with each call from now on; answers what stops that. What a listener throws does not reach the caller of the service. */
  subscribe(listener: (call: RecordedCall) => void): () => void {
    checkFunction("listener", listener);
    const entry = (call: RecordedCall): void => listener(call);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** Filters and assertions over the calls kept now. */
  match(): Matcher {
    return new Matcher(this.calls());
  }

  /**
   * How another recording differs from this one: which calls were added, which are gone, and the first that is not the same.
   *
   * ```ts
   * console.log(first.diff(second).first?.path); // "output.etag"
   * ```
   */
  diff(other: Recorder | readonly RecordedCall[]): RecordingDiff {
    return diffCalls(this.calls(), other instanceof Recorder ? other.calls() : other);
  }

  /** This recorder's id of a call by its number in the run's recording; 0 for one it has not seen. */
  #ownId(runId: number): number {
    const place = this.#runIds.rank(runId);
    return runId !== 0 && this.#runIds.at(place) === runId ? this.#reader.ordinals("call").at(place) : 0;
  }

  #signaturesFor(service: string, operation: string): number[] {
    const numbers: number[] = [];
    this.#log.names.signatures.forEach((signature, number) => {
      if (sameName(signature.service, service) && sameName(signature.operation, operation)) numbers.push(number);
    });
    return numbers;
  }

  #added(id: number, signature: number): void {
    this.#counts[signature] = (this.#counts[signature] ?? 0) + 1;
    this.#count++;
    if (this.#count > this.#capacity) this.#dropOldest();
    if (this.#listeners.size > 0) this.#tell(this.#reader.callAt(id));
  }

  #dropOldest(): void {
    const all = this.#reader.ordinals("call");
    const signature = this.#reader.signatureNumberAt(all.at(this.#first));
    this.#counts[signature] = (this.#counts[signature] ?? 1) - 1;
    this.#count--;
    this.#dropped++;
    this.#first++;
    this.#forget(all.at(this.#first));
  }

  /** The records before an ordinal are of no more use, unless somebody else keeps the log. */
  #forget(before: number): void {
    if (!this.#viewing) this.#log.forgetBefore(before);
  }

  #tell(call: RecordedCall): void {
    for (const listener of this.#listeners) {
      try {
        listener(call);
      } catch (error) {
        // As with an event listener: reported, but not to whoever made the call.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
