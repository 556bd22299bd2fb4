import { read, write, type OperationTable } from "../../core/service/operations";
import type { EventBusDriver } from "./driver";

/** Every operation of the driver: its positional arguments, and whether it may change something. */
export const operations: OperationTable<EventBusDriver> = {
  createEventBus: write(),
  deleteEventBus: write("name"),
  getEventBus: read("name"),
  listEventBuses: read(),
  updateEventBus: write("name"),
  putRule: write(),
  deleteRule: write("eventBus", "ruleName"),
  getRule: read("eventBus", "ruleName"),
  listRules: read("eventBus"),
  enableRule: write("eventBus", "ruleName"),
  disableRule: write("eventBus", "ruleName"),
  putTargets: write("eventBus", "ruleName", "targets"),
  removeTargets: write("eventBus", "ruleName", "ids"),
  listTargets: read("eventBus", "ruleName"),
  putEvents: write("events"),
  getEventHistory: read("eventBus", "limit"),
  testEventPattern: read("pattern", "event"),
  matchRules: read(),
  replayEvents: write("eventBus"),
};
