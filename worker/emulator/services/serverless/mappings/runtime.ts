import type { Flow, Place } from "../../../core/flow/contract";
import type { Call } from "../../../core/service/call";
import { tupleKey } from "../../../core/store/keys";
import type { Concurrency } from "../concurrency";
import { DELIVERED, type Delivered } from "../invoking";
import { readReference } from "../names";
import { LATEST, type State, type StoredMapping } from "../state";
import type { InvokeOutput } from "../types";
import { FUNCTION_ERROR, OK, THROTTLED } from "./info";

/** Where a chain begins that nothing is known of. */
export const nowhere = (): Place => ({ cause: 0, flow: 0, depth: 0 });

/** What everything that serves mappings shares. What runs is no state: `resume` begins anew from what is stored. */
export class Runtime {
  /** What stands in a mapping's way now. */
  readonly problems = new Map<string, string>();

  constructor(
    readonly state: State,
    readonly flow: Flow,
    readonly concurrency: Concurrency,
  ) {}

  /** The mapping, if it is to act. */
  enabled(uuid: string): StoredMapping | undefined {
    const mapping = this.state.mappings.get(tupleKey(uuid));
    return mapping?.state === "Enabled" ? mapping : undefined;
  }

  /** The name of a mapping's function, if it is there. */
  functionOf({ functionName }: StoredMapping): { readonly name: string; readonly arn: string } | undefined {
    const { name, qualifier } = readReference(this.state, functionName);
    const stored = this.state.functions.get(tupleKey(name));
    if (!stored) return undefined;
    if (qualifier === undefined || qualifier === LATEST) return { name, arn: stored.arn };
    if (!this.state.hasQualifier(name, qualifier)) return undefined;
    const kind = /^\d+$/.test(qualifier) ? "version" : "alias";
    return { name, arn: this.state.dialect.qualifiedArn(stored.arn, qualifier, kind) };
  }

  /** Whether a function may run once more; if not, `again` is called when it may. */
  hasRoom(uuid: string, name: string, who: string, again: () => void): boolean {
    if (this.concurrency.hasRoom(name)) {
      this.problems.delete(uuid);
      return true;
    }
    this.problems.set(uuid, THROTTLED);
    this.concurrency.whenRoom(who, again);
    return false;
  }

  /** Calls the mapping's function. `finished` is told of its output within the call. */
  invoke(
    mapping: StoredMapping,
    target: string,
    event: unknown,
    attempt: number,
    place: Place,
    { finished, ...delivered }: Delivered,
  ): Call | Promise<Call> {
    const options = {
      [DELIVERED]: {
        ...delivered,
        batch: true,
        finished: (output: InvokeOutput, call: Call): void => {
          this.tell(mapping.uuid, output);
          finished?.(output, call);
        },
      } satisfies Delivered,
    };
    const hop = { source: mapping.sourceArn, target, via: mapping.uuid, attempt };
    return this.flow.run("serverless", "invoke", [mapping.functionName, event, options], { place, hop });
  }

  /** Notes what came of a batch; within the call that ran it. */
  tell(uuid: string, { functionError }: InvokeOutput): void {
    const lastResult = functionError ? FUNCTION_ERROR : OK;
    const mapping = this.state.mappings.get(tupleKey(uuid));
    if (mapping && mapping.lastResult !== lastResult) this.state.saveMapping({ ...mapping, lastResult });
  }
}

/** Goes on with a call's outcome, at once where it is there. */
export function whenDone(call: Call | Promise<Call>, then: (call: Call) => void): void | Promise<void> {
  return call instanceof Promise ? call.then(then) : then(call);
}
