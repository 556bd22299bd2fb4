import type { EngineOf } from "../../core/service/operations";
import type { OpenService, ServiceContext } from "../../core/service/service";
import { buckets } from "./buckets";
import { cors } from "./cors";
import { deleting } from "./deleting";
import type { StorageDialect } from "./dialect";
import type { StorageDriver } from "./driver";
import { encryption } from "./encryption";
import { lifecycle } from "./lifecycle";
import { listing } from "./listing";
import { multipart } from "./multipart";
import { notices } from "./notices";
import { notifications } from "./notifications";
import type { Parts } from "./parts";
import { receiver } from "./receiving";
import { policy } from "./policy";
import { presign } from "./presign";
import { reading } from "./reading";
import { restoring } from "./restoring";
import { State } from "./state";
import { Sweeps } from "./sweeps";
import { tagging } from "./tagging";
import { Versions } from "./versions";
import { writing } from "./writing";

/** The storage of one account: its stores, its sweeps, and every operation, each from the file of its idea. */
export function openStorage(context: ServiceContext<StorageDialect>): OpenService<StorageDriver> {
  const state = new State(context);
  const versions = new Versions(state);
  const sweeps = new Sweeps(state, versions);
  const parts: Parts = { state, versions, sweeps };
  const reads = reading(parts);
  const writes = writing(parts);
  const engine: EngineOf<StorageDriver> = {
    ...buckets(parts),
    ...reads,
    ...writes,
    ...deleting(parts),
    ...listing(parts),
    ...multipart(parts),
    ...restoring(parts),
    ...presign(parts, { ...reads, ...writes }),
    ...lifecycle(parts),
    ...policy(parts),
    ...cors(parts),
    ...encryption(parts),
    ...tagging(parts),
    ...notifications(parts),
  };
  const resume = (since: number): void => {
    parts.state.recount();
    sweeps.resume(since);
  };
  return { engine, resume, sends: notices(state), receives: receiver(state) };
}
