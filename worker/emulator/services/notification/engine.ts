import type { EngineOf } from "../../core/service/operations";
import type { OpenService, ServiceContext } from "../../core/service/service";
import type { NotificationDialect } from "./dialect";
import type { NotificationDriver } from "./driver";
import { Endpoints } from "./endpoints";
import { outbox } from "./outbox";
import { Pending } from "./pending";
import { publishing } from "./publishing";
import { receiving } from "./receiving";
import { sending } from "./sending";
import { State } from "./state";
import { subscriptions } from "./subscriptions";
import { topics } from "./topics";

/** The notifications of one account: topics, who gets what they take, and what was sent to the world outside. */
export function openNotification(context: ServiceContext<NotificationDialect>): OpenService<NotificationDriver> {
  const state = new State(context);
  const pending = new Pending(state);
  const endpoints = new Endpoints(context.clock);
  const parts = { state, pending, endpoints };
  const engine: EngineOf<NotificationDriver> = {
    ...topics(parts),
    ...subscriptions(parts),
    ...publishing(parts),
    ...outbox(parts),
  };
  return {
    engine,
    resume: () => pending.resume(),
    sends: sending(state, endpoints),
    receives: receiving(state, endpoints),
  };
}
