import { checkObject, invalid } from "../core/check";
import { describe, filtersText, Matcher, type Verdict } from "../features/recording/matcher";
import type { RecordedCall } from "../features/recording/recorded-call";
import type { Recorder } from "../features/recording/recorder";

/** What `expect` can be asked about. */
type Recording = Recorder | Matcher | readonly RecordedCall[];

type WriteCheck = (name: string, passed: boolean, detail: unknown) => void;

/** A matcher whose assertions are lines of the run's report: they pass or fail, and never throw. */
export function expectation(recording: Recording, check: WriteCheck): Matcher {
  return new Matcher(callsOf(recording), [], (verdict) =>
    check(nameOf(verdict), verdict.holds, verdict.holds ? undefined : detailOf(verdict)),
  );
}

function callsOf(recording: Recording): readonly RecordedCall[] {
  if (Array.isArray(recording)) return recording as readonly RecordedCall[];
  const { calls } = checkObject("recording", recording);
  if (typeof calls !== "function") invalid("recording", "a recorder, a matcher or a list of calls", recording);
  return (recording as Recorder | Matcher).calls();
}

/** `service storage, operation putObject: exactly 3 calls`. */
const nameOf = ({ filters, expected }: Verdict): string => `${filtersText(filters)}: ${expected}`;

const detailOf = ({ expected, actual, calls }: Verdict): Record<string, unknown> => ({
  expected,
  actual,
  ...(calls.length > 0 && { calls: calls.map(describe) }),
});
