import type { TimerId } from "../../../core/clock/clock";
import { ascending, prefixOf, tupleKey } from "../../../core/store/keys";
import type { State, StoredMapping, StoredPosition } from "../state";
import type { MappingState } from "../types";
import type { Mappings } from "./mappings";
import { comesAfter } from "./position";

/** Mappings on their way from state to state, with simulated provisioning; at once otherwise. The timers follow from `readyAt`. */
export class MappingStates {
  private readonly timers = new Map<string, TimerId>();

  constructor(
    private readonly state: State,
    private readonly mappings: Mappings,
  ) {}

  /** The mapping as it is first: in transition, or already what it is to be. */
  begin(through: MappingState, mapping: StoredMapping): StoredMapping {
    const { context, dialect } = this.state;
    if (context.provisioning !== "simulated") return mapping;
    const readyAt = this.state.nowMs() + dialect.mappingReadyMs;
    this.arm(mapping.uuid, readyAt);
    return { ...mapping, state: through, readyAt };
  }

  remove(mapping: StoredMapping, pairKey: (sourceArn: string, functionName: string) => string): void {
    const leaving = this.begin("Deleting", { ...mapping, state: "Deleting" });
    this.state.mappingPairs.delete(pairKey(mapping.sourceArn, mapping.functionName));
    this.mappings.stop(mapping.uuid);
    if (leaving.readyAt === undefined) this.drop(mapping);
    else this.state.saveMapping(leaving);
  }

  /** The lanes of a stream change with their number: all go on behind what all of them are done with. */
  spreadPosition(before: StoredMapping, after: StoredMapping): void {
    const lanes = after.parallelizationFactor ?? 1;
    if (before.kind !== "stream" || lanes === (before.parallelizationFactor ?? 1)) return;
    const old = [...this.state.positions.range({ prefix: prefixOf(before.uuid) })];
    let least: string | undefined = old[0]?.[1].after;
    if (old.length < (before.parallelizationFactor ?? 1)) least = undefined;
    for (const [, position] of old)
      least =
        position.after === undefined || least === undefined || comesAfter(least, position.after)
          ? position.after
          : least;
    for (const [key] of old) this.state.positions.delete(key);
    const position: StoredPosition = { ...(least !== undefined && { after: least }), ends: [], tries: 0 };
    for (let lane = 0; lane < lanes; lane++) this.state.positions.set(tupleKey(before.uuid, String(lane)), position);
  }

  resume(): void {
    for (const timer of this.timers.values()) this.state.context.cancel(timer);
    this.timers.clear();
    for (const [, { uuid, readyAt }] of this.state.mappings.range()) if (readyAt !== undefined) this.arm(uuid, readyAt);
  }

  private arm(uuid: string, readyAt: number): void {
    const ready = (): void => this.ready(uuid);
    this.timers.set(uuid, this.state.context.at(readyAt, "mappingReady", { uuid }, ready));
  }

  private ready(uuid: string): void {
    this.timers.delete(uuid);
    const mapping = this.state.mappings.get(tupleKey(uuid));
    if (!mapping) return;
    if (mapping.state === "Deleting") return this.drop(mapping);
    const { readyAt: _readyAt, ...rest } = mapping;
    const ready: StoredMapping = { ...rest, state: rest.enabled ? "Enabled" : "Disabled" };
    this.state.saveMapping(ready);
    this.mappings.refresh(ready);
  }

  private drop({ uuid, sequence }: StoredMapping): void {
    this.state.mappings.delete(tupleKey(uuid));
    this.state.mappingOrder.delete(ascending(sequence));
    for (const [key] of [...this.state.positions.range({ prefix: prefixOf(uuid) })]) this.state.positions.delete(key);
  }
}
