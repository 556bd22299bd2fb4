import { tupleKey } from "../../../core/store/keys";
import type { Flow } from "../../../core/flow/contract";
import { readReference } from "../names";
import { LATEST, type State, type StoredMapping } from "../state";
import type { MappingInfo, Pattern } from "../types";

export const NOTHING_YET = "No records processed";
export const OK = "OK";
export const FUNCTION_ERROR = "PROBLEM: function error";
export const THROTTLED = "PROBLEM: throttled";

/** How a mapping is doing: what stands in its way now, or else what came of its last batch. */
function resultOf(state: State, flow: Flow, mapping: StoredMapping, problem: string | undefined): string {
  const { name, qualifier = LATEST } = readReference(state, mapping.functionName);
  const exists = state.functions.has(tupleKey(name)) && (qualifier === LATEST || state.hasQualifier(name, qualifier));
  if (!exists) return "PROBLEM: function not found";
  if (!flow.source(mapping.eventSourceArn)) return "PROBLEM: source not found";
  return problem ?? mapping.lastResult;
}

/** A mapping as programs see it. */
export function infoOf(state: State, flow: Flow, mapping: StoredMapping, problem: string | undefined): MappingInfo {
  const { sequence: _sequence, kind: _kind, fifo: _fifo, sourceArn: _sourceArn, readyAt: _readyAt, ...shown } = mapping;
  return {
    ...shown,
    filters: structuredCopy(mapping.filters),
    lastResult: resultOf(state, flow, mapping, problem),
    createdAt: new Date(mapping.createdAt),
  };
}

const structuredCopy = (filters: readonly Pattern[]): Pattern[] => JSON.parse(JSON.stringify(filters)) as Pattern[];
