import { args } from "./input";
import { LATEST, type Settings, type State, type StoredFunction } from "./state";

/** What a function's name, with or without a qualifier, or ARN says. */
export interface Reference {
  readonly name: string;
  readonly qualifier?: string | undefined;
}

/** A function in one version: what is run, and what it was asked for as. */
export interface Target {
  readonly function: StoredFunction;
  /** What runs: the function's own settings or those of a version. */
  readonly settings: Settings;
  readonly version: string;
  /** As it was asked for. */
  readonly qualifier: string | undefined;
  /** With the qualifier that was asked for. */
  readonly arn: string;
}

const DIGITS = /^\d+$/;

/** Reads any form of a function's name; what names nothing reads as a name that no function has. */
export function readReference(state: State, value: unknown, argument = "functionName"): Reference {
  const text = args.text(argument, value);
  const fromArn = state.dialect.readArn(text, state.context.account);
  if (fromArn) return fromArn;
  const colon = text.indexOf(":");
  return colon > 0 ? { name: text.slice(0, colon), qualifier: text.slice(colon + 1) } : { name: text };
}

/** The name alone, of an operation on the function as a whole. */
export const functionNameOf = (state: State, value: unknown, argument?: string): string =>
  readReference(state, value, argument).name;

/** The function and version that a reference stands for now; an alias with a routing draws, if it is to. */
export function targetOf(state: State, { name, qualifier }: Reference, draws = true): Target {
  const stored = state.function(name);
  if (qualifier === undefined || qualifier === LATEST) {
    const settings = stored.previous ?? stored;
    const arn = qualifier === undefined ? stored.arn : `${stored.arn}:${LATEST}`;
    return { function: stored, settings, version: LATEST, qualifier, arn };
  }
  const { dialect } = state;
  if (DIGITS.test(qualifier)) {
    const settings = state.version(name, qualifier);
    const arn = dialect.qualifiedArn(stored.arn, qualifier, "version");
    return { function: stored, settings, version: qualifier, qualifier, arn };
  }
  const { functionVersion, routing, arn } = state.alias(name, qualifier);
  const drawn = draws && routing !== undefined && state.context.random.next() < routing.weight;
  const version = drawn ? routing.additionalVersion : functionVersion;
  const settings = version === LATEST ? (stored.previous ?? stored) : state.version(name, version);
  return { function: stored, settings, version, qualifier, arn };
}

/** Refuses what names no version or alias that there is. */
export function checkQualifier(state: State, { name, qualifier }: Reference): void {
  state.function(name);
  if (qualifier === undefined || qualifier === LATEST) return;
  if (DIGITS.test(qualifier)) state.version(name, qualifier);
  else state.alias(name, qualifier);
}
