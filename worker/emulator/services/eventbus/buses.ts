import { pageToken, takePage } from "../../core/paging";
import type { EngineOf } from "../../core/service/operations";
import { prefixOf, prefixWithin, tupleKey } from "../../core/store/keys";
import type { EventBusDriver } from "./driver";
import { args, busOf, description, newBusName, pageRequest, tags } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { State, StoredBus } from "./state";
import type { EventBusInfo } from "./types";

type BusOperation = "createEventBus" | "deleteEventBus" | "getEventBus" | "listEventBuses" | "updateEventBus";

const infoOf = ({ name, arn, createdAt, tags: stored, description: text }: StoredBus): EventBusInfo => ({
  name,
  arn,
  state: "ACTIVE",
  createdAt: new Date(createdAt),
  tags: { ...stored },
  ...(text !== undefined && { description: text }),
});

/** All buses whose names begin so, by name: the default one in its place, stored or not. */
function* busesFrom(state: State, prefix: string, after: string | undefined): Generator<StoredBus> {
  let implied = state.dialect.defaultBus;
  const stored = state.buses.has(tupleKey(implied));
  if (stored || !implied.startsWith(prefix) || (after !== undefined && implied <= after)) implied = "";
  const range = { prefix: prefixWithin([], prefix), ...(after !== undefined && { after: tupleKey(after) }) };
  for (const [, bus] of state.buses.range(range)) {
    if (implied !== "" && implied < bus.name) {
      yield state.bus(implied);
      implied = "";
    }
    yield bus;
  }
  if (implied !== "") yield state.bus(implied);
}

/** The operations on buses themselves. */
export function buses({ state, schedules }: Parts): Pick<EngineOf<EventBusDriver>, BusOperation> {
  const { dialect, context } = state;
  return {
    createEventBus(_call, config, options) {
      const fields = args.object("config", config);
      const name = newBusName(fields["name"], dialect);
      const text = description(fields["description"], dialect);
      const checkedTags = fields["tags"] === undefined ? {} : tags(fields["tags"], dialect);
      args.options(options);
      if (state.findBus(name)) refuse("busTaken", { bus: name, resource: name });
      const implied = dialect.defaultBus !== "" && !state.buses.has(tupleKey(dialect.defaultBus)) ? 1 : 0;
      const { maxBuses: max } = dialect;
      if (state.buses.size + implied >= max) refuse("tooManyBuses", { max });
      const created: StoredBus = {
        name,
        arn: dialect.busArn(name, context.account),
        createdAt: state.nowMs(),
        tags: checkedTags,
        ...(text !== undefined && { description: text }),
      };
      state.saveBus(created);
      return infoOf(created);
    },

    deleteEventBus(_call, bus, options) {
      // Unlike elsewhere, no name does not mean the default bus: nobody deletes that by leaving something out.
      args.text("name", bus);
      args.options(options);
      const { name } = busOf(bus, state);
      if (name === dialect.defaultBus) refuse("defaultBus", { bus: name, resource: name });
      const inside = { prefix: prefixOf(name) };
      if (dialect.deleteNonEmpty === "refuse" && state.rules.first(inside))
        refuse("busHasRules", { bus: name, resource: name });
      for (const [, rule] of state.rules.range(inside)) {
        schedules.forget(rule);
        state.deleteRule(rule);
      }
      for (const [key] of state.events.range(inside)) state.events.delete(key);
      state.buses.delete(tupleKey(name));
    },

    getEventBus(_call, bus, options) {
      args.options(options);
      return infoOf(busOf(bus, state));
    },

    listEventBuses(_call, options) {
      const fields = args.options(options);
      const prefix = args.optionalText("prefix", fields["prefix"]) ?? "";
      const request = pageRequest("listEventBuses", [prefix], fields, dialect);
      const page = takePage(busesFrom(state, prefix, request.after), request.limit, ({ name }) =>
        pageToken({ ...request, after: name }),
      );
      return { ...page, items: page.items.map(infoOf) };
    },

    updateEventBus(_call, bus, options) {
      const fields = args.options(options);
      const text = description(fields["description"], dialect);
      const checkedTags = fields["tags"] === undefined ? undefined : tags(fields["tags"], dialect);
      const before = busOf(bus, state);
      const updated: StoredBus = {
        ...before,
        ...(text !== undefined && { description: text }),
        ...(checkedTags && { tags: checkedTags }),
      };
      state.saveBus(updated);
      return infoOf(updated);
    },
  };
}
