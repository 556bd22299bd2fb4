import type { ValueRules } from "../contract";
import { refuse } from "../reasons";
import type { Attr } from "../types";
import { admitAttr } from "../values/admit";
import { typeOf } from "../values/type-of";
import type { Change, SetValue } from "./ast";
import { pathText } from "./problems";
import { PathTree } from "./path-tree";
import { stepsOf } from "./paths";

const ACTIONS = ["SET", "REMOVE", "ADD", "DELETE", "APPEND", "SET_IF_ABSENT"];
/** What one cloud calls transforms, and counts. */
const TRANSFORMS: ReadonlySet<unknown> = new Set(["ADD", "DELETE", "APPEND"]);
/** Where the cloud counts none. */
const MAX_ACTIONS = 10_000;

type Fields = Readonly<Record<string, unknown>>;

const no = (argument: string, rule: string): never => refuse("badAction", { argument, rule });

const isSet = (value: Attr): boolean => value instanceof Set;

const literal = (value: Attr): SetValue => ({ kind: "value", value });

function changeOf(action: unknown, argument: string, rules: ValueRules): Change {
  if (typeof action !== "object" || action === null) return no(argument, "an object { action, field, ... }");
  const fields = action as Fields;
  const path = stepsOf(fields["field"], `${argument}.field`, "badAction");
  const admit = (): Attr => {
    if (fields["value"] === undefined) no(`${argument}.value`, "given");
    return admitAttr(`${argument}.value`, fields["value"], rules);
  };
  switch (fields["action"]) {
    case "SET":
      return { kind: "set", path, value: literal(admit()), argument };
    case "REMOVE":
      return { kind: "remove", path, argument };
    case "ADD": {
      const value = admit();
      if (typeOf(value) !== "N" && !isSet(value)) no(`${argument}.value`, "a number or a set");
      return { kind: "add", path, value, argument };
    }
    case "DELETE": {
      const value = admit();
      if (!isSet(value)) no(`${argument}.value`, "a set");
      return { kind: "delete", path, value, argument };
    }
    case "APPEND": {
      const values = fields["values"];
      if (!Array.isArray(values)) return no(`${argument}.values`, "an array of values");
      const second = literal(admitAttr(`${argument}.values`, values, rules));
      return {
        kind: "set",
        path,
        value: { kind: "append", first: { kind: "ifAbsent", path, otherwise: literal([]) }, second },
        argument,
      };
    }
    case "SET_IF_ABSENT":
      return { kind: "set", path, value: { kind: "ifAbsent", path, otherwise: literal(admit()) }, argument };
    default:
      return no(`${argument}.action`, `one of ${ACTIONS.join(", ")}`);
  }
}

/** Portable update actions as changes; refuses `badAction`. */
export function changesOfActions(actions: unknown, rules: ValueRules): { changes: Change[]; tree: PathTree<Change> } {
  if (!Array.isArray(actions)) return no("actions", "an array of update actions, or an expression");
  const max = Math.min(rules.maxUpdateActions, MAX_ACTIONS);
  if (actions.length > max) no("actions", `at most ${max} actions`);
  const transforms = actions.filter((each) => TRANSFORMS.has((each as Fields | null | undefined)?.["action"])).length;
  if (transforms > rules.maxTransforms) no("actions", `at most ${rules.maxTransforms} of ADD, DELETE and APPEND`);
  const changes = Array.from(actions as unknown[], (action, i) => changeOf(action, `actions[${i}]`, rules));
  const tree = new PathTree<Change>();
  for (const change of changes) {
    tree.claim(change.path).value = change;
    const clash = tree.overlap ?? tree.conflict;
    if (clash)
      no(`${change.argument ?? "actions"}.field`, `no part of ${pathText(clash[0])}, which another action changes`);
  }
  return { changes, tree };
}
