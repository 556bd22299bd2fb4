import { utf8Length } from "../../../core/bytes";
import type { ValueRules } from "../contract";
import { refuse } from "../reasons";
import type { Attr } from "../types";
import { admitAttr } from "../values/admit";
import type { Steps } from "./ast";
import { say, type Problems } from "./problems";
import { isReserved } from "./reserved-words";
import type { PathNode } from "./syntax";

const MAX_ALIAS_BYTES = 255;
/** How many steps a path may have: as many as an item has levels. */
const MAX_STEPS = 32;

const ALIAS = /^#[A-Za-z0-9_]+$/;
const PLACEHOLDER = /^:[A-Za-z0-9_]+$/;

type Entries = ReadonlyMap<string, unknown>;

function entriesOf(map: unknown, name: string, key: RegExp): Entries {
  if (map === undefined) return new Map();
  if (typeof map !== "object" || map === null || Array.isArray(map))
    return refuse("badFilter", { argument: name, rule: "an object" });
  const entries = new Map<string, unknown>(Object.entries(map));
  if (entries.size === 0) return say(`${name} must not be empty`);
  for (const each of entries.keys()) {
    if (!key.test(each)) return say(`${name} contains invalid key: Syntax error; key: "${each}"`);
    if (utf8Length(each) > MAX_ALIAS_BYTES)
      return say(
        `${name} contains invalid key: The expression attribute map contains a key that is too long; key: "${each}"`,
      );
  }
  return entries;
}

/** The `#` and `:` entries that come with an expression, and which of them it has used. */
export class Placeholders {
  readonly #names: Entries;
  readonly #values = new Map<string, Attr>();
  readonly #used = new Set<string>();

  constructor(
    { expression, names, values }: { expression?: unknown; names?: unknown; values?: unknown },
    rules: ValueRules,
  ) {
    if (expression === undefined) {
      if (names !== undefined) say("ExpressionAttributeNames can only be specified when using expressions");
      if (values !== undefined) say("ExpressionAttributeValues can only be specified when using expressions");
    }
    this.#names = entriesOf(names, "ExpressionAttributeNames", ALIAS);
    for (const [alias, name] of this.#names)
      if (typeof name !== "string" || name === "")
        refuse("badFilter", { argument: `names[${JSON.stringify(alias)}]`, rule: "the name of an attribute" });
    for (const [key, value] of entriesOf(values, "ExpressionAttributeValues", PLACEHOLDER))
      this.#values.set(key, admitAttr(`values[${JSON.stringify(key)}]`, value, rules));
  }

  /** Refuses a path with a reserved word in it. */
  checkWords({ steps }: PathNode, problems: Problems): void {
    for (const step of steps)
      if (typeof step === "string" && !step.startsWith("#") && isReserved(step)) problems.reserved(step);
  }

  checkNames(node: PathNode, problems: Problems): void {
    for (const step of node.steps)
      if (typeof step === "string" && step.startsWith("#")) {
        this.#used.add(step);
        if (!this.#names.has(step)) problems.undefinedName(step);
      }
    if (node.steps.length > MAX_STEPS) problems.pathTooDeep(node.steps.length);
  }

  checkValue(name: string, problems: Problems): void {
    this.#used.add(name);
    if (!this.#values.has(name)) problems.undefinedValue(name);
  }

  /** The path that was meant; its names are known to be there. */
  path(node: PathNode): Steps {
    return node.steps.map((step) =>
      typeof step === "string" && step.startsWith("#") ? (this.#names.get(step) as string) : step,
    );
  }

  value(name: string): Attr {
    return this.#values.get(name) as Attr;
  }

  /** What the cloud says of entries that nothing used. */
  unused(): string[] {
    const texts: string[] = [];
    for (const [map, entries] of [["Names", this.#names] as const, ["Values", this.#values] as const]) {
      const left = [...entries.keys()].filter((key) => !this.#used.has(key));
      if (left.length > 0)
        texts.push(`Value provided in ExpressionAttribute${map} unused in expressions: keys: {${left.join(", ")}}`);
    }
    return texts;
  }
}
