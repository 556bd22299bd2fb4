import type { Call } from "../../core/service/call";
import { Refusal } from "../../core/service/refusal";
import type { EngineOf } from "../../core/service/operations";
import type { Fields } from "../../core/service/arguments";
import { splitKey } from "../../core/store/keys";
import type { DatabaseDriver } from "./driver";
import {
  checkLeftovers,
  compileCondition,
  compileProjection,
  compileUpdate,
  project,
  type CompiledCondition,
  type CompiledUpdate,
  type Leftovers,
} from "./expressions";
import { args, batchArgs, tableName } from "./input";
import { checkTargets, updated } from "./items";
import type { Parts } from "./parts";
import { messageOf, refuse, type DatabaseReason } from "./reasons";
import type { StoredTable } from "./state";
import { fingerprintOf, Tokens } from "./tokens";
import type { CancellationReason, Item, Key } from "./types";
import { admitItem, copyItem, measure } from "./values";
import {
  commit,
  deletionOf,
  detailsOf,
  objection,
  slotOfItem,
  slotOfKey,
  writeOf,
  type Demands,
  type Slot,
  type Write,
} from "./write";

type Kind = "put" | "update" | "delete" | "check";
const KINDS: readonly Kind[] = ["put", "update", "delete", "check"];

/** One step as it was given, its expressions understood: nothing has been looked up. */
interface Step {
  readonly kind: Kind;
  readonly table: string;
  /** The item of a put, else the key. */
  readonly subject: unknown;
  readonly update: CompiledUpdate | undefined;
  readonly condition: CompiledCondition | undefined;
}

/** One step against what is there. */
interface Planned {
  readonly slot?: Slot;
  /** Absent for a mere check, and for what failed. */
  readonly write?: Write;
  readonly size: number;
  readonly failure?: CancellationReason;
}

/** Faults of one step's own data, which cancel the transaction instead of refusing the call. */
const OWN_FAULTS: readonly DatabaseReason[] = ["badKey", "itemTooLarge", "badAction", "badExpression", "keyAsTarget"];
const NOT_THERE: readonly DatabaseReason[] = ["noSuchItem", "conditionFailed"];
const NONE: CancellationReason = { code: "None" };

const isOf = (list: readonly DatabaseReason[], reason: string): reason is DatabaseReason =>
  list.some((each) => each === reason);

