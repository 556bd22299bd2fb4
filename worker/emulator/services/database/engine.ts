import type { EngineOf } from "../../core/service/operations";
import type { OpenService, ServiceContext } from "../../core/service/service";
import { batches } from "./batches";
import { Capacities } from "./capacity";
import { Commits } from "./commits";
import type { DatabaseDialect } from "./dialect";
import type { DatabaseDriver } from "./driver";
import { Expiry } from "./expiry";
import { indexes } from "./indexes";
import { Indexing } from "./indexing";
import { items } from "./items";
import type { Parts } from "./parts";
import { querying } from "./querying";
import { State } from "./state";
import { streamOperations } from "./stream-operations";
import { streamSources } from "./stream-source";
import { Streams } from "./streams";
import { tables } from "./tables";
import { transactions } from "./transactions";
import { Transitions } from "./transitions";
import { ttl } from "./ttl";

/** The database of one account: its stores, what keeps them in step, and every operation, each from the file of its idea. */
export function openDatabase(context: ServiceContext<DatabaseDialect>): OpenService<DatabaseDriver> {
  const state = new State(context);
  const indexing = new Indexing(state);
  const expiry = new Expiry(state);
  const streams = new Streams(state);
  const commits = new Commits(state, indexing, expiry, streams);
  expiry.deleteThrough(commits);
  const transitions = new Transitions(state, indexing, expiry, streams);
  const parts: Parts = { state, capacity: new Capacities(state), indexing, expiry, streams, commits, transitions };
  const engine: EngineOf<DatabaseDriver> = {
    ...tables(parts),
    ...items(parts),
    ...querying(parts),
    ...batches(parts),
    ...transactions(parts),
    ...indexes(parts),
    ...ttl(parts),
    ...streamOperations(parts),
  };
  const resume = (): void => {
    expiry.resume();
    transitions.resume();
  };
  return { engine, resume, source: streamSources(parts) };
}
