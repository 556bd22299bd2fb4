import type { Refuse } from "../../../core/service/refusal";
import type { DatabaseReason } from "../reasons";
import { refuse } from "../reasons";
import type { Attr, Item } from "../types";
import { entryOf, isMap } from "../values/type-of";
import type { Steps } from "./ast";

/** What is at a place; `undefined` when nothing is. */
export function valueAt(item: Item | undefined, path: Steps): Attr | undefined {
  let value: Attr | undefined = item;
  for (const step of path) {
    if (typeof step === "number") value = Array.isArray(value) ? value[step] : undefined;
    else value = isMap(value) ? entryOf(value, step) : undefined;
    if (value === undefined) return undefined;
  }
  return value;
}

/** Longer than any item is deep. */
const MAX_STEPS = 200;
const PATH_RULE = "the name of an attribute, or an array of its name and of names and positions (0 or more) inwards";

const isStep = (step: unknown): boolean =>
  (typeof step === "string" && step !== "") || (Number.isSafeInteger(step) && (step as number) >= 0);

/** The steps of a portable path. */
export function stepsOf(path: unknown, argument: string, reason: "badFilter" | "badAction" | "badArgument"): Steps {
  if (typeof path === "string" && path !== "") return [path];
  if (Array.isArray(path) && path.length > 0 && path.length <= MAX_STEPS && typeof path[0] === "string") {
    const steps: unknown[] = Array.from(path as unknown[]);
    if (steps.every(isStep)) return steps as (string | number)[];
  }
  const no: Refuse<DatabaseReason> = refuse;
  return no(reason, { argument, rule: PATH_RULE });
}
