import type {
  ResourceCondition,
  ResourceField,
  ResourceKind,
} from "../../../../worker/emulator/core/service/resources";
import type { StoreAt } from "../../../run/cloud-at";
import { valueAt } from "../content";
import { showField } from "../show-field";
import { nameOf, type ResourceNode } from "../tree";

/** What is in a resource, of one kind, in the order of its keys. Nothing is read before it is asked for. */
export class Children {
  readonly #from: number;
  readonly #to: number;

  constructor(
    readonly kind: ResourceKind,
    /** As recordings call it. */
    readonly storeName: string,
    private readonly store: StoreAt | undefined,
    prefix: string,
  ) {
    [this.#from, this.#to] = store?.range(prefix) ?? [0, 0];
  }

  get length(): number {
    return this.#to - this.#from;
  }

  slice(from: number, to: number): Child[] {
    const children: Child[] = [];
    for (let at = this.#from + from; at < Math.min(this.#to, this.#from + to); at++) {
      const key = this.store?.keyAt(at);
      if (key === undefined) break;
      children.push({ key, name: nameOf(this.kind, key), value: this.store?.valueOf(key) });
    }
    return children;
  }
}

export interface Child {
  readonly key: string;
  readonly name: string;
  readonly value: unknown;
}

/** The children of a kind, as the cloud had them; undefined when its service has no such kind. */
export function childrenOf({ account, key }: ResourceNode, kindName: string): Children | undefined {
  const { instance, service, stores } = account;
  const kind = service.resources.find((it) => it.kind === kindName);
  return kind && new Children(kind, `${instance}/${service.service}/${kind.store}`, stores.get(kind.store), key);
}

const holds = (value: unknown, { path, is }: ResourceCondition, nowMs: number): boolean => {
  const found = valueAt(value, path);
  if (is === "ahead") return typeof found === "number" && found > nowMs;
  return (found !== undefined) === (is === "present");
};

/** The state that a stored value is in at a moment; undefined for kinds without any. */
export const stateOf = ({ states = [] }: ResourceKind, value: unknown, nowMs: number): string | undefined =>
  states.find(({ when = [] }) => when.every((condition) => holds(value, condition, nowMs)))?.state;

/** The fields behind columns. */
export const columnsOf = ({ fields }: ResourceKind, paths: readonly string[]): ResourceField[] =>
  paths.flatMap((path) => fields.find((field) => field.path === path) ?? []);

export const cellOf = (value: unknown, field: ResourceField): string => {
  const found = valueAt(value, field.path);
  return found === undefined ? "" : showField(found, field.format, 80);
};

/** The names of first columns, then of all that items have, the most usual before others. */
export function columnNames(first: readonly string[], items: readonly Readonly<Record<string, unknown>>[]): string[] {
  const uses = new Map<string, number>();
  for (const item of items) for (const name of Object.keys(item)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const rest = [...uses].filter(([name]) => !first.includes(name)).sort((a, b) => b[1] - a[1]);
  return [...first, ...rest.map(([name]) => name)];
}
