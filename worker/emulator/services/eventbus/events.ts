import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import { Refusal, errorOfRefusal } from "../../core/service/refusal";
import { prefixOf } from "../../core/store/keys";
import type { EventBusDriver } from "./driver";
import { checkSource, entryBytes, readEvent } from "./event-input";
import { args, busOf } from "./input";
import type { Publishing } from "./publishing";
import { reasons, refuse } from "./reasons";
import type { State, StoredEvent } from "./state";
import type { BusEvent, PublishResult } from "./types";

const infoOf = ({ takenAt: _, time, resources, ...event }: StoredEvent): BusEvent => ({
  ...event,
  time: new Date(time),
  resources: [...resources],
});

/** Putting events, and what was put. */
export function events(
  state: State,
  publishing: Publishing,
): Pick<EngineOf<EventBusDriver>, "putEvents" | "getEventHistory"> {
  const { dialect, context } = state;
  const tables = { reasons, nativeReasons: dialect.nativeReasons };

  /** Takes one event; answers its id. It is refused before it has changed anything. */
  function putOne(call: Call, value: unknown, at: string): string {
    const { source, detailType, detail, read, bus: name, time, resources } = readEvent(value, at, state);
    checkSource(source, state);
    const bus = dialect.takesUnknownBus ? state.findBus(name) : state.bus(name);
    const id = context.ids.uuid();
    const event = { id, source, detailType, detail: read, time: time ?? state.nowMs(), resources, ...publishing.home };
    if (bus) publishing.take(call, bus, event, detail);
    return id;
  }

  return {
    putEvents(call, entries, options) {
      const given = args.list("events", entries, (entry) => entry);
      args.options(options);
      const { maxEntries: max, maxCallBytes } = dialect;
      if (given.length < 1 || given.length > max) refuse("badEntryCount", { count: given.length, max });
      const size = given.reduce<number>((sum, entry) => sum + entryBytes(entry), 0);
      if (size > maxCallBytes) refuse("entriesTooLarge", { size, max: maxCallBytes });

      const result: PublishResult = { successCount: 0, failCount: 0, eventIds: [], entries: [] };
      given.forEach((entry, i) => {
        try {
          const eventId = putOne(call, entry, `events[${i}]`);
          result.successCount++;
          result.eventIds.push(eventId);
          result.entries.push({ eventId });
        } catch (refusal) {
          if (!(refusal instanceof Refusal)) throw refusal;
          result.failCount++;
          result.entries.push({ error: errorOfRefusal(refusal, tables, call) });
        }
      });
      return result;
    },

    getEventHistory(_call, eventBus, limit, options) {
      const most = args.optionalInteger("limit", limit, 1);
      args.options(options);
      const { name } = busOf(eventBus, state);
      const range = { prefix: prefixOf(name), reverse: true, ...(most !== undefined && { limit: most }) };
      return [...state.events.range(range)].map(([, event]) => infoOf(event)).reverse();
    },
  };
}