/** The operations that do all or nothing. */
export function transactions(
  parts: Parts,
): Pick<EngineOf<DatabaseDriver>, "transactWriteItems" | "transactWrite" | "transactGet"> {
  const { state, capacity, commits } = parts;
  const { dialect } = state;
  const tokens = new Tokens(state);

  function stepOf(value: unknown, at: string): Step {
    const fields = batchArgs.object(at, value);
    const kinds = KINDS.filter((kind) => fields[kind] !== undefined);
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) return batchArgs.complain(at, `exactly one of ${KINDS.join(", ")}`);
    const step = batchArgs.object(`${at}.${kind}`, fields[kind]);
    const leftovers: Leftovers = [];
    const update = kind === "update" ? compileUpdate(step["actions"], dialect, leftovers) : undefined;
    const condition =
      step["condition"] === undefined
        ? undefined
        : compileCondition("ConditionExpression", step["condition"], dialect, leftovers);
    checkLeftovers(leftovers);
    if (kind === "check" && condition === undefined) batchArgs.complain(`${at}.check.condition`, "there");
    const subject = step[kind === "put" ? "item" : "key"];
    return { kind, table: args.text(`${at}.${kind}.table`, step["table"]), subject, update, condition };
  }

  function checkCount(count: number): void {
    if (count === 0) batchArgs.complain("a transaction", "of at least one operation");
    if (count > dialect.maxTransactionOps)
      batchArgs.complain("a transaction", `of at most ${dialect.maxTransactionOps} operations, not ${count}`);
  }

  /** What a step would do; a fault of its own becomes its reason. */
  function plan({ kind, table: name, subject, update, condition }: Step): Planned {
    const table = state.table(name);
    const demands: Demands = { condition, ifMatch: undefined, returnOldOnFailure: false };
    let slot: Slot | undefined;
    let size = 0;
    try {
      if (kind === "put") {
        const admitted = admitItem(subject, dialect);
        size = admitted.size;
        slot = slotOfItem(parts, table, admitted.item);
        const write = writeOf(parts, slot, admitted.item, size);
        throwIf(objection(slot, admitted.item, demands, dialect));
        return { slot, write, size };
      }
      const key = args.object("key", subject) as Key;
      slot = slotOfKey(parts, table, key);
      size = slot.old?.size ?? 0;
      if (update) checkTargets(update, table);
      throwIf(objection(slot, key, demands, dialect));
      if (kind === "check") return { slot, size };
      if (kind === "delete") {
        if (slot.old === undefined && !dialect.toleratesMissing) throw new Refusal("noSuchItem", detailsOf(table, key));
        return { slot, write: deletionOf(slot), size };
      }
      const next = updated(parts, slot, slot.old ? key : admitItem(key, dialect).item, update as CompiledUpdate);
      return { slot, write: writeOf(parts, slot, next.item, next.size), size: next.size };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const failure = failureOf(error, slot);
      return { ...(slot && { slot }), size, failure };
    }
  }

  function failureOf(error: Refusal, slot: Slot | undefined): CancellationReason {
    const { reason, details } = error;
    if (!isOf([...OWN_FAULTS, ...NOT_THERE], reason)) throw error;
    const code = isOf(NOT_THERE, reason) ? "ConditionalCheckFailed" : "ValidationError";
    const item = code === "ConditionalCheckFailed" && slot?.old ? { item: copyItem(slot.old.item) } : {};
    return { code, message: messageOf(reason, details), ...item };
  }

  function checkPlaces(plans: readonly Pick<Planned, "slot">[]): void {
    const seen = new Set<string>();
    let partition: string | undefined;
    for (const { slot } of plans) {
      if (slot === undefined) continue;
      if (seen.has(slot.key))
        batchArgs.complain("a transaction", "of operations on different items: one is there twice");
      seen.add(slot.key);
      const its = splitKey(slot.key).slice(0, 2).join("/");
      partition ??= its;
      if (dialect.onePartition && its !== partition)
        batchArgs.complain("a transaction", "within one partition of one table");
    }
  }

  function cancel(found: readonly CancellationReason[]): never {
    const codes = found.map(({ code }) => code).join(", ");
    const text = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
    return refuse("transactionCancelled", { text, reasons: found });
  }

  /** Takes what all of it consumes; what goes beyond a table's budget cancels it. */
  function chargeAll(plans: readonly Planned[]): void {
    const starved = plans.map(({ slot, write }): CancellationReason => {
      if (slot === undefined) return NONE;
      const old = slot.old?.size ?? 0;
      const units = write ? commits.cost(write, true) : dialect.writeUnits(old, old, true);
      if (capacity.take(slot.table, "write", units)) return NONE;
      return {
        code: "ProvisionedThroughputExceeded",
        message: `table ${slot.table.name} has no more write capacity for now`,
      };
    });
    if (starved.some((reason) => reason !== NONE)) cancel(starved);
  }

  function perform(call: Call, steps: readonly Step[], token: string | undefined, asked: unknown): void {
    checkCount(steps.length);
    for (const { table } of steps) state.tableOfItems(table);
    const print = token === undefined ? undefined : fingerprintOf(asked);
    if (token !== undefined && print !== undefined && tokens.isDone(token, print)) return;
    const plans = steps.map(plan);
    checkPlaces(plans);
    const size = plans.reduce((sum, planned) => sum + planned.size, 0);
    if (size > dialect.maxTransactionBytes) refuse("tooLarge", { size, max: dialect.maxTransactionBytes });
    if (plans.some(({ failure }) => failure)) cancel(plans.map(({ failure }) => failure ?? NONE));
    chargeAll(plans);
    for (const { write } of plans) if (write) commit(parts, call, write);
    if (token !== undefined && print !== undefined) tokens.remember(token, print);
  }

  const tokenOf = (options: Fields): string | undefined =>
    options["idempotencyToken"] === undefined
      ? undefined
      : args.text("idempotencyToken", options["idempotencyToken"], MAX_TOKEN_LENGTH);

  return {
    transactWriteItems(call, name, items, options) {
      const table = tableName(name);
      const { puts = [], deletes = [] } = args.object("items", items);
      const token = tokenOf(args.options(options));
      const step = (kind: "put" | "delete") => (subject: unknown) => ({
        kind,
        table,
        subject,
        update: undefined,
        condition: undefined,
      });
      const steps = [
        ...batchArgs.list("items.puts", puts, step("put")),
        ...batchArgs.list("items.deletes", deletes, step("delete")),
      ];
      perform(call, steps, token, [table, puts, deletes]);
    },

    transactWrite(call, operations, options) {
      const token = tokenOf(args.options(options));
      perform(call, batchArgs.list("operations", operations, stepOf), token, operations);
    },

    transactGet(_call, gets, options) {
      args.options(options);
      const asked = batchArgs.list("gets", gets, (value, at) => {
        const { table, key, projection } = batchArgs.object(at, value);
        return {
          table: args.text(`${at}.table`, table),
          key: batchArgs.object(`${at}.key`, key) as Key,
          projection: projection === undefined ? undefined : compileProjection(projection, dialect),
        };
      });
      checkCount(asked.length);
      const tables: StoredTable[] = asked.map(({ table }) => state.tableOfItems(table));
      const slots = asked.map(({ key }, i) => slotOfKey(parts, tables[i] as StoredTable, key));
      checkPlaces(slots.map((slot) => ({ slot })));
      const size = slots.reduce((sum, { old }) => sum + (old ? measure(old.item, dialect) : 0), 0);
      if (size > dialect.maxTransactionBytes) refuse("tooLarge", { size, max: dialect.maxTransactionBytes });
      return slots.map(({ table, old }, i): Item | undefined => {
        capacity.charge(table, "read", dialect.readUnits(old?.size ?? 0, { consistent: true, transactional: true }));
        const projection = asked[i]?.projection;
        return old && (projection ? project(projection, old.item) : copyItem(old.item));
      });
    },
  };
}

const MAX_TOKEN_LENGTH = 36;

function throwIf(refusal: Refusal | undefined): void {
  if (refusal) throw refusal;
}
