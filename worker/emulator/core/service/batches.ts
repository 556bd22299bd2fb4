import { Arguments } from "./arguments";
import type { Call } from "./call";
import { Refusal, errorOfRefusal, type ReasonTables } from "./refusal";

/** One entry of a batch that was refused; the others are not affected. */
export interface BatchFail {
  /** The entry's own. */
  id: string;
  /** Portable code: `InvalidArgument`. */
  code: string;
  nativeCode: string;
  message: string;
  /** Whether the sender is to blame: the same entry would be refused again. */
  senderFault: boolean;
}

/** How an engine refuses a batch as a whole, each with a reason of its own. */
export interface BatchRefusals {
  /** Not an array of objects with an id. */
  shape(argument: string, rule: string): never;
  empty(): never;
  tooMany(count: number): never;
  id(id: string): never;
  sameId(id: string): never;
}

const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** The entries of a batch, each an object with an id of its own: everything that is asked of any batch. */
export function batchEntries(
  value: unknown,
  max: number,
  refusals: BatchRefusals,
): (Readonly<Record<string, unknown>> & { readonly id: string })[] {
  const shape = new Arguments((argument, rule) => refusals.shape(argument, rule));
  const entries = shape.list("entries", value, (entry, argument) => {
    const fields = shape.object(argument, entry);
    const id = fields["id"];
    return { ...fields, id: typeof id === "string" ? id : shape.complain(`${argument}.id`, "a text") };
  });
  if (entries.length === 0) refusals.empty();
  if (entries.length > max) refusals.tooMany(entries.length);
  const ids = new Set<string>();
  for (const { id } of entries) {
    if (!ENTRY_ID.test(id)) refusals.id(id);
    if (ids.has(id)) refusals.sameId(id);
    ids.add(id);
  }
  return entries;
}

/** Does one entry after the other: one that is refused is told of, and the rest go on. An entry must be refused before it has changed anything. */
export function eachEntry<E extends { readonly id: string }, R>(
  call: Call,
  tables: ReasonTables,
  entries: readonly E[],
  act: (entry: E) => R,
): { successful: R[]; failed: BatchFail[] } {
  const successful: R[] = [];
  const failed: BatchFail[] = [];
  for (const entry of entries) {
    try {
      successful.push(act(entry));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      const { code, nativeCode = code, message, retryable, httpStatus } = errorOfRefusal(refusal, tables, call);
      failed.push({ id: entry.id, code, nativeCode, message, senderFault: !retryable && httpStatus < 500 });
    }
  }
  return { successful, failed };
}
