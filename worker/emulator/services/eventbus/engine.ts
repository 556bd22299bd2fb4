import type { EngineOf } from "../../core/service/operations";
import type { OpenService, ServiceContext } from "../../core/service/service";
import { buses } from "./buses";
import { BUS_EVENT, sender } from "./deliveries";
import type { EventBusDialect } from "./dialect";
import type { EventBusDriver } from "./driver";
import { events } from "./events";
import { matching } from "./matching";
import type { Parts } from "./parts";
import { Publishing } from "./publishing";
import { receiver } from "./receiving";
import { rules } from "./rules";
import { Schedules, type Fire } from "./schedules";
import { State } from "./state";
import { targets } from "./targets";

/** The buses of one account: their stores, their schedules, and every operation, each from the file of its idea. */
export function openEventBus(context: ServiceContext<EventBusDialect>): OpenService<EventBusDriver> {
  const state = new State(context);
  const publishing = new Publishing(state);

  /** A scheduled event is its rule's alone: no pattern is asked, that of another rule neither. */
  const fire: Fire = (call, rule, dueMs) => {
    const bus = state.bus(rule.eventBus);
    const id = context.ids.uuid();
    const event = {
      ...{ id, source: "aws.events", detailType: "Scheduled Event", detail: {}, time: dueMs, resources: [rule.arn] },
      ...publishing.home,
    };
    publishing.keep(bus, event, "{}");
    publishing.send(call, bus, event, [rule]);
    return { eventId: id };
  };

  const schedules = new Schedules(state, fire);
  const parts: Parts = { state, schedules };
  const engine: EngineOf<EventBusDriver> = {
    ...buses(parts),
    ...rules(parts),
    ...targets(parts),
    ...events(state, publishing),
    ...matching(state, publishing),
  };
  return {
    engine,
    resume: (since) => schedules.resume(since),
    sends: { [BUS_EVENT]: sender(context.dialect) },
    receives: receiver(state, publishing),
  };
}
