import { inside, malformed } from "./pattern-error";
import { readLeaf, type Leaf } from "./matchers";
import type { PatternRules } from "./rules";
import { isFields, type Fields } from "./source";

/** A place in a pattern: what must hold of what an event has there. */
export interface Branch {
  /** Lists that were written here; each must hold. */
  readonly leaves: Leaf[];
  readonly fields: Map<string, Branch>;
  /** `fields`, once all of the pattern is read. */
  entries: readonly (readonly [name: string, field: Branch])[];
  /** Each `$or`: one of its ways must hold of the same object. */
  readonly either: Branch[][];
  /** Whether what is below it holds of an event that has no object here. */
  objectMayLack: boolean;
}

export const OR = "$or";

const newBranch = (): Branch => ({ leaves: [], fields: new Map(), entries: [], either: [], objectMayLack: true });

/** The branch of a name below another one; made when it is not there yet. */
function below(branch: Branch, name: string): Branch {
  let found = branch.fields.get(name);
  if (!found) branch.fields.set(name, (found = newBranch()));
  return found;
}

/** Reads an object of a pattern into a branch that may have parts already: `{"a.b": ..., "a": {"c": ...}}` is about one `a`. */
function readInto(branch: Branch, fields: Fields, at: string, depth: number, rules: PatternRules): void {
  const names = Object.keys(fields);
  if (names.length === 0) malformed(at, "an object with at least one name");
  for (const name of names) {
    const value = fields[name];
    const place = inside(at, name);
    if (name === OR) {
      branch.either.push(readWays(value, place, depth, rules));
      continue;
    }
    const path = rules.scope === "flat" ? [name] : name.split(".");
    const reached = depth + path.length;
    if (reached > rules.maxDepth) malformed(place, `at most ${rules.maxDepth} levels deep`);
    let target = branch;
    for (const step of path) target = below(target, step);
    if (Array.isArray(value)) target.leaves.push(readLeaf(value, place, rules));
    else if (rules.scope === "flat") malformed(place, "a list of values");
    else if (isFields(value)) readInto(target, value, place, reached, rules);
    else malformed(place, "a list of values, or an object");
  }
}

function readWays(value: unknown, at: string, depth: number, rules: PatternRules): Branch[] {
  if (!Array.isArray(value) || value.length < 2) return malformed(at, "a list of two or more patterns");
  return (value as unknown[]).map((way, i) => {
    const place = `${at}[${i}]`;
    if (!isFields(way)) return malformed(place, "an object");
    // Ways within ways take room in the text, and thereby have a depth of their own.
    const branch = newBranch();
    readInto(branch, way, place, depth, rules);
    return branch;
  });
}

/** Whether everything below holds where there is nothing. */
function settle(branch: Branch): boolean {
  let mayLack = true;
  branch.entries = [...branch.fields];
  for (const [, field] of branch.entries) {
    const inner = settle(field);
    if (!inner || !field.leaves.every(({ takesAbsent }) => takesAbsent)) mayLack = false;
  }
  for (const ways of branch.either) if (!ways.map(settle).some(Boolean)) mayLack = false;
  branch.objectMayLack = mayLack;
  return mayLack;
}

/** Reads a whole pattern. */
export function readBranch(fields: Fields, rules: PatternRules): Branch {
  const branch = newBranch();
  if (!rules.takesEmpty || Object.keys(fields).length > 0) readInto(branch, fields, "", 0, rules);
  settle(branch);
  return branch;
}
