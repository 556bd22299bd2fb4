import type { EngineOf } from "../../core/service/operations";
import type { OpenService, ServiceContext } from "../../core/service/service";
import { aliases } from "./aliases";
import { asynchronous } from "./asynchronous";
import { Concurrency } from "./concurrency";
import { concurrencyOperations } from "./concurrency-operations";
import type { ServerlessDialect } from "./dialect";
import type { ServerlessDriver } from "./driver";
import { eventConfig } from "./event-config";
import { functions, handlerRegistry } from "./functions";
import { Handlers } from "./handlers";
import { Invocations } from "./invocation";
import { invoking } from "./invoking";
import { layers } from "./layers";
import { Mappings } from "./mappings/mappings";
import { mappingOperations } from "./mappings/operations";
import { MappingStates } from "./mappings/states";
import type { Parts } from "./parts";
import { State } from "./state";
import { Transitions } from "./transitions";
import { versions } from "./versions";

/** The functions of one account: their stores, what runs, and every operation, each from the file of its idea. */
export function openServerless(context: ServiceContext<ServerlessDialect>): OpenService<ServerlessDriver> {
  const { flow } = context;
  const state = new State(context);
  const handlers = new Handlers();
  const transitions = new Transitions(state, handlers);
  const concurrency = new Concurrency(state, flow);
  const invocations = new Invocations(state, flow, handlers, concurrency);
  const mappings = new Mappings(state, flow, concurrency);
  const states = new MappingStates(state, mappings);
  const parts: Parts = { state, flow, handlers, transitions, concurrency, invocations, mappings };
  const engine: EngineOf<ServerlessDriver> = {
    ...functions(parts),
    ...handlerRegistry(parts),
    ...invoking(parts),
    ...versions(parts),
    ...aliases(parts),
    ...layers(parts),
    ...concurrencyOperations(parts),
    ...eventConfig(parts),
    ...mappingOperations(parts, states),
  };
  const resume = (): void => {
    transitions.resume();
    states.resume();
    concurrency.recount();
    mappings.resume();
  };
  return { engine, resume, ...asynchronous(parts) };
}
