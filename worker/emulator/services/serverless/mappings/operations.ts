import type { EngineOf } from "../../../core/service/operations";
import { pageToken, takePage } from "../../../core/paging";
import { ascending, tupleKey } from "../../../core/store/keys";
import type { ServerlessDriver } from "../driver";
import { args, listRequest } from "../input";
import { functionNameOf, readReference } from "../names";
import type { Parts } from "../parts";
import { refuse } from "../reasons";
import { LATEST, type StoredMapping } from "../state";
import type { MappingState } from "../types";
import { checkFunction, checkVisibility, readOptions } from "./config";
import { NOTHING_YET } from "./info";
import type { MappingStates } from "./states";

type MappingOperation =
  | "createEventSourceMapping"
  | "deleteEventSourceMapping"
  | "getEventSourceMapping"
  | "listEventSourceMappings"
  | "updateEventSourceMapping";

const POSITIONS = ["LATEST", "TRIM_HORIZON"] as const;
const IN_TRANSITION: readonly MappingState[] = ["Creating", "Enabling", "Disabling", "Updating", "Deleting"];

/** Connections of queues and streams with functions. */
export function mappingOperations(
  parts: Parts,
  states: MappingStates,
): Pick<EngineOf<ServerlessDriver>, MappingOperation> {
  const { state, flow, mappings } = parts;

  /** Two names of one function in one version are one. */
  function pairKey(sourceArn: string, functionName: string): string {
    const { name, qualifier } = readReference(state, functionName);
    return qualifier === undefined || qualifier === LATEST
      ? tupleKey(sourceArn, name)
      : tupleKey(sourceArn, name, qualifier);
  }

  function settled(uuid: unknown): StoredMapping {
    const mapping = state.mapping(args.text("uuid", uuid));
    if (IN_TRANSITION.includes(mapping.state))
      refuse("mappingBusy", { uuid: mapping.uuid, state: mapping.state, resource: mapping.uuid });
    return mapping;
  }

  return {
    createEventSourceMapping(_call, config) {
      const fields = args.object("config", config);
      const eventSourceArn = args.text("eventSourceArn", fields["eventSourceArn"]);
      const functionName = args.text("functionName", fields["functionName"]);
      const source =
        flow.source(eventSourceArn) ?? refuse("noSuchSource", { source: eventSourceArn, resource: eventSourceArn });
      const options = readOptions(fields, source, state.dialect);
      const position = fields["startingPosition"];
      if (source.kind === "queue" && position !== undefined)
        refuse("wrongKind", { argument: "startingPosition", kind: "queue" });
      const startingPosition =
        source.kind === "stream" ? args.oneOf("startingPosition", position, POSITIONS) : undefined;
      checkFunction(parts, functionName);
      checkVisibility(state, functionName, source);
      if (source.kind === "stream" && !source.enabled)
        refuse("streamOff", { source: eventSourceArn, resource: eventSourceArn });
      const pair = pairKey(source.arn, functionName);
      const other = state.mappingPairs.get(pair);
      if (other !== undefined) refuse("mappingTaken", { uuid: other, resource: other });
      const uuid = state.context.ids.uuid();
      const sequence = state.count("mappings");
      const mapping = states.begin("Creating", {
        ...{ uuid, sequence, kind: source.kind, eventSourceArn, sourceArn: source.arn },
        fifo: source.kind === "queue" && source.fifo,
        ...options,
        state: options.enabled ? "Enabled" : "Disabled",
        ...(startingPosition && { startingPosition }),
        lastResult: NOTHING_YET,
        createdAt: state.nowMs(),
      });
      state.saveMapping(mapping);
      state.mappingOrder.set(ascending(sequence), uuid);
      state.mappingPairs.set(pair, uuid);
      if (source.kind === "stream" && startingPosition === "LATEST" && source.last !== undefined)
        for (let lane = 0; lane < (options.parallelizationFactor ?? 1); lane++)
          state.positions.set(tupleKey(uuid, String(lane)), { after: source.last, ends: [], tries: 0 });
      mappings.refresh(mapping);
      return mappings.infoOf(mapping);
    },

    updateEventSourceMapping(_call, uuid, changes) {
      const fields = args.object("changes", changes);
      const before = settled(uuid);
      const { eventSourceArn } = fields;
      const source =
        flow.source(before.sourceArn) ??
        refuse("noSuchSource", { source: before.eventSourceArn, resource: before.eventSourceArn });
      if (eventSourceArn !== undefined && eventSourceArn !== before.eventSourceArn && eventSourceArn !== source.arn)
        args.complain("eventSourceArn", "left out: a mapping keeps its source");
      if (fields["startingPosition"] !== undefined && fields["startingPosition"] !== before.startingPosition)
        args.complain("startingPosition", "left out: it is of the mapping's creation only");
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      const options = readOptions({ ...before, ...given }, source, state.dialect);
      checkFunction(parts, options.functionName);
      checkVisibility(state, options.functionName, source);
      const pair = pairKey(before.sourceArn, options.functionName);
      const other = state.mappingPairs.get(pair);
      if (other !== undefined && other !== before.uuid) refuse("mappingTaken", { uuid: other, resource: other });
      const change = options.enabled === before.enabled ? "Updating" : options.enabled ? "Enabling" : "Disabling";
      const target = options.enabled ? "Enabled" : "Disabled";
      const { onFailureArn: _place, ...rest } = before;
      const mapping = states.begin(change, { ...rest, ...options, state: target });
      state.mappingPairs.delete(pairKey(before.sourceArn, before.functionName));
      state.mappingPairs.set(pair, before.uuid);
      states.spreadPosition(before, mapping);
      state.saveMapping(mapping);
      mappings.refresh(mapping);
      return mappings.infoOf(mapping);
    },

    deleteEventSourceMapping(_call, uuid, options) {
      args.options(options);
      states.remove(settled(uuid), pairKey);
    },

    getEventSourceMapping(_call, uuid, options) {
      args.options(options);
      return mappings.infoOf(state.mapping(args.text("uuid", uuid)));
    },

    listEventSourceMappings(_call, options) {
      const fields = args.options(options);
      const source = args.optionalText("eventSourceArn", fields["eventSourceArn"]);
      const asked = fields["functionName"];
      const name = asked === undefined ? undefined : functionNameOf(state, asked);
      const request = listRequest("listEventSourceMappings", [name, source], fields, state.dialect);
      const sourceArn = source === undefined ? undefined : (flow.source(source)?.arn ?? source);
      function* fitting(): Generator<[string, StoredMapping]> {
        const range = state.mappingOrder.range({ ...(request.after !== undefined && { after: request.after }) });
        for (const [key, uuid] of range) {
          const mapping = state.mapping(uuid);
          if (sourceArn !== undefined && mapping.sourceArn !== sourceArn) continue;
          if (name !== undefined && functionNameOf(state, mapping.functionName) !== name) continue;
          yield [key, mapping];
        }
      }
      const page = takePage(fitting(), request.limit, ([key]) => pageToken({ ...request, after: key }));
      return { ...page, items: page.items.map(([, mapping]) => mappings.infoOf(mapping)) };
    },
  };
}
