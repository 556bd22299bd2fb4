import type { CloudName, ErrorCode } from "../../core/error-codes";
import type { Origin } from "../../core/service/call";
import { matches } from "./deep-match";
import type { RecordedCall } from "./recorded-call";

/** Calls that a failed assertion shows. */
const SHOWN = 10;

/**
 * A failed assertion of a {@link Matcher}: its message names the filters, what was expected, what was found, and up to ten of the calls.
 *
 * ```ts
 * try {
 *   recorder.match().operation("putObject").count(2);
 * } catch (err) {
 *   if (err instanceof MatchError) console.log(err.expected, err.actual); // "exactly 2 calls" "1 call"
 * }
 * ```
 */
export class MatchError extends Error {
  override readonly name = "MatchError";
  constructor(
    /** The filters in the order they were applied. */
    readonly filters: readonly string[],
    /** What the assertion asked for. */
    readonly expected: string,
    /** What there was. */
    readonly actual: string,
    /** The calls that were matched, at most ten of them. */
    readonly calls: readonly RecordedCall[],
  ) {
    const what = filtersText(filters);
    const lines = calls.map((call) => `\n  ${describe(call)}`).join("");
    super(`expected ${expected}, found ${actual} (${what})${lines}`);
  }
}

/** How an assertion came out. */
export interface Verdict {
  readonly holds: boolean;
  readonly filters: readonly string[];
  readonly expected: string;
  readonly actual: string;
  /** The calls to show if it does not hold. */
  readonly calls: readonly RecordedCall[];
}

/**
 * Filters and assertions over the calls a recorder had when `match()` was called. A filter answers a new matcher; an assertion answers the same one or
 * throws {@link MatchError}. Those of `expect()` do not throw: they are lines of the run's report.
 *
 * ```ts
 * recorder.match().service("storage").operation("putObject").withInput({ bucket: "photos" }).count(3).noErrors();
 * recorder.match().inOrder(["createBucket", "putObject", "getObject"]);
 * ```
 */
export class Matcher {
  readonly #calls: readonly RecordedCall[];
  readonly #filters: readonly string[];
  readonly #judge: (verdict: Verdict) => void;

  /** Use `recorder.match()`, or `expect()`. */
  constructor(calls: readonly RecordedCall[], filters: readonly string[] = [], judge = throwUnlessHolds) {
    this.#calls = calls;
    this.#filters = filters;
    this.#judge = judge;
  }

  /** How many calls match. */
  get size(): number {
    return this.#calls.length;
  }

  /** The calls that match, oldest first. */
  calls(): RecordedCall[] {
    return [...this.#calls];
  }

  /** Calls of one service, such as `storage`; upper and lower case are the same. */
  service(service: string): Matcher {
    return this.#filter(`service ${service}`, (call) => sameName(call.service, service));
  }

  /** Calls of one operation, such as `putObject`; upper and lower case are the same. */
  operation(operation: string): Matcher {
    return this.#filter(`operation ${operation}`, (call) => sameName(call.operation, operation));
  }

  /** Calls on one cloud. */
  provider(provider: CloudName): Matcher {
    return this.#filter(`provider ${provider}`, (call) => sameName(call.provider, provider));
  }

  /** Calls started by programs (`client`), other services (`delivery`) or the clock. */
  origin(origin: Origin): Matcher {
    return this.#filter(`origin ${origin}`, (call) => call.origin === origin);
  }

  /** Calls whose input has these fields with these values, at any depth; lists must be equal in length. */
  withInput(partial: Readonly<Record<string, unknown>>): Matcher {
    return this.#filter(`input ${brief(partial)}`, (call) => matches(call.input, partial));
  }

  /** Calls that failed with a portable code; `"OK"` for those that did not fail. */
  withError(code: ErrorCode | "OK"): Matcher {
    return this.#filter(`error ${code}`, (call) => call.errorCode === code);
  }

  /** Calls that began at `from` or later, and before `to`. */
  between(from: Date, to: Date): Matcher {
    const [start, end] = [from.getTime(), to.getTime()];
    return this.#filter(`from ${from.toISOString()} to ${to.toISOString()}`, ({ timestamp }) => {
      const at = timestamp.getTime();
      return at >= start && at < end;
    });
  }

  /** Calls that a function picks. */
  where(predicate: (call: RecordedCall) => boolean): Matcher {
    return this.#filter("where", predicate);
  }

  /** Exactly `n` calls match. */
  count(n: number): this {
    return this.#assert(this.size === n, `exactly ${calls(n)}`);
  }

  /** `n` calls or more match. */
  atLeast(n: number): this {
    return this.#assert(this.size >= n, `at least ${calls(n)}`);
  }

  /** No more than `n` calls match. */
  atMost(n: number): this {
    return this.#assert(this.size <= n, `at most ${calls(n)}`);
  }

  /** At least one call matches. */
  hasCalls(): this {
    return this.#assert(this.size > 0, "at least one call");
  }

  /** No call matches. */
  noCalls(): this {
    return this.#assert(this.size === 0, "no calls");
  }

  /** None of the calls failed. */
  noErrors(): this {
    const failed = this.#calls.filter((call) => call.errorCode !== "OK");
    return this.#assert(failed.length === 0, "no errors", `${calls(failed.length)} that failed`, failed);
  }

  /** All of the calls failed; true of none. */
  allErrored(): this {
    const passed = this.#calls.filter((call) => call.errorCode === "OK");
    return this.#assert(passed.length === 0, "only errors", `${calls(passed.length)} without error`, passed);
  }

  /** These operations occur in this order, with anything before, between and after. */
  inOrder(operations: readonly string[]): this {
    let next = 0;
    for (const call of this.#calls) {
      const wanted = operations[next];
      if (wanted !== undefined && sameName(call.operation, wanted)) next++;
    }
    const missing = operations[next];
    const found = missing === undefined ? "" : `no ${missing} after ${next === 0 ? "the start" : operations[next - 1]}`;
    return this.#assert(missing === undefined, `${operations.join(", ")} in this order`, found);
  }

  #filter(name: string, keep: (call: RecordedCall) => boolean): Matcher {
    return new Matcher(this.#calls.filter(keep), [...this.#filters, name], this.#judge);
  }

  #assert(holds: boolean, expected: string, actual = calls(this.size), shown = this.#calls): this {
    this.#judge({ holds, filters: this.#filters, expected, actual, calls: shown.slice(0, SHOWN) });
    return this;
  }
}

function throwUnlessHolds({ holds, filters, expected, actual, calls }: Verdict): void {
  if (!holds) throw new MatchError(filters, expected, actual, calls);
}

const calls = (n: number): string => (n === 1 ? "1 call" : `${n} calls`);
export const sameName = (a: string, b: string): boolean => a === b || a.toLowerCase() === b.toLowerCase();

/** What an assertion is about: `service storage, operation putObject`. */
export const filtersText = (filters: readonly string[]): string =>
  filters.length === 0 ? "all calls" : filters.join(", ");

/** A call on one line. */
export function describe(call: RecordedCall): string {
  const outcome = call.error === undefined ? "OK" : `${call.errorCode}: ${call.error.message}`;
  return `#${call.id} ${call.provider} ${call.service}.${call.operation} ${brief(call.input)} -> ${outcome}`;
}

function brief(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Uint8Array) return `<${inner.length} bytes>`;
    return typeof inner === "bigint" ? `${inner}n` : inner;
  });
  return text === undefined ? "" : text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
