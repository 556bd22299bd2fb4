/**
 * Why something is no pattern. `at` is the place inside it (`.detail.total[0]`, empty for the whole), and `rule` completes "it must be ...", so that an
 * engine can refuse with a reason of its own.
 */
export class PatternError extends Error {
  override readonly name = "PatternError";

  constructor(
    readonly at: string,
    readonly rule: string,
  ) {
    super(`pattern${at} must be ${rule}`);
  }
}

/** Stops reading a pattern. */
export function malformed(at: string, rule: string): never {
  throw new PatternError(at, rule);
}

const PLAIN_NAME = /^[\w$-]+$/;
/** Longest piece of a name that a message shows. */
const EXCERPT = 40;

/** The place of a name inside a place. */
export function inside(at: string, name: string): string {
  if (PLAIN_NAME.test(name) && name.length <= EXCERPT) return `${at}.${name}`;
  return `${at}[${JSON.stringify(name.length > EXCERPT ? `${name.slice(0, EXCERPT)}...` : name)}]`;
}
